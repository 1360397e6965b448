"""`manage.py indexer_offre`: make again, and keep, the index by which formations are filtered and counted.

Imports do it of themselves. It is for an upgrade that changed the form of the index, which each server process would else
make for itself when it starts, and for rows written otherwise (SQL, fixtures, a restored dump).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from catalogue.models import VersionCatalogue
from catalogue.verrou import attendre_son_tour, est_occupee
from formations.index import stock


class Command(BaseCommand):
    help = "Refait l'index des formations et de leurs sessions, que les imports font d'eux-mêmes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                attendre_son_tour(self.stderr.write)
                stock.conserver()
                VersionCatalogue.avancer()
        except OperationalError as erreur:
            if est_occupee(erreur):
                raise CommandError(
                    "Un import est en cours, et l'index n'a pas été refait : recommencez quand il sera fini."
                ) from erreur
            raise
        offre = stock.offre()
        if options["verbosity"]:
            self.stdout.write(
                f"Index refait : {offre.nombre} formation(s), {len(offre.existantes)} session(s)."
            )
