"""Which métiers use the skills one has: the rarer the skill, the more it weighs in the order; figures are plain counts."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import log

from catalogue.recherche.mots import sans_accents

CHIFFRES = 6
"""Decimals of a weight: sums that differ by less are equal, in whichever order they were made."""


@dataclass(frozen=True, slots=True)
class Place:
    metier: int
    tenues: frozenset[str]
    poids: float


def rarete(nb_metiers: int, en_tout: int) -> float:
    """0 for a skill that every métier asks for; the logarithm of (métiers / métiers that ask for it)."""
    return log(en_tout / nb_metiers) if 0 < nb_metiers <= en_tout else 0.0


def classer(
    porteurs: Mapping[int, Set[str]], raretes: Mapping[str, float], titres: Mapping[int, str]
) -> list[Place]:
    """`porteurs`: the skills held that each métier asks for. Heaviest first, then most numerous, then the alphabet."""
    places = [
        Place(metier, frozenset(codes), round(sum(sorted(raretes[code] for code in codes)), CHIFFRES))
        for metier, codes in porteurs.items()
        if codes
    ]
    return sorted(places, key=lambda p: (-p.poids, -len(p.tenues), sans_accents(titres[p.metier]), p.metier))
