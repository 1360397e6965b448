"""« Salaire »: where the salary stands among all those of its source and period, 0 to 10, 10 = the highest.

Each amount gets its percentile rank among the amounts of the same kind, of the same source, of the same period: the share
that is lower, plus half of the share that is equal. 5 is the middle of the source. Amounts of two sources are never
mixed: they do not count the same people. Several amounts (the families of a métier, the first and the ninth décile) have
the same weight. An amount without a period cannot be placed, and gives no score.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from metiers.scores.score import SUR, Element, Score, arrondi, moyenne

NOM = "Salaire"
REFERENCE_MINIMALE = 20
"""Amounts below which a rank would say little."""

_PHRASES = (
    (8, "parmi les salaires les plus élevés"),
    (6, "plutôt au-dessus du milieu des salaires"),
    (4, "autour du milieu des salaires"),
    (2, "plutôt au-dessous du milieu des salaires"),
    (0, "parmi les salaires les moins élevés"),
)


class Salaire(NamedTuple):
    """An amount and those it is placed among, its own included."""

    libelle: str
    montant: Decimal
    en_clair: str
    """« 1 551 € net par mois »."""
    millesime: str
    reference: Sequence[Decimal]
    origine: str = ""


def salaire(salaires: Sequence[Salaire]) -> Score | None:
    """The score, or None when no amount can be placed. Never falls when an amount rises."""
    places = [s for s in salaires if s.millesime and len(s.reference) >= REFERENCE_MINIMALE]
    if not places:
        return None
    elements = tuple(
        Element("montant", s.libelle, s.en_clair, arrondi(SUR * rang(s.montant, s.reference)), 1, s.origine)
        for s in places
    )
    valeur = moyenne(elements)
    millesimes = " et ".join(sorted({s.millesime for s in places}))
    pluriel = f" Moyenne de {len(elements)} montants, à parts égales." if len(elements) > 1 else ""
    return Score(
        nom=NOM,
        valeur=valeur,
        phrase=f"{next(phrase for minimum, phrase in _PHRASES if valeur >= minimum)} ({millesimes})",
        sens="10 = le salaire le plus élevé de la source",
        elements=elements,
        reserve=(
            f"Millésime : {millesimes}. Rang parmi les {len(places[0].reference)} montants de la même source et de la même "
            f"période.{pluriel} Regardez d'abord les montants en euros."
        ),
    )


def rang(montant: Decimal, reference: Sequence[Decimal]) -> Decimal:
    """Percentile rank, 0 to 1."""
    tries = sorted(reference)
    inferieurs, jusque_la = bisect_left(tries, montant), bisect_right(tries, montant)
    return Decimal(inferieurs + jusque_la) / (2 * len(tries))
