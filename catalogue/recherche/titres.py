"""The titles of one kind, in memory: which hold a word, which begin with some, which are made of them and no other.

Nothing is left to the full-text index of either database: the same titles are found on both, and all of them are counted and
put in order, where a database would have had to be stopped at the first ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from catalogue.recherche.colonnes import Colonnes, Textes
from catalogue.tableaux import Tableau

APRES = "\x7f"
"""Comes after the letters and the digits that words are made of."""


class Titres:
    """What a search asks of the titles of one kind."""

    def __init__(self, colonnes: Colonnes) -> None:
        self.pk, self.chose, self.ordre = colonnes.pk, colonnes.chose, colonnes.ordre
        self.officiel, self.niveau = colonnes.officiel, colonnes.niveau
        self.debuts, self.suite = colonnes.debuts, colonnes.suite
        self.nb_mots: Tableau = np.diff(colonnes.debuts)
        self.mots = Textes(colonnes.mots, colonnes.fins_des_mots)
        self.cles = Textes(colonnes.cles, colonnes.fins_des_cles)
        self._fins, self._documents = colonnes.fins, colonnes.documents

    def __len__(self) -> int:
        return len(self.pk)

    @cached_property
    def rangs(self) -> dict[str, int]:
        """The rank of each word but numbers and codes, of which there may be hundreds of thousands."""
        return {mot: rang for rang, mot in enumerate(self.mots) if mot.isalpha()}

    def frequences(self) -> Iterator[tuple[str, int]]:
        """How many documents hold each word, numbers and codes left out."""
        nombres = np.diff(self._fins).tolist()
        return ((mot, nombres[rang]) for mot, rang in self.rangs.items())

    def rang(self, mot: str) -> int | None:
        """The rank of a word; None when no title holds it."""
        return self.rangs.get(mot) if mot.isalpha() else self.mots.trouver(mot)

    def rangs_des_mots(self, debut: str) -> tuple[int, int]:
        """The ranks of the words that begin so: the first one, and the one after the last."""
        return bisect_left(self.mots, debut), bisect_left(self.mots, debut + APRES)

    def qui_tiennent(self, mot: str) -> Tableau:
        """The documents that hold this word, in order; or one that begins so (« scolair* »), in no order, some more than once."""
        if mot.endswith("*"):
            premier, fin = self.rangs_des_mots(mot[:-1])
        elif (rang := self.rang(mot)) is not None:
            premier, fin = rang, rang + 1
        else:
            return self._documents[:0]
        return self._documents[self._fins[premier] : self._fins[fin]]

    def qui_commencent(self, documents: Tableau, mots: Sequence[str], *, inacheve: bool = False) -> Tableau:
        """Places among `documents` of those whose title begins with these words; the last one may be the beginning of a word."""
        places = np.flatnonzero(self.nb_mots[documents] >= len(mots))
        for position, mot in enumerate(mots):
            lus = self.suite[self.debuts[documents[places]] + position]
            if inacheve and position == len(mots) - 1:
                premier, fin = self.rangs_des_mots(mot)
                places = places[(premier <= lus) & (lus < fin)]
            elif (rang := self.rang(mot)) is not None:
                places = places[lus == rang]
            else:
                return places[:0]
        return places

    def qui_sont_faits_de(self, documents: Tableau, mots: Sequence[str]) -> Tableau:
        """Places among `documents` of those whose title has these words, in any order, and no other."""
        rangs = sorted(rang for mot in set(mots) if (rang := self.rang(mot)) is not None)
        if len(rangs) < len(set(mots)):
            return documents[:0]
        places = np.flatnonzero(self.nb_mots[documents] == len(rangs))
        lus = self.suite[self.debuts[documents[places]][:, None] + np.arange(len(rangs))]
        faits: Tableau = places[(np.sort(lus, axis=1) == rangs).all(axis=1)]
        return faits
