"""Fiches found by words, where an address would name them by their code."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from catalogue.recherche.moteur import chercher

PROPOSEES = 8


@dataclass(frozen=True, slots=True)
class Proposition:
    """A fiche that can be chosen, and the address that chooses it."""

    titre: str
    code: str
    precision: str
    url: str


@dataclass(frozen=True, slots=True)
class Recherche:
    """The words typed, and the fiches that answer them."""

    texte: str
    propositions: list[Proposition]


def proposer(
    texte: str, genre: str, url: Callable[[str], str], sauf: Collection[str] = ()
) -> list[Proposition]:
    """The best fiches of a kind of the search index for these words, those of `sauf` left out."""
    return [
        Proposition(
            trouvaille.titre,
            trouvaille.cle,
            f"trouvé sous « {trouvaille.appellation} »" if trouvaille.appellation else "",
            url(trouvaille.cle),
        )
        for trouvaille in chercher(texte, [genre], limite=PROPOSEES + len(sauf)).trouvailles
        if trouvaille.cle not in sauf
    ][:PROPOSEES]


def rechercher(texte: str, genre: str, url: Callable[[str], str]) -> Recherche | None:
    """None when nothing was typed."""
    return Recherche(texte, proposer(texte, genre, url)) if texte else None
