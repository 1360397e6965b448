"""Certifications of the RNCP and the RS, their blocs, and who delivers them."""

from certifications.models.acteur import Certificateur, Partenaire
from certifications.models.bloc import BlocDeCompetences, Correspondance
from certifications.models.certification import (
    Certification,
    CertificationEditoriale,
    EmpreinteDeFiche,
)
from certifications.models.debouche import Debouche
from certifications.models.filiation import Filiation
from certifications.models.nomenclature import ConventionCollective, Formacode, Nsf
from certifications.models.parcours import (
    PublicationOfficielle,
    StatistiquePromotion,
    VoieDAccesCertification,
)

__all__ = [
    "BlocDeCompetences",
    "Certificateur",
    "Certification",
    "CertificationEditoriale",
    "ConventionCollective",
    "Correspondance",
    "Debouche",
    "EmpreinteDeFiche",
    "Filiation",
    "Formacode",
    "Nsf",
    "Partenaire",
    "PublicationOfficielle",
    "StatistiquePromotion",
    "VoieDAccesCertification",
]
