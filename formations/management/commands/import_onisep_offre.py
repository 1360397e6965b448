"""`manage.py import_onisep_offre CHEMIN`: load Onisep's schools (structures) and what they teach (actions de formation)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from formations import mise_a_jour_offre_onisep as mise_a_jour
from formations.importers.onisep import lire_actions, lire_structures, nature_de_l_offre
from formations.mise_a_jour_onisep import SOURCE, appliquer_passage, citer_les_codes
from formations.models import LienFormationMetier, Lieu, Session
from metiers import sources
from metiers.importers.onisep.lecture import fichiers_de_donnees, millesime_de

LIEUX_AFFICHES = 20


class Command(CommandeImport):
    help = (
        "Importe l'offre de l'Onisep (Idéo) : structures d'enseignement, actions de formation, ou un dossier ou un zip "
        "des deux."
    )
    genres = ("formation", "organisme")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--complet",
            action="store_true",
            help="Les actions sont toutes celles de l'Onisep : effacer les sessions qui n'y sont plus.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.complet: bool = options["complet"]
        super().handle(*args, **options)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        editions = []
        vues: set[str] = set()
        with ouvrir(chemin) as dossier:
            natures = {nom: nature_de_l_offre(dossier, nom) for nom in fichiers_de_donnees(dossier)}
            for nom in sorted(natures, key=lambda nom: (natures[nom] == "actions", nom)):
                edition = self.version(sources.ONISEP, *millesime_de(dossier, nom))
                editions.append(edition)
                if natures[nom] == "actions":
                    vues |= self._actions(dossier, nom, edition, rapport)
                else:
                    structures = list(
                        self.progression(lire_structures(dossier, nom, rapport.rejeter), "structures")
                    )
                    mise_a_jour.ecrire_structures(structures, edition, rapport)
        if self.complet and vues:
            self._effacer_les_autres(vues, rapport)
        rapport.noter("lieux rattachés", Bilan(modifies=Lieu.objects.rattacher()))
        rapport.noter("numéros de certification", appliquer_passage())
        rapport.noter("codes ROME des formations", Bilan(modifies=citer_les_codes()))
        rapport.noter("liens vers les métiers", Bilan(modifies=LienFormationMetier.objects.deriver()))
        self._signaler_les_lieux(rapport)
        yield from dict.fromkeys(editions)

    def _actions(self, dossier: Dossier, nom: str, edition: VersionReferentiel, rapport: Rapport) -> set[str]:
        actions = list(self.progression(lire_actions(dossier, nom, rapport.rejeter), "actions"))
        return mise_a_jour.ecrire_actions(actions, edition, rapport)

    def _effacer_les_autres(self, vues: set[str], rapport: Rapport) -> None:
        en_place = dict(Session.objects.filter(source=SOURCE).values_list("identifiant", "pk"))
        disparues = [pk for identifiant, pk in en_place.items() if identifiant not in vues]
        self.tolerer_retraits(
            "sessions",
            len(disparues),
            len(en_place),
            "Relancez sans --complet, ou avec --forcer si c'est bien voulu.",
        )
        for debut in range(0, len(disparues), 5_000):
            lot = Session.objects.filter(pk__in=disparues[debut : debut + 5_000])
            rapport.noter("sessions", synchroniser(lot, (), cle=("identifiant",), absents=Absents.EFFACER))

    def _signaler_les_lieux(self, rapport: Rapport) -> None:
        perdus = Lieu.objects.exclude(uai="").filter(commune__isnull=True).order_by("uai")
        total = perdus.count()
        if total:
            exemples = ", ".join(
                f"{lieu.uai} {lieu.code_postal} {lieu.ville}" for lieu in perdus[:LIEUX_AFFICHES]
            )
            suite = " …" if total > LIEUX_AFFICHES else ""
            rapport.remarquer(
                f"{total} lieu(x) sans commune (à l'étranger, ou communes pas encore importées) : {exemples}{suite}."
            )
