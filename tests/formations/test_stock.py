"""The index of the sessions is that of the offer as it is now, or is not used."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from formations.index import stock
from formations.models import ColonneIndexee, Formation
from tests import objets

pytestmark = pytest.mark.django_db


def identifiants() -> list[str]:
    offre = stock.offre()
    return [offre.identifiant(rang) for rang in range(offre.nombre)]


def test_a_change_is_seen_at_once() -> None:
    formation = objets.formation("F1")
    avant = identifiants()

    objets.formation("F2")
    formation.retire_le = date(2020, 1, 1)
    formation.save()

    assert (avant, identifiants()) == (["F1"], ["F2"])


def test_an_index_is_read_once_while_the_offer_is_the_same() -> None:
    objets.session(objets.formation("F1"))
    stock.offre()

    with CaptureQueriesContext(connection) as requetes:
        stock.offre()

    assert len(requetes) == 1


def test_what_was_kept_is_what_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    objets.session(objets.formation("F1", niveau_sortie=5), voie="apprentissage", lieu=objets.lieu())
    stock.conserver()
    construit = stock.construire()
    # Another process: it has nothing in memory, and reads the database.
    monkeypatch.setattr(stock, "_courante", None)

    with CaptureQueriesContext(connection) as requetes:
        relu = stock.offre()

    assert len(requetes) == 2
    for nom in ("rang", "session", "departement", "point", "organisme", "jour", "niveau", "identifiants"):
        assert getattr(relu.contenu, nom).tolist() == getattr(construit, nom).tolist()


def test_an_index_kept_before_a_change_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    objets.formation("F1")
    stock.conserver()
    objets.formation("F2")
    monkeypatch.setattr(stock, "_courante", None)

    assert identifiants() == ["F1", "F2"]


def test_an_index_kept_by_a_release_that_had_fewer_columns_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    objets.formation("F1")
    stock.conserver()
    ColonneIndexee.objects.filter(nom="croisements").delete()
    monkeypatch.setattr(stock, "_courante", None)

    assert identifiants() == ["F1"]


def test_a_note_of_the_editors_leaves_the_index_as_it_is() -> None:
    formation = objets.formation("F1")
    marque = stock.offre().marque

    formation.note = "À voir"
    formation.save(update_fields=["note"])

    assert stock.offre().marque == marque


def test_an_import_keeps_the_index() -> None:
    from catalogue.signals import donnees_changees

    Formation.objects.bulk_create([Formation(identifiant="F1", intitule="F", source=objets.source("onisep"))])

    donnees_changees.send(sender=None, versions=[objets.version("mon-compte-formation")])

    assert ColonneIndexee.objects.values("marque").distinct().count() == 1
    assert identifiants() == ["F1"]
