"""The acceptance table: every field of the five founding documents is on its page of the demonstration, or left out on purpose."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.acceptation.adresses import D1415
from tests.acceptation.champs import CHAMPS, FAMILLES, OMIS

# The test database is made only when a test of the module asks for it.
pytestmark = pytest.mark.django_db

RACINE = Path(__file__).resolve().parents[2]
BLOCS = {
    "p",
    "li",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "th",
    "tr",
    "summary",
    "br",
    "div",
    "span",
    "strong",
}


class TexteVisible(HTMLParser):
    """What a reader may meet in the page, folded parts included; the head, scripts and navigation left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.morceaux: list[str] = []
        self._hors = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._hors += tag in ("head", "script", "nav")
        if tag in BLOCS:
            self.morceaux.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hors -= tag in ("head", "script", "nav")
        if tag in BLOCS:
            self.morceaux.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hors:
            self.morceaux.append(data)

    @property
    def texte(self) -> str:
        return normaliser("".join(self.morceaux))


def normaliser(texte: str) -> str:
    """One kind of blank, none before a full stop, a comma or a closing bracket."""
    return re.sub(r" (?=[.,)])", "", " ".join(texte.split()))


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Address → visible text of the page, on the demonstration loaded once for the module."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            call_command("charger_demo", verbosity=0)
            client = Client()
            adresses = {page for page, _ in CHAMPS.values()}
            reponses = {adresse: client.get(adresse) for adresse in adresses}
            yield {adresse: (r.status_code, r.content.decode()) for adresse, r in reponses.items()}
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def textes(pages) -> dict[str, str]:
    return {adresse: TexteVisible(html).texte for adresse, (_, html) in pages.items()}


def test_the_table_holds_every_field_once():
    attendus = {
        f"{document}-{numero:02}" for document, nombre in FAMILLES.items() for numero in range(1, nombre + 1)
    }

    assert set(CHAMPS) | set(OMIS) | {"S1-76"} == attendus
    assert set(CHAMPS) & set(OMIS) == set()


def test_every_page_answers_at_its_address(pages):
    assert {adresse: statut for adresse, (statut, _) in pages.items()} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("champ", CHAMPS)
def test_a_field_is_on_its_page(textes, champ):
    page, attendus = CHAMPS[champ]

    absents = [attendu for attendu in attendus if normaliser(attendu) not in textes[page]]

    assert absents == []


def test_the_tree_of_the_source_is_whole(pages):
    """S1-76: 11 branches, 12 macro-compétences, 15 compétences."""
    html = pages[D1415][1]
    groupe = html[html.index("Savoir-faire selon Vocaneo") :]
    groupe = groupe[: groupe.index("</details>")]

    chemins = re.findall(r'<p class="note">([^<]+ › [^<]+)</p>', groupe)

    assert len({chemin.split(" › ")[0] for chemin in chemins}) == 11
    assert len(set(chemins)) == 12
    assert len(re.findall(r"<li>", groupe)) == 15


def test_what_is_left_out_is_written_with_its_reason():
    ecrites = (RACINE / "docs" / "omissions.md").read_text()

    lignes = dict(re.findall(r"^\| (S\d-\d+) \| [^|]+ \| (.+) \|$", ecrites, re.MULTILINE))

    assert lignes == OMIS
