"""`manage.py indexer`: make again, and keep, the indexes by which titles are found and formations filtered and counted.

Imports do it of themselves. It is for an upgrade that changed the form of an index, which each server process would else make
for itself when it starts, and for rows written otherwise (SQL, fixtures, a restored dump).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from catalogue.models import VersionCatalogue
from catalogue.recherche.index import reindexer
from catalogue.verrou import attendre_son_tour, est_occupee
from formations.index import stock


class Command(BaseCommand):
    help = "Refait l'index des titres et celui de l'offre, que les imports font d'eux-mêmes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                attendre_son_tour(self.stderr.write)
                titres = reindexer()
                stock.conserver()
                VersionCatalogue.avancer()
        except OperationalError as erreur:
            if est_occupee(erreur):
                raise CommandError(
                    "Un import est en cours, et les index n'ont pas été refaits : recommencez quand il sera fini."
                ) from erreur
            raise
        offre = stock.offre()
        if options["verbosity"]:
            self.stdout.write(
                f"Index refaits : {titres} titre(s), {offre.nombre} formation(s), {len(offre.existantes)} session(s)."
            )
