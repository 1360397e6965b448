"""`manage.py import_lheo CHEMIN`: load an offer in LHÉO 2.3 or 2.2."""

from __future__ import annotations

from pathlib import Path

from catalogue.importing import Rapport
from formations import sources
from formations.commande_offre import CommandeOffre
from formations.importers.lheo import LectureLheo


class Command(CommandeOffre):
    help = "Importe une offre de formation au format LHÉO 2.3 ou 2.2 (XML), nue ou dans un zip."
    source = sources.LHEO

    def lire(self, chemin: Path, rapport: Rapport) -> LectureLheo:
        return LectureLheo(chemin, rapport.rejeter)
