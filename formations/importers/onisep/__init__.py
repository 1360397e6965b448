"""Readers of Onisep's open data « Idéo » about formations, diplomas' numbers, schools and what they teach."""

from formations.importers.onisep.fiches import FicheFormation, lire_fiches_formations
from formations.importers.onisep.liste import FormationListe, lire_liste_formations
from formations.importers.onisep.offre import (
    Action,
    Structure,
    lire_actions,
    lire_structures,
    nature_de_l_offre,
)
from formations.importers.onisep.passage import LignePassage, lire_passage

__all__ = [
    "Action",
    "FicheFormation",
    "FormationListe",
    "LignePassage",
    "Structure",
    "lire_actions",
    "lire_fiches_formations",
    "lire_liste_formations",
    "lire_passage",
    "lire_structures",
    "nature_de_l_offre",
]
