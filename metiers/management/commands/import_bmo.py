"""`manage.py import_bmo CHEMIN`: the survey « Besoins en main-d'œuvre » of one year, from its Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import REJETS_TOLERES, CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, synchroniser
from metiers import marche, sources
from metiers.familles import ecrire_familles
from metiers.importers.bmo import Bmo, lire_bmo
from metiers.models import ProjetsDeRecrutement

FAP_2021 = "fap-2021"


class Command(CommandeImport):
    help = "Importe l'enquête Besoins en main-d'œuvre (France Travail) d'une année : le classeur Excel des données."
    genres = ()

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        bmo = lire_bmo(chemin, rapport.rejeter)
        rejetees = len(rapport.rejets)
        if rejetees > REJETS_TOLERES * len(bmo.projets) and not self.forcer:
            raise FichierRefuse(
                f"{rejetees} de ses lignes ne peuvent pas être gardées, pour {len(bmo.projets)} qui peuvent l'être. "
                f"La première : {' '.join(rapport.rejets[0])}. Si c'est bien voulu, relancez avec --forcer."
            )
        edition = self.version(sources.bmo(bmo.annee), str(bmo.annee), None)
        familles = {(FAP_2021, projets.famille): projets.libelle_famille for projets in bmo.projets}
        self._projets(bmo, ecrire_familles(familles, rapport), edition, rapport)
        rapport.noter("chiffres des métiers", marche.actualiser())
        yield edition

    def _projets(
        self, bmo: Bmo, familles: dict[tuple[str, str], int], edition: VersionReferentiel, rapport: Rapport
    ) -> None:
        """A year replaces itself; the other years stay."""
        en_place = ProjetsDeRecrutement.objects.filter(annee=bmo.annee)
        nombre = en_place.count()
        bilan = synchroniser(
            en_place,
            (
                {
                    "famille_id": familles[FAP_2021, projets.famille],
                    "annee": bmo.annee,
                    "source_id": edition.source_id,
                    **{
                        champ: valeur for champ, valeur in projets._asdict().items() if "famille" not in champ
                    },
                }
                for projets in self.progression(bmo.projets, "projets de recrutement", len(bmo.projets))
            ),
            cle=("famille_id", "annee", "code_bassin", "code_departement"),
            absents=Absents.EFFACER,
            rejeter=rapport.rejeter,
        )
        self.tolerer_retraits("lignes de projets", bilan.retires, nombre)
        rapport.noter("projets de recrutement", bilan)
