"""`manage.py import_onisep_passage CHEMIN`: load Onisep's table de passage (CertifInfo, RNCP, formations)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from formations import mise_a_jour_onisep as mise_a_jour
from formations.importers.onisep import lire_passage
from formations.models import Formation, LienFormationMetier, Passage
from metiers import sources
from metiers.importers.onisep import Millesime, rang
from metiers.importers.onisep.lecture import fichiers_de_donnees, millesime_de


class Command(CommandeImport):
    help = "Importe la table de passage de l'Onisep entre codes CertifInfo, RNCP et formations, nue ou dans un zip."
    genres = ("formation",)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        with ouvrir(chemin) as dossier:
            noms = fichiers_de_donnees(dossier)
            if len(noms) > 1:
                raise FichierRefuse(
                    f"{dossier.nom} contient {len(noms)} fichiers : une seule table est attendue."
                )
            millesime = millesime_de(dossier, noms[0])
            self._refuser_plus_ancienne(millesime)
            lignes = list(
                self.progression(lire_passage(dossier, noms[0], rapport.rejeter), "correspondances")
            )
        en_place = set(Passage.objects.publies().values_list("pk", flat=True))
        retirees = en_place - {ligne.code_certifinfo for ligne in lignes}
        self.tolerer_retraits("correspondances", len(retirees), len(en_place))
        edition = self.version(sources.ONISEP, *millesime)
        mise_a_jour.ecrire_passage(lignes, edition, rapport)
        rapport.noter("formations numérotées", mise_a_jour.appliquer_passage())
        rapport.noter("liens vers les métiers", Bilan(modifies=LienFormationMetier.objects.deriver()))
        numerotees = (
            Formation.objects.publies().filter(source=mise_a_jour.SOURCE).exclude(numero_certification="")
        )
        rapport.remarquer(
            f"{numerotees.count()} formation(s) de l'Onisep citent une certification, "
            f"dont {numerotees.filter(certification__isnull=False).count()} déjà chargée(s)."
        )
        yield edition

    def _refuser_plus_ancienne(self, millesime: Millesime) -> None:
        editions = (
            Passage.objects.exclude(version=None)
            .order_by()
            .values_list("version__version", "version__publiee_le")
        )
        derniere = max((r for v, jour in editions.distinct() if (r := rang(v, jour))), default=None)
        lue = rang(*millesime)
        if derniere and lue and lue < derniere and not self.forcer:
            raise FichierRefuse(
                f"Cette table ({lue:%m/%Y}) est plus ancienne que celle de {derniere:%m/%Y}, déjà chargée. "
                "Si c'est bien voulu, relancez avec --forcer."
            )
