"""The index of the site: every address in it answers 200 under that very address, and no date is today's by default."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from certifications.models import Certification
from guides.models import Terme
from metiers.models import FicheEditoriale, Metier
from tests import objets
from tests.guides import ecrits

SITE = "http://testserver"
ANCIEN = datetime(2024, 5, 6, 12, tzinfo=UTC)
RECENT = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def catalogue(db) -> None:
    version = objets.version("rome", "60")
    version.publiee_le = date(2025, 1, 2)
    version.save()
    metier = objets.metier("D1415", version=version)
    objets.metier("D1101", retire_le="2026-01-01", version=version)
    objets.fiche_onisep(metier=metier)
    charge = objets.certification("RNCP34809", version=version)
    objets.certification("RNCP1", retire_le="2026-01-01")
    objets.bloc(charge, "RNCP34809BC01")
    objets.lien_formation(objets.formation("FOR.1", certification=charge), metier)
    ecrits.dossier(slug="vente")
    ecrits.dossier(slug="brouillon", publie=False)
    ecrits.terme(slug="vae")
    Terme.objects.update(modifie_le=ANCIEN)


def plan(client, section: str) -> dict[str, str]:
    """Address → lastmod, "" without one."""
    xml = client.get(f"/sitemap-{section}.xml").content.decode()
    paires = re.findall(r"<url><loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", xml)
    return {adresse.removeprefix(SITE): jour for adresse, jour in paires}


def sections(client) -> list[str]:
    xml = client.get("/sitemap.xml").content.decode()
    return re.findall(rf"<loc>{SITE}/sitemap-([a-z]+)\.xml</loc>", xml)


def test_the_index_has_one_plan_per_type(client, catalogue):
    assert sections(client) == [
        "rubriques",
        "metiers",
        "onisep",
        "certifications",
        "blocs",
        "formations",
        "dossiers",
        "glossaire",
    ]


def test_every_address_answers_at_that_very_address(client, catalogue):
    adresses = [adresse for section in sections(client) for adresse in plan(client, section)]

    reponses = {adresse: client.get(adresse) for adresse in adresses}

    assert {adresse: r.status_code for adresse, r in reponses.items()} == dict.fromkeys(adresses, 200)
    for adresse, reponse in reponses.items():
        html = reponse.content.decode()
        assert f'<link rel="canonical" href="{SITE}{adresse}">' in html
        assert "noindex" not in html


def test_what_is_withdrawn_or_not_published_is_left_out(client, catalogue):
    assert list(plan(client, "metiers")) == [Metier.objects.get(code_rome="D1415").get_absolute_url()]
    assert list(plan(client, "certifications")) == [
        Certification.objects.get(pk="RNCP34809").get_absolute_url()
    ]
    assert list(plan(client, "dossiers")) == ["/dossiers/vente/"]


def test_the_date_is_that_of_the_data(client, catalogue):
    assert list(plan(client, "metiers").values()) == ["2025-01-02"]


def test_the_date_is_that_of_a_later_edit(client, catalogue):
    objets.fiche_editoriale(Metier.objects.get(code_rome="D1415"))
    FicheEditoriale.objects.update(modifie_le=RECENT)

    assert list(plan(client, "metiers").values()) == ["2026-03-04"]


def test_words_that_are_not_shown_date_nothing(client, catalogue):
    objets.fiche_editoriale(Metier.objects.get(code_rome="D1415"), publie=False)
    FicheEditoriale.objects.update(modifie_le=RECENT)

    assert list(plan(client, "metiers").values()) == ["2025-01-02"]


def test_a_term_is_dated_of_its_last_edit(client, catalogue):
    assert plan(client, "glossaire") == {"/glossaire/vae/": "2024-05-06"}


def test_doors_have_no_date(client, catalogue):
    assert set(plan(client, "rubriques").values()) == {""}


def test_without_edition_nor_edit_there_is_no_date(client, db):
    objets.metier("D1415", version=None)

    assert list(plan(client, "metiers").values()) == [""]
    assert str(timezone.localdate()) not in client.get("/sitemap-metiers.xml").content.decode()


def test_robots_are_told_where_the_index_is(client, db):
    lignes = client.get("/robots.txt").content.decode().splitlines()

    assert lignes == ["User-agent: *", "Disallow: /admin/", f"Sitemap: {SITE}/sitemap.xml"]
