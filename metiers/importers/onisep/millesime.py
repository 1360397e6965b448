"""The vintage of an Onisep file: told by its name only, to the day, the month or the year."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_JOUR = re.compile(r"(?<!\d)(\d{2})(\d{2})(20\d{2})(?!\d)", re.ASCII)
_JOUR_ISO = re.compile(r"(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)", re.ASCII)
_MOIS = re.compile(r"(?<!\d)(20\d{2})[-_](\d{2})(?!\d)", re.ASCII)
_ANNEE = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)
_EN_LETTRES = re.compile(rf"(?:({'|'.join(MOIS)}) )?(20\d{{2}})", re.ASCII)


class Millesime(NamedTuple):
    """`jour` when the name tells it, else `version`: « janvier 2025 », « 2022 », or "" when it tells nothing."""

    version: str = ""
    jour: date | None = None


def millesime(*noms: str) -> Millesime:
    """The most precise vintage found in these names.

    Seen: Onisep_Ideo_Fiches_metiers_25062024.xml, ideo-metiers_onisep_2025-01_csv.zip,
    ideo-formations_initiales_en_france_2022_csv.zip.
    """
    for motif, ordre in ((_JOUR, (3, 2, 1)), (_JOUR_ISO, (1, 2, 3))):
        for nom in noms:
            for trouve in motif.finditer(nom):
                try:
                    return Millesime(jour=date(*(int(trouve[i]) for i in ordre)))
                except ValueError:
                    continue
    for nom in noms:
        for an, mois in _MOIS.findall(nom):
            if 1 <= int(mois) <= 12:
                return Millesime(version=f"{MOIS[int(mois) - 1]} {an}")
    for nom in noms:
        if annee := _ANNEE.search(nom):
            return Millesime(version=annee[1])
    return Millesime()


def rang(version: str, jour: date | None) -> date | None:
    """What orders two editions: the day, or the first one of the month or the year; None when nothing is known."""
    if jour is not None:
        return jour
    if lu := _EN_LETTRES.fullmatch(version):
        return date(int(lu[2]), MOIS.index(lu[1]) + 1 if lu[1] else 1, 1)
    return None
