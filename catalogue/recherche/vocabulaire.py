"""The words of the titles and the synonyms: what the words typed are compared with."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.models.recherche import Synonyme
from catalogue.recherche.mots import mots, son
from catalogue.recherche.titres import APRES, Titres

LONGUEUR_CORRIGEABLE = 6
"""Words written with fewer letters are never corrected: « vente » must not find « verte »."""
RESSEMBLANCE = 0.74
"""Least similarity (0 to 1) between what was typed and the word it may be meant for."""
ECART = 0.06
"""A word that resembles it less than the best one by more than this is another word."""
CORRECTIONS = 4
LONGUEUR_PROPOSABLE = 4
AIR_DE_FAMILLE = 0.6
PROPOSITIONS = 3
"""What a search that finds nothing proposes: words of four letters or more, that much alike (0 to 1), at most three."""
# Words of every day that are one slip away from a word of the titles: they are not slips.
MOTS_JUSTES = frozenset(
    mots(
        "manger voiture enfant maison changer député diplomate fonctionnaire saisonnier rappeur voyante dehors"
    )
)


class Equivalent(NamedTuple):
    """What an everyday phrase stands for."""

    expression: str
    texte: str
    mots: list[str]


class Vocabulaire:
    """The words that titles hold, numbers and codes left out: nobody means one by another."""

    def __init__(self, titres: Iterable[Titres], synonymes: dict[tuple[str, ...], list[Equivalent]]) -> None:
        self.synonymes = synonymes
        self.frequences: dict[str, int] = {}
        for siens in titres:
            for mot, nombre in siens.frequences():
                self.frequences[mot] = self.frequences.get(mot, 0) + nombre
        self._tries = sorted(self.frequences)
        # The shortest first: a word looks like those of about its length only.
        self._corrigeables = sorted((m for m in self._tries if len(m) >= LONGUEUR_CORRIGEABLE - 1), key=len)
        self._longueurs = [len(mot) for mot in self._corrigeables]
        self._par_son: dict[str, list[str]] = {}
        for corrigeable in self._corrigeables:
            self._par_son.setdefault(son(corrigeable), []).append(corrigeable)
        self._cumul = [0, *accumulate(self.frequences[mot] for mot in self._tries)]
        self._total = sum(self.frequences.values()) + 1

    def commence(self, debut: str) -> bool:
        """Whether a known word begins so."""
        rang = bisect_left(self._tries, debut)
        return rang < len(self._tries) and self._tries[rang].startswith(debut)

    def frequence(self, mot: str) -> int:
        """About how many titles hold this word, or one that begins so (« scolair* »)."""
        if not mot.endswith("*"):
            return self.frequences.get(mot, 0)
        debut, fin = (bisect_left(self._tries, f"{mot[:-1]}{suite}") for suite in ("", APRES))
        return self._cumul[fin] - self._cumul[debut]

    def rarete(self, mot: str) -> float:
        """What finding this word in a title is worth: the rarer, the more."""
        return math.log(self._total / (self.frequences.get(mot, 0) + 1))

    def proches(self, mot: str) -> list[str]:
        """Up to four known words that resemble it as much as any, the commonest first."""
        if mot in MOTS_JUSTES:
            return []
        # What sounds the same is as good as the same: beside it, only what is nearly so will be kept.
        memes_sons = self._par_son.get(son(mot), ())
        moindre = 1 - ECART if memes_sons else RESSEMBLANCE
        # Each letter more or less is a difference: words too short or too long for the threshold are not looked at.
        debut = bisect_left(self._longueurs, len(mot) * moindre)
        fin = bisect_right(self._longueurs, len(mot) / moindre)
        trouves = process.extract(
            mot,
            self._corrigeables[debut:fin],
            scorer=OSA.normalized_similarity,
            score_cutoff=moindre,
            limit=12,
        )
        # People seldom miss the first letter, and write what they hear.
        notes = {proche: note - (0 if proche[0] == mot[0] else 0.1) for proche, note, _ in trouves}
        notes |= dict.fromkeys(memes_sons, 1.0)
        seuil = max(RESSEMBLANCE, max(notes.values(), default=0) - ECART)
        retenus = [(round(note, 2), proche) for proche, note in notes.items() if note >= seuil]
        retenus.sort(key=lambda n: (-n[0], -self.frequences[n[1]], n[1]))
        return [proche for _, proche in retenus[:CORRECTIONS]]

    def ressemblants(self, mot: str) -> list[str]:
        """Known words to propose for this one, never to take it for: short ones and more distant ones too."""
        if len(mot) < LONGUEUR_PROPOSABLE:
            return []
        trouves = process.extract(
            mot, self._tries, scorer=OSA.normalized_similarity, score_cutoff=AIR_DE_FAMILLE, limit=12
        )
        notes = sorted(
            (-note, -self.frequences[proche], proche) for proche, note, _ in trouves if proche != mot
        )
        return [proche for _, _, proche in notes[:PROPOSITIONS]]


def synonymes() -> dict[tuple[str, ...], list[Equivalent]]:
    """The words of each everyday phrase, and its equivalents."""
    lus: dict[tuple[str, ...], list[Equivalent]] = {}
    for expression, equivalent in Synonyme.objects.values_list("expression", "equivalent").order_by("pk"):
        lus.setdefault(tuple(mots(expression)), []).extend(
            Equivalent(expression, e.strip(), mots(e)) for e in equivalent.split(";") if mots(e)
        )
    return lus
