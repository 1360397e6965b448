"""What the commands that import an offer share: batches, links, and the age of the file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Max

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import REJETS_TOLERES, CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from formations.importers.offre_lue import Lecture
from formations.models import Formation, LienFormationMetier, Lieu
from formations.offre import EcritureDesOffres, par_lots, retirer_les_absentes

REJETS_SANS_PORTEE = 20
"""A small file may well have a few odd rows."""


class CommandeOffre(CommandeImport):
    """A subclass gives `source` and `lire`. A file is taken as a part of the offer unless `--complet` is given."""

    genres = ("formation", "organisme")
    source: dict[str, str]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--complet",
            action="store_true",
            help="Le fichier est l'offre entière de cette source : retirer ce qu'il ne contient plus.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.complet: bool = options["complet"]
        super().handle(*args, **options)

    @abstractmethod
    def lire(self, chemin: Path, rapport: Rapport) -> Lecture:
        """Open the file; its offers are read as they are asked for."""

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        lecture = self.lire(chemin, rapport)
        edition = self.version(self.source, lecture.version, lecture.publiee_le)
        self.verifier_age(edition, rapport)
        ecriture = EcritureDesOffres(edition, rapport)
        lues = 0
        for lot in par_lots(self.progression(lecture, "offres")):
            ecriture.ecrire(lot)
            lues += len(lot)
        for remarque in lecture.remarques():
            rapport.remarquer(remarque)
        if not lues and not self.vide_permis(lecture):
            raise FichierRefuse(f"{chemin.name} ne contient aucune offre valable.")
        self._refuser_incoherent(lues, len(rapport.rejets) - self.ecartees(lecture), rapport)
        if self.complet:
            retirer_les_absentes(edition, rapport, self.tolerer_retraits)
        rattacher(rapport)
        yield edition

    def vide_permis(self, lecture: Lecture) -> bool:
        """Whether a file without any offer to show is one all the same."""
        return False

    def ecartees(self, lecture: Lecture) -> int:
        """How many records are left out because the source wants it so: they are no sign of a bad file."""
        return 0

    def _refuser_incoherent(self, lues: int, rejetees: int, rapport: Rapport) -> None:
        """Columns mixed up, codes ruined by a spreadsheet: such a file is not imported by half."""
        if rejetees > max(REJETS_TOLERES * lues, REJETS_SANS_PORTEE) and not self.forcer:
            raise FichierRefuse(
                f"{rejetees} de ses lignes ou valeurs ne peuvent pas être gardées, pour {lues} offres qui peuvent "
                f"l'être. La première : {' '.join(rapport.rejets[0])}. Si c'est bien voulu, relancez avec --forcer."
            )

    def verifier_age(self, edition: VersionReferentiel, rapport: Rapport) -> None:
        """An older file is said; taken as the whole offer, it is refused."""
        chargees = VersionReferentiel.objects.filter(source=edition.source_id, publiee_le__isnull=False)
        derniere = chargees.aggregate(jour=Max("publiee_le"))["jour"]
        if derniere is None or not edition.publiee_le or edition.publiee_le >= derniere:
            return
        phrase = (
            f"Ce fichier du {edition.publiee_le:%d/%m/%Y} est plus ancien que celui du "
            f"{derniere:%d/%m/%Y}, déjà chargé."
        )
        if self.complet and not self.forcer:
            raise FichierRefuse(f"{phrase} Si c'est bien voulu, relancez avec --forcer.")
        rapport.remarquer(phrase)


def rattacher(rapport: Rapport) -> None:
    """Once the offers are written: the certifications, communes and métiers they lead to."""
    Formation.objects.rattacher()
    rapport.noter("liens avec les métiers", Bilan(modifies=LienFormationMetier.objects.deriver()))
    inconnues = (
        Formation.objects.publies().exclude(numero_certification="").filter(certification__isnull=True)
    )
    nombre = inconnues.values("numero_certification").distinct().count()
    if nombre:
        rapport.remarquer(
            f"{nombre} certification(s) citée(s) ne sont pas chargées : les formations s'y rattacheront d'elles-mêmes."
        )
    sans_commune = Lieu.objects.sans_commune().count()
    if sans_commune:
        rapport.remarquer(f"{sans_commune} lieu(x) sans commune reconnue (voir import_lieux).")
