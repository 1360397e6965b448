"""Tell in which order a table writes its dates: each kit has its own (`7/23/25`, `23/07/2025`, `2025-07-23`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from catalogue.fichiers.refus import FichierRefuse

_A_BARRES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: 0?0:00(?::00)?)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
# The first registrations are of 1972, and none goes sixty years ahead.
_SIECLE = 70

Lecteur = Callable[[str], date | None]
"""Reads one date; ValueError when it is none, None when it is empty."""


def lecteur_de_dates(valeurs: Iterable[str], nom: str) -> Lecteur:
    """What reads the dates of this column, after the order that these values prove.

    A number above 12 is a day: where it comes first the day comes first. Raises FichierRefuse when the values prove both
    orders, or neither while a date means two things: `03/04/21` alone is April or March.
    """
    jour_dabord = mois_dabord = douteuse = False
    for valeur in set(valeurs):
        if lue := _A_BARRES.fullmatch(valeur.strip()):
            un, deux = int(lue[1]), int(lue[2])
            jour_dabord |= un > 12 >= deux
            mois_dabord |= deux > 12 >= un
            douteuse |= un != deux and un <= 12 and deux <= 12
    if jour_dabord and mois_dabord:
        raise FichierRefuse(
            f"Le fichier {nom} écrit ses dates dans les deux ordres (jour/mois et mois/jour) : "
            "aucune ne peut être crue."
        )
    if douteuse and not (jour_dabord or mois_dabord):
        raise FichierRefuse(
            f"Le fichier {nom} ne permet pas de savoir si ses dates commencent par le jour ou par le mois."
        )

    def lire(valeur: str) -> date | None:
        valeur = valeur.strip()
        if not valeur:
            return None
        if lue := _ISO.fullmatch(valeur):
            return date(int(lue[1]), int(lue[2]), int(lue[3]))
        if not (lue := _A_BARRES.fullmatch(valeur)):
            raise ValueError
        un, deux, annee = int(lue[1]), int(lue[2]), int(lue[3])
        if len(lue[3]) == 2:
            annee += 2000 if annee < _SIECLE else 1900
        return date(annee, un, deux) if mois_dabord else date(annee, deux, un)

    return lire
