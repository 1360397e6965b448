"""`manage.py import_rncp CHEMIN`: load an export of the RNCP, of the RS, or both, in any of its three forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from certifications import conciliation, mise_a_jour, sources
from certifications.importers import forme
from certifications.importers.compagnons import Lecture
from certifications.importers.rncp import Fiche, Inchangee, LectureRncp
from certifications.models import Certification, Debouche
from certifications.models.debouche import metiers_par_code
from certifications.priorite import Forme

INCONNUS_AFFICHES = 30
_EXEMPLES = {
    Forme.XML: "export-fiches-rncp-v4-1-2026-08-16.xml",
    Forme.CSV: "export-fiches-csv-2026-08-16.zip",
    Forme.KIT: "kit-csv-2021-01_v1.4.zip",
}


class Command(CommandeImport):
    help = (
        "Importe un export de France compétences (RNCP, RS) : XML V4.1, tables CSV, ou ancien kit national, dans un "
        "zip ou non."
    )
    genres = ("certification",)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--complet",
            action="store_true",
            help="Le fichier XML est un répertoire entier : retirer les fiches qu'il ne contient plus.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.complet: bool = options["complet"]
        super().handle(*args, **options)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        lecture = forme.lire(chemin, rapport.rejeter, mise_a_jour.empreintes())
        self.forme = Forme.de(lecture.edition)
        if self.complet and self.forme is not Forme.XML:
            raise FichierRefuse(
                "--complet ne vaut que pour l'export XML : les autres formes complètent, sans rien retirer."
            )
        self.editions: dict[str, VersionReferentiel] = {}
        self.metiers = metiers_par_code()
        en_place = mise_a_jour.en_place() if self.complet else {}
        codes_rome: Counter[str] = Counter()
        vues = self._ecrire(lecture, codes_rome, rapport)
        if not vues:
            raise FichierRefuse(f"{chemin.name} ne contient aucune fiche valable.")
        if self.complet:
            self._retirer_les_absentes(vues, en_place, rapport)
        yield from self.editions.values()
        for constat in lecture.constats:
            rapport.remarquer(constat)
        if self.forme is Forme.XML:
            self._signaler_codes_inconnus(rapport)
        elif codes_rome:
            self._compter_les_liens_rome(codes_rome, rapport)
        if lecture.date_export is None:
            rapport.remarquer(
                "Le nom du fichier ne dit pas la date de l'export : le site l'affichera « non renseignée ». "
                f"Gardez le nom d'origine, comme {_EXEMPLES[self.forme]}."
            )

    def _ecrire(
        self, lecture: LectureRncp | Lecture, codes_rome: Counter[str], rapport: Rapport
    ) -> dict[str, set[str]]:
        """Write the fiches as they are read, a batch at a time; count the codes ROME, return the numbers by répertoire."""
        lots: dict[tuple[str, type], list[Any]] = {}
        vues: dict[str, set[str]] = {}
        for fiche in self.progression(lecture, "fiches"):
            vues.setdefault(fiche.type, set()).add(fiche.numero)
            if isinstance(fiche, Fiche):
                codes_rome.update(debouche.code_rome for debouche in fiche.debouches)
            lot = lots.setdefault((fiche.type, type(fiche)), [])
            lot.append(fiche)
            if len(lot) == mise_a_jour.LOT:
                self._ecrire_un_lot(lot, lecture, rapport)
                lot.clear()
        for lot in lots.values():
            if lot:
                self._ecrire_un_lot(lot, lecture, rapport)
        return vues

    def _ecrire_un_lot(self, lot: list[Any], lecture: LectureRncp | Lecture, rapport: Rapport) -> None:
        """Fiches of one répertoire, all to be written or all unchanged."""
        edition = self._edition(lot[0].type, lecture)
        if isinstance(lot[0], Inchangee):
            mise_a_jour.revoir([fiche.numero for fiche in lot], edition, rapport)
        else:
            conciliation.ecrire(lot, lecture.rubriques, edition, rapport, self.metiers)

    def _retirer_les_absentes(
        self, vues: dict[str, set[str]], en_place: dict[str, set[str]], rapport: Rapport
    ) -> None:
        for type_, numeros in vues.items():
            avant = en_place.get(type_, set())
            self._tolerer(len(avant - numeros), len(avant))
            mise_a_jour.retirer(avant - numeros, rapport)

    def _edition(self, type_: str, lecture: LectureRncp | Lecture) -> VersionReferentiel:
        """The edition of this répertoire; an XML older than the last one loaded is refused.

        The other forms are not: what they say is weighed against the date of what is in place, fiche by fiche.
        """
        date_export = lecture.date_export
        if type_ not in self.editions:
            source = sources.PAR_TYPE[Certification.Type(type_)]
            derniere = self._dernier_xml(source["code"]) if self.forme is Forme.XML else None
            if derniere and date_export and date_export < derniere and not self.forcer:
                raise FichierRefuse(
                    f"Cet export du {date_export:%d/%m/%Y} est plus ancien que celui du "
                    f"{derniere:%d/%m/%Y}, déjà chargé. Si c'est bien voulu, relancez avec --forcer."
                )
            self.editions[type_] = self.version(source, lecture.edition, date_export)
        return self.editions[type_]

    def _dernier_xml(self, source: str) -> date | None:
        editions = VersionReferentiel.objects.filter(source=source, publiee_le__isnull=False)
        dates = [
            publiee_le
            for version, publiee_le in editions.values_list("version", "publiee_le")
            if Forme.de(version) is Forme.XML and publiee_le
        ]
        return max(dates, default=None)

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

    def _compter_les_liens_rome(self, codes: Counter[str], rapport: Rapport) -> None:
        """The same for a form that may write only a part of what it says: all its links, by what their codes designate."""
        inconnus = {code: nombre for code, nombre in codes.items() if code not in self.metiers}
        refuses = sum(inconnus.values())
        phrase = f"{codes.total()} lien(s) vers le ROME : {codes.total() - refuses} vers un métier, {refuses} refusé(s)"
        if inconnus:
            exemples = ", ".join(
                f"{code} ({inconnus[code]})" for code in sorted(inconnus)[:INCONNUS_AFFICHES]
            )
            suite = " …" if len(inconnus) > INCONNUS_AFFICHES else ""
            phrase += (
                f", gardé(s) sans métier : {len(inconnus)} code(s) inconnu(s) ou retiré(s), {exemples}{suite}"
            )
        rapport.remarquer(f"{phrase}.")
