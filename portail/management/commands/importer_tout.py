"""`manage.py importer_tout DOSSIER`: load a folder of official files, each with its command, in the right order."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from django.core.management import call_command, load_command_class
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from catalogue.importing import CommandeImport
from catalogue.sortie import Sortie
from portail.importations import Importation, cle_de_tri, livraisons, reconnaitre


class Command(BaseCommand):
    help = "Importe tous les fichiers officiels d'un dossier et de ses sous-dossiers, dans le bon ordre."

    def __init__(self, stdout: TextIO | None = None, *args: Any, **options: Any) -> None:
        super().__init__(stdout, *args, **options)
        self.stdout = Sortie(stdout or sys.stdout)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Tout faire, montrer le tableau, ne rien garder."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dossier: Path = options["dossier"]
        if not dossier.is_dir():
            raise CommandError(f"{dossier} n'est pas un dossier.")
        choisies = self._choisir(dossier)
        if not choisies:
            raise CommandError(f"{dossier} ne contient aucun fichier officiel reconnu.")
        if options["dry_run"]:
            # One transaction for all: what a file brings must be there for those that come after it.
            with transaction.atomic():
                bilan = self._importer(choisies, options["verbosity"])
                transaction.set_rollback(True)
        else:
            bilan = self._importer(choisies, options["verbosity"])
        refuses = self._montrer(bilan)
        if options["dry_run"]:
            self.stdout.write("Essai à blanc : rien n'a été gardé.")
        if refuses:
            raise CommandError(f"{refuses} fichier(s) refusé(s) sur {len(bilan)} : voir ci-dessus.")

    def _choisir(self, dossier: Path) -> list[tuple[Path, Importation]]:
        choisies = []
        for chemin in livraisons(dossier):
            importation = reconnaitre(chemin)
            if importation is None:
                self.stdout.write(f"Ignoré, aucun import pour ce fichier : {chemin.relative_to(dossier)}")
            else:
                choisies.append((chemin, importation))
        return sorted(choisies, key=lambda choisie: cle_de_tri(*choisie))

    def _importer(
        self, choisies: list[tuple[Path, Importation]], verbosite: int
    ) -> list[tuple[Path, Importation, CommandeImport | None]]:
        """Each file in turn; None stands for the command that refused its file."""
        bilan: list[tuple[Path, Importation, CommandeImport | None]] = []
        for chemin, importation in choisies:
            self.stdout.write(f"{importation.objet} : {chemin.name}…")
            commande = load_command_class(_application(importation.commande), importation.commande)
            details = StringIO()
            try:
                call_command(commande, str(chemin), stdout=details, verbosity=1)
            except CommandError as refus:
                self.stderr.write(f"  {refus}")
                bilan.append((chemin, importation, None))
                continue
            if verbosite > 1:
                self.stdout.write(details.getvalue())
            assert isinstance(commande, CommandeImport)  # noqa: S101
            bilan.append((chemin, importation, commande))
        return bilan

    def _montrer(self, bilan: list[tuple[Path, Importation, CommandeImport | None]]) -> int:
        largeur = max(len(chemin.name) for chemin, _, _ in bilan)
        titres = f"{'créés':>9} {'modifiés':>9} {'inchangés':>9} {'retirés':>9} {'rejetés':>9}"
        self.stdout.write(f"\n{'':{largeur}}  {titres}")
        refuses = 0
        for chemin, _, commande in bilan:
            if commande is None:
                refuses += 1
                self.stdout.write(f"{chemin.name:{largeur}}  refusé")
                continue
            t = commande.rapport.total
            chiffres = (t.crees, t.modifies, t.inchanges, t.retires, len(commande.rapport.rejets))
            self.stdout.write(f"{chemin.name:{largeur}}  {' '.join(f'{n:>9}' for n in chiffres)}")
        return refuses


def _application(commande: str) -> str:
    from django.core.management import get_commands

    return str(get_commands()[commande])
