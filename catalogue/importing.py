"""What every import command shares: one transaction, a report, a recorded version, clear refusals.

A subclass says how to read its file and in which order to synchronise its tables (`importer`). Whatever it cannot
accept raises `FichierRefuse` and leaves the database untouched.
"""

from __future__ import annotations

import gc
import os
import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from tqdm import tqdm

from catalogue.fichiers.lisible import sans_impossibles
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.models import ImportEffectue, Source, VersionCatalogue, VersionReferentiel
from catalogue.recherche.index import reindexer
from catalogue.signals import donnees_changees, donnees_importees
from catalogue.sortie import Sortie
from catalogue.sources_publiques import est_une_adresse, telecharger
from catalogue.sync import Bilan
from catalogue.verrou import attendre_son_tour, est_occupee

T = TypeVar("T")
REJETS_AFFICHES = 20
REJETS_CONSERVES = 1_000
RETRAITS_TOLERES = 0.2
"""Share of what is in place: an edition that withdraws more is more likely a truncated file."""
REJETS_TOLERES = 0.2
"""Share of what was read: a file with more rows left out than that does not hold together."""
LIGNES_A_COMPTER = 2_000
"""Rows written in a table from which its statistics are worth refreshing before anything is derived from it."""
OBJETS_JEUNES = 100_000
"""Objects made since the last look for cycles that call for another one, during an import."""
CACHE_SQLITE = 32_000
"""Kilobytes of pages that SQLite may keep in memory during an import."""


@dataclass
class Rapport:
    """What an import did, table by table, what it left out, and what deserves a person's attention."""

    bilans: dict[str, Bilan] = field(default_factory=dict)
    rejets: list[Rejet] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def noter(self, objet: str, bilan: Bilan) -> Bilan:
        """Add to the count of `objet` (a plural in French: « métiers »)."""
        self.bilans.setdefault(objet, Bilan()).__iadd__(bilan)
        return bilan

    def rejeter(self, rejet: Rejet) -> None:
        # The key may be whatever a damaged file holds.
        self.rejets.append(Rejet(*map(sans_impossibles, rejet)))

    def remarquer(self, phrase: str) -> None:
        self.remarques.append(phrase)

    @property
    def total(self) -> Bilan:
        total = Bilan()
        for bilan in self.bilans.values():
            total += bilan
        return total

    @property
    def a_change(self) -> bool:
        return self.total.a_change

    def lignes(self) -> Iterator[str]:
        """The report as an operator reads it."""
        largeur = max(map(len, self.bilans), default=0)
        yield f"{'':{largeur}}  {'créés':>9} {'modifiés':>9} {'inchangés':>9} {'retirés':>9}"
        for objet, b in [*self.bilans.items(), ("total", self.total)]:
            yield f"{objet:{largeur}}  {b.crees:>9} {b.modifies:>9} {b.inchanges:>9} {b.retires:>9}"
        yield from self.remarques
        yield f"{len(self.rejets)} rejeté(s)." if self.rejets else "Aucun rejet."
        for rejet in self.rejets[:REJETS_AFFICHES]:
            yield f"  {rejet.objet} {rejet.cle} : {rejet.raison}"
        if len(self.rejets) > REJETS_AFFICHES:
            yield f"  … et {len(self.rejets) - REJETS_AFFICHES} autre(s), dans l'admin : Imports effectués."


class CommandeImport(BaseCommand):
    """Base of the `import_…` commands."""

    requires_migrations_checks = True
    # The system checks read the pages and the API, which an import does not serve.
    requires_system_checks = []
    genres: tuple[str, ...] | None = None
    """The genres of search documents that its tables feed: all of them unless it says which, perhaps none."""

    def __init__(self, stdout: TextIO | None = None, *args: Any, **options: Any) -> None:
        super().__init__(stdout, *args, **options)
        self.stdout = Sortie(stdout or sys.stdout)

    def check_migrations(self) -> None:
        """Refuse a database that does not answer or is not up to date: Django would end in a traceback, or go on."""
        try:
            executeur = MigrationExecutor(connection)
            a_jour = not executeur.migration_plan(executeur.loader.graph.leaf_nodes())
        except (OperationalError, InterfaceError) as erreur:
            raise CommandError(f"La base de données ne répond pas. {_en_une_ligne(erreur)}") from erreur
        if not a_jour:
            raise CommandError(
                "La base de données n'est pas à jour : lancez d'abord « python manage.py migrate »."
            )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "chemin",
            nargs="?",
            default="",
            help="Le fichier officiel (zip, XML ou dossier, selon la source), ou son adresse http(s) ; sans lui, "
            "l'adresse publique de la source (réglage SOURCES_PUBLIQUES).",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Tout faire, montrer le rapport, ne rien garder."
        )
        parser.add_argument(
            "--forcer",
            action="store_true",
            help="Accepter une édition plus ancienne, ou qui retire une grande part des fiches.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosite: int = options["verbosity"]
        self.forcer: bool = options["forcer"]
        self.rapport = rapport = Rapport()
        try:
            with TemporaryDirectory(prefix="import-") as temporaire:
                # Before the transaction: a slow network keeps no one else waiting.
                chemins = list(self._fichiers(options["chemin"], Path(temporaire)))
                _donner_de_la_memoire()
                with _ramasser_moins_souvent(), transaction.atomic():
                    attendre_son_tour(self._dire)
                    _comprimer_vite()
                    versions = [v for chemin in chemins for v in self._importer_un(chemin, rapport)]
                    if rapport.a_change:
                        if self.genres != ():
                            reindexer(*(self.genres or ()))
                        donnees_changees.send(sender=type(self), versions=versions)
                    if options["dry_run"]:
                        # A commit would check the deferred constraints; what is not committed is checked here.
                        connection.check_constraints()
                        transaction.set_rollback(True)
        except FichierRefuse as refus:
            raise CommandError(f"Fichier refusé, rien n'a été importé. {refus}") from refus
        except (OperationalError, InterfaceError) as erreur:
            if est_occupee(erreur):
                raise CommandError(
                    "Un autre import (ou un enregistrement dans l'admin) occupe la base de données depuis trop longtemps : "
                    "rien n'a été importé. Relancez quand il aura fini."
                ) from erreur
            raise CommandError(
                f"La base de données a interrompu l'import, rien n'a été importé. {_en_une_ligne(erreur)}"
            ) from erreur
        except Error as erreur:
            raise CommandError(
                f"La base de données refuse ces données, rien n'a été importé. {_en_une_ligne(erreur)}"
            ) from erreur
        if self.verbosite == 0:
            return
        for ligne in rapport.lignes():
            self.stdout.write(ligne)
        if options["dry_run"]:
            self.stdout.write("Essai à blanc : rien n'a été gardé.")
        elif not rapport.a_change:
            self.stdout.write("Rien n'a changé : ces données étaient déjà en place.")

    def _fichiers(self, chemin: str, temporaire: Path) -> Iterator[Path]:
        """What to read: the path given, the file fetched from the address given, or those of the public addresses."""
        if chemin and not est_une_adresse(chemin):
            yield Path(chemin)
            return
        commande = type(self).__module__.rpartition(".")[2]
        adresses = [chemin] if chemin else settings.SOURCES_PUBLIQUES.get(commande, [])
        if not adresses:
            raise FichierRefuse(
                "Aucune adresse publique n'est connue pour cette source : donnez un fichier ou une adresse."
            )
        for numero, adresse in enumerate(adresses):
            dossier = temporaire / str(numero)
            dossier.mkdir()
            yield telecharger(adresse, dossier, self._dire)

    def _importer_un(self, chemin: Path, rapport: Rapport) -> Iterator[VersionReferentiel]:
        for version in self.importer(chemin, rapport):
            _renseigner_le_planificateur()
            donnees_importees.send(sender=type(self), version=version, a_change=rapport.a_change)
            self._enregistrer(version, chemin, rapport)
            yield version

    def _dire(self, phrase: str) -> None:
        if self.verbosite:
            self.stdout.write(phrase)

    @abstractmethod
    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        """Read the file, synchronise the tables, and yield the version or versions it holds, once written."""

    def version(self, source: dict[str, str], version: str, publiee_le: date | None) -> VersionReferentiel:
        """The edition being loaded; the source is described from `source` the first time it is met."""
        decrite, _ = Source.objects.get_or_create(code=source["code"], defaults=source)
        edition, _ = VersionReferentiel.objects.get_or_create(
            source=decrite, version=version, publiee_le=publiee_le
        )
        return edition

    def tolerer_retraits(self, objet: str, retires: int, en_place: int, conseil: str = "") -> None:
        """Raise `FichierRefuse` when too large a share of the `objet` in place would go, unless --forcer was given."""
        if retires > RETRAITS_TOLERES * en_place and not self.forcer:
            raise FichierRefuse(
                f"Il retirerait {retires} {objet} sur {en_place} : il est sans doute incomplet. "
                + (conseil or "Si c'est bien voulu, relancez avec --forcer.")
            )

    def progression(self, elements: Iterable[T], nom: str, total: int | None = None) -> Iterable[T]:
        """Show progress on a terminal, nothing in a log."""
        return tqdm(elements, desc=nom, total=total, unit=" lignes", leave=False, disable=self._silence())

    def _silence(self) -> bool | None:
        return True if self.verbosite == 0 else None

    def _enregistrer(self, version: VersionReferentiel, chemin: Path, rapport: Rapport) -> None:
        version.save(update_fields=["dernier_import"])
        ImportEffectue.objects.create(
            version=version,
            # A name whose bytes are not UTF-8 could not be stored.
            fichier=os.fsencode(chemin.name).decode("utf-8", "replace")[:255],
            bilan={objet: vars(bilan) for objet, bilan in rapport.bilans.items()},
            rejets=[list(rejet) for rejet in rapport.rejets[:REJETS_CONSERVES]],
            nombre_de_rejets=len(rapport.rejets),
        )
        if rapport.a_change:
            VersionCatalogue.avancer()


def _donner_de_la_memoire() -> None:
    """SQLite keeps 2 MB of pages by default: an import would write and read again the same ones of its indexes all along."""
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            curseur.execute(f"PRAGMA cache_size = -{CACHE_SQLITE}")


@contextmanager
def _ramasser_moins_souvent() -> Iterator[None]:
    """Let Python look for cycles among objects a hundred times less often: records come and go by the million, and have none."""
    jeunes, *anciens = gc.get_threshold()
    gc.set_threshold(OBJETS_JEUNES, *anciens)
    try:
        yield
    finally:
        gc.set_threshold(jeunes, *anciens)


def _comprimer_vite() -> None:
    """Long texts are compressed as they are written: LZ4, where PostgreSQL was built with it (14 or later), takes a third of
    the time that its own method does. What is stored by one is read whatever the other is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT set_config(name, 'lz4', true) FROM pg_settings "
                "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            )


def _renseigner_le_planificateur() -> None:
    """Count the rows just written: PostgreSQL, which knows nothing of them before its own housekeeping comes by, would take
    minutes over what is derived from them. Nothing is chosen by a long text, and looking at them is most of the cost."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT format('ANALYZE %%s (%%s)', relid::regclass, string_agg(quote_ident(attname), ', ')) "
            "FROM pg_stat_xact_user_tables JOIN pg_attribute ON attrelid = relid "
            "WHERE n_tup_ins + n_tup_upd + n_tup_del >= %s "
            "AND attnum > 0 AND NOT attisdropped AND atttypid <> 'text'::regtype "
            "GROUP BY relid",
            [LIGNES_A_COMPTER],
        )
        for (requete,) in curseur.fetchall():
            curseur.execute(requete)


def _en_une_ligne(erreur: Error) -> str:
    """PostgreSQL gives its details on lines of their own."""
    return " ".join(str(erreur).split())
