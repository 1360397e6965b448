"""What the official files of the training offer must hold once imported, line by line: formations, sessions, schools, places.

Counted in the base that holds every official file, each imported twice; what no table keeps as it was read is counted where
it is read.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from formations.importers.apprentissage import LectureApprentissage
from formations.importers.lheo import LectureLheo
from formations.importers.lieux import Hexasmal, lire_lieux
from formations.importers.mcf import LectureMcf
from formations.importers.onisep.liste import FormationListe, lire_liste_formations
from formations.models import (
    Commune,
    Departement,
    Epci,
    Formation,
    Lieu,
    MetierCite,
    Organisme,
    PartieDeCommune,
    Passage,
    Region,
    Session,
)
from tests.comptes import distincts, lignes, lire, n, par, tous


def fiches() -> Any:
    return Formation.objects.filter(source="onisep").exclude(version=None)


def listees() -> Any:
    return Formation.objects.exclude(version_liste=None)


@cache
def de_la_liste(dossier: Path) -> list[FormationListe]:
    return lire(
        dossier / "onisep" / "ideo-formations_initiales_en_france_2022_csv.zip", lire_liste_formations
    )


def numeros_de_la_liste(dossier: Path) -> tuple[int, int]:
    return tous(
        [formation.numero_certification]
        for formation in de_la_liste(dossier)
        if formation.numero_certification
    )


ONISEP_XML = [
    ("formations", lambda _: fiches().count(), 2_164),
    ("liens vers les métiers", lambda _: n(MetierCite), 5_934),
    (
        "liens vers les sous-domaines ; distincts",
        lambda _: tous(f.sous_domaines for f in fiches()),
        (7_004, 131),
    ),
    (
        "niveaux",
        lambda _: par(fiches(), "niveau_sortie"),
        {7: 842, 6: 387, 4: 301, 3: 230, 5: 230, None: 174},
    ),
]
ONISEP_CSV = [
    ("formations", lambda _: listees().count(), 6_086),
    ("avec un numéro RNCP ; distincts", numeros_de_la_liste, (2_993, 2_691)),
    ("formations aussi dans le XML de 06/2024", lambda _: (fiches() & listees()).count(), 1_574),
]


def numerotees() -> Any:
    return Passage.objects.exclude(numero_certification="")


def reliees() -> Any:
    return Passage.objects.exclude(identifiant_formation="")


PASSAGE = [
    ("correspondances", lambda _: n(Passage), 4_902),
    (
        "RNCP distincts ; lignes sans",
        lambda _: (distincts(numerotees(), "numero_certification"), n(Passage, numero_certification="")),
        (4_606, 62),
    ),
    (
        "FOR distincts ; lignes sans",
        lambda _: (distincts(reliees(), "identifiant_formation"), n(Passage, identifiant_formation="")),
        (3_263, 1_619),
    ),
    (
        "paires RNCP et FOR",
        lambda _: distincts(numerotees() & reliees(), "numero_certification", "identifiant_formation"),
        3_225,
    ),
    (
        "FOR aussi dans le XML de 06/2024",
        lambda _: distincts(
            reliees().filter(identifiant_formation__in=fiches().values("pk")), "identifiant_formation"
        ),
        1_215,
    ),
    (
        "statuts",
        lambda _: par(Passage.objects, "statut"),
        {"identique": 4_607, "mis à jour": 169, "créé": 115, "recréé": 11},
    ),
]


def actions() -> Any:
    return Session.objects.filter(source="onisep")


def ecoles() -> Any:
    return Organisme.objects.filter(source="onisep")


ACTIONS = [
    ("actions ; formations", lambda _: (actions().count(), distincts(actions(), "formation")), (120, 13)),
    ("lieux", lambda _: distincts(actions(), "organisme__uai"), 119),
    (
        "formations qui n'ont pas dix actions",
        lambda _: {code: fois for code, fois in par(actions(), "formation").items() if fois != 10},
        {"FOR.351": 8, "FOR.3519": 2},
    ),
]
STRUCTURES = [
    ("structures ; sans SIRET", lambda _: (ecoles().count(), ecoles().filter(siret="").count()), (119, 5)),
    ("à l'étranger", lambda _: n(Lieu, organisme__in=ecoles(), commune=None, departement=None), 1),
]


def mcf(repertoire: str) -> Any:
    return Session.objects.filter(
        source="mon-compte-formation", formation__numero_certification__startswith=repertoire
    )


@cache
def lecture_mcf(chemin: Path) -> LectureMcf:
    lecture = LectureMcf(chemin, lambda rejet: None)
    assert sum(1 for _ in lecture) == lecture.lues - lecture.doublons
    return lecture


def lues_mcf(nom: str, *champs: str) -> Any:
    """What its reader counts in a file of Mon Compte Formation."""
    return lambda dossier: tuple(
        getattr(lecture_mcf(dossier / "formations" / nom), champ) for champ in champs
    )


MCF_RNCP, MCF_RS = "mcf_rncp_2024-07-16.csv", "mcf_rs_avec_numero_formation_2024-07-11.csv"
MCF = [
    ("RNCP : lignes ; en double", lues_mcf(MCF_RNCP, "lues", "doublons"), (100, 1)),
    ("RNCP : lignes distinctes", lambda _: mcf("RNCP").count(), 99),
    ("RNCP : certifications", lambda _: distincts(mcf("RNCP"), "formation__numero_certification"), 29),
    ("RNCP : SIRET", lambda _: distincts(mcf("RNCP"), "organisme__siret"), 44),
    ("RNCP : actions ; sessions", lues_mcf(MCF_RNCP, "actions", "sessions"), (108, 215)),
    ("RS : lignes ; en double", lues_mcf(MCF_RS, "lues", "doublons"), (100, 0)),
    ("RS : lignes distinctes", lambda _: mcf("RS").count(), 100),
    ("RS : certifications", lambda _: distincts(mcf("RS"), "formation__numero_certification"), 19),
    ("RS : SIRET", lambda _: distincts(mcf("RS"), "organisme__siret"), 18),
    ("RS : numéros de formation", lambda _: distincts(mcf("RS"), "formation"), 80),
    ("RS : actions ; sessions", lues_mcf(MCF_RS, "actions", "sessions"), (154, 366)),
    # 50 rows have no département, one of them the double.
    ("à distance ou sans lieu", lambda _: mcf("R").filter(lieu=None).count(), 49),
]


def colonnes(dossier: Path) -> int:
    with (dossier / "formations" / "fr-esr-parcoursup_2025.extrait.csv").open(encoding="utf-8") as flux:
        return len(next(csv.reader(flux, delimiter=";")))


def apprentissage(dossier: Path) -> tuple[int, int]:
    chemin = dossier / "formations" / "catalogue-apprentissage-formations.sample.json"
    lecture = LectureApprentissage(chemin, lambda rejet: None)
    list(lecture)
    return lecture.lues, lecture.lues - lecture.non_publiees


def lheo(dossier: Path) -> list[int]:
    lecture = LectureLheo(dossier / "formations" / "exemple-bts-onisep.lheo-2.2.xml", lambda rejet: None)
    organismes = {offre.organisme for offre in lecture}
    return [lecture.formations, lecture.actions, lecture.sessions, len(organismes)]


AUTRES_OFFRES = [
    ("Parcoursup : formations", lambda _: n(Formation, source="parcoursup"), 4),
    ("Parcoursup : colonnes", colonnes, 118),
    ("apprentissage : formations ; publiées", apprentissage, (2, 0)),
    ("apprentissage : formations montrées", lambda _: n(Formation, source="apprentissage"), 0),
    ("LHÉO : formation / action / session / organisme", lheo, [1, 1, 1, 1]),
    ("LHÉO : niveau de sortie", lambda _: Formation.objects.get(source="lheo").niveau_sortie, 5),
]


@cache
def hexasmal(dossier: Path) -> Hexasmal:
    lu = lire_lieux(dossier / "refs" / "laposte_hexasmal_2020.zip", lambda rejet: None)
    assert isinstance(lu, Hexasmal)
    return lu


def hors_hexasmal(dossier: Path) -> int:
    """Paris, Lyon and Marseille are there by their arrondissements."""
    connus = {centre.code for centre in hexasmal(dossier).centres}
    return Commune.objects.exclude(code__in=connus).count()


def codes_perimes(dossier: Path) -> int:
    connus = {*Commune.objects.values_list("code", flat=True)}
    arrondissements = PartieDeCommune.objects.filter(type=PartieDeCommune.Type.ARRONDISSEMENT)
    connus |= {*arrondissements.values_list("code", flat=True)}
    return len({centre.code for centre in hexasmal(dossier).centres} - connus)


LIEUX = [
    ("communes actuelles", lambda _: n(Commune), 34_969),
    (
        "déléguées / associées / arrondissements",
        lambda _: par(PartieDeCommune.objects, "type"),
        {"commune-deleguee": 2_105, "commune-associee": 471, "arrondissement-municipal": 45},
    ),
    (
        "départements ; régions ; intercommunalités",
        lambda _: (n(Departement), n(Region), n(Epci)),
        (109, 26, 1_255),
    ),
    ("communes sans intercommunalité", lambda _: n(Commune, epci=None), 98),
    ("Hexasmal : lignes", lambda d: hexasmal(d).lignes, 39_201),
    ("Hexasmal : codes INSEE", lambda d: len(hexasmal(d).centres), 36_013),
    ("Hexasmal : codes postaux", lambda d: tous(c.codes_postaux for c in hexasmal(d).centres)[1], 6_329),
    ("Hexasmal : communes actuelles absentes", hors_hexasmal, 14),
    ("Hexasmal : codes d'anciennes communes", codes_perimes, 1_013),
]


@lignes(
    {
        "Onisep formations 06/2024": ONISEP_XML,
        "Onisep formations 2022": ONISEP_CSV,
        "Table de passage 10/2025": PASSAGE,
        "Actions": ACTIONS,
        "Structures": STRUCTURES,
        "Mon Compte Formation": MCF,
        "Autres offres": AUTRES_OFFRES,
        "Communes": LIEUX,
    }
)
def test_imported_files_hold(tout, donnees_officielles, compte, attendu):
    assert compte(donnees_officielles) == attendu


def test_school_is_where_its_own_coordinates_say(tout):
    rennes = actions().get(identifiant="AF.58685")

    assert (rennes.formation_id, rennes.organisme.uai) == ("FOR.269", "0350029S")
    assert (rennes.lieu.latitude, rennes.lieu.longitude) == (48.1257, -1.64813)
