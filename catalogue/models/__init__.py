"""Provenance and what every fiche shares."""

from catalogue.models.chiffre import Chiffre
from catalogue.models.officiel import Officiel, OfficielQuerySet
from catalogue.models.recherche import ColonneDeTitres, DocumentDeRecherche, RechercheVaine, Synonyme
from catalogue.models.source import ImportEffectue, Source, VersionReferentiel
from catalogue.models.version import VersionCatalogue

__all__ = [
    "Chiffre",
    "ColonneDeTitres",
    "DocumentDeRecherche",
    "ImportEffectue",
    "Officiel",
    "OfficielQuerySet",
    "RechercheVaine",
    "Source",
    "Synonyme",
    "VersionCatalogue",
    "VersionReferentiel",
]
