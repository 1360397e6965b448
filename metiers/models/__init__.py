"""Métiers, what the ROME says of them, and what editors add."""

from metiers.models.appellation import Appellation
from metiers.models.chiffres import Indicateur, NatureIndicateur
from metiers.models.competence import (
    Competence,
    CompetenceRequise,
    DomaineDeCompetences,
    Enjeu,
    Objectif,
    Savoir,
    SavoirRequis,
)
from metiers.models.contexte import ContexteDeTravail, ContexteDuMetier
from metiers.models.domaine import DomaineProfessionnel, GrandDomaine
from metiers.models.editorial import (
    ExtraitDeSource,
    FicheEditoriale,
    IndicateurEditorial,
    Mission,
    VoieDAcces,
)
from metiers.models.familles import (
    FamilleProfessionnelle,
    PassageFapRome,
    ProfessionDeFamille,
    ProjetsDeRecrutement,
    SalaireDeFamille,
    TensionDeFamille,
    TrancheDeSalaire,
)
from metiers.models.interet import (
    CentreInteret,
    InteretDuMetier,
    Secteur,
    SecteurDuMetier,
    SecteurNaf,
    SousSecteur,
    Theme,
)
from metiers.models.metier import AncienCode, Metier, Mobilite, OrigineDuNiveau, Riasec
from metiers.models.onisep import (
    AppellationOnisep,
    FicheOnisep,
    FormationRequiseOnisep,
    LienOnisepRome,
)
from metiers.models.profil import DimensionPsychometrique, TraitDeProfil
from metiers.models.reaffectation import Reaffectation

__all__ = [
    "AncienCode",
    "Appellation",
    "AppellationOnisep",
    "CentreInteret",
    "Competence",
    "CompetenceRequise",
    "ContexteDeTravail",
    "ContexteDuMetier",
    "DimensionPsychometrique",
    "DomaineDeCompetences",
    "DomaineProfessionnel",
    "Enjeu",
    "ExtraitDeSource",
    "FamilleProfessionnelle",
    "FicheEditoriale",
    "FicheOnisep",
    "FormationRequiseOnisep",
    "GrandDomaine",
    "Indicateur",
    "IndicateurEditorial",
    "InteretDuMetier",
    "LienOnisepRome",
    "Metier",
    "Mission",
    "Mobilite",
    "NatureIndicateur",
    "Objectif",
    "OrigineDuNiveau",
    "PassageFapRome",
    "ProfessionDeFamille",
    "ProjetsDeRecrutement",
    "Reaffectation",
    "Riasec",
    "SalaireDeFamille",
    "Savoir",
    "SavoirRequis",
    "Secteur",
    "SecteurDuMetier",
    "SecteurNaf",
    "SousSecteur",
    "TensionDeFamille",
    "Theme",
    "TraitDeProfil",
    "TrancheDeSalaire",
    "VoieDAcces",
]
