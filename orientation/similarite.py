"""Does a bloc speak of a skill? A likeness of words, with its reason: pure functions on texts.

A skill of the ROME is compared with each skill of the bloc (and with the title of the bloc). The score is the share
of its words, by weight, that the sentence holds close together; a word weighs the more the rarer it is among the
labels of the ROME, so that « gérer » or « réaliser » count for little. At least two words must be shared: a long
sentence holds many words that have nothing to do with each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from math import log
from typing import NamedTuple

import numpy as np

from catalogue.recherche.mots import mots, mots_distincts, mots_presents

SEUIL = 0.75
"""Below, nothing is suggested."""
SEUIL_FORT = 0.9
"""From there on, the confidence is said strong."""
MOTS_PARTAGES_AU_MOINS = 2
MORCEAUX_RETENUS = 50_000
ECART = 3
"""Words of the sentence that may stand among those of the skill."""
_ARRONDI = 1e-9
"""Sums made in another order may differ by less than that: what is set aside early is surely below the threshold."""
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
        self.peses: dict[Cle, tuple[tuple[str, float], ...]] = {}
        self.totaux: dict[Cle, float] = {}
        # An item is filed under its heaviest words only, so many that without any of them the rest is below SEUIL.
        self._par_mot: dict[str, list[Cle]] = defaultdict(list)
        for cle, libelle in items.items():
            peses = tuple((mot, poids(mot)) for mot in _mots_du_libelle(libelle))
            total = sum(poids_du_mot for _, poids_du_mot in peses)
            if len(peses) < MOTS_PARTAGES_AU_MOINS or not total:
                continue
            self.peses[cle], self.totaux[cle] = peses, total
            reste = total
            for mot, poids_du_mot in sorted(peses, key=lambda pese: -pese[1]):
                if reste < SEUIL * total - _ARRONDI:
                    break
                self._par_mot[mot].append(cle)
                reste -= poids_du_mot

    def possibles(self, presents: Collection[str], parmi: Collection[Cle] | None = None) -> set[Cle]:
        """The items (of `parmi`, else all) of which a text that holds these words, in any order, may speak."""
        if parmi is None:
            parmi = {cle for mot in presents for cle in self._par_mot.get(mot, ())}
        trouves = set()
        for cle in parmi:
            if peses := self.peses.get(cle):
                score = sum([poids for mot, poids in peses if mot in presents])
                if score >= SEUIL * self.totaux[cle] - _ARRONDI:
                    trouves.add(cle)
        return trouves

    def couverts_par(self, phrases: Sequence[str], parmi: Collection[Cle] | None = None) -> list[Suggestion]:
        """The items that at least one of the sentences covers, the surest first, each with its nearest sentence."""
        meilleurs: dict[Cle, tuple[float, str, set[str]]] = {}
        for phrase in phrases:
            places: dict[str, list[int]] = defaultdict(list)
            for place, mot in enumerate(mots(phrase)):
                places[mot].append(place)
            for cle in self.possibles(places, parmi):
                score, partages = self._meilleur_passage(cle, places)
                if score >= SEUIL and score > meilleurs.get(cle, (0.0,))[0]:
                    meilleurs[cle] = (score, phrase, partages)
        suggestions = [
            Suggestion(cle, min(score, 1.0), phrase, mots_ecrits(self.items[cle], partages))
            for cle, (score, phrase, partages) in meilleurs.items()
        ]
        return sorted(suggestions, key=lambda s: (-s.score, str(s.item)))

    def _meilleur_passage(self, cle: Cle, places: Mapping[str, list[int]]) -> tuple[float, set[str]]:
        """The passage of the sentence that holds most of the item's words: (score, these words); 0 when none does."""
        peses = self.peses[cle]
        etendue = len(peses) + ECART
        trouves = sorted((place, mot) for mot, _ in peses for place in places.get(mot, ()))
        meilleur: tuple[float, set[str]] = (0.0, set())
        for debut, _ in trouves:
            presents = {mot for place, mot in trouves if debut <= place < debut + etendue}
            if len(presents) >= MOTS_PARTAGES_AU_MOINS:
                # Summed in the order of the label: the same words always give the same score.
                score = sum(poids for mot, poids in peses if mot in presents) / self.totaux[cle]
                if score > meilleur[0]:
                    meilleur = (score, presents)
        return meilleur


class Colonnes(NamedTuple):
    """Some items as arrays: the words of all of them in a row, with their weights, then what tells one item from the next."""

    cles: list[Cle]
    mots: np.ndarray
    poids: np.ndarray
    longueurs: np.ndarray
    """Words of each item."""
    debuts: np.ndarray
    """Where they begin."""
    seuils: np.ndarray
    """Weight of the words present from which each item is possible."""


class Crible:
    """Sorts out, for many long texts, the few items of which each may speak: `Repertoire.possibles`, in four operations."""

    def __init__(self, repertoire: Repertoire) -> None:
        self._repertoire = repertoire
        self._rangs: dict[str, int] = {}
        for peses in repertoire.peses.values():
            for mot, _ in peses:
                self._rangs.setdefault(mot, len(self._rangs))
        self._morceaux = _Morceaux(self._rangs)

    def colonnes(self, cles: Iterable[Cle]) -> Colonnes:
        connues = [cle for cle in cles if cle in self._repertoire.peses]
        peses = [self._repertoire.peses[cle] for cle in connues]
        longueurs = np.array([len(mots_de_l_item) for mots_de_l_item in peses], np.intp)
        return Colonnes(
            connues,
            np.array([self._rangs[mot] for mots_de_l_item in peses for mot, _ in mots_de_l_item], np.intp),
            np.array([poids for mots_de_l_item in peses for _, poids in mots_de_l_item], float),
            longueurs,
            np.cumsum(longueurs) - longueurs,
            np.array([SEUIL * self._repertoire.totaux[cle] - _ARRONDI for cle in connues], float),
        )

    @staticmethod
    def reunir(parties: Sequence[Colonnes]) -> Colonnes:
        """Items of several; one that is in two is there twice, which changes no answer."""
        if len(parties) == 1:
            return parties[0]
        cles, *tableaux = zip(*parties, strict=True)
        mots_, poids, longueurs, _, seuils = map(np.concatenate, tableaux)
        debuts = np.cumsum(longueurs) - longueurs
        return Colonnes(list(chain.from_iterable(cles)), mots_, poids, longueurs, debuts, seuils)

    def possibles(self, texte: str, parmi: Colonnes) -> set[Cle]:
        """The items of `parmi` of which a text may speak: those whose words it holds, in any order."""
        if not parmi.cles:
            return set()
        morceaux = set(texte.split())
        if len(self._morceaux) > MORCEAUX_RETENUS:
            self._morceaux.clear()
        rangs = set().union(*map(self._morceaux.__getitem__, morceaux))
        present = np.zeros(len(self._rangs), bool)
        present[np.fromiter(rangs, np.intp, len(rangs))] = True
        scores = np.add.reduceat(parmi.poids * present[parmi.mots], parmi.debuts)
        return {parmi.cles[rang] for rang in np.flatnonzero(scores >= parmi.seuils)}

    def parlantes(self, phrases: Iterable[str], parmi: Iterable[Cle]) -> list[str]:
        """The sentences that hold the words of one of these few items, in any order: the others cover none of them."""
        attendus = [
            (
                [(self._rangs[mot], poids) for mot, poids in self._repertoire.peses[cle]],
                SEUIL * self._repertoire.totaux[cle] - _ARRONDI,
            )
            for cle in parmi
        ]
        retenues = []
        for phrase in phrases:
            rangs = set().union(*map(self._morceaux.__getitem__, phrase.split()))
            for peses, seuil in attendus:
                if sum([poids for rang, poids in peses if rang in rangs]) >= seuil:
                    retenues.append(phrase)
                    break
        return retenues


class _Morceaux(dict[str, tuple[int, ...]]):
    """The known words that each piece of text without a blank holds: long texts are made of the same few thousand pieces."""

    def __init__(self, rangs: Mapping[str, int]) -> None:
        self._rangs = rangs

    def __missing__(self, morceau: str) -> tuple[int, ...]:
        trouves = self[morceau] = tuple(
            self._rangs[mot] for mot in mots_presents(morceau) if mot in self._rangs
        )
        return trouves


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
