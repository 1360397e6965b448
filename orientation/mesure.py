"""Held and missing, counted and weighed: pure."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from orientation.items import FAMILLES, Item, comptes

TITRES = {
    "savoir-faire": "Savoir-faire",
    "savoir-être": "Savoir-être professionnels",
    "savoir": "Savoirs",
}


@dataclass(frozen=True, slots=True)
class Famille:
    """One family of items, parted in two; cœur de métier first in both."""

    titre: str
    tenus: tuple[Item, ...]
    manquants: tuple[Item, ...]

    @property
    def total(self) -> int:
        return len(self.tenus) + len(self.manquants)

    @property
    def coeur_manquant(self) -> int:
        return sum(item.est_coeur for item in self.manquants)


@dataclass(frozen=True, slots=True)
class Mesure:
    """What a métier asks for, against what is held. An item of the cœur de métier counts for two points."""

    familles: tuple[Famille, ...]
    diplomes: tuple[Item, ...]
    """Diplomas that the ROME files among savoirs: shown, never counted."""

    @property
    def tenus(self) -> list[Item]:
        return [item for famille in self.familles for item in famille.tenus]

    @property
    def manquants(self) -> list[Item]:
        return [item for famille in self.familles for item in famille.manquants]

    @property
    def total(self) -> int:
        return sum(famille.total for famille in self.familles)

    @property
    def points_tenus(self) -> int:
        return sum(item.poids for item in self.tenus)

    @property
    def points(self) -> int:
        return self.points_tenus + sum(item.poids for item in self.manquants)

    @property
    def phrase(self) -> str:
        """Words before figures: « Presque tout reste à acquérir ». Thresholds: a tenth, a third, two thirds, nine tenths."""
        if not self.points:
            return "Rien à mesurer"
        part = self.points_tenus / self.points
        for seuil, mots in (
            (0.9, "Presque tout est déjà tenu"),
            (2 / 3, "Une grande part est déjà tenue"),
            (1 / 3, "Une part est déjà tenue"),
            (0.1, "Une petite part est déjà tenue"),
        ):
            if part >= seuil:
                return mots
        return "Presque tout reste à acquérir"


def mesurer(demandes: Sequence[Item], tenus: Container[tuple[str, str]]) -> Mesure:
    """`demandes` are the items of the métier aimed at; `tenus` holds the keys of what is held."""
    compte = comptes(demandes)
    familles = []
    for nom in FAMILLES:
        items = [item for item in compte if item.famille == nom]
        if items:
            familles.append(
                Famille(
                    TITRES[nom],
                    tuple(item for item in items if item.cle in tenus),
                    tuple(item for item in items if item.cle not in tenus),
                )
            )
    return Mesure(tuple(familles), tuple(item for item in demandes if item not in compte))
