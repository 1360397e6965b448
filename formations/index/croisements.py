"""How many formations have two values, each of its own criterion, in one same session: counted once, when the index is made.

A list with one filter, or the options of a facet beside one other filter, then leave nothing to count. « debut » is not
among these criteria: what its values are depends on the month in which they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from formations.index.criteres import DESSOUS, DESSUS, PLACES

CROISES = (*(nom for nom in PLACES if nom != "debut"), "niveau", "region", "domaine", *DESSOUS.values())


def lignes(valeurs: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, str]]:
    """The filter that each line stands for, from the values of each criterion; the last line is that of no filter."""
    return [(DESSUS.get(nom, nom), valeur) for nom, siennes in valeurs for valeur in siennes]


class Croisements:
    """`nombres` has a column for each of the `valeurs`, criterion after criterion, and a line for each of `lignes`."""

    def __init__(self, valeurs: Sequence[tuple[str, Sequence[str]]], nombres: Any) -> None:
        self._nombres = nombres
        self._lignes = {filtre: rang for rang, filtre in enumerate(lignes(valeurs))}
        bornes = pairwise(accumulate((len(siennes) for _, siennes in valeurs), initial=0))
        self._colonnes = {
            nom: (siennes, slice(*deux)) for (nom, siennes), deux in zip(valeurs, bornes, strict=True)
        }

    def compter(self, nom: str, filtre: tuple[str, str] | None) -> dict[str, int] | None:
        """The count of each value of a criterion, beside one filter of another or none; None when it was not made."""
        ligne = -1 if filtre is None else self._lignes.get(filtre)
        if ligne is None or nom not in self._colonnes:
            return None
        valeurs, colonnes = self._colonnes[nom]
        return dict(zip(valeurs, self._nombres[ligne, colonnes].tolist(), strict=True))
