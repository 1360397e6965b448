"""Masculine and feminine forms of a ROME title.

The ROME writes both forms around a slash with blanks, « Chargé / Chargée de relation client », and lets the words
that follow serve both: « Conducteur / Conductrice d'engins agricoles ». The last word of the first form is then
shared with nothing, and the tail of the second form belongs to both. 2,236 appellations of version 60 have no
slash: one form serves for all.
"""

from __future__ import annotations

from typing import NamedTuple


class Formes(NamedTuple):
    """The two full forms; equal when the title has only one."""

    masculin: str
    feminin: str


def formes(libelle: str) -> Formes:
    """Split a long label into its two full forms.

    The feminine form after the slash is complete. The masculine one ends at the slash, and borrows what follows
    the words of the feminine that answer its own: as many words as it has itself after the words both share.

    >>> formes("Chargé / Chargée de relation client").masculin
    'Chargé de relation client'
    """
    gauche, barre, droite = libelle.partition(" / ")
    if not barre:
        return Formes(libelle, libelle)
    mots_gauche, mots_droite = gauche.split(), droite.split()
    suite = mots_droite[len(mots_gauche) :]
    return Formes(" ".join([*mots_gauche, *suite]), droite)
