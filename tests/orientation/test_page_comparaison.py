"""`/comparer/`: the state is the address, every count is that of the database."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import qr
from metiers.models import CompetenceRequise, Savoir
from orientation.comparaison.page import CATALOGUES, PageComparaison
from tests import objets

pytestmark = pytest.mark.django_db

REQUETES_AU_PLUS = 12


def texte(reponse: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


def rangs(page: PageComparaison) -> dict[str, Any]:
    return {rang.critere.libelle: rang for _, groupe in page.tableau.groupes for rang in groupe}


def complet(code: str, **champs: Any) -> Any:
    """A métier about which everything is known."""
    metier = objets.metier(code, riasec_majeur="S", riasec_mineur="C", niveau_acces=5, **champs)
    for _ in range(20):
        objets.competence_requise(metier, coeur_metier="P")
        objets.savoir_requis(metier)
    fiche = objets.fiche_editoriale(metier, accroche=f"Accroche {code}")
    objets.indicateur(metier)
    objets.indicateur_editorial(fiche, "tension", nature=objets.nature("tension", theme="marche"))
    for rang in range(1, 6):
        objets.mobilite(metier, objets.metier(f"{code[0]}9{rang}{code[3:]}"), rang)
        certification = objets.certification(f"RNCP{code[1:]}{rang}")
        objets.debouche(certification, metier)
        objets.lien_formation(objets.formation(certification=certification), metier)
    return metier


@pytest.fixture
def deux():
    commune, seul = objets.competence("Écouter"), objets.competence("Vendre")
    un = objets.metier("D1415", libelle="Chargé de relation client", riasec_majeur="C", riasec_mineur="S")
    autre = objets.metier("D1408", libelle="Conseiller à distance", riasec_majeur="S")
    objets.competence_requise(un, commune, coeur_metier="P")
    objets.competence_requise(autre, commune)
    objets.competence_requise(autre, seul)
    objets.savoir_requis(autre, objets.savoir("BTS NDRC", sous_categorie="Certifications"))
    return un, autre


def test_two_metiers_stand_side_by_side(client, deux):
    reponse = client.get("/comparer/?m=d1415,D1408,D1415")

    page = reponse.context["page"]
    assert (page.codes, page.titre) == (["D1415", "D1408"], "Deux métiers comparés")
    assert [c.fiche.libelle for c in page.colonnes] == ["Chargé de relation client", "Conseiller à distance"]


def test_the_page_is_not_indexed_and_sets_no_cookie(client, deux):
    reponse = client.get("/comparer/?m=D1415,D1408")

    assert '<meta name="robots" content="noindex, follow">' in reponse.content.decode()
    assert dict(reponse.cookies) == {}


def test_the_qr_code_is_that_of_the_state_as_understood(client, deux):
    reponse = client.get("/comparer/?m=d1415,Z9999,D1408")

    assert reponse.context["qr"] == qr.svg("http://testserver/comparer/?m=D1415,D1408")


def test_the_same_address_gives_the_same_page(client, deux):
    adresse = "/comparer/?m=D1415,D1408&differences=1"

    assert client.get(adresse).content == client.get(adresse).content


def test_shared_skills_are_counted_without_diplomas(client, deux):
    page = client.get("/comparer/?m=D1415,D1408").context["page"]

    savoir_faire = page.partages[0]
    assert [item.libelle for item in savoir_faire.communs] == ["Écouter"]
    assert [[item.libelle for item in propre.items] for propre in savoir_faire.propres] == [[], ["Vendre"]]
    assert [partage.titre for partage in page.partages] == ["Savoir-faire"]
    assert Savoir.objects.count() == 1
    demandes = rangs(page)["Savoir-faire demandés"].cellules
    assert [cellule[0].texte for cellule in demandes] == [
        str(CompetenceRequise.objects.filter(metier=metier).count()) for metier in deux
    ]


def test_a_metier_without_skills_says_so(client, deux):
    objets.metier("D1403", libelle="Sans compétences")

    reponse = client.get("/comparer/?m=D1415,D1403")

    assert "Le ROME ne détaille pas les compétences de « Sans compétences »." in texte(reponse)


def test_only_differences_are_shown_when_asked(client, deux):
    entier = client.get("/comparer/?m=D1415,D1408").context["page"]
    page = client.get("/comparer/?m=D1415,D1408&differences=1").context["page"]

    assert all(rang.differe for rang in rangs(page).values())
    assert len(rangs(entier)) - len(rangs(page)) == page.tableau.nombre_identiques > 0
    assert page.colonnes[0].non_renseignes == entier.colonnes[0].non_renseignes


def test_figures_bear_unit_source_and_year_side_by_side(client, deux):
    un, _ = deux
    objets.indicateur(un, valeur=1900, unite="€ net par mois", millesime="2021")
    objets.indicateur(un, valeur=2100, unite="€ brut par mois", source=objets.source("dares"))

    page = client.get("/comparer/?m=D1415,D1408").context["page"]

    salaire = rangs(page)["Salaire"]
    assert [(ligne.texte, ligne.precision) for ligne in salaire.cellules[0]] == [
        ("Salaire médian : 1\u202f900 € net par mois", "INSEE, 2021"),
        ("Salaire médian : 2\u202f100 € brut par mois", "DARES, millésime non renseigné"),
    ]
    assert (salaire.cellules[1], salaire.difference) == ((), "Renseigné pour un seul, non renseigné pour un")


def test_certifications_ended_are_left_out_and_inherited_ones_say_so(client):
    parent = objets.metier("D1401")
    enfant = objets.metier("D1415", parent=parent)
    objets.debouche(objets.certification("RNCP1", date_fin_enregistrement=date(2020, 1, 1)), enfant)
    objets.debouche(objets.certification("RNCP2"), parent)

    page = client.get("/comparer/?m=D1415,D1401").context["page"]

    cellules = rangs(page)["Certifications actives"].cellules
    assert [[ligne.precision for ligne in cellule] for cellule in cellules] == [
        ["RNCP2, Niveau 5 (bac+2), lien hérité du code parent D1401"],
        ["RNCP2, Niveau 5 (bac+2)"],
    ]


def test_ranks_are_drawn_and_told(client, deux):
    reponse = client.get("/comparer/?m=D1415,D1408")

    assert reponse.context["page"].hexagone.description == (
        "1, Chargé de relation client : majeur : Conventionnel ; mineur : Social. "
        "2, Conseiller à distance : majeur : Social."
    )
    assert "Un ordre, pas une intensité" in texte(reponse)


def test_unknown_codes_and_a_fifth_metier_are_said(client, deux):
    for n in range(3):
        objets.metier(f"D150{n}")

    reponse = client.get("/comparer/?m=D1415,Z9999,D1408,D1500,D1501,D1502")

    assert reponse.context["page"].selection.remarques == [
        "Aucun métier ne porte le code « Z9999 » : nous l'avons laissé de côté.",
        "Une comparaison porte sur quatre fiches au plus : nous avons laissé de côté D1502.",
    ]


@pytest.mark.parametrize(
    "adresse", ["/comparer/", "/comparer/?m=", "/comparer/?m=Z9999", "/comparer/?catalogue=x"]
)
def test_an_empty_comparison_helps_to_choose(client, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse.context["page"].est_un_tableau) == (200, False)
    assert "Que voulez-vous comparer ?" in texte(reponse)


def test_adding_by_code_leads_to_the_clean_address(client, deux):
    reponse = client.get("/comparer/?m=D1415&ajouter=d1408&differences=1")

    assert (reponse.status_code, reponse["Location"]) == (302, "/comparer/?m=D1415,D1408&differences=1")


def test_replacing_keeps_the_place(client, deux):
    objets.metier("D1403")

    reponse = client.get("/comparer/?m=D1415,D1408&remplacer=D1415&ajouter=D1403")

    assert reponse["Location"] == "/comparer/?m=D1403,D1408"


def test_words_that_find_nothing_are_said(client, deux):
    reponse = client.get("/comparer/?m=D1415&ajouter=xyzxyz")

    assert "Rien ne répond à « xyzxyz »." in texte(reponse)


def test_certifications_are_compared(client):
    un, deux = objets.certification("RNCP34809"), objets.certification("RNCP38368", niveau=6)
    objets.bloc(un)
    objets.voie(un, "VAE")
    objets.voie(deux, "VAE", ouverte=False)
    objets.statistique(un, 2022, certifies=18, taux_metier_2_ans="77.50")

    page = client.get("/comparer/?c=RNCP34809,38368").context["page"]

    trouves = rangs(page)
    assert page.titre == "Deux certifications comparées"
    assert [len(cellule) for cellule in trouves["Blocs de compétences"].cellules] == [1, 0]
    assert [len(cellule) for cellule in trouves["Voies d'accès ouvertes"].cellules] == [1, 0]
    ligne = trouves["Dans le métier visé à 2 ans"].cellules[0][0]
    assert (ligne.texte, ligne.precision) == ("77,5 %", "France compétences, promotion 2022, 18 certifiés")


def test_formations_are_compared(client):
    une = objets.formation("FOR.1", duree="2 ans", certification=objets.certification())
    objets.session(une, prix=1200, lieu=objets.lieu())
    objets.session(une, prix=1500, lieu=objets.lieu())
    objets.formation("FOR.2")

    page = client.get("/comparer/?f=FOR.1,for.2").context["page"]

    trouves = rangs(page)
    assert [cellule and cellule[0].texte for cellule in trouves["Sessions connues"].cellules] == [
        "2 sessions",
        (),
    ]
    assert trouves["Prix"].cellules[0][0].texte == "De 1\u202f200 à 1\u202f500 €"


def test_one_catalogue_at_a_time(client, deux):
    objets.formation("FOR.1")

    reponse = client.get("/comparer/?m=D1415,D1408&f=FOR.1")

    assert reponse.context["page"].catalogue is CATALOGUES["m"]
    assert "Une comparaison porte sur un seul catalogue : celle-ci ne retient que les métiers." in texte(
        reponse
    )


def test_four_full_metiers_cost_as_many_queries_as_two(client):
    for code in ("D1415", "D1408", "M1607", "F1602"):
        complet(code, parent=objets.metier(f"{code[0]}80{code[3:]}"))

    with CaptureQueriesContext(connection) as a_deux:
        client.get("/comparer/?m=D1415,D1408")
    with CaptureQueriesContext(connection) as a_quatre:
        client.get("/comparer/?m=D1415,D1408,M1607,F1602")

    assert len(a_quatre) == len(a_deux) <= REQUETES_AU_PLUS
