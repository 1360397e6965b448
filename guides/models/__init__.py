"""Dossiers about a sector and the terms of the glossary, all written by editors."""

from guides.models.chiffre import ChiffreDuDossier
from guides.models.dossier import Citation, Dossier, Famille, Role, Tendance
from guides.models.lien import LienRoleMetier
from guides.models.parcours import EtapeDeParcours, ParcoursEvolution
from guides.models.terme import LienDeSource, Terme, TypeDeTerme

__all__ = [
    "ChiffreDuDossier",
    "Citation",
    "Dossier",
    "EtapeDeParcours",
    "Famille",
    "LienDeSource",
    "LienRoleMetier",
    "ParcoursEvolution",
    "Role",
    "Tendance",
    "Terme",
    "TypeDeTerme",
]
