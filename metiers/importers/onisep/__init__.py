"""Readers of Onisep's open data « Idéo » about métiers, and what every reader of Idéo shares."""

from metiers.importers.onisep.fiches import FicheMetier, Synonyme, lire_fiches_metiers
from metiers.importers.onisep.liste import MetierListe, lire_liste_metiers
from metiers.importers.onisep.millesime import Millesime, millesime, rang

__all__ = [
    "FicheMetier",
    "MetierListe",
    "Millesime",
    "Synonyme",
    "lire_fiches_metiers",
    "lire_liste_metiers",
    "millesime",
    "rang",
]
