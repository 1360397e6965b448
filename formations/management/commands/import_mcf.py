"""`manage.py import_mcf CHEMIN`: load the catalogue of Mon Compte Formation."""

from __future__ import annotations

from pathlib import Path

from catalogue.importing import Rapport
from formations import sources
from formations.commande_offre import CommandeOffre
from formations.importers.mcf import LectureMcf


class Command(CommandeOffre):
    help = "Importe un export de Mon Compte Formation (CSV de la Caisse des Dépôts), nu ou dans un zip."
    source = sources.MON_COMPTE_FORMATION

    def lire(self, chemin: Path, rapport: Rapport) -> LectureMcf:
        return LectureMcf(chemin, rapport.rejeter)
