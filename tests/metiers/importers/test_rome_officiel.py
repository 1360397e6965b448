"""Version 60 of ROME, read whole; its counts are those of tests/imports/test_comptes_officiels_metiers.py."""

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


def test_texts_have_one_apostrophe_where_the_file_has_two(rome):
    assert not any("''" in fiche.definition + fiche.acces_metier for fiche in rome.fiches)


def test_principal_appellation_bears_the_label_of_its_fiche(rome):
    principales = [a for a in rome.appellations if a.principale]

    assert len(principales) == 1_584
    assert {a.code_rome: a.libelle for a in principales} == {f.code_rome: f.libelle for f in rome.fiches}


def test_macro_competences_are_cited_by_competences(rome):
    assert len({c.code_ogr_macro for c in rome.competences} - {""}) == 487
