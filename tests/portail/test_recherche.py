"""The page of the search and its suggestions."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import RechercheVaine, Synonyme
from catalogue.recherche.index import reindexer
from catalogue.recherche.requete import comprendre
from metiers.models import FicheEditoriale
from portail.suggestions import marquer
from tests import objets

# The reader of faults takes these words, shown alone, for a value printed by mistake.
AFFICHES = ("None", "True", "False", "[]", "{}")


@pytest.fixture
def catalogue(db):
    vendeur = objets.metier("D1214", libelle="Vendeur en prêt-à-porter", niveau_acces=4)
    objets.appellation(vendeur, "Vendeur conseil", masculin="Vendeur conseil", feminin="Vendeuse conseil")
    for numero in range(1, 36):
        objets.metier(f"D13{numero:02}", libelle=f"Chef de rayon {chr(64 + numero % 26 + 1)}{numero}")
    conseiller = objets.metier("D1408", libelle="Conseiller à distance")
    objets.fiche_onisep("MET.762", metier=conseiller)
    charge = objets.certification("RNCP34809", intitule="Chargé de clientèle")
    objets.bloc(charge, "RNCP34809BC02")
    objets.certification("RS5000", intitule="Blockchain")
    objets.certification(
        "RNCP38399", intitule="Métiers du commerce et de la vente", niveau=4, abrege_code="BAC PRO"
    )
    objets.formation("FOR.2316", intitule="BTS négociation")
    Synonyme.objects.create(expression="boutique", equivalent="vendeur")
    reindexer()


def texte(reponse) -> str:
    return " ".join(reponse.content.decode().split())


@pytest.mark.parametrize(
    ("code", "adresse"),
    [
        ("D1408", "/metiers/D1408/"),
        ("d1408", "/metiers/D1408/"),
        (" d 1408 ", "/metiers/D1408/"),
        ("RNCP34809", "/certifications/RNCP34809/"),
        ("rncp 34809", "/certifications/RNCP34809/"),
        ("34809", "/certifications/RNCP34809/"),
        ("RS5000", "/certifications/RS5000/"),
        ("5000", "/certifications/RS5000/"),
        ("RNCP34809BC02", "/certifications/RNCP34809/blocs/RNCP34809BC02/"),
        ("rncp34809bc02", "/certifications/RNCP34809/blocs/RNCP34809BC02/"),
        ("MET.762", "/metiers/onisep/MET.762/"),
        ("met762", "/metiers/onisep/MET.762/"),
        ("FOR.2316", "/formations/FOR.2316/"),
        ("for 2316", "/formations/FOR.2316/"),
        ("code rome d-1408", "/metiers/D1408/"),
        ("métier D.1408", "/metiers/D1408/"),
        ("fiche rncp:34809", "/certifications/RNCP34809/"),
        ("RNCP n° 34809", "/certifications/RNCP34809/"),
    ],
)
def test_a_code_leads_straight_to_its_page(client, catalogue, code, adresse):
    reponse = client.get("/recherche/", {"q": code})

    assert (reponse.status_code, reponse["Location"]) == (302, adresse)


@pytest.mark.parametrize(
    "code",
    ["Z9999", "RNCP1", "99999999", "MET.1", "FOR.1", "RNCP34809BC99", "D1408D1408", "code rome", "34-809"],
)
def test_an_unknown_code_is_searched_like_words(client, catalogue, code):
    assert client.get("/recherche/", {"q": code}).status_code == 200


def test_results_are_grouped_by_kind_with_counts(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "commerce vente"}))

    assert "Certifications (1)" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page


def test_the_appellation_that_matched_is_said(client, catalogue):
    page = client.get("/recherche/", {"q": "vendeuse conseil"}).content.decode()

    assert "Vendeur en prêt-à-porter" in page
    assert "Trouvé sous le nom «\N{NO-BREAK SPACE}Vendeur conseil\N{NO-BREAK SPACE}»" in page
    assert "Chercher plus large" in page


def test_the_level_that_was_understood_can_be_removed(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "bac pro commerce"}))

    assert "bac pro : niveau 4 (bac)" in page
    assert 'class="puce" href="/recherche/?q=commerce"' in page


def test_a_level_alone_leads_to_the_lists_that_can_be_narrowed(client, catalogue):
    objets.metier("K2204", libelle="Agent de nettoyage", niveau_acces=0)
    reindexer()

    seul = texte(client.get("/recherche/", {"q": "sans diplôme"}))
    avec_un_mot = texte(client.get("/recherche/", {"q": "nettoyage sans diplôme"}))

    assert '<a href="/metiers/?niveau=0">la liste des métiers</a>.' in seul
    assert "la liste des métiers" not in avec_un_mot


def test_a_synonym_is_said(client, catalogue):
    assert "« boutique » : nous avons cherché « vendeur »." in texte(
        client.get("/recherche/", {"q": "boutique"})
    )


def test_one_kind_has_numbered_pages(client, catalogue):
    tout = texte(client.get("/recherche/", {"q": "chef de rayon"}))
    premiere = texte(client.get("/recherche/", {"q": "chef de rayon", "genre": "metier"}))
    seconde = texte(client.get("/recherche/", {"q": "chef de rayon", "genre": "metier", "page": "2"}))

    assert "Tout voir : 35 métiers" in tout
    assert (premiere.count('<article class="carte"'), seconde.count('<article class="carte"')) == (30, 5)
    assert client.get("/recherche/", {"q": "chef", "genre": "metier", "page": "3"}).status_code == 404
    assert client.get("/recherche/", {"q": "chef", "genre": "metier", "page": "x"}).status_code == 404


def test_formations_are_all_counted_and_lead_to_their_list(client, catalogue):
    for numero in range(101):
        objets.formation(f"MCF-{numero}", intitule=f"Soudure {numero}")
    reindexer()

    tout = texte(client.get("/recherche/?q=soudure"))
    derniere = texte(client.get("/recherche/?q=soudure&genre=formation&page=4"))

    assert "101 résultats" in tout
    assert "Formations (101)" in tout
    assert derniere.count("<h3>") == 11
    assert '<a class="lien-seul" href="/formations/?q=soudure">' in derniere


@pytest.mark.parametrize("q", ["soudure+zinguerie", "vendeur"])
def test_no_list_is_led_to_when_no_formation_holds_all_the_words(client, catalogue, q):
    objets.formation("MCF-1", intitule="Soudure")
    reindexer()

    page = texte(client.get(f"/recherche/?q={q}&genre=formation"))

    assert "/formations/?q=" not in page


def test_nothing_found_helps_and_is_counted(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "astronaute"}))

    assert "Aucun résultat" in page
    assert "Partir d&#x27;un domaine" in page or "Partir d'un domaine" in page
    assert list(RechercheVaine.objects.values_list("mots", flat=True)) == ["astronaute"]


def test_words_that_resemble_are_proposed_with_what_they_give(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "vante"}))

    assert '<a class="lien-seul" href="/recherche/?q=vente">vente</a> : 1 résultat' in page


@pytest.mark.parametrize("q", ["vendeur", "hte", "vante xylophone vendeur"])
def test_nothing_is_proposed_when_something_is_found_or_the_word_is_too_short(client, catalogue, q):
    assert "Vouliez-vous dire" not in texte(client.get("/recherche/", {"q": q}))


def test_one_word_less_is_proposed_with_what_it_gives(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "vendeur astronaute"}))

    assert "Aucun titre ne contient tous ces mots." in page
    assert '<a class="lien-seul" href="/recherche/?q=vendeur">vendeur</a> : 1 résultat' in page
    assert RechercheVaine.objects.count() == 0


def test_a_level_that_leaves_nothing_can_be_dropped(client, catalogue):
    page = texte(client.get("/recherche/", {"q": "vendeur doctorat"}))

    assert 'href="/recherche/?q=vendeur">vendeur</a> : 1 résultat' in page


def test_no_words_is_an_invitation_to_browse(client, catalogue):
    page = texte(client.get("/recherche/"))

    assert client.get("/recherche/").status_code == 200
    assert 'href="/metiers/?domaine=D"' in page


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60).filter(lambda q: q.strip() not in AFFICHES),
    st.sampled_from(["", "metier", "x"]),
    st.text(max_size=3),
)
def test_whatever_is_typed_is_answered(client, catalogue, q, genre, page):
    reponses = [
        client.get("/recherche/", {"q": q, "genre": genre, "page": page}),
        client.get("/recherche/suggestions/", {"q": q}),
    ]

    assert reponses[0].status_code in (200, 302, 404)
    assert reponses[1].status_code == 200


def test_a_page_costs_the_same_whatever_it_finds(client, catalogue):
    def requetes(q: str) -> int:
        client.get("/recherche/", {"q": q})
        with CaptureQueriesContext(connection) as capture:
            client.get("/recherche/", {"q": q})
        return len(capture)

    assert requetes("chef de rayon") == requetes("vendeur")


class TestSuggestions:
    @pytest.mark.parametrize(
        ("code", "premiere"),
        [
            ("rncp 34809", "RNCP34809"),
            ("RNCP n° 34809", "RNCP34809"),
            ("34809", "RNCP34809"),
            ("rs 5000", "RS5000"),
            ("d 1408", "D1408"),
            ("code rome d1408", "D1408"),
            ("met 762", "D1408"),
            ("for.2316", "FOR.2316"),
        ],
    )
    def test_a_code_suggests_first_what_it_names(self, client, catalogue, code, premiere):
        reponse = client.get("/recherche/suggestions/", {"q": code}, headers={"accept": "application/json"})

        assert json.loads(reponse.content)["suggestions"][0]["code"] == premiere

    def test_grouped_with_the_words_first_and_the_match_marked(self, client, catalogue):
        reponse = client.get("/recherche/suggestions/", {"q": "vend"})

        page = texte(reponse)
        assert page.startswith(
            '<a role="option" tabindex="-1" aria-selected="false" href="/recherche/?q=vend">'
        )
        assert '<div role="group" aria-label="Métiers">' in page
        assert "<mark>Vend</mark>eur" in page

    def test_json_for_who_asks_for_it(self, client, catalogue):
        reponse = client.get(
            "/recherche/suggestions/", {"q": "pret a"}, headers={"accept": "application/json"}
        )

        assert json.loads(reponse.content)["suggestions"] == [
            {
                "genre": "metier",
                "code": "D1214",
                "titre": "Vendeur en prêt-à-porter",
                "appellation": "",
                "url": "/metiers/D1214-vendeur-en-pret-a-porter/",
            }
        ]

    def test_one_letter_suggests_nothing(self, client, catalogue):
        assert texte(client.get("/recherche/suggestions/", {"q": "v"})).count('role="option"') == 1

    @pytest.mark.parametrize("q", ["<script>", '"><b>', "<mark>"])
    def test_what_is_typed_is_escaped(self, client, catalogue, q):
        assert q not in client.get("/recherche/suggestions/", {"q": q}).content.decode()

    @pytest.mark.parametrize(
        ("q", "titre", "marque"),
        [
            ("infirmiere", "Infirmier / Infirmière", "<mark>Infirmier</mark> / <mark>Infirmière</mark>"),
            ("chef", "Chef <de> rang", "<mark>Chef</mark> &lt;de&gt; rang"),
            ("inf", "Informaticien", "<mark>Inf</mark>ormaticien"),
            ("xyz", "Cariste", "Cariste"),
        ],
    )
    def test_the_words_that_match_are_marked(self, db, q, titre, marque):
        objets.metier("J1506", libelle="Infirmier chef informaticien")
        reindexer()

        assert marquer(titre, comprendre(q, en_cours=True)) == marque


def test_every_page_has_the_field_and_only_one(client, catalogue):
    for adresse in ("/", "/metiers/", "/recherche/", "/recherche/?q=chef", "/sources/"):
        assert texte(client.get(adresse)).count('role="search"') == 1, adresse


def test_what_an_editor_saves_is_found_at_once(admin_client, client, catalogue):
    fiche = objets.fiche_editoriale(
        objets.metier("E1101", libelle="Animateur de communauté"), source=objets.source()
    )
    FicheEditoriale.objects.filter(pk=fiche.pk).update(intitule="Gestionnaire de réseaux sociaux")
    synonyme = {"expression": "insta", "equivalent": "vendeur"}

    admin_client.post(reverse("admin:catalogue_synonyme_add"), synonyme)

    assert "Vendeur en prêt-à-porter" in texte(client.get("/recherche/", {"q": "insta"}))
