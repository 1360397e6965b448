"""`manage.py indexer`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from catalogue.models import VersionCatalogue
from catalogue.recherche.moteur import chercher
from formations.index import stock
from formations.models import Formation, Session
from tests import objets

pytestmark = pytest.mark.django_db


def test_rows_written_otherwise_than_by_an_import_are_in_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    objets.session(objets.formation("F1"))
    stock.conserver()
    Formation.objects.bulk_create(
        [Formation(identifiant="F2", intitule="F2", source=objets.source("onisep"))]
    )
    version, sortie = VersionCatalogue.courante(), StringIO()

    call_command("indexer", stdout=sortie)

    assert sortie.getvalue() == "Index refaits : 3 titre(s), 2 formation(s), 1 session(s).\n"
    assert VersionCatalogue.courante() != version
    monkeypatch.setattr(stock, "_courante", None)  # another process
    assert stock.offre().nombre == 2
    assert [t.cle for t in chercher("F2").trouvailles] == ["F2"]


def test_an_empty_offer_has_an_index_too() -> None:
    assert not Session.objects.exists()
    sortie = StringIO()

    call_command("indexer", stdout=sortie)

    assert sortie.getvalue() == "Index refaits : 0 titre(s), 0 formation(s), 0 session(s).\n"
