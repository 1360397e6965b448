"""`manage.py charger_synonymes`: give the search the everyday words of fixtures/12_synonymes.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue.models import Synonyme, VersionCatalogue


class Command(BaseCommand):
    help = (
        "Ajoute les synonymes de recherche livrés avec le portail ; ceux qui existent déjà ne changent pas."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fichier = Path(settings.BASE_DIR) / "fixtures" / "12_synonymes.json"
        livres = [objet["fields"] for objet in json.loads(fichier.read_text(encoding="utf-8"))]
        with transaction.atomic():
            connus = set(Synonyme.objects.values_list("expression", flat=True))
            nouveaux = [Synonyme(**champs) for champs in livres if champs["expression"] not in connus]
            Synonyme.objects.bulk_create(nouveaux)
            if nouveaux:
                VersionCatalogue.avancer()
        self.stdout.write(f"{len(nouveaux)} synonyme(s) ajouté(s), {len(livres) - len(nouveaux)} déjà là.")
