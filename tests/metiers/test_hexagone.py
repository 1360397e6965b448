"""The hexagon is drawn from ranks: each rank nearer the centre than the one before, nothing for what is unknown."""

from __future__ import annotations

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from metiers.hexagone import RAYON, hexagone

rangs = st.permutations("RIASEC").flatmap(
    lambda lettres: st.integers(0, 6).map(
        lambda n: {lettre: rang for rang, lettre in enumerate(lettres[:n], start=1)}
    )
)


@given(rangs=rangs)
def test_a_better_rank_stands_further_from_the_centre(rangs):
    points = sorted((s for s in hexagone(rangs).sommets if s.rang), key=lambda s: s.rang)

    distances = [hypot(s.point_x, s.point_y) for s in points]

    assert distances == sorted(distances, reverse=True)
    assert len(points) == len(rangs)
    assert all(distance <= RAYON + 0.1 for distance in distances)


@given(rangs=rangs)
def test_an_unknown_type_has_a_name_and_no_point(rangs):
    inconnus = [s for s in hexagone(rangs).sommets if s.lettre not in rangs]

    assert [(s.rang, s.point_x, s.point_y) for s in inconnus] == [(None, None, None)] * (6 - len(rangs))
    assert all(s.nom for s in inconnus)


def test_the_types_are_in_the_order_of_holland():
    assert "".join(s.lettre for s in hexagone({}).sommets) == "RIASEC"


def test_two_ranks_make_no_surface():
    assert hexagone({"C": 1, "S": 2}).surface == ""
    assert len(hexagone({"C": 1, "S": 2, "E": 3}).surface.split()) == 3
