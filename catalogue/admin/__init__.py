"""The base of every page of the administration, and the pages of provenance and of the search."""

from catalogue.admin import provenance, recherche
from catalogue.admin.base import (
    AdminAvecHistorique,
    AdminEditorial,
    AdminOfficiel,
    FicheLiee,
    LignesEditoriales,
    LignesOfficielles,
    adresse_publique,
)

__all__ = [
    "AdminAvecHistorique",
    "AdminEditorial",
    "AdminOfficiel",
    "FicheLiee",
    "LignesEditoriales",
    "LignesOfficielles",
    "adresse_publique",
    "provenance",
    "recherche",
]
