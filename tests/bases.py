"""Databases of their own, of the kind the tests run on: SQLite files, or PostgreSQL bases beside the one of the tests.

Real processes import into them; or the tests of a module ask the pages about one that took long to fill, once for all.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

RACINE = Path(__file__).parents[1]
Contenu = dict[str, list[str]]


class Base:
    """Where imports write: `url` for processes, `connexion()` for whoever watches."""

    def __init__(self, url: str, connexion: Callable[[], Any]):
        self.url = url
        self.connexion = connexion
        self.sqlite = url.startswith("sqlite")

    @property
    def nom(self) -> str:
        """What Django calls NAME: the file, or the base of the server."""
        if self.sqlite:
            return self.url.removeprefix("sqlite:///")
        return self.url.partition("?")[0].rpartition("/")[2]

    @contextmanager
    def pour_django(self) -> Iterator[None]:
        """Django reads and writes here meanwhile, instead of in the base made for the tests, which is left as it is."""
        habituelle = connections[DEFAULT_DB_ALIAS]
        ici = habituelle.copy()
        ici.settings_dict["NAME"] = self.nom
        connections[DEFAULT_DB_ALIAS] = ici
        try:
            yield
        finally:
            ici.close()
            connections[DEFAULT_DB_ALIAS] = habituelle

    def lancer(
        self, *arguments: str, avant: Callable[[], None] | None = None, **environnement: str
    ) -> subprocess.Popen[str]:
        """`manage.py …`, as an operator runs it; `avant` is called in the new process."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=RACINE,
            env=os.environ
            | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "portail.settings_tests"}
            | environnement,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=avant,
        )

    def executer(self, *arguments: str, **environnement: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        with self.lancer(*arguments, **environnement) as processus:
            sortie, erreurs = processus.communicate(timeout=120)
            return processus.returncode, sortie, erreurs

    def lire(self, requete: str) -> list[tuple[Any, ...]]:
        with closing(self.connexion()) as connexion:
            curseur = connexion.cursor()
            curseur.execute(requete)
            return curseur.fetchall()

    def contenu(self) -> Contenu:
        """Every row of every table, index of the search included."""
        tables = self.lire(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if self.sqlite
            else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        return {table: sorted(map(repr, self.lire(f'SELECT * FROM "{table}"'))) for (table,) in tables}

    def imports(self) -> int:
        return self.lire("SELECT COUNT(*) FROM catalogue_importeffectue")[0][0]

    def est_prise(self) -> bool:
        """Whether an import is writing."""
        if not self.sqlite:
            # This server may hold other bases: the lock is that of this one.
            return bool(
                self.lire(
                    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        with closing(sqlite3.connect(self.nom, timeout=0)) as connexion:
            try:
                connexion.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            connexion.rollback()
            return False

    def attendre(self, prise: bool) -> None:
        """Wait for an import to begin to write, or for nobody to write any more."""
        limite = time.monotonic() + 60
        while self.est_prise() is not prise:
            assert time.monotonic() < limite
            time.sleep(0.005)


@contextmanager
def base_vide(dossier: Path) -> Iterator[Base]:
    """A copy of the base made for the tests: its tables, and no row but Django's own."""
    if connection.vendor == "sqlite":
        base = _fichier(dossier / "portail.sqlite3")
        connection.ensure_connection()
        with closing(base.connexion()) as cible:
            connection.connection.backup(cible)
        yield base
        return
    # PostgreSQL copies no base that someone is connected to.
    connection.close()
    with _base_postgresql(connection.settings_dict["NAME"]) as base:
        yield base


@contextmanager
def copie(modele: Base, dossier: Path) -> Iterator[Base]:
    """The same rows, to be changed at will."""
    if not modele.sqlite:
        with _base_postgresql(modele.nom) as base:
            yield base
        return
    base = _fichier(dossier / "portail.sqlite3")
    with closing(modele.connexion()) as source, closing(base.connexion()) as cible:
        source.backup(cible)
    yield base


def _fichier(fichier: Path) -> Base:
    return Base(f"sqlite:///{fichier}", lambda: sqlite3.connect(fichier))


@contextmanager
def _base_postgresql(modele: str) -> Iterator[Base]:
    nom = f"tests_{uuid.uuid4().hex[:12]}"
    # Beside the base the server was given with, not the one of the other tests, whose name Django changes.
    commune = os.environ["DATABASE_URL"]
    url = re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{nom}", commune, count=1)
    with closing(psycopg.connect(commune, autocommit=True)) as serveur:
        serveur.execute(f'CREATE DATABASE "{nom}" TEMPLATE "{modele}"')
        try:
            yield Base(url, lambda: psycopg.connect(url))
        finally:
            serveur.execute(f'DROP DATABASE IF EXISTS "{nom}" WITH (FORCE)')
