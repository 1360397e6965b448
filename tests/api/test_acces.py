"""Read only, from any site, again without reading twice, and refusals in French."""

from __future__ import annotations

import pytest

from catalogue.models import VersionCatalogue
from tests import objets

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("adresse", "fautes"),
    [
        ("metiers?limite=0", [("limite", "Donnez un nombre entier de 1 à 100.")]),
        ("metiers?limite=101", [("limite", "Donnez un nombre entier de 1 à 100.")]),
        ("metiers?limite=dix", [("limite", "Donnez un nombre entier de 1 à 100.")]),
        ("metiers?limite=1&limite=2", [("limite", "Ce paramètre ne peut être donné qu'une fois.")]),
        ("metiers?niveau=99", [("niveau", "Valeur inconnue : « 99 ».")]),
        ("metiers?niveau=5&niveau=bac", [("niveau", "Valeur inconnue : « bac ».")]),
        ("metiers?domaine=", [("domaine", "Donnez une valeur, ou retirez ce paramètre.")]),
        ("metiers?couleur=bleu", [("couleur", "Ce paramètre n'existe pas ici.")]),
        ("metiers?format=xml", [("format", "Valeur inconnue : « xml ». Valeurs possibles : json, csv.")]),
        ("metiers/D1401?niveau=5", [("niveau", "Ce paramètre n'existe pas ici.")]),
        (
            "certifications?etat=vieille&limite=-1",
            [("etat", "Valeur inconnue : « vieille »."), ("limite", "Donnez un nombre entier de 1 à 100.")],
        ),
        ("recherche", [("q", "Ce paramètre est obligatoire.")]),
        ("recherche?q=%20", [("q", "Donnez au moins un mot.")]),
        (f"recherche?q={'a' * 201}", [("q", "Donnez au plus 200 caractères.")]),
        ("suggestions", [("q", "Ce paramètre est obligatoire.")]),
    ],
)
def test_bad_parameters_are_named_in_french(client, adresse, fautes):
    reponse = client.get(f"/api/v1/{adresse}")

    assert reponse.status_code == 422
    assert reponse.json() == {"detail": [{"parametre": p, "message": m} for p, m in fautes]}


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete", "trace"])
def test_api_cannot_be_written_to(client, methode):
    reponse = getattr(client, methode)("/api/v1/metiers")

    assert (reponse.status_code, reponse["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert reponse.json()["detail"][0]["message"].startswith("La méthode")
    assert not reponse.has_header("Access-Control-Allow-Origin")


def test_preflight_allows_get_from_any_site(client):
    reponse = client.options("/api/v1/metiers", headers={"Origin": "https://partenaire.example"})

    assert (reponse.status_code, reponse.content) == (204, b"")
    assert (reponse["Access-Control-Allow-Origin"], reponse["Access-Control-Allow-Methods"]) == ("*", "GET")


def test_head_gives_the_headers_of_get_without_its_body(client):
    objets.metier()

    lue, tete = client.get("/api/v1/metiers"), client.head("/api/v1/metiers")

    assert (tete.status_code, tete.content) == (200, b"")
    assert tete["ETag"] == lue["ETag"]


@pytest.mark.parametrize(
    "adresse", ["metiers", "metiers/Z9999", "metiers?limite=0", "nulle-part", "openapi.json"]
)
def test_any_site_may_read_every_answer(client, adresse):
    assert client.get(f"/api/v1/{adresse}")["Access-Control-Allow-Origin"] == "*"


def test_pages_of_the_site_are_not_open_to_other_sites(client):
    assert not client.get("/metiers/").has_header("Access-Control-Allow-Origin")


def test_answer_already_seen_is_304_until_the_catalogue_advances(client):
    marque = client.get("/api/v1/metiers")["ETag"]

    deja_vue = client.get("/api/v1/metiers", headers={"If-None-Match": marque})
    VersionCatalogue.avancer()
    nouvelle = client.get("/api/v1/metiers", headers={"If-None-Match": marque})

    assert (deja_vue.status_code, deja_vue["Access-Control-Allow-Origin"]) == (304, "*")
    assert nouvelle.status_code == 200


def test_csv_and_json_of_one_address_have_their_own_marks(client):
    json, csv = {"Accept": "application/json"}, {"Accept": "text/csv"}
    marque_json = client.get("/api/v1/metiers", headers=json)["ETag"]
    marque_csv = client.get("/api/v1/metiers", headers=csv)["ETag"]

    statuts = [
        client.get("/api/v1/metiers", headers=forme | {"If-None-Match": marque}).status_code
        for forme in (json, csv)
        for marque in (marque_json, marque_csv)
    ]

    assert statuts == [304, 200, 200, 304]


def test_unknown_address_of_the_api_answers_in_json(client):
    reponse = client.get("/api/v1/nulle-part")

    assert (reponse.status_code, reponse["Content-Type"]) == (404, "application/json")
    assert reponse.json()["detail"][0]["parametre"] is None
