"""Codes and numbers that name one page: they lead straight to it, whatever their form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

LONGUEUR = 40


class Page(NamedTuple):
    """Where a code leads."""

    genre: str
    cle: str
    url: str


Resolveur = Callable[[str], Page | None]
"""Given a code in capitals and without blanks, the page that it names; must not query for what is no code of its own."""
_RESOLVEURS: list[Resolveur] = []


def declarer(resolveur: Resolveur) -> None:
    if resolveur not in _RESOLVEURS:
        _RESOLVEURS.append(resolveur)


def resoudre(texte: str) -> Page | None:
    """« d 1415 », « rncp n° 34809 », « for.2316 »: the page, or None when it is no code that we know."""
    compact = re.sub(r"N°|\s", "", texte.strip().upper())
    if not re.search(r"\d", compact) or len(compact) > LONGUEUR or "\0" in compact:
        return None
    return next((page for resolveur in _RESOLVEURS if (page := resolveur(compact))), None)
