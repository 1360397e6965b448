"""« Tension du marché »: how easy a job is to find, 0 to 10, 10 = the employers have the most trouble recruiting.

From the national categories of the Dares, 1 to 5, of the familles professionnelles of the métier: category 1 gives
0 point, each one more gives 2.5. Several families are each listed with the same weight, and the score is their mean: no
source says which part of the métier is in which.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from metiers.scores.score import Element, Score, arrondi, moyenne

NOM = "Tension du marché"
CATEGORIE_MAXIMALE = 5

_PHRASES = (
    (8, "les employeurs avaient beaucoup de mal à recruter"),
    (6, "les employeurs avaient du mal à recruter"),
    (4, "recruter n'était ni facile ni difficile"),
    (2, "les candidats étaient assez nombreux"),
    (0, "les candidats étaient nombreux pour les offres"),
)


class Categorie(NamedTuple):
    """The category of a family; ValueError in `tension` out of 1–5."""

    famille: str
    categorie: Decimal | int
    millesime: str
    origine: str = ""


def tension(categories: Sequence[Categorie]) -> Score | None:
    """The score, or None without a category. Never falls when a category rises."""
    if not categories:
        return None
    elements = tuple(_element(categorie) for categorie in categories)
    valeur = moyenne(elements)
    millesimes = " et ".join(sorted({categorie.millesime or "année inconnue" for categorie in categories}))
    pluriel = f" Moyenne de {len(elements)} familles, à parts égales." if len(elements) > 1 else ""
    return Score(
        nom=NOM,
        valeur=valeur,
        phrase=f"{next(phrase for minimum, phrase in _PHRASES if valeur >= minimum)} ({millesimes})",
        sens="10 = un emploi des plus faciles à trouver",
        elements=elements,
        reserve=(
            f"Millésime : {millesimes}. La situation a pu changer depuis ; elle diffère aussi d'un territoire à l'autre, et "
            f"le chiffre vaut pour toute une famille de métiers.{pluriel}"
        ),
    )


def _element(categorie: Categorie) -> Element:
    if not 1 <= categorie.categorie <= CATEGORIE_MAXIMALE:
        raise ValueError(f"Catégorie de tension : de 1 à 5, et non « {categorie.categorie} ».")
    points = Decimal(10) * (Decimal(categorie.categorie) - 1) / (CATEGORIE_MAXIMALE - 1)
    valeur = f"catégorie {int(categorie.categorie)} sur {CATEGORIE_MAXIMALE}"
    return Element("categorie", categorie.famille, valeur, arrondi(points), 1, categorie.origine)
