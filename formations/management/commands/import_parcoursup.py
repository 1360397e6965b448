"""`manage.py import_parcoursup CHEMIN`: load one session of Parcoursup."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from formations import sources
from formations.commande_offre import CommandeOffre
from formations.importers.parcoursup import LectureParcoursup
from formations.offre import ecrire_chiffres, par_lots


class Command(CommandeOffre):
    help = "Importe une session de Parcoursup (CSV du MESR, noms techniques ou libellés français)."
    source = sources.PARCOURSUP

    def lire(self, chemin: Path, rapport: Rapport) -> LectureParcoursup:
        return LectureParcoursup(chemin, rapport.rejeter)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        """The most recent session describes the offer; an earlier one only adds its figures to it."""
        annees = VersionReferentiel.objects.filter(source=self.source["code"]).values_list(
            "version", flat=True
        )
        lecture = LectureParcoursup(chemin, rapport.rejeter)
        if lecture.version >= max(annees, default="") or self.forcer:
            yield from super().importer(chemin, rapport)
            return
        edition = self.version(self.source, lecture.version, None)
        for lot in par_lots(lecture):
            chiffres = {offre.session.identifiant: offre.chiffres for offre in lot if offre.session}
            ecrire_chiffres(edition, chiffres, rapport)
        rapport.remarquer(
            f"La session {lecture.version} n'est pas la dernière : seuls ses chiffres ont été ajoutés, aux formations "
            "toujours proposées."
        )
        yield edition
