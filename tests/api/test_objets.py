"""One object: what it holds, where it moved, that it was withdrawn."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metiers.models import AncienCode
from tests import objets

pytestmark = pytest.mark.django_db


def test_metier_holds_what_the_rome_says_of_it(client, db):
    metier = objets.metier("D1401", libelle="Vendeur / Vendeuse")
    cible = objets.metier("D1402", libelle="Acheteur / Acheteuse")
    objets.competence_requise(
        metier, objets.competence("Négocier", code_ogr="1", categorie="Savoir-faire"), coeur_metier="P"
    )
    objets.mobilite(metier, cible)
    objets.debouche(objets.certification("RNCP1", intitule="BTS Vente"), metier)
    objets.indicateur(metier, millesime="2024")

    lu = client.get("/api/v1/metiers/D1401").json()

    assert lu["competences"] == [
        {"code": "1", "libelle": "Négocier", "categorie": "Savoir-faire", "coeur_metier": "Cœur de métier"}
    ]
    assert lu["mobilites"] == [
        {"code_rome": "D1402", "libelle": "Acheteur / Acheteuse", "api": "/api/v1/metiers/D1402"}
    ]
    assert lu["certifications"] == [
        {"numero": "RNCP1", "intitule": "BTS Vente", "etat": "active", "herite_de": None}
    ]
    assert [(i["valeur"], i["unite"], i["provenance"]["edition"]) for i in lu["indicateurs"]] == [
        (2000.0, "€ par mois", "2024")
    ]


def test_certification_holds_its_metiers_and_blocs(client, db):
    certification = objets.certification("RNCP1")
    objets.debouche(certification, objets.metier("D1401"))
    objets.debouche(certification, code_rome="Z9999")
    objets.bloc(certification, "RNCP1BC01", libelle="Vendre")
    objets.bloc(certification, "RNCP1BC02", retire_le="2026-01-01")

    lu = client.get("/api/v1/certifications/RNCP1").json()

    assert sorted((m["code_rome"], m["metier"]) for m in lu["metiers"]) == [
        ("D1401", "D1401"),
        ("Z9999", None),
    ]
    assert lu["blocs"] == [{"code": "RNCP1BC01", "libelle": "Vendre"}]


def test_blocs_are_those_in_force(client, db):
    certification = objets.certification("RNCP1")
    objets.bloc(certification, "RNCP1BC01", liste_competences="Vendre ; Conseiller")
    objets.bloc(certification, "RNCP1BC02", retire_le="2026-01-01")

    lu = client.get("/api/v1/certifications/RNCP1/blocs").json()

    assert (lu["total"], [b["code"] for b in lu["resultats"]]) == (1, ["RNCP1BC01"])


def test_session_free_of_charge_costs_zero_and_unknown_price_is_null(client, db):
    formation = objets.formation("FOR.1")
    objets.session(formation, prix=0, debut="2027-01-01")
    objets.session(formation)

    lues = client.get("/api/v1/formations/FOR.1/sessions").json()["resultats"]

    assert [s["prix"] for s in lues] == [0.0, None]


@pytest.mark.parametrize(
    ("adresse", "parametre"),
    [
        ("metiers/Z9999", "code_rome"),
        ("metiers/nimporte-quoi", "code_rome"),
        ("metiers/%00", "code_rome"),
        ("certifications/RNCP9", "numero"),
        ("certifications/RNCP9%00", "numero"),
        ("certifications/RNCP9/blocs", "numero"),
        ("formations/INCONNUE", "identifiant"),
        ("formations/%00", "identifiant"),
        ("formations/INCONNUE/sessions", "identifiant"),
    ],
)
def test_unknown_code_answers_404_in_french(client, db, adresse, parametre):
    reponse = client.get(f"/api/v1/{adresse}")

    (faute,) = reponse.json()["detail"]
    assert (reponse.status_code, faute["parametre"]) == (404, parametre)
    assert faute["message"].startswith(("Aucun métier", "Aucune certification", "Aucune formation"))


@pytest.mark.parametrize(
    "adresse",
    [
        "metiers/D1401",
        "certifications/RNCP1",
        "certifications/RNCP1/blocs",
        "formations/FOR.1",
        "formations/FOR.1/sessions",
    ],
)
def test_withdrawn_object_answers_410(client, db, adresse):
    objets.metier("D1401", retire_le="2026-01-01")
    objets.certification("RNCP1", retire_le="2026-01-01")
    objets.formation("FOR.1", retire_le="2026-01-01")

    assert client.get(f"/api/v1/{adresse}").status_code == 410


def test_moved_code_leads_to_the_new_address(client, db):
    metier = objets.metier("D1402")
    AncienCode.objects.create(code_rome="D1401", metier=metier, version=objets.version())

    reponse = client.get("/api/v1/metiers/D1401")

    assert (reponse.status_code, reponse["Location"]) == (301, "/api/v1/metiers/D1402")


def test_withdrawn_metier_leads_to_its_successor(client, db):
    objets.metier("D1401", retire_le="2026-01-01", successeur=objets.metier("D1402"))

    reponse = client.get("/api/v1/metiers/D1401")

    assert (reponse.status_code, reponse["Location"]) == (301, "/api/v1/metiers/D1402")


@pytest.mark.parametrize(
    ("ecrit", "adresse"),
    [
        ("metiers/d1401", "metiers/D1401"),
        ("certifications/rncp1", "certifications/RNCP1"),
        ("certifications/1", "certifications/RNCP1"),
        ("certifications/1/blocs", "certifications/RNCP1/blocs"),
        ("formations/for.1", "formations/FOR.1"),
        ("formations/for.1/sessions", "formations/FOR.1/sessions"),
    ],
)
def test_code_written_otherwise_leads_to_its_address(client, db, ecrit, adresse):
    objets.metier("D1401")
    objets.certification("RNCP1")
    objets.formation("FOR.1")

    reponse = client.get(f"/api/v1/{ecrit}")

    assert (reponse.status_code, reponse["Location"]) == (301, f"/api/v1/{adresse}")


def test_a_metier_costs_the_same_queries_whatever_it_holds(client, db):
    petit, grand = objets.metier("D1401"), objets.metier("D1402")
    for metier, nombre in ((petit, 1), (grand, 30)):
        for i in range(nombre):
            objets.competence_requise(metier)
            objets.savoir_requis(metier)
            objets.appellation(metier)
            objets.debouche(objets.certification(f"RNCP{metier.pk}{i:03}"), metier)
            objets.mobilite(metier, objets.metier(f"A{metier.pk % 90 + 10}{i:02}", domaine=metier.domaine))

    def lire(code: str) -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(f"/api/v1/metiers/{code}").status_code == 200
        return len(requetes)

    assert lire("D1401") == lire("D1402")
