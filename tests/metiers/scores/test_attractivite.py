from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.scores import conditions, salaire, tension
from metiers.scores.attractivite import attractivite
from metiers.scores.score import Score

NOMS = (tension.NOM, salaire.NOM, conditions.NOM)
VALEURS = st.decimals(0, 10, places=1)


def score(nom, valeur):
    return Score(nom=nom, valeur=Decimal(valeur), phrase="…", sens="…", elements=())


def test_salary_and_conditions_weigh_twice_the_tension():
    resultat = attractivite(score(tension.NOM, "10"), score(salaire.NOM, "4"), score(conditions.NOM, "5"))

    assert resultat.formule == "(1 × 10 + 2 × 4 + 2 × 5) ÷ 5 = 5,6"
    assert (resultat.phrase, resultat.manquants) == ("du pour et du contre", ())


def test_a_missing_score_is_named_and_left_out():
    resultat = attractivite(None, score(salaire.NOM, "4"), score(conditions.NOM, "6"))

    assert (resultat.valeur, resultat.manquants) == (Decimal("5.0"), ("Tension du marché",))
    assert resultat.phrase == "du pour et du contre, sans compter : tension du marché"


@pytest.mark.parametrize("scores", [(), (None, None, None), (score(salaire.NOM, "4"), None)])
def test_fewer_than_two_scores_make_none(scores):
    assert attractivite(*scores) is None


def test_another_score_is_not_accepted():
    with pytest.raises(KeyError):
        attractivite(score("Facilité d'accès", "4"), score(salaire.NOM, "4"))


@given(st.tuples(VALEURS, VALEURS, VALEURS), st.integers(0, 2), VALEURS)
def test_result_stays_in_bounds_and_never_falls_when_a_score_rises(valeurs, rang, autre):
    hausse = [max(v, autre) if i == rang else v for i, v in enumerate(valeurs)]

    avant = attractivite(*map(score, NOMS, valeurs))
    apres = attractivite(*map(score, NOMS, hausse))

    assert 0 <= avant.valeur <= apres.valeur <= 10
