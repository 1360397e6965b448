"""The search and the nomenclatures in the API."""

from __future__ import annotations

import pytest

from catalogue.recherche import index
from tests import objets
from tests.api.lecture import a_plat, lire_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendeurs(db):
    metier = objets.metier("D1401", libelle="Commerçant / Commerçante")
    objets.appellation(metier, "Boulanger / Boulangère")
    objets.certification("RNCP1", intitule="Boulanger")
    index.reindexer()
    return metier


def test_search_answers_exactly_what_is_documented(client, vendeurs):
    lu = client.get("/api/v1/recherche?q=boulangère&genre=metier").json()

    assert lu == {
        "total": 1,
        "resultats": [
            {
                "genre": "metier",
                "code": "D1401",
                "titre": "Commerçant / Commerçante",
                "appellation": "Boulanger / Boulangère",
                "url": vendeurs.get_absolute_url(),
            }
        ],
    }


def test_search_without_genre_looks_everywhere(client, vendeurs):
    lu = client.get("/api/v1/recherche?q=boulanger").json()

    assert lu["total"] == 2
    assert sorted((r["genre"], r["code"]) for r in lu["resultats"]) == [
        ("certification", "RNCP1"),
        ("metier", "D1401"),
    ]


def test_search_can_be_read_in_parts(client, vendeurs):
    entier = client.get("/api/v1/recherche?q=boulanger").json()["resultats"]

    parties = [
        client.get(f"/api/v1/recherche?q=boulanger&limite=1&depuis={i}").json()["resultats"]
        for i in (0, 1, 2)
    ]

    assert [r for partie in parties for r in partie] == entier


def test_title_found_by_its_own_words_has_no_other_appellation(client, vendeurs):
    lu = client.get("/api/v1/recherche?q=commerçante&genre=metier").json()

    assert [r["appellation"] for r in lu["resultats"]] == [None]


def test_unknown_genre_is_refused(client, db):
    reponse = client.get("/api/v1/recherche?q=vendeur&genre=animal")

    assert (reponse.status_code, reponse.json()["detail"][0]["parametre"]) == (422, "genre")


def test_search_in_csv_holds_what_json_does(client, vendeurs):
    en_json = client.get("/api/v1/recherche?q=boulanger").json()["resultats"]

    lignes = lire_csv(client.get("/api/v1/recherche?q=boulanger&format=csv"))

    assert lignes == [a_plat(r, list(lignes[0])) for r in en_json]


def test_suggestions_complete_a_word(client, vendeurs):
    lu = client.get("/api/v1/suggestions?q=boulan").json()

    assert sorted(r["code"] for r in lu["resultats"]) == ["D1401", "RNCP1"]


def test_nomenclatures_give_the_codes_that_filters_take(client, vendeurs):
    lu = client.get("/api/v1/referentiels").json()

    domaines = [(g["code"], [d["code"] for d in g["domaines"]]) for g in lu["domaines"]]
    assert domaines == [("D", ["D14"])]
    assert [n["code"] for n in lu["niveaux"]] == ["0", "2", "3", "4", "5", "6", "7", "8"]
    assert [r["code"] for r in lu["riasec"]] == ["R", "I", "A", "S", "E", "C"]


def test_nomenclatures_name_each_source_with_editions_and_licence(client, db):
    objets.source("rome", licence="Licence Ouverte 2.0")
    objets.version("rome", "60")

    (source,) = client.get("/api/v1/referentiels").json()["sources"]

    assert (source["code"], source["licence"]) == ("rome", "Licence Ouverte 2.0")
    assert source["editions"] == [
        {"libelle": "version 60, date non renseignée", "version": "60", "publiee_le": None}
    ]
