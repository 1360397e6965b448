"""The training offer: what is taught, by whom, where, when and for how much."""

from formations.models.formation import Formation, LienFormationMetier
from formations.models.index import ColonneIndexee
from formations.models.lieu import Commune, Departement, Epci, Lieu, PartieDeCommune, Region
from formations.models.onisep import MetierCite, Passage
from formations.models.organisme import Organisme
from formations.models.provenance import ChiffreSession, Provenance
from formations.models.session import Session

__all__ = [
    "ChiffreSession",
    "ColonneIndexee",
    "Commune",
    "Departement",
    "Epci",
    "Formation",
    "LienFormationMetier",
    "Lieu",
    "MetierCite",
    "Organisme",
    "PartieDeCommune",
    "Passage",
    "Provenance",
    "Region",
    "Session",
]
