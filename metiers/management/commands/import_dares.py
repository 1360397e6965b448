"""`manage.py import_dares CHEMIN`: tensions, salaries and crosswalks of the Dares, from its zip, a folder or one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import REJETS_TOLERES, CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, synchroniser
from metiers import marche, models, sources
from metiers.familles import ecrire_familles
from metiers.importers.dares import Dares, Famille, Passage, Profession, Tension, lire_dares


class Command(CommandeImport):
    help = (
        "Importe les chiffres de la Dares par famille professionnelle : le zip, un dossier de ses tables CSV, ou la seule "
        "table de passage FAP 2021."
    )
    genres = ()

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        dares = lire_dares(chemin, rapport.rejeter)
        self.rapport = rapport
        self._refuser_incoherente(dares)
        self.pk = ecrire_familles(_familles(dares), rapport)
        editions = [
            *self._tensions(dares),
            *self._salaires(dares),
            *self._passages_2021(dares.passages_2021),
        ]
        rapport.noter("chiffres des métiers", marche.actualiser())
        yield from editions

    def _refuser_incoherente(self, dares: Dares) -> None:
        tables = (
            *(dares.tensions, dares.passages, dares.professions),
            *(dares.medians, dares.tranches, dares.passages_2021),
        )
        lues, rejetees = sum(len(table or ()) for table in tables), len(self.rapport.rejets)
        if rejetees > REJETS_TOLERES * lues and not self.forcer:
            raise FichierRefuse(
                f"{rejetees} de ses lignes ne peuvent pas être gardées, pour {lues} qui peuvent l'être. "
                f"La première : {' '.join(self.rapport.rejets[0])}. Si c'est bien voulu, relancez avec --forcer."
            )

    def _tensions(self, dares: Dares) -> Iterator[VersionReferentiel]:
        """The tensions of a year replace those of that year; what the FAP 225 are comes beside them, without a date."""
        if dares.tensions is not None and dares.annee is not None:
            edition = self.version(sources.dares_tensions(dares.annee), str(dares.annee), None)
            self._suivre(
                "tensions",
                models.TensionDeFamille.objects.filter(annee=dares.annee),
                dares.tensions,
                lambda tension: self._tension(tension, edition),
                ("famille_id", "annee", "niveau", "code_territoire"),
            )
            yield edition
        if dares.passages is not None or dares.professions is not None:
            edition = self.version(sources.DARES_FAP_225, "", None)
            if dares.passages is not None:
                self._passages("fap-225", dares.passages, edition)
            if dares.professions is not None:
                self._professions(dares.professions, edition)
            yield edition

    def _tension(self, tension: Tension, edition: VersionReferentiel) -> dict[str, Any]:
        intensite, lien, manque, durabilite, conditions, geographie = tension.facteurs
        return {
            "famille_id": self.pk[tension.famille],
            "source_id": edition.source_id,
            "annee": tension.annee,
            "niveau": tension.niveau,
            "code_territoire": tension.code_territoire,
            "emploi_moyen": tension.emploi_moyen,
            "indice": tension.indice,
            "categorie": tension.categorie,
            "intensite_embauches": intensite,
            "lien_formation_emploi": lien,
            "manque_main_doeuvre": manque,
            "non_durabilite": durabilite,
            "conditions_contraignantes": conditions,
            "inadequation_geographique": geographie,
        }

    def _salaires(self, dares: Dares) -> Iterator[VersionReferentiel]:
        """A period replaces itself; the brackets, which have none, replace the former ones."""
        if dares.medians is None and dares.tranches is None:
            return
        periodes = {median.periode for median in dares.medians or ()}
        edition = self.version(sources.DARES_SALAIRES, max(periodes, default=""), None)
        if dares.medians is not None:
            self._suivre(
                "salaires médians",
                models.SalaireDeFamille.objects.filter(periode__in=periodes),
                dares.medians,
                lambda median: {
                    "famille_id": self.pk[median.famille],
                    "periode": median.periode,
                    "source_id": edition.source_id,
                    "median": median.montant,
                },
                ("famille_id", "periode"),
            )
        if dares.tranches is not None:
            self._suivre(
                "tranches de salaire",
                models.TrancheDeSalaire.objects.all(),
                dares.tranches,
                lambda tranche: {
                    "famille_id": self.pk[tranche.famille],
                    "tranche": tranche.tranche,
                    "source_id": edition.source_id,
                    "milliers": tranche.milliers,
                    "pourcentage": tranche.pourcentage,
                },
                ("famille_id", "tranche"),
            )
        yield edition

    def _passages_2021(self, passages: list[Passage] | None) -> Iterator[VersionReferentiel]:
        if passages is not None:
            edition = self.version(sources.DARES_FAP_2021, "", None)
            self._passages("fap-2021", passages, edition)
            yield edition

    def _passages(self, nomenclature: str, passages: list[Passage], edition: VersionReferentiel) -> None:
        self._suivre(
            f"passages {nomenclature.upper().replace('-', ' ')} – ROME",
            models.PassageFapRome.objects.filter(famille__nomenclature=nomenclature),
            passages,
            lambda passage: {
                "famille_id": self.pk[passage.famille],
                "code_rome": passage.code_rome,
                "libelle_rome": passage.libelle_rome,
                "qualifications": passage.qualifications,
                "source_id": edition.source_id,
            },
            ("famille_id", "code_rome"),
        )

    def _professions(self, professions: list[Profession], edition: VersionReferentiel) -> None:
        self._suivre(
            "professions des familles",
            models.ProfessionDeFamille.objects.all(),
            professions,
            lambda profession: {
                "famille_id": self.pk[profession.famille],
                "code": profession.code,
                "libelle": profession.libelle,
                "source_id": edition.source_id,
            },
            ("famille_id", "code"),
        )

    def _suivre(
        self,
        objet: str,
        perimetre: QuerySet,
        lignes: list[Any],
        colonnes: Callable[[Any], Mapping[str, Any]],
        cle: tuple[str, ...],
    ) -> None:
        """A table without addresses follows the source; one that loses a large share of its rows was more likely cut."""
        en_place = perimetre.count()
        bilan = synchroniser(
            perimetre,
            (colonnes(ligne) for ligne in self.progression(lignes, objet, len(lignes))),
            cle=cle,
            absents=Absents.EFFACER,
            rejeter=self.rapport.rejeter,
        )
        self.tolerer_retraits(objet, bilan.retires, en_place)
        self.rapport.noter(objet, bilan)


def _familles(dares: Dares) -> dict[Famille, str]:
    """Every family of the delivery with its label, empty where the delivery gives none."""
    tables = (dares.tensions, dares.passages, dares.professions, dares.medians, dares.tranches)
    familles = {ligne.famille: "" for table in tables for ligne in table or ()}
    return familles | {passage.famille: passage.libelle_famille for passage in dares.passages_2021 or ()}
