"""What each process keeps in memory of what can be found, and when it reads it again."""

from __future__ import annotations

import io

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.models import Synonyme, TitresIndexes, VersionCatalogue
from catalogue.recherche import repertoire as en_memoire
from catalogue.recherche.index import actualiser, reindexer
from catalogue.recherche.moteur import chercher
from catalogue.recherche.repertoire import repertoire
from metiers.models import Appellation
from tests import objets
from tests.guides.ecrits import terme


@pytest.fixture
def titres(db):
    objets.metier("K2503", libelle="Agent de sécurité")
    terme(terme="Validation des acquis")
    reindexer()


def autre_processus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(en_memoire, "_courant", None)
    monkeypatch.setattr(en_memoire, "_lus", {})


def premiers(texte: str) -> list[str]:
    return [t.cle for t in chercher(texte).trouvailles]


def test_the_same_version_is_read_once(titres):
    assert repertoire() is repertoire()


def test_a_new_version_reads_again_the_kinds_that_have_changed_and_no_other(titres):
    avant = repertoire().titres
    objets.metier("K2504", libelle="Agent de sûreté")
    actualiser("metier", ["K2504"])
    VersionCatalogue.avancer()

    apres = repertoire().titres

    assert apres["terme"] is avant["terme"]
    assert (len(avant["metier"].cles), len(apres["metier"].cles)) == (1, 2)


def test_a_new_version_brings_its_synonyms(titres):
    assert premiers("vigile") == []
    Synonyme.objects.create(expression="vigile", equivalent="agent de sécurité")
    VersionCatalogue.avancer()

    assert premiers("vigile") == ["K2503"]


def test_another_process_reads_what_was_kept(titres, monkeypatch):
    autre_processus(monkeypatch)

    with CaptureQueriesContext(connection) as capture:
        assert premiers("sécurité") == ["K2503"]

    lues = [requete["sql"] for requete in capture]
    assert not any("catalogue_documentderecherche" in sql and "mots" in sql for sql in lues)


def _d_une_autre_version(octets: bytes) -> bytes:
    sortie = io.BytesIO()
    np.savez(sortie, pk=np.arange(3))
    return sortie.getvalue()


@pytest.mark.parametrize(
    "abimer",
    [
        lambda octets: b"",
        lambda octets: b"\x00\x01",
        lambda octets: octets[: len(octets) // 2],
        lambda octets: octets[:-3],
        _d_une_autre_version,
    ],
)
def test_what_is_missing_damaged_or_of_another_release_is_made_on_the_spot_and_not_written(
    titres, monkeypatch, abimer
):
    metiers = TitresIndexes.objects.filter(genre="metier")
    contenu = abimer(bytes(metiers.get().contenu))
    metiers.update(marque="", contenu=contenu)
    autre_processus(monkeypatch)

    assert premiers("sécurité") == ["K2503"]
    assert bytes(metiers.get().contenu) == contenu


def test_titles_that_have_not_changed_are_not_written_again(titres):
    avant = dict(TitresIndexes.objects.values_list("genre", "marque"))
    Appellation.objects.update(masculin="Agent de sûreté")

    with CaptureQueriesContext(connection) as capture:
        reindexer("metier", "terme")

    apres = dict(TitresIndexes.objects.values_list("genre", "marque"))
    assert {genre for genre in avant if avant[genre] != apres[genre]} == {"metier"}
    assert sum('UPDATE "catalogue_titresindexes"' in requete["sql"] for requete in capture) == 1


def test_what_is_rolled_back_is_not_found(titres):
    with transaction.atomic():
        objets.metier("K2504", libelle="Agent de sûreté")
        actualiser("metier", ["K2504"])
        pendant = premiers("sûreté")
        transaction.set_rollback(True)

    assert (pendant, premiers("sûreté")) == (["K2504"], [])


def test_a_kind_that_is_no_longer_kept_is_forgotten(titres):
    repertoire()
    TitresIndexes.objects.filter(genre="terme").delete()
    VersionCatalogue.avancer()

    assert "terme" not in repertoire().titres


def test_nothing_can_be_found_in_an_empty_base(db, monkeypatch):
    TitresIndexes.objects.all().delete()
    autre_processus(monkeypatch)

    assert (repertoire().titres, premiers("sécurité")) == ({}, [])
