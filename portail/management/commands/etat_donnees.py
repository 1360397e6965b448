"""`manage.py etat_donnees`: what is loaded, how old it is, and what is missing."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import formats, timezone

from catalogue.models import ImportEffectue, VersionReferentiel
from portail.importations import IMPORTATIONS

OBJETS_AFFICHES = 4


class Command(BaseCommand):
    help = "Dit quelles données sont chargées : source, version, date, nombres, âge, rejets, dernier import."

    def handle(self, *args: Any, **options: Any) -> None:
        editions = VersionReferentiel.objects.select_related("source").order_by(
            "source", "-dernier_import", "-pk"
        )
        montrees: set[str] = set()
        for edition in editions:
            # The edition last loaded of each source, and of each form it has (« CSV », « kit v1.4 »: words, where a
            # version is a number); the others are history. Onisep has several publications.
            forme = edition.version.split(" ")[0] if edition.source_id in ("rncp", "rs") else ""
            cle = f"{edition.source_id} {edition.pk if edition.source_id == 'onisep' else forme}"
            if cle in montrees:
                continue
            montrees.add(cle)
            for ligne in self._lignes(edition):
                self.stdout.write(ligne)
        if not montrees:
            self.stdout.write("Aucune donnée n'est chargée.")
        fichiers = set(ImportEffectue.objects.values_list("version__source", flat=True))
        for importation in IMPORTATIONS:
            if not any(re.fullmatch(importation.sources, code) for code in fichiers):
                self.stdout.write(f"Manque : {importation.objet} (manage.py {importation.commande}).")

    def _lignes(self, edition: VersionReferentiel) -> list[str]:
        aujourdhui = timezone.localdate()
        publiee = edition.publiee_le
        age = f"âge : {(aujourdhui - publiee).days} jour(s)" if publiee else "âge : non renseigné"
        dernier = edition.imports.order_by("-date", "-pk").first()
        lignes = [f"{edition} ({age})"]
        if dernier is None:
            return [*lignes, "  chargée sans rapport d'import"]
        le = formats.date_format(timezone.localtime(dernier.date), "d/m/Y H:i")
        nombres = [
            f"{bilan['crees'] + bilan['modifies'] + bilan['inchanges']} {objet}"
            for objet, bilan in list(dernier.bilan.items())[:OBJETS_AFFICHES]
        ]
        lignes.append(f"  importée le {le}, fichier {dernier.fichier}, {dernier.nombre_de_rejets} rejet(s)")
        if nombres:
            suite = ", …" if len(dernier.bilan) > OBJETS_AFFICHES else ""
            lignes.append(f"  {', '.join(nombres)}{suite}")
        return lignes
