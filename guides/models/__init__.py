"""Dossiers about a sector, terms of the glossary, notes about money: all written by editors."""

from guides.models.chiffre import ChiffreDuDossier
from guides.models.dossier import Citation, Dossier, Famille, Role, Tendance
from guides.models.financement import NoteDeFinancement, QuestionAPoser
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
    "NoteDeFinancement",
    "ParcoursEvolution",
    "QuestionAPoser",
    "Role",
    "Tendance",
    "Terme",
    "TypeDeTerme",
]
