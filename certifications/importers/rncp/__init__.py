"""Read the XML exports of France compétences (RNCP and RS, flux V4.1) into plain records."""

from certifications.importers.rncp.fiche import (
    COLONNES,
    Bloc,
    Certificateur,
    Convention,
    Correspondance,
    Debouche,
    Fiche,
    Filiation,
    Formacode,
    Inchangee,
    Nsf,
    Partenaire,
    Publication,
    Statistique,
    Voie,
    colonnes,
)
from certifications.importers.rncp.lecture import LectureRncp, lire_rncp

__all__ = [
    "COLONNES",
    "Bloc",
    "Certificateur",
    "Convention",
    "Correspondance",
    "Debouche",
    "Fiche",
    "Filiation",
    "Formacode",
    "Inchangee",
    "LectureRncp",
    "Nsf",
    "Partenaire",
    "Publication",
    "Statistique",
    "Voie",
    "colonnes",
    "lire_rncp",
]
