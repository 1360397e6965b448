"""The living page of components: shown while developing, absent from a deployed portal."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import clear_url_caches

from portail import urls

COMPOSANTS = Path(__file__).resolve().parents[2] / "templates" / "composants"


@pytest.fixture
def en_developpement():
    with override_settings(DEBUG=True):
        importlib.reload(urls)
        clear_url_caches()
        yield
    importlib.reload(urls)
    clear_url_caches()


def test_the_styleguide_shows_every_component(client, db, en_developpement):
    reponse = client.get("/styleguide/")

    assert reponse.status_code == 200
    montres = {gabarit.name for gabarit in reponse.templates if gabarit.name}
    composants = {f"composants/{chemin.name}" for chemin in COMPOSANTS.glob("*.html")}
    assert composants - montres == set()


def test_the_styleguide_calls_every_component_that_is_not_the_head_or_the_foot_of_pages_or_a_part_of_another():
    page = Path(COMPOSANTS.parent, "styleguide.html").read_text()
    appeles = set(re.findall(r'{% (?:composant "(\w+)|(pagination) )', page))

    macros = {chemin.stem for chemin in COMPOSANTS.glob("*.jinja")}
    assert macros - {nom for deux in appeles for nom in deux} == {
        "case",
        "entete",
        "liens_du_pied",
        "tete",
        "tete_de_liste",
    }


def test_the_styleguide_is_not_deployed(client, db):
    assert client.get("/styleguide/").status_code == 404
