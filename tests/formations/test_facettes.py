"""The facets of the offer, against a recount made formation by formation and session by session."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.facettes import NON_RENSEIGNE
from catalogue.garde import oublier
from catalogue.models import VersionCatalogue
from formations.filters import FormationFilterSet
from formations.index.criteres import DUREES, PRIX
from formations.models import Formation
from tests import objets

pytestmark = pytest.mark.django_db

LYON, VIENNE, RENNES = (45.76, 4.83), (45.52, 4.87), (48.11, -1.68)


class SessionsComptees(FormationFilterSet):
    unite_sessions = True


def filtrer(requete: str = "", classe: type[FormationFilterSet] = FormationFilterSet) -> FormationFilterSet:
    return classe(QueryDict(requete), Formation.objects.publies(), chemin="/formations/")


def resultats(filtre: FormationFilterSet) -> list[str]:
    return [formation.pk for formation in filtre.resultats]


# ── One same session ───────────────────────────────────────────────────────────────────────────────────────────────


def bretagne() -> Any:
    region = objets.Region.objects.get_or_create(code="53", defaults={"nom": "Bretagne"})[0]
    return objets.departement("35", region=region)


def test_criteria_about_sessions_are_met_by_one_same_session() -> None:
    """In apprenticeship in Lyon and at school in Rennes is not « apprentissage + Bretagne »."""
    formation = objets.formation("F1")
    objets.session(formation, voie="apprentissage", lieu=objets.lieu())
    objets.session(formation, voie="scolaire", lieu=objets.lieu(commune=None, departement=bretagne()))

    assert resultats(filtrer("voie=apprentissage&region=84")) == ["F1"]
    assert resultats(filtrer("voie=apprentissage&region=53")) == []
    assert filtrer("voie=apprentissage").compter("region")["53"] == 0


def test_a_formation_without_sessions_is_unknown_for_what_is_of_sessions_and_only_that() -> None:
    objets.formation("F1", niveau_sortie=5)

    assert resultats(filtrer(f"voie={NON_RENSEIGNE}&prix={NON_RENSEIGNE}&niveau=5")) == ["F1"]
    assert resultats(filtrer("voie=scolaire")) == []
    assert filtrer().nombre_sessions == 0


def test_a_region_and_a_departement_of_the_same_code_are_told_apart() -> None:
    objets.session(objets.formation("F1"), lieu=objets.lieu())
    region = objets.Region.objects.create(code="93", nom="Provence")
    vaucluse = objets.departement("84", region=region)
    objets.session(objets.formation("F2"), lieu=objets.lieu(commune=None, departement=vaucluse))

    assert resultats(filtrer("region=84")) == ["F1"]
    assert resultats(filtrer("region=d84")) == ["F2"]


@pytest.mark.parametrize(
    ("champs", "requete"),
    [
        ({"prix": 0}, "prix=gratuit"),
        ({"prix": "0.50"}, "prix=jusqu-a-500"),
        ({"prix": "499.99"}, "prix=jusqu-a-500"),
        ({"prix": 500}, "prix=500-1499"),
        ({"prix": None}, f"prix={NON_RENSEIGNE}"),
        ({"duree_heures": 34}, "duree=moins-35"),
        ({"duree_heures": 35}, "duree=35-149"),
        ({"duree_heures": 0}, f"duree={NON_RENSEIGNE}"),
        ({"eligible_cpf": False}, "cpf=non"),
        ({"eligible_cpf": None}, f"cpf={NON_RENSEIGNE}"),
        ({"entrees_permanentes": True}, "debut=permanentes"),
        ({"debut": date(2001, 1, 1)}, "debut=passees"),
        ({"debut": date(2999, 1, 1)}, "debut=plus-tard"),
        ({}, f"debut={NON_RENSEIGNE}"),
    ],
)
def test_each_value_has_its_option(champs: dict[str, Any], requete: str) -> None:
    objets.session(objets.formation("F1"), **champs)
    nom, valeur = requete.split("=")

    comptes = filtrer().compter(nom)

    assert resultats(filtrer(requete)) == ["F1"]
    assert {v: n for v, n in comptes.items() if n and not v.startswith("+")} == {valeur: 1}


def test_what_begins_this_month_is_announced_even_when_it_has_begun() -> None:
    aujourdhui = timezone.localdate()
    objets.session(objets.formation("F1"), debut=aujourdhui.replace(day=1))

    assert resultats(filtrer(f"debut={aujourdhui:%Y-%m}")) == ["F1"]


def test_hours_of_the_formation_stand_for_those_its_session_does_not_say() -> None:
    objets.session(objets.formation("F1", duree_heures=400))

    assert resultats(filtrer("duree=400-799")) == ["F1"]


# ── Distance ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def autour_de_lyon(db: None) -> None:
    objets.commune("69123", nom="Lyon", latitude=LYON[0], longitude=LYON[1], codes_postaux=["69001"])
    for nom, (latitude, longitude) in {"VIENNE": VIENNE, "RENNES": RENNES, "LYON": LYON}.items():
        lieu = objets.lieu(commune=None, latitude=latitude, longitude=longitude)
        objets.session(objets.formation(nom, intitule=nom), lieu=lieu)
    objets.session(objets.formation("NULLE PART", intitule="A"))


def test_a_circle_keeps_what_is_within_it(autour_de_lyon: None) -> None:
    assert resultats(filtrer("commune=69123&rayon=20")) == ["LYON"]
    assert resultats(filtrer("commune=69123&rayon=50")) == ["LYON", "VIENNE"]


def test_sessions_on_no_map_are_counted_apart(autour_de_lyon: None) -> None:
    assert filtrer("commune=69123&rayon=5").selection.sessions_sans_point == 1


def test_what_is_kept_of_a_formation_says_nothing_of_another_selection(
    autour_de_lyon: None, settings: Any, client: Any
) -> None:
    settings.GARDE_PAR_VERSION = True
    VersionCatalogue.avancer()

    autour = filtrer("commune=69123&rayon=20").resultats[0:30]
    toutes = filtrer("").resultats[0:30]

    assert [(f.pk, f.distance_km) for f in toutes] == [
        ("NULLE PART", None),
        ("LYON", None),
        ("RENNES", None),
        ("VIENNE", None),
    ]
    assert [(f.pk, round(f.distance_km)) for f in autour] == [("LYON", 0)]
    pages = [client.get(f"/formations/{suite}").content.decode() for suite in ("?commune=69123&rayon=20", "")]
    assert [page.count("à moins de 1 km") for page in pages] == [1, 0]
    oublier()


def test_the_nearest_come_first_when_asked(autour_de_lyon: None) -> None:
    lues = list(filtrer("commune=69123&rayon=50&tri=distance").resultats)

    assert [f.pk for f in lues] == ["LYON", "VIENNE"]
    assert [round(f.distance_km or 0) for f in lues] == [0, 27]


# ── Every count, again ─────────────────────────────────────────────────────────────────────────────────────────────

FACETTES = ["domaine", "niveau", "region", "voie", "modalite", "debut", "duree", "prix", "cpf"]


def _bande(bandes: Any, nombre: Any) -> str:
    return next(b.valeur for b in reversed(bandes) if nombre >= b.minimum)


def valeurs_de_session(formation: Formation, session: Any) -> dict[str, set[str]]:
    """Of one session, or of none."""
    if session is None:
        return {nom: {NON_RENSEIGNE} for nom in FACETTES[2:]}
    heures = session.duree_heures if session.duree_heures is not None else formation.duree_heures
    mois = timezone.localdate().replace(day=1)
    debuts = {"permanentes"} if session.entrees_permanentes else set()
    if session.debut:
        ecart = (session.debut.year - mois.year) * 12 + session.debut.month - mois.month
        debuts.add("passees" if ecart < 0 else f"{session.debut:%Y-%m}" if ecart < 12 else "plus-tard")
    departement = session.lieu.departement if session.lieu else None
    prix = (
        None
        if session.prix is None
        else "gratuit"
        if session.prix == 0
        else _bande(PRIX, max(session.prix, 1))
    )
    return {
        "voie": {session.voie or NON_RENSEIGNE},
        "modalite": {session.modalite or NON_RENSEIGNE},
        "debut": debuts or {NON_RENSEIGNE},
        "duree": {_bande(DUREES, heures) if heures else NON_RENSEIGNE},
        "prix": {prix or NON_RENSEIGNE},
        "cpf": {{True: "oui", False: "non", None: NON_RENSEIGNE}[session.eligible_cpf]},
        "region": {departement.region_id, f"d{departement.pk}"} if departement else {NON_RENSEIGNE},
    }


Lignes = list[list[dict[str, set[str]] | None]]


def lire_lignes() -> Lignes:
    """Of each published formation, what each of its sessions is; None first, for having none."""
    formations: Lignes = []
    for formation in Formation.objects.publies():
        metiers = [m for m in formation.metiers.select_related("domaine") if not m.est_retire]
        siennes = {
            "niveau": {NON_RENSEIGNE if formation.niveau_sortie is None else str(formation.niveau_sortie)},
            "domaine": {c for m in metiers for c in (m.domaine_id, m.domaine.grand_domaine_id)}
            or {NON_RENSEIGNE},
        }
        sessions = list(formation.sessions.select_related("lieu__departement"))
        lignes = [siennes | valeurs_de_session(formation, session) for session in sessions or [None]]
        formations.append(lignes if sessions else [None, *lignes])
    return formations


def recompter(
    formations: Lignes, choix: dict[str, list[str]], *, en_sessions: bool
) -> dict[str, dict[str, int]]:
    """The counts of every facet, by brute force."""
    comptes: dict[str, dict[str, int]] = {nom: {} for nom in FACETTES}
    for lignes in formations:
        if en_sessions and lignes[0] is None:
            continue
        for nom in FACETTES:
            retenues = [
                ligne[nom]
                for ligne in lignes
                if ligne and all(ligne[autre] & set(v) for autre, v in choix.items() if autre != nom)
            ]
            for ensemble in retenues if en_sessions else [set().union(*retenues)]:
                for valeur in ensemble:
                    comptes[nom][valeur] = comptes[nom].get(valeur, 0) + 1
    return comptes


@pytest.fixture(scope="module")
def offre_melee(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Forty formations with up to four sessions each, drawn once."""
    from random import Random

    from django.db import transaction

    hasard = Random(5)
    with django_db_blocker.unblock(), transaction.atomic():
        region = objets.Region.objects.create(code="11", nom="Île-de-France")
        departements = [
            objets.departement("69"),
            objets.departement("38"),
            objets.departement("11", region=region),
        ]
        lieux: list[Any] = [objets.lieu(commune=None, departement=d) for d in departements]
        metiers = [objets.metier(code) for code in ("D1401", "D1402", "J1501", "A1203")]
        metiers.append(objets.metier("A1299", retire_le=date(2020, 1, 1)))
        mois = timezone.localdate().replace(day=1)
        debuts = [
            None,
            date(2001, 5, 5),
            mois,
            date(mois.year + (mois.month > 6), (mois.month + 5) % 12 + 1, 28),
            date(2999, 1, 1),
        ]
        for numero in range(40):
            formation = objets.formation(
                f"F{numero:02}",
                intitule=f"Formation {numero % 7}",
                niveau_sortie=hasard.choice([None, 0, 5, 8]),
                duree_heures=hasard.choice([None, 0, 700]),
                retire_le=date(2020, 1, 1) if numero % 11 == 10 else None,
            )
            for metier in hasard.sample(metiers, hasard.randint(0, 3)):
                objets.lien_formation(formation, metier)
            for _ in range(hasard.choice([0, 1, 2, 4])):
                objets.session(
                    formation,
                    organisme=lieux[0].organisme,
                    lieu=hasard.choice([None, *lieux]),
                    voie=hasard.choice(["", "scolaire", "apprentissage"]),
                    modalite=hasard.choice(["", "distance", "mixte"]),
                    prix=hasard.choice([None, 0, 1, 500, 9000]),
                    duree_heures=hasard.choice([None, 0, 35, 1600]),
                    eligible_cpf=hasard.choice([None, True, False]),
                    entrees_permanentes=hasard.choice([None, True, False]),
                    debut=hasard.choice(debuts),
                )
        yield lire_lignes()
        transaction.set_rollback(True)


CHOIX = st.fixed_dictionaries(
    {},
    optional={
        nom: st.lists(st.sampled_from([*valeurs, NON_RENSEIGNE]), min_size=1, max_size=3, unique=True)
        for nom, valeurs in {
            "domaine": ["D", "D14", "J", "A12"],
            "niveau": ["0", "5", "8"],
            "region": ["84", "d69", "d38", "11", "d11"],
            "voie": ["scolaire", "apprentissage", "vae"],
            "modalite": ["distance", "mixte"],
            "debut": ["permanentes", "passees", "plus-tard", f"{timezone.localdate():%Y-%m}"],
            "duree": ["35-149", "400-799", "1600-et-plus"],
            "prix": ["gratuit", "jusqu-a-500", "500-1499", "6000-et-plus"],
            "cpf": ["oui", "non"],
        }.items()
    },
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choix=CHOIX, en_sessions=st.booleans())
def test_counts_are_those_of_a_recount(
    offre_melee: Lignes, choix: dict[str, list[str]], en_sessions: bool
) -> None:
    requete = "&".join(f"{nom}={valeur}" for nom, valeurs in choix.items() for valeur in valeurs)

    filtre = filtrer(requete, SessionsComptees if en_sessions else FormationFilterSet)
    affiches = {
        facette.nom: {
            option.valeur: option.nombre
            for haute in facette.options
            for option in [haute, *haute.enfants]
            if option.nombre
        }
        for facette in filtre.facettes
    }

    assert affiches == recompter(offre_melee, choix, en_sessions=en_sessions)
