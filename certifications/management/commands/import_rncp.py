"""`manage.py import_rncp CHEMIN`: load an XML export V4.1 of the RNCP, of the RS, or both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from certifications import mise_a_jour, sources
from certifications.importers.rncp import Fiche, lire_rncp
from certifications.models import Certification, Debouche

INCONNUS_AFFICHES = 30


class Command(CommandeImport):
    help = "Importe un export XML V4.1 de France compétences (RNCP, RS), nu ou dans un zip."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--complet",
            action="store_true",
            help="Le fichier est un répertoire entier : retirer les fiches qu'il ne contient plus.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.complet: bool = options["complet"]
        super().handle(*args, **options)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        lecture = lire_rncp(chemin, rapport.rejeter)
        lots: dict[str, list[Fiche]] = {}
        self.editions: dict[str, VersionReferentiel] = {}
        vues: dict[str, set[str]] = {}
        en_place = mise_a_jour.en_place() if self.complet else {}
        for fiche in self.progression(lecture, "fiches"):
            lot = lots.setdefault(fiche.type, [])
            lot.append(fiche)
            vues.setdefault(fiche.type, set()).add(fiche.numero)
            if len(lot) == mise_a_jour.LOT:
                mise_a_jour.ecrire(lot, self._edition(fiche.type, lecture.date_export), rapport)
                lot.clear()
        for type_, lot in lots.items():
            if lot:
                mise_a_jour.ecrire(lot, self._edition(type_, lecture.date_export), rapport)
        if not vues:
            raise FichierRefuse(f"{chemin.name} ne contient aucune fiche valable.")
        if self.complet:
            for type_, numeros in vues.items():
                avant = en_place.get(type_, set())
                self._tolerer(len(avant - numeros), len(avant))
                mise_a_jour.retirer(avant - numeros, rapport)
        yield from self.editions.values()
        self._signaler_codes_inconnus(rapport)
        if lecture.date_export is None:
            rapport.remarquer(
                "Le nom du fichier ne dit pas la date de l'export : le site l'affichera « non renseignée ». "
                "Gardez le nom d'origine, comme export-fiches-rncp-v4-1-2026-08-16.xml."
            )

    def _edition(self, type_: str, date_export: date | None) -> VersionReferentiel:
        if type_ not in self.editions:
            source = sources.PAR_TYPE[Certification.Type(type_)]
            derniere = (
                VersionReferentiel.objects.filter(source=source["code"], publiee_le__isnull=False)
                .order_by("-publiee_le")
                .values_list("publiee_le", flat=True)
                .first()
            )
            if derniere and date_export and date_export < derniere and not self.forcer:
                raise FichierRefuse(
                    f"Cet export du {date_export:%d/%m/%Y} est plus ancien que celui du "
                    f"{derniere:%d/%m/%Y}, déjà chargé. Si c'est bien voulu, relancez avec --forcer."
                )
            self.editions[type_] = self.version(source, "", date_export)
        return self.editions[type_]

    def _tolerer(self, disparues: int, en_place: int) -> None:
        self.tolerer_retraits(
            "fiches", disparues, en_place, "Relancez sans --complet, ou avec --forcer si c'est bien voulu."
        )

    def _signaler_codes_inconnus(self, rapport: Rapport) -> None:
        """Once the links are attached: the codes that designate no fiche in force are kept, and said."""
        inconnus = (
            Debouche.objects.inconnus()
            .filter(certification__version__in=self.editions.values())
            .order_by("code_rome", "certification")
            .values_list("code_rome", "certification")
        )
        total = inconnus.count()
        if total:
            exemples = ", ".join(f"{code} ({numero})" for code, numero in inconnus[:INCONNUS_AFFICHES])
            suite = " …" if total > INCONNUS_AFFICHES else ""
            rapport.remarquer(
                f"{total} code(s) ROME inconnu(s) ou retiré(s), gardé(s) sans métier : {exemples}{suite}."
            )
