"""How near two métiers are."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.proximite import Lien, Profil, liens, raretes


def profil(cle: int, items: str = "", famille: int | None = None, **autres) -> Profil:
    return Profil(cle, frozenset(items), cle if famille is None else famille, **autres)


def par_couple(profils: list[Profil]) -> dict[tuple[int, int], Lien]:
    return {(lien.metier, lien.proche): lien for lien in liens(profils)}


def test_a_rare_item_weighs_more_than_a_common_one():
    profils = [profil(1, "ab"), profil(2, "ac"), profil(3, "a"), profil(4, "d")]

    poids = raretes(profils)

    assert poids == pytest.approx({"a": log(4 / 3), "b": log(4), "c": log(4), "d": log(4)})


def test_sharing_a_rare_item_makes_nearer_than_sharing_a_common_one():
    profils = [profil(1, "ax"), profil(2, "xy"), profil(3, "az"), profil(4, "ab"), profil(5, "ac")]

    trouves = par_couple(profils)

    assert trouves[1, 2].competences > trouves[1, 3].competences


def test_the_part_of_the_skills_is_a_cosine():
    profils = [profil(1, "ab"), profil(2, "ac"), profil(3, "d")]

    trouves = par_couple(profils)

    a, b = log(3 / 2), log(3)
    attendu = a * a / sqrt(a * a + b * b) ** 2
    assert trouves[1, 2].competences == pytest.approx(attendu)
    assert trouves[1, 2].score == pytest.approx(0.7 * attendu)


def test_each_official_link_adds_a_tenth():
    profils = [
        profil(1, "a", mobilites=(3, 2), associes={2: ["secrétaire"]}),
        profil(2, "b", famille=1),
        profil(3, "c"),
        profil(4, "d"),
    ]

    trouves = par_couple(profils)

    assert trouves[1, 2].score == pytest.approx(0.3)
    assert (trouves[1, 2].rang_mobilite, trouves[1, 2].meme_famille, trouves[1, 2].selon_onisep) == (
        2,
        True,
        ("secrétaire",),
    )
    assert trouves[1, 3].score == pytest.approx(0.1)


def test_a_mobilite_is_directed():
    trouves = par_couple([profil(1, mobilites=(2,)), profil(2)])

    assert list(trouves) == [(1, 2)]


def test_nothing_shared_is_never_near():
    assert list(liens([profil(1, "a"), profil(2, "b"), profil(3)])) == []


def test_shared_items_come_the_rarest_first():
    profils = [profil(1, "ab"), profil(2, "ab"), profil(3, "b"), profil(4, "c")]

    assert par_couple(profils)[1, 2].partages == ("a", "b")


def test_a_link_to_an_unknown_metier_is_left_out():
    assert list(liens([profil(1, mobilites=(9,), associes={8: ["x"]})])) == []


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12),
    st.integers(min_value=1, max_value=5),
)
def test_scores_are_between_0_and_1_in_decreasing_order(listes, garder):
    profils = [Profil(cle, items, cle % 3, mobilites=((cle + 1) % 5,)) for cle, items in enumerate(listes)]

    trouves = list(liens(profils, garder))

    assert all(0 < lien.score <= 1 and lien.metier != lien.proche for lien in trouves)
    for cle in range(len(profils)):
        scores = [lien.score for lien in trouves if lien.metier == cle]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) <= garder
