from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.scores.salaire import REFERENCE_MINIMALE, Salaire, rang, salaire

VINGT = [Decimal(1000 + 100 * i) for i in range(20)]
MONTANTS = st.decimals(1000, 9000, places=0)


def montant(valeur, reference=VINGT, millesime="2017-2019"):
    return Salaire("Salaire médian", Decimal(valeur), f"{valeur} €", millesime, reference, "Dares, 2017-2019")


def test_score_is_the_rank_among_the_amounts_of_the_source():
    score = salaire([montant(1500)])

    assert score.valeur == Decimal("2.8")
    assert score.phrase == "plutôt au-dessous du milieu des salaires (2017-2019)"
    assert score.elements[0].phrase == "Salaire médian : 1500 € → 2,8 points sur 10, poids 1"


def test_several_amounts_share_the_score():
    score = salaire([montant(1000), montant(2900)])

    assert (score.valeur, score.formule) == (Decimal("5.1"), "(1 × 0,3 + 1 × 9,8) ÷ 2 = 5,1")


@pytest.mark.parametrize(
    "salaires",
    [[], [montant(1500, millesime="")], [montant(1500, reference=VINGT[: REFERENCE_MINIMALE - 1])]],
    ids=["none", "without a period", "among too few"],
)
def test_an_amount_that_cannot_be_placed_gives_no_score(salaires):
    assert salaire(salaires) is None


def test_equal_amounts_are_in_the_middle():
    assert rang(Decimal(5), [Decimal(5)] * 4) == Decimal("0.5")


@given(st.lists(MONTANTS, min_size=REFERENCE_MINIMALE, max_size=40), MONTANTS, MONTANTS)
def test_score_stays_in_bounds_and_never_falls_when_the_amount_rises(reference, un, autre):
    bas, haut = sorted((un, autre))

    avant, apres = salaire([montant(bas, reference)]), salaire([montant(haut, reference)])

    assert 0 <= avant.valeur <= apres.valeur <= 10
    assert avant == salaire([montant(bas, reference)])
