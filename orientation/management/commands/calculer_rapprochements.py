"""`manage.py calculer_rapprochements`: compute again what imports compute of themselves.

Useful after data came by another way than an import (fixtures, a restored dump).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue.models import VersionCatalogue
from orientation import calculs
from orientation.competences import titres


class Command(BaseCommand):
    help = "Recalcule les métiers proches, les blocs qui semblent couvrir une compétence et les compétences à chercher."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            bilans = {
                "métiers proches": calculs.actualiser_proximites(),
                "poids des mots": calculs.actualiser_poids(),
                "couvertures par des blocs": calculs.actualiser_couvertures(),
                "titres de compétences": titres.actualiser(),
            }
            if any(bilan.a_change for bilan in bilans.values()):
                VersionCatalogue.avancer()
        if options["verbosity"] == 0:
            return
        for nom, bilan in bilans.items():
            self.stdout.write(
                f"{nom} : {bilan.crees} créé(s), {bilan.modifies} modifié(s), {bilan.inchanges} inchangé(s), "
                f"{bilan.retires} retiré(s)."
            )
