"""`manage.py import_apprentissage CHEMIN`: load the catalogue des formations en apprentissage."""

from __future__ import annotations

from pathlib import Path

from catalogue.importing import Rapport
from formations import sources
from formations.commande_offre import CommandeOffre
from formations.importers.apprentissage import LectureApprentissage
from formations.importers.offre_lue import Lecture


class Command(CommandeOffre):
    help = "Importe le catalogue des formations en apprentissage (JSON), nu ou dans un zip."
    source = sources.APPRENTISSAGE

    def lire(self, chemin: Path, rapport: Rapport) -> LectureApprentissage:
        return LectureApprentissage(chemin, rapport.rejeter)

    def vide_permis(self, lecture: Lecture) -> bool:
        """A file in which nothing is published is still a catalogue."""
        return isinstance(lecture, LectureApprentissage) and lecture.lues > 0

    def ecartees(self, lecture: Lecture) -> int:
        return lecture.non_publiees if isinstance(lecture, LectureApprentissage) else 0
