"""The sessions that meet a criterion, and the domaines of formations."""

from __future__ import annotations

import numpy as np

from formations.index.contenu import Domaines
from formations.index.ensembles import en_ensemble, en_rangs
from formations.index.masques import Masque, et


def test_no_criterion_keeps_everything_without_a_set():
    assert et([]) is None


def test_criteria_are_met_together():
    pairs, tiers = (Masque(en_ensemble(np.arange(100) % n == 0)) for n in (2, 3))

    assert en_rangs(et([pairs, tiers])).tolist() == list(range(0, 100, 6))


def domaines() -> Domaines:
    """The first formation is in both, the second in none, the third in the second one."""
    return Domaines(["D14", "D15"], np.array([0, 2, 2, 3]), np.array([0, 1, 1]))


def test_domaines_of_formations_come_end_to_end_with_how_many_each_has():
    numeros, nombre = domaines().des_formations(np.array([0, 1, 2]))

    assert (numeros.tolist(), nombre.tolist()) == ([0, 1, 1], [2, 0, 1])


def test_domaines_say_which_formations_are_theirs():
    assert domaines().formations([0]).tolist() == [True, False, False]
    assert domaines().formations([]).tolist() == [False, False, False]
    assert domaines().sans.tolist() == [False, True, False]


def test_domaines_of_a_formation_are_bits_the_one_after_them_for_none():
    assert domaines().octets.tolist() == [[0b011, 0b100, 0b010]]


def test_domaines_are_as_many_bytes_as_their_bits_take():
    huit = Domaines([f"D{n}" for n in range(8)], np.array([0, 1, 1]), np.array([7]))

    assert huit.octets.tolist() == [[0b1000_0000, 0], [0, 1]]
