"""Version 60 of ROME, read whole: every count its producer's tables give."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from catalogue.fichiers.refus import Rejet
from metiers.importers.rome import Rome, lire_rome


@cache
def lire(chemin: Path) -> tuple[Rome, list[Rejet]]:
    rejets: list[Rejet] = []
    return lire_rome(chemin, rejets.append), rejets


@pytest.fixture
def lecture(donnees_officielles):
    return lire(donnees_officielles / "rome" / "open-data-rome-v460-csv.zip")


@pytest.fixture
def rome(lecture):
    return lecture[0]


def test_nothing_is_rejected_or_left_unknown(lecture):
    rome, rejets = lecture

    inconnus = [champ for champ in rome.__slots__ if getattr(rome, champ) is None]

    assert rejets == []
    assert inconnus == ["arborescence_competences"]
    assert (rome.version, rome.date_publication.isoformat()) == ("60", "2025-09-18")


def test_tables_have_their_rows(rome):
    comptes = {
        champ: len(valeur) for champ in rome.__slots__ if isinstance(valeur := getattr(rome, champ), list)
    }

    assert comptes == {
        "grands_domaines": 14,
        "domaines": 110,
        "fiches": 1_584,
        "appellations": 13_120,
        "competences": 18_317,
        "savoirs": 15_354,
        "contextes": 179,
        "liens_competences": 49_440 + 5_255,
        "liens_savoirs": 35_861,
        "liens_contextes": 13_663,
        "mobilites": 14_912,
        "centres_interet": 30,
        "liens_centres_interet": 4_444,
        "secteurs": 35,
        "sous_secteurs": 40,
        "liens_secteurs": 3_303,
        "themes": 17,
        "liens_themes": 1_348,
        "secteurs_naf": 89,
        "liens_naf": 2_920,
    }


def test_fiches_have_their_parents_flags_and_texts(rome):
    fiches = rome.fiches

    parents = Counter(f.code_rome_parent == f.code_rome for f in fiches)
    drapeaux = [
        sum(f.emploi_cadre is True for f in fiches),
        sum(f.emploi_reglemente is True for f in fiches),
        sum(f.transition_numerique is True for f in fiches),
        sum(f.transition_demographique is True for f in fiches),
    ]
    transitions = Counter(f.transition_ecologique for f in fiches)
    phrases = [
        sum(len(f.definition.split("\n")) for f in fiches),
        sum(len(f.acces_metier.split("\n")) for f in fiches),
    ]

    assert parents == {True: 532, False: 1_052}
    assert drapeaux == [507, 241, 170, 70]
    assert transitions == {
        "Emploi Blanc": 1_194,
        "Emploi stratégique pour la Transition écologique": 261,
        "Emploi Vert": 96,
        "Emploi Brun": 33,
    }
    assert phrases == [9_602, 2_378]
    assert all(f.definition and f.acces_metier for f in fiches)
    assert not any("''" in f.definition + f.acces_metier for f in fiches)


def test_appellations_have_their_ranks(rome):
    principales = [a for a in rome.appellations if a.principale]
    libelles = {f.code_rome: f.libelle for f in rome.fiches}

    peu_usitees = sum(a.peu_usitee is True for a in rome.appellations)

    assert len(principales) == 1_584
    assert {a.code_rome: a.libelle for a in principales} == libelles
    assert peu_usitees == 199


def test_competences_have_their_natures_and_profiles(rome):
    macros = [c for c in rome.competences if c.macro]

    categories = Counter(c.categorie for c in macros)
    citees = {c.code_ogr_macro for c in rome.competences} - {""}

    assert categories == {"Savoir-faire": 491, "Savoir-être professionnel": 16}
    assert len(citees) == 487
    assert sum(bool(c.riasec_majeur) for c in macros) == 358
    assert sum(not c.riasec_mineur for c in macros) == 388


def test_savoirs_and_contextes_have_their_kinds(rome):
    kinds = [
        len({s.categorie for s in rome.savoirs}),
        len({(s.categorie, s.sous_categorie) for s in rome.savoirs}),
        len({c.type for c in rome.contextes}),
    ]

    assert kinds == [5, 27, 6]


def test_links_have_their_kinds(rome):
    savoir_etre = {c.code_ogr for c in rome.competences if c.categorie == "Savoir-être professionnel"}

    sortes = Counter(lien.code_ogr in savoir_etre for lien in rome.liens_competences)
    coeurs = Counter(lien.coeur_metier for lien in [*rome.liens_competences, *rome.liens_savoirs])

    assert sortes == {False: 49_440, True: 5_255}
    assert (coeurs["Principale"], coeurs["Émergente"]) == (18_900, 1_731)


def test_fiches_have_their_profiles(rome):
    majeurs = Counter(f.riasec_majeur for f in rome.fiches)

    assert majeurs == {"R": 568, "C": 261, "I": 259, "E": 239, "S": 170, "A": 87}
    assert sum(not f.riasec_mineur for f in rome.fiches) == 345


def test_other_ways_in_have_their_main_links(rome):
    principaux = [
        sum(lien.principal for lien in rome.liens_centres_interet),
        sum(lien.principal for lien in rome.liens_secteurs),
        len({lien.code_rome for lien in rome.liens_themes}),
    ]

    assert principaux == [1_584, 1_584, 895]


def test_d1415_is_whole(rome):
    fiche = next(f for f in rome.fiches if f.code_rome == "D1415")

    def de(liens):
        return sum(lien.code_rome == "D1415" for lien in liens)

    assert (fiche.code_ogr, fiche.riasec_majeur, fiche.riasec_mineur) == ("488868", "C", "S")
    assert len(fiche.definition.split("\n")) + len(fiche.acces_metier.split("\n")) == 7
    assert [
        de(rome.appellations),
        de(rome.liens_competences),
        de(rome.liens_savoirs),
        de(rome.liens_contextes),
        de(rome.mobilites),
        de(rome.liens_secteurs),
        de(rome.liens_centres_interet),
    ] == [4, 22 + 3, 19, 10, 10, 3, 3]
    assert sum(m.code_rome_cible == "D1415" for m in rome.mobilites) == 24
