"""What was counted beside one filter when the index was made is what counting gives."""

from __future__ import annotations

import numpy as np
import pytest

from formations.index import stock
from formations.index.comptes import Comptes
from formations.index.criteres import NON_RENSEIGNE
from formations.index.croisements import CROISES, Croisements, lignes
from formations.index.selection import Selection
from formations.models import Formation
from tests import objets

VALEURS = [("cpf", ["oui", "non"]), ("departement", ["d35"])]
NOMBRES = np.array([[2, 0, 1], [0, 1, 0], [1, 0, 1], [2, 1, 1]])


def test_a_line_is_that_of_a_filter_under_the_name_it_has_in_addresses():
    assert lignes(VALEURS) == [("cpf", "oui"), ("cpf", "non"), ("region", "d35")]


def test_counts_beside_a_filter_are_those_of_its_line_the_last_one_beside_none():
    croisements = Croisements(VALEURS, NOMBRES)

    assert croisements.compter("departement", ("cpf", "oui")) == {"d35": 1}
    assert croisements.compter("cpf", ("region", "d35")) == {"oui": 1, "non": 0}
    assert croisements.compter("cpf", None) == {"oui": 2, "non": 1}


def test_what_was_not_counted_is_told_from_nothing():
    croisements = Croisements(VALEURS, NOMBRES)

    assert croisements.compter("debut", None) is None
    assert croisements.compter("cpf", ("debut", "+1")) is None


@pytest.fixture
def offre_croisee(db: None) -> None:
    formation = objets.formation("F1", niveau_sortie=5)
    objets.session(formation, voie="apprentissage", lieu=objets.lieu())
    objets.session(formation, voie="scolaire", prix=0)
    objets.formation("F2")


@pytest.mark.parametrize(
    "filtre", [("voie", "apprentissage"), ("niveau", "5"), ("region", "84"), ("prix", NON_RENSEIGNE)]
)
def test_what_is_kept_beside_one_filter_is_what_counting_gives(offre_croisee: None, filtre: tuple) -> None:
    offre = stock.offre()
    nom, valeur = filtre
    comptes = Comptes(Selection(offre, {nom: [valeur]}).retenue)

    gardes = {autre: offre.croisements.compter(autre, filtre) for autre in CROISES}

    assert gardes == {autre: comptes.compter(autre) for autre in CROISES}
    assert any(n for siens in gardes.values() for n in siens.values())


def test_sessions_are_counted_anew_beside_one_filter(offre_croisee: None) -> None:
    """What was counted is of formations."""
    objets.session(Formation.objects.get(pk="F1"), voie="apprentissage", lieu=objets.lieu())
    choix = {"voie": ["apprentissage"]}

    par_formation, par_session = (
        Selection(stock.offre(), choix, en_sessions=unite).compter("region")["84"] for unite in (False, True)
    )

    assert (par_formation, par_session) == (1, 2)
