"""The list of formations around a commune, and pages that stay short however much there is to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.recherche.index import reindexer
from formations import filters
from formations.models import Commune, Epci
from tests import objets

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(db: None) -> None:
    objets.commune("69123", nom="Lyon", latitude=45.76, longitude=4.83, codes_postaux=["69001", "69002"])
    objets.commune("93066", nom="Saint-Denis", latitude=48.93, longitude=2.35, codes_postaux=["93200"])
    objets.commune("97411", nom="Saint-Denis", latitude=-20.9, longitude=55.45, codes_postaux=["97400"])


@pytest.mark.parametrize(
    "saisie", ["Lyon", " LYON ", "69002", "lyo", "Lyon (69123)", "lyon-69123", "Lyon 69002", "69123"]
)
def test_a_name_or_a_postal_code_leads_to_the_commune(client: Any, communes: None, saisie: str) -> None:
    reponse = client.get("/formations/", {"lieu": saisie, "rayon": "50", "voie": "scolaire"})

    assert reponse.status_code == 302
    assert reponse["Location"] == "/formations/?rayon=50&voie=scolaire&commune=69123"


def test_a_field_left_empty_leaves_no_trace(client: Any) -> None:
    assert client.get("/formations/?lieu=&rayon=20&voie=scolaire")["Location"] == "/formations/?voie=scolaire"


def test_an_ambiguous_name_asks_which_commune(client: Any, communes: None) -> None:
    page = client.get("/formations/?lieu=saint+denis&rayon=10")

    assert [p.url for p in page.context["filtre"].proximite.propositions] == [
        "/formations/?rayon=10&commune=93066",
        "/formations/?rayon=10&commune=97411",
    ]


def test_intercommunalite_tells_communes_of_one_name_apart_and_places_a_session(
    client: Any, communes: None
) -> None:
    plaine = Epci.objects.create(code="200054781", nom="Métropole du Grand Paris", nature="METRO")
    commune = Commune.objects.get(pk="93066")
    commune.epci = plaine
    commune.save()
    session = objets.session(objets.formation("F1"), lieu=objets.lieu(commune=commune))

    choix = client.get("/formations/?lieu=saint+denis").content.decode()
    page = client.get(session.get_absolute_url()).content.decode()
    (lue,) = client.get("/api/v1/formations/F1/sessions").json()["resultats"]

    assert choix.count('<span class="note">Métropole du Grand Paris</span>') == 1
    assert page.count('<dd class="note">Métropole du Grand Paris</dd>') == 1
    assert lue["lieu"]["intercommunalite"] == {"code": "200054781", "libelle": "Métropole du Grand Paris"}


@pytest.mark.parametrize(
    "requete", ["lieu=Nulle+part", "commune=99999", "commune=x", "commune=%00", "metier=D9999", "organisme=0"]
)
def test_what_designates_nothing_is_answered(client: Any, communes: None, requete: str) -> None:
    assert client.get(f"/formations/?{requete}").status_code == 200


@pytest.fixture
def beaucoup(communes: None) -> Any:
    """A formation of seventy sessions, of which one organisme gives all."""
    formation, organisme = objets.formation("F1"), objets.organisme("Grand")
    pres = objets.lieu(organisme, commune=None, latitude=45.7, longitude=4.8)
    for rang in range(70):
        objets.session(formation, organisme=organisme, lieu=pres if rang < 40 else None)
    return formation


def test_sessions_are_read_page_by_page(client: Any, beaucoup: Any) -> None:
    lues = [client.get(f"/formations/F1/?page={page}").context["fiche"].sessions for page in (1, 2, 3)]

    assert [len(page) for page in lues] == [30, 30, 10]
    assert len({session.pk for page in lues for session in page}) == 70
    assert client.get("/formations/F1/?page=4").status_code == 404


def test_sessions_around_a_commune_leave_out_those_on_no_map(client: Any, beaucoup: Any) -> None:
    fiche = client.get("/formations/F1/?commune=69123&rayon=20").context["fiche"]

    assert (fiche.nombre_choisies, fiche.sans_point, fiche.nombre_sessions) == (40, 30, 70)
    assert {round(session.distance_km) for session in fiche.sessions} == {7}


def test_sessions_of_the_whole_country_are_shown_with_their_distance(client: Any, beaucoup: Any) -> None:
    loin = objets.lieu(objets.organisme("Loin"), commune=None, latitude=48.93, longitude=2.35)
    objets.session(beaucoup, lieu=loin)

    pres = client.get("/formations/F1/?commune=97411&rayon=5").context["fiche"]
    reponse = client.get("/formations/F1/?commune=69123&rayon=france&page=2")

    fiche = reponse.context["fiche"]
    assert (pres.nombre_choisies, pres.url_de_toutes) == (0, "/formations/F1/?rayon=france&commune=97411")
    assert (fiche.nombre_choisies, round(fiche.sessions[-1].distance_km)) == (41, 399)
    assert "de la plus proche de Lyon à la plus éloignée, à vol d'oiseau" in reponse.content.decode()
    # The list of all formations keeps to its distances.
    assert client.get("/formations/?commune=69123&rayon=france").status_code == 200


@pytest.mark.parametrize("adresse", ["/formations/", "/formations/F1/", "{organisme}"])
def test_a_page_costs_the_same_queries_whatever_it_lists(client: Any, adresse: str) -> None:
    formation, organisme = objets.formation("F1"), objets.organisme("O")
    adresse = adresse.format(organisme=organisme.get_absolute_url())

    def requetes() -> int:
        client.get(adresse)  # what a process reads once, and keeps
        with CaptureQueriesContext(connection) as capture:
            client.get(adresse)
        return len(capture)

    for _ in range(2):
        objets.session(formation, organisme=organisme, lieu=objets.lieu(organisme))
    avec_deux = requetes()
    for _ in range(30):
        objets.session(formation, organisme=organisme, lieu=objets.lieu(organisme))
        objets.session(objets.formation(), organisme=organisme, lieu=objets.lieu(organisme))

    assert requetes() == avec_deux


def test_the_list_leads_from_a_metier(client: Any) -> None:
    metier = objets.metier("D1415")
    for rang in range(12):
        objets.lien_formation(objets.formation(f"F{rang}"), metier)
    objets.formation("AUTRE")

    fiche = client.get(metier.get_absolute_url()).context["fiche"].formations
    liste = client.get(fiche.url)

    assert (len(fiche.premieres), fiche.total, liste.context["total"]) == (10, 12, 12)


# ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def intitules(db: None) -> None:
    for rang, intitule in enumerate(["BTS commerce international", "Commerce", "Boulangerie"]):
        objets.session(objets.formation(f"F{rang}", intitule=intitule, niveau_sortie=rang), voie="scolaire")
    reindexer()


def test_words_keep_the_titles_that_hold_them_the_closest_first(client: Any, intitules: None) -> None:
    page = client.get("/formations/?q=commerce")

    assert [formation.pk for formation in page.context["fiches"]] == ["F1", "F0"]
    assert page.context["filtre"].compter("niveau")["2"] == 0
    assert page.context["filtre"].nombre_sans("q", "") == 3


def test_words_in_too_many_titles_are_said_to_be(
    client: Any, intitules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOTS_PLAFOND", 1)

    page = client.get("/formations/?q=commerce")

    assert (page.context["total"], page.context["filtre"].mots_trop_larges) == (1, True)


def test_the_distance_is_among_the_filters_to_remove(client: Any, communes: None) -> None:
    objets.session(objets.formation("F1"), lieu=objets.lieu(commune=None, latitude=48.9, longitude=2.3))

    filtre = client.get("/formations/?commune=69123&rayon=5").context["filtre"]

    assert [(retrait.facette, retrait.nombre, retrait.url) for retrait in filtre.retraits] == [
        ("Distance", 1, "/formations/")
    ]


def test_what_leads_to_the_list_stays_when_its_filters_change(client: Any) -> None:
    page = client.get("/formations/?metier=D1415")

    assert '<input type="hidden" name="metier" value="D1415">' in page.content.decode()
