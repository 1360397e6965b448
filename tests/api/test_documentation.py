"""The published description, and the page that tells it."""

from __future__ import annotations

import re

import pytest

from tests import objets

pytestmark = pytest.mark.django_db

ADRESSES = [
    "/api/v1/certifications",
    "/api/v1/certifications/{numero}",
    "/api/v1/certifications/{numero}/blocs",
    "/api/v1/formations",
    "/api/v1/formations/{identifiant}",
    "/api/v1/formations/{identifiant}/sessions",
    "/api/v1/metiers",
    "/api/v1/metiers/{code_rome}",
    "/api/v1/recherche",
    "/api/v1/referentiels",
    "/api/v1/sessions",
    "/api/v1/suggestions",
]


def test_document_is_openapi_31_and_names_every_address(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert sorted(document["paths"]) == ADRESSES


def test_every_parameter_is_described_and_declared_once(client):
    document = client.get("/api/v1/openapi.json").json()

    for chemin, methodes in document["paths"].items():
        parametres = methodes["get"]["parameters"]
        assert [p["name"] for p in parametres if not p["description"]] == [], chemin
        assert len({p["name"] for p in parametres}) == len(parametres), chemin


@pytest.mark.parametrize("liste", ["metiers", "certifications", "formations"])
def test_filters_are_those_of_the_page(client, liste):
    page = client.get(f"/{liste}/").context["filtre"]
    propres = {"limite", "curseur", "format", "facettes"}

    document = client.get("/api/v1/openapi.json").json()
    noms = [p["name"] for p in document["paths"][f"/api/v1/{liste}"]["get"]["parameters"]]

    assert [n for n in noms if n not in propres] == list(page.filters)


def test_length_that_a_text_may_have_is_published(client):
    chemins = client.get("/api/v1/openapi.json").json()["paths"]

    longueurs = {
        chemin: parametre["schema"].get("maxLength")
        for chemin, methodes in chemins.items()
        for parametre in methodes["get"]["parameters"]
        if parametre["name"] == "q"
    }

    assert longueurs == dict.fromkeys(longueurs, 200)
    assert {"/api/v1/formations", "/api/v1/recherche", "/api/v1/sessions"} <= set(longueurs)


def test_document_lists_the_values_that_are_in_the_database(client):
    objets.domaine("D14")

    document = client.get("/api/v1/openapi.json").json()
    parametres = {p["name"]: p for p in document["paths"]["/api/v1/metiers"]["get"]["parameters"]}

    assert parametres["domaine"]["schema"]["items"]["enum"] == ["D", "D14"]


def test_page_tells_every_address_and_every_link_on_it_leads_somewhere(client):
    html = client.get("/api/").content.decode()

    assert sorted(set(re.findall(r"<code>GET ([^<]+)</code>", html))) == ADRESSES
    ancres = set(re.findall(r'href="#([^"]+)"', html))
    assert ancres - set(re.findall(r'id="([^"]+)"', html)) == set()


def test_examples_of_the_page_are_understood(client, trente):
    objets.certification("RNCP34809")
    objets.formation("FOR.2316")
    exemples = re.findall(r'Exemple : <a href="([^"]+)"', client.get("/api/").content.decode())

    statuts = {adresse: client.get(adresse).status_code for adresse in exemples}

    assert statuts == dict.fromkeys(exemples, 200)
    assert len(exemples) == len(ADRESSES)
