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


# « fiche rncp 34809 », « code rome d1415 »: what is said before the code, and is no part of it.
_ANNONCE = re.compile(r"^\s*(?:(?:FICHES?|CODES?|ROME|M[EÉ]TIERS?|CERTIFICATIONS?)\b\W*)+(?=.*\d)")
# « K-2107 », « rncp:34809 »; a hyphen between two digits is no mark of ours.
_LIAISON = re.compile(r"(?<=[A-Z])\s*[-:.]\s*(?=\d)")


def resoudre(texte: str) -> Page | None:
    """« d 1415 », « rncp n° 34809 », « for.2316 », « code rome k-2107 »: the page, or None when it is no code that we know."""
    sans_annonce = _ANNONCE.sub("", texte.upper())
    compact = re.sub(r"N°|\s", "", _LIAISON.sub("", sans_annonce))
    if not re.search(r"\d", compact) or len(compact) > LONGUEUR or "\0" in compact:
        return None
    return next((page for resolveur in _RESOLVEURS if (page := resolveur(compact))), None)
