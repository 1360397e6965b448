from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.niveaux import Niveau
from metiers.acces import Experience
from metiers.scores.acces import Bande, bande, facilite_acces

ENTREES = {
    "niveau": st.sampled_from([int(niveau) for niveau in Niveau]),
    "experience": st.none() | st.sampled_from(list(Experience)),
    "duree_formation_mois": st.none() | st.integers(0, 200),
    "technicite": st.none() | st.integers(1, 5),
    "nb_competences": st.none() | st.integers(0, 150),
}


def test_score_is_the_weighted_mean_of_what_is_known():
    score = facilite_acces(niveau=5, experience=Experience.DEMANDEE, nb_competences=30)

    assert score.valeur == Decimal("4.2")
    assert score.formule == "(6 × 4,5 + 2 × 3 + 1 × 5) ÷ 9 = 4,2"
    assert score.manquants == ("Durée de formation", "Technicité")
    assert score.bande is Bande.MOYENNE


def test_each_input_is_told_in_words():
    score = facilite_acces(niveau=3, experience=Experience.AUCUNE, duree_formation_mois=18)

    assert [element.phrase for element in score.elements] == [
        "Niveau d'accès : Niveau 3 (CAP) → 8 points sur 10, poids 6",
        "Expérience : débutants acceptés → 10 points sur 10, poids 2",
        "Durée de formation : 18 mois → 7,5 points sur 10, poids 1",
    ]


def test_easiest_and_hardest_inputs_reach_the_ends_of_the_scale():
    facile = facilite_acces(
        niveau=0, experience=Experience.AUCUNE, duree_formation_mois=0, technicite=1, nb_competences=0
    )
    difficile = facilite_acces(
        niveau=8, experience=Experience.CONFIRMEE, duree_formation_mois=96, technicite=5, nb_competences=80
    )

    assert (facile.valeur, difficile.valeur) == (Decimal(10), Decimal(0))


@pytest.mark.parametrize(
    "entrees",
    [{}, {"niveau": 5}, {"experience": Experience.AUCUNE, "nb_competences": 10, "technicite": 2}],
)
def test_too_little_to_go_on_gives_no_score(entrees):
    assert facilite_acces(**entrees) is None


@pytest.mark.parametrize(
    "entrees",
    [
        {"niveau": 1, "technicite": 2},
        {"niveau": 5, "technicite": 0},
        {"niveau": 5, "technicite": 6},
        {"niveau": 5, "nb_competences": -1},
        {"niveau": 5, "duree_formation_mois": -1},
    ],
)
def test_an_input_out_of_range_is_refused(entrees):
    with pytest.raises(ValueError, match=r" : (« 1 »\.|.*et non « -?\d »\.)$"):
        facilite_acces(**entrees)


@given(st.fixed_dictionaries(ENTREES))
def test_score_stays_in_bounds_and_is_deterministic(entrees):
    assume(sum(valeur is not None for valeur in entrees.values()) >= 2)

    score = facilite_acces(**entrees)

    assert 0 <= score.valeur <= 10
    assert score == facilite_acces(**entrees)
    assert len(score.elements) + len(score.manquants) == 5


@given(st.fixed_dictionaries(ENTREES), st.sampled_from(sorted(ENTREES)), st.data())
def test_score_never_rises_when_one_input_gets_harder(entrees, nom, donnees):
    assume(entrees[nom] is not None and sum(valeur is not None for valeur in entrees.values()) >= 2)
    autre = donnees.draw(ENTREES[nom].filter(lambda valeur: valeur is not None))
    ordre = list(Experience).index if nom == "experience" else int
    facile, difficile = sorted((entrees[nom], autre), key=ordre)

    avant = facilite_acces(**entrees | {nom: facile})
    apres = facilite_acces(**entrees | {nom: difficile})

    assert apres.valeur <= avant.valeur


@pytest.mark.parametrize(
    ("valeur", "attendue"),
    [
        ("0", "Très difficile"),
        ("1.9", "Très difficile"),
        ("2", "Difficile"),
        ("4", "Moyenne"),
        ("5.9", "Moyenne"),
        ("6", "Facile"),
        ("8", "Très facile"),
        ("10", "Très facile"),
    ],
)
def test_lower_bound_belongs_to_the_band(valeur, attendue):
    assert bande(Decimal(valeur)).libelle == attendue


def test_band_is_told_in_a_facet_and_in_a_sentence():
    facile = bande(Decimal("7.2"))

    assert facile.libelle_avec_bornes == "Facile (6 à 8)"
    assert facile.phrase == "plutôt facile d'accès"


@pytest.mark.parametrize("valeur", ["-0.1", "10.1"])
def test_a_value_outside_the_scale_has_no_band(valeur):
    with pytest.raises(ValueError, match=r"^Un score va de 0 à 10 : « .* »\.$"):
        bande(Decimal(valeur))
