"""All the titles of a domaine, and the lists that a fiche leads to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metiers.models import Appellation
from tests import objets

pytestmark = pytest.mark.django_db
ADRESSE = "/metiers/domaines/D14/appellations/"


def titres(client) -> list[str]:
    return [
        a.libelle for _, appellations in client.get(ADRESSE).context["page"].par_lettre for a in appellations
    ]


def test_titles_are_in_the_order_of_the_dictionary_whatever_their_accents(client):
    metier = objets.metier("D1415", libelle="Etalagiste")
    Appellation.objects.all().delete()
    for libelle in ("Étudiant vendeur", "Zélateur", "Etalagiste", "Agent"):
        objets.appellation(metier, libelle)

    reponse = client.get(ADRESSE)

    assert titres(client) == ["Agent", "Etalagiste", "Étudiant vendeur", "Zélateur"]
    assert [lettre for lettre, _ in reponse.context["page"].par_lettre] == ["A", "E", "Z"]


def test_what_is_withdrawn_or_elsewhere_is_not_there(client):
    retire = objets.metier("D1401", libelle="Ancien", retire_le="2026-01-01")
    objets.appellation(retire, "Ancien nom")
    ailleurs = objets.metier("M1805", domaine=objets.domaine("M18"))
    objets.appellation(ailleurs, "Informaticien")
    objets.appellation(objets.metier("D1402"), "Nom retiré", retire_le="2026-01-01")

    assert {"Ancien nom", "Informaticien", "Nom retiré"}.isdisjoint(titres(client))


@pytest.mark.parametrize("code", ["Z99", "d14", "D1415", "D14%00"])
def test_an_unknown_domaine_is_not_found(client, code):
    objets.metier("D1415")

    assert client.get(f"/metiers/domaines/{code}/appellations/").status_code == 404


def test_it_costs_the_same_whatever_there_is(client):
    metier = objets.metier("D1415")

    def requetes() -> int:
        with CaptureQueriesContext(connection) as capture:
            client.get(ADRESSE)
        return len(capture)

    requetes()
    une = requetes()
    for n in range(30):
        objets.appellation(metier, f"Nom {n}")

    assert requetes() == une


def test_a_fiche_leads_to_the_lists_that_hold_it(client):
    metier = objets.metier("D1415")

    page = client.get(metier.get_absolute_url())

    assert [url for _, url in page.context["fiche"].plus_large] == [
        "/metiers/?domaine=D14",
        ADRESSE,
        "/metiers/?domaine=D",
    ]


def test_a_certification_and_a_formation_lead_to_theirs(client):
    metier = objets.metier("D1415")
    certification = objets.certification("RNCP1", niveau=5)
    objets.debouche(certification, metier)
    formation = objets.formation("FOR.1", certification=certification, niveau_sortie=5)
    objets.lien_formation(formation, metier)

    de_la_certification = client.get(certification.get_absolute_url()).context["fiche"].plus_large
    de_la_formation = client.get(formation.get_absolute_url()).context["fiche"].plus_large

    assert [url for _, url in de_la_certification] == [
        "/certifications/?domaine=D14",
        "/certifications/?niveau=5",
    ]
    assert [url for _, url in de_la_formation] == [
        "/formations/?certification=RNCP1",
        "/formations/?domaine=D14",
        "/formations/?niveau=5",
    ]
