"""What was made lately is not made again, until others take its place."""

from __future__ import annotations

import contextlib

from formations.index.dernieres import Dernieres


def test_thing_asked_for_again_is_made_once():
    faites = []
    dernieres = Dernieres[str](2)

    for cle in "aaba":
        dernieres.lire(cle, lambda cle=cle: faites.append(cle) or cle.upper())

    assert faites == ["a", "b"]


def test_thing_asked_for_longest_ago_is_forgotten_first():
    faites = []
    dernieres = Dernieres[str](2)

    for cle in "abacb":
        assert dernieres.lire(cle, lambda cle=cle: faites.append(cle) or cle.upper()) == cle.upper()

    assert faites == ["a", "b", "c", "b"]


def test_thing_that_could_not_be_made_is_made_the_next_time():
    dernieres = Dernieres[str](2)
    with contextlib.suppress(ZeroDivisionError):
        dernieres.lire("a", lambda: 1 / 0)

    assert dernieres.lire("a", lambda: "A") == "A"
