"""A score that explains itself: a weighted mean of points, each given to one stated input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SUR = 10


@dataclass(frozen=True, slots=True)
class Element:
    """One input of a score."""

    nom: str
    """Key of the input: niveau, experience, L0Z60…"""
    libelle: str
    valeur: str
    """The value in words: « Niveau 5 (bac+2) », « 24 mois »."""
    points: Decimal
    """0 to 10, one decimal."""
    poids: int
    origine: str = ""
    """Who says so, and of when: « Dares, Tensions sur le marché du travail en 2019, 2019 »; empty when not told."""

    @property
    def phrase(self) -> str:
        return f"{self.libelle} : {self.valeur} → {en_francais(self.points)} points sur {SUR}, poids {self.poids}"


@dataclass(frozen=True, slots=True)
class Score:
    """A score with everything needed to explain it."""

    nom: str
    """« Conditions de travail »."""
    valeur: Decimal
    """0.0 to 10.0, one decimal, 10 = favourable to the person."""
    phrase: str
    """What is said before the number, without judging: « peu de contraintes signalées »."""
    sens: str
    """What 10 means: « 10 = aucune contrainte signalée »."""
    elements: tuple[Element, ...]
    manquants: tuple[str, ...] = ()
    """Labels of the inputs that are not known."""
    reserve: str = ""
    """What the score does not say: the age of the figures, what is left out."""
    sur: int = SUR

    @property
    def sources(self) -> tuple[str, ...]:
        """Who brought the inputs, and of when, each once."""
        return tuple(dict.fromkeys(element.origine for element in self.elements if element.origine))

    @property
    def formule(self) -> str:
        """The computation in French: « (6 × 4,5 + 2 × 3) ÷ 8 = 4,1 »."""
        somme = " + ".join(f"{element.poids} × {en_francais(element.points)}" for element in self.elements)
        poids = sum(element.poids for element in self.elements)
        return f"({somme}) ÷ {poids} = {en_francais(self.valeur)}"


def moyenne(elements: Sequence[Element]) -> Decimal:
    """Weighted mean of the points, to one decimal; at least one element.

    An input that is not known is left out, and the weights of the others are shared again: the unknown neither helps
    nor harms.
    """
    total = sum((element.points * element.poids for element in elements), Decimal(0))
    return arrondi(total / sum(element.poids for element in elements))


def arrondi(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.1"), ROUND_HALF_UP)


def en_francais(nombre: Decimal) -> str:
    """Decimal comma, no useless zero: « 4,5 », « 10 »."""
    return f"{nombre:f}".removesuffix(".0").replace(".", ",")
