"""`manage.py charger_demo`: fill an empty database with the demonstration set of fixtures/.

The facts go through the same importers as the official files; the editors' words are ordinary Django fixtures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from catalogue.models import VersionCatalogue, VersionReferentiel
from catalogue.recherche.index import reindexer
from metiers.models import Metier


class Command(BaseCommand):
    help = "Charge le jeu de démonstration dans une base vide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--si-vide",
            action="store_true",
            help="Ne rien faire, sans erreur, si la base contient déjà des métiers.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Metier.objects.exists():
            if options["si_vide"]:
                return
            raise CommandError(
                "La base contient déjà des métiers : la démonstration ne se charge que dans une base vide."
            )
        dossier = Path(settings.BASE_DIR) / "fixtures"
        with transaction.atomic():
            call_command("import_rome", dossier / "rome", verbosity=0, stdout=self.stdout)
            for export in sorted((dossier / "rncp").glob("*.xml")):
                call_command("import_rncp", export, verbosity=0, stdout=self.stdout)
            # Composed from several exports: no one date would be true.
            VersionReferentiel.objects.filter(
                source__in=["rncp", "rs"], version="", publiee_le__isnull=True
            ).update(version="extrait de démonstration")
            # Onisep's facts are in a folder of their own (ODbL); the number in each name gives the order.
            fixtures = [*dossier.glob("*.json"), *dossier.glob("onisep/*.json")]
            call_command("loaddata", *sorted(fixtures, key=lambda chemin: chemin.name), verbosity=0)
            Metier.objects.publies().recalculer_acces()
            call_command("calculer_rapprochements", verbosity=0)
            reindexer()
            VersionCatalogue.avancer()
        self.stdout.write(f"Jeu de démonstration chargé : {Metier.objects.publies().count()} métiers.")
