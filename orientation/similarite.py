"""Does a bloc speak of a skill? A likeness of words, with its reason: pure functions on texts.

A skill of the ROME is compared with each skill of the bloc (and with the title of the bloc). The score is the share
of its words, by weight, that the sentence holds close together; a word weighs the more the rarer it is among the
labels of the ROME, so that « gérer » or « réaliser » count for little. At least two words must be shared: a long
sentence holds many words that have nothing to do with each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log
from typing import NamedTuple

from catalogue.recherche.mots import mots, mots_distincts

SEUIL = 0.75
"""Below, nothing is suggested."""
SEUIL_FORT = 0.9
"""From there on, the confidence is said strong."""
MOTS_PARTAGES_AU_MOINS = 2
ECART = 3
"""Words of the sentence that may stand among those of the skill."""
_MOT_ECRIT = re.compile(r"[^\W_]+")


Cle = tuple[str, str]
"""(nature, code) of a compétence or a savoir, as in `orientation.items`."""


class Suggestion(NamedTuple):
    """Why a bloc seems to cover an item: the nearest sentence of the bloc, the shared words as the item has them."""

    item: Cle
    score: float
    phrase: str
    mots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poids:
    """Weight of each word; a word that the ROME never uses weighs as much as the rarest ones."""

    par_mot: Mapping[str, float]
    inconnu: float

    def __call__(self, mot: str) -> float:
        return self.par_mot.get(mot, self.inconnu)


def peser(textes: Iterable[str]) -> Poids:
    """Weights from the labels themselves: log(number of labels / number that hold the word)."""
    comptes: Counter[str] = Counter()
    total = 0
    for texte in textes:
        total += 1
        comptes.update(mots_distincts(texte))
    par_mot = {mot: round(log((1 + total) / n), 4) for mot, n in comptes.items()}
    return Poids(par_mot, max(par_mot.values(), default=1.0))


@lru_cache(maxsize=50_000)
def _mots_du_libelle(libelle: str) -> tuple[str, ...]:
    """The same skills are asked for by many métiers: their words are read once."""
    return tuple(mots_distincts(libelle))


class Repertoire:
    """The items that a bloc may cover, ready to be looked up by their words."""

    def __init__(self, items: Mapping[Cle, str], poids: Poids) -> None:
        self.items = items
        self.poids = poids
        self._mots: dict[Cle, tuple[str, ...]] = {}
        self._totaux: dict[Cle, float] = {}
        self._par_mot: dict[str, list[Cle]] = defaultdict(list)
        for cle, libelle in items.items():
            self._mots[cle] = _mots_du_libelle(libelle)
            self._totaux[cle] = sum(map(poids, self._mots[cle]))
            for mot in self._mots[cle]:
                self._par_mot[mot].append(cle)

    def couverts_par(self, phrases: Sequence[str], seuil: float = SEUIL) -> list[Suggestion]:
        """The items that at least one of the sentences covers, the surest first, each with its nearest sentence."""
        meilleurs: dict[Cle, tuple[float, str, set[str]]] = {}
        for phrase in phrases:
            places: dict[Cle, list[tuple[int, str]]] = defaultdict(list)
            for place, mot in enumerate(mots(phrase)):
                for cle in self._par_mot.get(mot, ()):
                    places[cle].append((place, mot))
            for cle, trouves in places.items():
                score, partages = self._meilleur_passage(cle, trouves)
                if score >= seuil and score > meilleurs.get(cle, (0.0,))[0]:
                    meilleurs[cle] = (score, phrase, partages)
        suggestions = [
            Suggestion(cle, min(score, 1.0), phrase, mots_ecrits(self.items[cle], partages))
            for cle, (score, phrase, partages) in meilleurs.items()
        ]
        return sorted(suggestions, key=lambda s: (-s.score, str(s.item)))

    def _meilleur_passage(self, cle: Cle, trouves: list[tuple[int, str]]) -> tuple[float, set[str]]:
        """The passage of the sentence that holds most of the item's words: (score, these words); 0 when none does."""
        etendue = len(self._mots[cle]) + ECART
        meilleur: tuple[float, set[str]] = (0.0, set())
        for debut, _ in trouves:
            presents = {mot for place, mot in trouves if debut <= place < debut + etendue}
            if len(presents) >= MOTS_PARTAGES_AU_MOINS and self._totaux[cle]:
                # Summed in the order of the label: the same words always give the same score.
                score = sum(self.poids(mot) for mot in self._mots[cle] if mot in presents) / self._totaux[cle]
                if score > meilleur[0]:
                    meilleur = (score, presents)
        return meilleur


def mots_ecrits(libelle: str, partages: set[str]) -> tuple[str, ...]:
    """Comparable words, as the label writes them, each once."""
    ecrits = {
        ecrit.lower(): None
        for ecrit in _MOT_ECRIT.findall(libelle)
        if len(ecrit) > 1 and partages.intersection(mots_distincts(ecrit))
    }
    return tuple(ecrits)


def confiance(score: float | Decimal | None) -> str:
    """In words: « forte », « moyenne »; « non calculée » for a link made by hand."""
    if score is None:
        return "non calculée"
    return "forte" if score >= SEUIL_FORT else "moyenne"
