"""Onisep's own fiches: apart, attributed, found by their identifier whatever their name."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import objets

ADRESSE = "/metiers/onisep/MET.762/"


@pytest.fixture
def fiche(db):
    conseiller = objets.metier("D1408", libelle="Conseiller / Conseillère")
    fiche = objets.fiche_onisep(
        "MET.762",
        metier=conseiller,
        nom="conseiller/ère relation client à distance",
        note="Une loi plus récente s'applique.",
        condition_travail="## Des horaires\nDepuis le 1er mars 2023.",
        statuts=["salarié"],
        niveau_acces_libelle="CAP ou équivalent",
        niveau_acces=3,
    )
    fiche.synonymes.create(nom="télévendeur/euse", ancien_nom=True)
    objets.formation("FOR.2316", intitule="BTS NDRC")
    fiche.formations_requises.create(identifiant="FOR.2316", libelle="BTS NDRC")
    fiche.formations_requises.create(identifiant="FOR.3545", libelle="BTS tourisme")
    return fiche


def texte(reponse) -> str:
    return reponse.content.decode()


def test_the_page_shows_the_note_above_the_dated_text(client, fiche):
    html = texte(client.get(ADRESSE))

    assert 0 < html.index("Une loi plus récente") < html.index("Depuis le 1er mars 2023.")


def test_formations_are_links_when_they_are_loaded(client, fiche):
    html = texte(client.get(ADRESSE))

    assert '<a href="/formations/FOR.2316/">BTS NDRC</a>' in html
    assert 'BTS tourisme <span class="code">FOR.3545</span>' in html


def test_the_former_name_is_told(client, fiche):
    assert "nom de cette fiche dans une édition antérieure" in texte(client.get(ADRESSE))


def test_the_attribution_says_the_edition_loaded(client, fiche):
    version = objets.version("onisep", "juin 2024")
    type(fiche).objects.update(version=version)

    assert f"Source : {version.mention}." in texte(client.get(ADRESSE))


def test_without_an_edition_the_attribution_says_so(client, fiche):
    type(fiche).objects.update(version=None, version_liste=None)

    assert "Onisep, Idéo, édition non renseignée, ODbL 1.0" in texte(client.get(ADRESSE))


def test_small_letters_lead_to_the_canonical_address(client, fiche):
    reponse = client.get("/metiers/onisep/met.762/")

    assert (reponse.status_code, reponse["Location"]) == (301, ADRESSE)


def test_an_unknown_identifier_is_said_unknown(client, db):
    reponse = client.get("/metiers/onisep/MET.0/")

    assert reponse.status_code == 404
    assert "Aucune fiche de l'Onisep ne porte l'identifiant « MET.0 »." in texte(reponse).replace(
        "&#x27;", "'"
    )


def test_a_withdrawn_fiche_is_gone_and_says_so(client, fiche):
    type(fiche).objects.update(retire_le="2026-01-01")

    assert client.get(ADRESSE).status_code == 410


def test_the_fiche_metier_leads_to_it(client, fiche):
    html = texte(client.get(fiche.liens_rome.get().metier.get_absolute_url()))

    assert f'href="{ADRESSE}"' in html


def test_a_code_without_metier_is_told(client, fiche):
    fiche.liens_rome.create(code_rome="Z9999")

    assert "Ce code ne désigne aucune fiche en vigueur" in texte(client.get(ADRESSE))


def test_the_page_costs_as_many_queries_at_1_as_at_30(client, fiche):
    with CaptureQueriesContext(connection) as a_un:
        client.get(ADRESSE)
    for rang in range(30):
        fiche.synonymes.create(nom=f"Nom {rang}")
        fiche.liens_rome.create(code_rome=f"K{rang:04}", metier=objets.metier(f"K{rang:04}"))
        objets.formation(f"FOR.9{rang}")
        fiche.formations_requises.create(identifiant=f"FOR.9{rang}", libelle=f"Formation {rang}")

    with CaptureQueriesContext(connection) as a_trente:
        client.get(ADRESSE)

    assert len(a_trente) == len(a_un)
