"""How near two métiers are: pure arithmetic, every part of which can be told in words.

The score goes from 0 to 1: 0.7 for what both ask one to know and to do, 0.1 each for an official mobilité (from the
first to the second), for the same family of the ROME, and for a link that Onisep makes. The part of the skills is
the cosine of the two lists, each item weighing the logarithm of its rarity: a skill that thirty métiers ask for says
less than one that two ask for. The weights are a choice of this portal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log, sqrt

POIDS_COMPETENCES = 0.7
POIDS_MOBILITE = POIDS_FAMILLE = POIDS_ONISEP = 0.1
PROCHES = 15
"""How many are kept for each métier."""


@dataclass(frozen=True, slots=True)
class Profil:
    """What is known of a métier; métiers are named by their key, items by any hashable."""

    cle: int
    items: Set[Hashable]
    famille: int
    """The key of the fiche at the head of its family, its own when it has no parent."""
    mobilites: Sequence[int] = ()
    """Official targets, in the order of the ROME."""
    associes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Métiers that Onisep associates, with the titles of the fiches that say so."""


@dataclass(frozen=True, slots=True)
class Lien:
    """`proche` is near `metier`; `partages` are the shared items, the rarest first."""

    metier: int
    proche: int
    score: float
    competences: float
    """The part of the skills alone, from 0 to 1."""
    partages: tuple[Hashable, ...]
    rang_mobilite: int | None
    meme_famille: bool
    selon_onisep: tuple[str, ...]


def raretes(profils: Sequence[Profil]) -> dict[Hashable, float]:
    """Logarithm of (number of métiers / number of métiers that ask for the item): 0 when all do."""
    nombre: dict[Hashable, int] = defaultdict(int)
    for profil in profils:
        for item in profil.items:
            nombre[item] += 1
    return {item: log(len(profils) / n) for item, n in nombre.items()}


def liens(profils: Sequence[Profil], garder: int = PROCHES) -> Iterator[Lien]:
    """For each métier, its `garder` nearest ones, the nearest first; equal scores keep the order of `profils`.

    A métier that shares nothing and that nothing links is never near.
    """
    rarete = raretes(profils)
    normes = [sqrt(sum(rarete[item] ** 2 for item in profil.items)) for profil in profils]
    rangs = {profil.cle: rang for rang, profil in enumerate(profils)}
    porteurs: dict[Hashable, list[int]] = defaultdict(list)
    for rang, profil in enumerate(profils):
        for item in profil.items:
            porteurs[item].append(rang)
    familles: dict[int, list[int]] = defaultdict(list)
    for rang, profil in enumerate(profils):
        familles[profil.famille].append(rang)
    for rang, profil in enumerate(profils):
        produits = [0.0] * len(profils)
        for item in profil.items:
            poids = rarete[item] ** 2
            for autre in porteurs[item]:
                produits[autre] += poids
        cosinus = [
            produit / (normes[rang] * normes[autre]) if produit else 0.0
            for autre, produit in enumerate(produits)
        ]
        scores = [POIDS_COMPETENCES * valeur for valeur in cosinus]
        for groupe, poids in (
            ((rangs[cle] for cle in profil.mobilites if cle in rangs), POIDS_MOBILITE),
            (familles[profil.famille], POIDS_FAMILLE),
            ((rangs[cle] for cle in profil.associes if cle in rangs), POIDS_ONISEP),
        ):
            for autre in groupe:
                scores[autre] += poids
        scores[rang] = 0.0
        retenus = sorted(
            (autre for autre, score in enumerate(scores) if score > 0), key=lambda a: (-scores[a], a)
        )
        for autre in retenus[:garder]:
            yield _lien(profil, profils[autre], scores[autre], cosinus[autre], rarete)


def _lien(
    profil: Profil, proche: Profil, score: float, competences: float, rarete: Mapping[Hashable, float]
) -> Lien:
    partages = sorted(profil.items & proche.items, key=lambda item: (-rarete[item], str(item)))
    return Lien(
        metier=profil.cle,
        proche=proche.cle,
        score=min(score, 1.0),
        competences=min(competences, 1.0),
        partages=tuple(partages),
        rang_mobilite=profil.mobilites.index(proche.cle) + 1 if proche.cle in profil.mobilites else None,
        meme_famille=profil.famille == proche.famille,
        selon_onisep=tuple(profil.associes.get(proche.cle, ())),
    )
