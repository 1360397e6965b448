"""The profiles of several métiers on one hexagon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orientation.comparaison.riasec import superposer

LETTRES = st.sampled_from(["", *"RIASEC"])


def test_a_line_goes_from_the_majeur_to_the_mineur_through_the_centre():
    dessin = superposer([("Un", "R", "S")])

    assert dessin.traces[0].points == "0.0,-100.0 0.0,0.0 0.0,83.3"
    assert dessin.description == "1, Un : majeur : Réaliste ; mineur : Social."


def test_without_a_majeur_there_is_nothing_to_draw():
    assert superposer([("Un", "", ""), ("Deux", "", "S")]) is None


def test_a_metier_without_profile_is_named_and_numbers_follow_the_columns():
    dessin = superposer([("Un", "", ""), ("Deux", "S", "")])

    assert (dessin.sans_profil, dessin.traces[0].numero) == (("Un",), 2)


@given(st.lists(st.tuples(st.text(min_size=1), LETTRES, LETTRES), min_size=1, max_size=4))
def test_numbers_never_hide_each_other(profils):
    dessin = superposer(profils)

    places = [(trace.x, trace.y) for trace in dessin.traces] if dessin else []
    assert len(set(places)) == len(places) == sum(bool(majeur) for _, majeur, _ in profils)
