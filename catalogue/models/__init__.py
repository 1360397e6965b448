"""Provenance and what every fiche shares."""

from catalogue.models.chiffre import Chiffre
from catalogue.models.officiel import Officiel, OfficielQuerySet
from catalogue.models.recherche import DocumentDeRecherche, RechercheVaine, Synonyme, TitresIndexes
from catalogue.models.source import ImportEffectue, Source, VersionReferentiel
from catalogue.models.version import VersionCatalogue

__all__ = [
    "Chiffre",
    "DocumentDeRecherche",
    "ImportEffectue",
    "Officiel",
    "OfficielQuerySet",
    "RechercheVaine",
    "Source",
    "Synonyme",
    "TitresIndexes",
    "VersionCatalogue",
    "VersionReferentiel",
]
