"""A bit for each session: which are set, and how many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formations.index.contenu import Domaines, combien, en_bits
from formations.index.masques import Masque, et, rangs


@given(
    st.integers(0, 500).flatmap(
        lambda taille: st.tuples(st.just(taille), st.sets(st.integers(0, max(taille - 1, 0))))
    )
)
def test_ranks_of_bits_are_those_that_were_set(demande):
    taille, voulus = demande
    masque = np.zeros(taille, bool)
    masque[[v for v in voulus if v < taille]] = True

    bits = en_bits(masque)

    assert rangs(bits, taille).tolist() == np.flatnonzero(masque).tolist()
    assert combien(bits) == int(masque.sum())


@pytest.mark.parametrize("un_sur", [2, 9, 11, 1_000])
def test_ranks_are_the_same_whether_bits_are_many_or_few(un_sur):
    masque = np.random.default_rng(un_sur).random(20_011) < 1 / un_sur

    assert rangs(en_bits(masque), len(masque)).tolist() == np.flatnonzero(masque).tolist()


def test_no_criterion_keeps_everything_without_a_bit():
    assert et([]) is None


def test_criteria_are_met_together():
    pairs, tiers = (Masque(en_bits(np.arange(100) % n == 0)) for n in (2, 3))

    assert rangs(et([pairs, tiers]), 100).tolist() == list(range(0, 100, 6))


def test_domaines_of_formations_come_end_to_end_with_how_many_each_has():
    domaines = Domaines(["D14", "D15"], np.array([0, 2, 2, 3]), np.array([0, 1, 1]))

    numeros, nombre = domaines.des_formations(np.array([0, 1, 2]))

    assert (numeros.tolist(), nombre.tolist()) == ([0, 1, 1], [2, 0, 1])


def test_domaines_say_which_formations_are_theirs():
    domaines = Domaines(["D14", "D15"], np.array([0, 2, 2, 3]), np.array([0, 1, 1]))

    assert domaines.formations([0]).tolist() == [True, False, False]
    assert domaines.formations([]).tolist() == [False, False, False]
    assert domaines.sans.tolist() == [False, True, False]
