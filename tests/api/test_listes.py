"""The lists: order, pages, filters, counts, CSV, cost."""

from __future__ import annotations

import base64
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.api import curseur
from certifications import api as certifications
from certifications.models import Certification
from formations import api as formations
from metiers import api as metiers
from metiers.models import Metier
from tests import objets
from tests.api.lecture import a_plat, lire_csv, suivre

pytestmark = pytest.mark.django_db

LISTES = ["metiers", "certifications", "formations"]
BASES = {
    "metiers": lambda: [m.code_rome for m in metiers.base()],
    "certifications": lambda: [c.numero for c in certifications.base()],
    "formations": lambda: [f.identifiant for f in formations.base()],
}
CODES = {"metiers": "code_rome", "certifications": "numero", "formations": "identifiant"}


@pytest.mark.parametrize("limite", [1, 7, 30])
@pytest.mark.parametrize("liste", LISTES)
def test_following_pages_gives_every_object_once_in_the_order_of_the_list(client, trente, liste, limite):
    attendus = BASES[liste]()

    lus = suivre(client, f"/api/v1/{liste}?limite={limite}")

    assert [objet[CODES[liste]] for objet in lus] == attendus
    assert len(attendus) == 30


def test_following_sessions_puts_undated_ones_last(client, db):
    formation = objets.formation("FOR.1")
    for jour in ("2027-03-01", None, "2027-01-15", None, "2027-01-15"):
        objets.session(formation, debut=jour)

    lues = suivre(client, "/api/v1/formations/FOR.1/sessions?limite=2")

    assert [s["debut"] for s in lues] == ["2027-01-15", "2027-01-15", "2027-03-01", None, None]
    assert len({s["identifiant"] for s in lues}) == 5


def test_object_added_before_the_cursor_repeats_nothing(client, trente):
    premiere = client.get("/api/v1/formations?limite=10").json()
    objets.formation("FOR.999", intitule="AAA")

    suite = suivre(client, premiere["suivant"])

    assert len({o["identifiant"] for o in premiere["resultats"] + suite}) == 30
    assert len(suite) == 20


@pytest.mark.parametrize("liste", LISTES)
def test_filters_and_counts_are_those_of_the_page(client, trente, liste):
    page = client.get(f"/{liste}/?domaine=D14&niveau=5&niveau=non-renseigne")
    filtre = page.context["filtre"]

    lu = client.get(f"/api/v1/{liste}?domaine=D14&niveau=5&niveau=non-renseigne&facettes=1").json()

    assert lu["total"] == page.context["total"]
    assert [
        (f["nom"], [(o["valeur"], o["nombre"], o["choisie"]) for o in f["options"]]) for f in lu["facettes"]
    ] == [(f.nom, [(o.valeur, o.nombre, o.choisie) for o in f.options]) for f in filtre.facettes]


@pytest.mark.parametrize("liste", [*LISTES, "certifications/RNCP100/blocs", "formations/FOR.1/sessions"])
def test_csv_holds_what_json_does(client, trente, liste):
    en_json = suivre(client, f"/api/v1/{liste}?limite=100")

    lignes = lire_csv(client.get(f"/api/v1/{liste}?format=csv"))

    assert lignes == [a_plat(objet, list(lignes[0])) for objet in en_json]


def test_accept_header_asks_for_csv_too(client, trente):
    reponse = client.get("/api/v1/metiers?limite=2", headers={"Accept": "text/csv"})

    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lire_csv(reponse)) == 2


def test_csv_text_that_a_spreadsheet_would_run_is_prefixed(client, db):
    for i, debut in enumerate("=+-@"):
        objets.metier(f"D140{i}", libelle=f"{debut}HYPERLINK(1)")

    lignes = lire_csv(client.get("/api/v1/metiers?format=csv"))

    assert sorted(ligne["libelle"] for ligne in lignes) == sorted(f"'{d}HYPERLINK(1)" for d in "=+-@")


@pytest.mark.parametrize(
    "adresse",
    [
        "metiers?",
        "metiers?facettes=1",
        "certifications?facettes=1",
        "formations?facettes=1",
        "metiers?format=csv",
    ],
)
def test_a_list_costs_the_same_queries_for_one_object_as_for_thirty(client, trente, adresse):
    separateur = "" if adresse.endswith("?") else "&"

    def lire(limite: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            reponse = client.get(f"/api/v1/{adresse}{separateur}limite={limite}")
            contenu = b"".join(reponse) if reponse.streaming else reponse.content
        assert contenu
        return len(requetes)

    lire(1)  # what a process reads once, and keeps

    assert lire(1) == lire(30)


def test_sessions_cost_the_same_queries_for_one_as_for_thirty(client, db):
    formation = objets.formation("FOR.1")
    for _ in range(30):
        objets.session(formation, lieu=objets.lieu())

    def lire(limite: int) -> int:
        with CaptureQueriesContext(connection) as requetes:
            lues = client.get(f"/api/v1/formations/FOR.1/sessions?limite={limite}").json()
        assert len(lues["resultats"]) == limite
        return len(requetes)

    assert lire(1) == lire(30)


def test_withdrawn_objects_are_not_listed(client, db):
    objets.metier("D1401", retire_le="2026-01-01")
    objets.certification("RNCP1", retire_le="2026-01-01")
    objets.formation("FOR.1", retire_le="2026-01-01")

    totaux = [client.get(f"/api/v1/{liste}").json()["total"] for liste in LISTES]

    assert totaux == [0, 0, 0]


def _code(*valeurs):
    return base64.urlsafe_b64encode(json.dumps(valeurs).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "mauvais",
    [
        "abc",
        "é",
        "AAAA",
        _code("certifications", 0, "a", "b"),
        _code("metiers", "a"),
        _code("metiers", "a", 3),
        _code("metiers", "a\0", "b"),
        _code("metiers", "\ud800", "b"),
        _code("metiers", None, None),
        _code(),
        base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("="),
        base64.urlsafe_b64encode(b"1").decode().rstrip("="),
    ],
)
def test_malformed_cursor_is_refused(client, db, mauvais):
    reponse = client.get("/api/v1/metiers", {"curseur": mauvais})

    assert reponse.status_code == 422
    assert reponse.json() == {"detail": [{"parametre": "curseur", "message": curseur.ILLISIBLE}]}


@pytest.mark.parametrize("rang", [2**70, True, "0"])
def test_cursor_with_an_impossible_rank_is_refused(client, db, rang):
    reponse = client.get("/api/v1/certifications", {"curseur": _code("certifications", rang, "a", "b")})

    assert reponse.status_code == 422


def test_unknown_values_are_null_never_zero(client, db):
    objets.metier("D1401")
    objets.certification("RS1")
    objets.formation("FOR.1")

    metier = client.get("/api/v1/metiers").json()["resultats"][0]
    certification = client.get("/api/v1/certifications").json()["resultats"][0]
    formation = client.get("/api/v1/formations").json()["resultats"][0]

    assert (metier["niveau_acces"], metier["facilite_acces"], metier["emploi_cadre"]) == (None, None, None)
    assert (certification["niveau"], certification["date_fin_enregistrement"]) == (None, None)
    assert (formation["niveau_sortie"], formation["duree_heures"], formation["certification"]) == (
        None,
        None,
        None,
    )
    assert (Metier.objects.count(), Certification.objects.count()) == (1, 1)


def test_dates_are_iso_and_codes_are_text(client, db):
    objets.certification("RNCP1", niveau=5, date_fin_enregistrement="2099-12-31")

    lu = client.get("/api/v1/certifications").json()["resultats"][0]

    assert lu["date_fin_enregistrement"] == "2099-12-31"
    assert lu["niveau"] == {"code": "5", "libelle": "Niveau 5 (bac+2)"}


def test_each_object_says_its_source_edition_and_licence(client, db):
    objets.source(
        "rome", producteur="France Travail", licence="Licence Ouverte 2.0", url="https://exemple.fr/"
    )
    objets.metier("D1401", version=objets.version("rome", "60"))

    lu = client.get("/api/v1/metiers").json()["resultats"][0]

    assert lu["provenance"] == {
        "source": "France Travail, ROME",
        "edition": "version 60, date non renseignée",
        "licence": "Licence Ouverte 2.0",
        "url": "https://exemple.fr/",
    }
