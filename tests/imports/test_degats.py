"""Two thousand damaged files: each time an import with its rejects, or a refusal; never a traceback, never half a write.

A case is named by its delivery and its seed, which make it again. SQLite takes the even seeds, PostgreSQL the odd ones: `make test`
goes through all of them.
"""

from __future__ import annotations

import re
import shutil
import traceback
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import connection, transaction

from catalogue.importing import CommandeImport
from tests.conftest import DONNEES_OFFICIELLES
from tests.degats.cas import Cas, abimer
from tests.degats.sources import OFFICIELLES, Livraison, officielles, petites

pytestmark = pytest.mark.django_db
CAS = 2_000
NOMS = [une.nom for une in petites()] + (list(OFFICIELLES) if DONNEES_OFFICIELLES.is_dir() else [])
GRAINES = -(-CAS // len(NOMS))
REFUS = re.compile(
    r"(Fichier refusé|La base de données refuse ces données), rien n'a été importé\. \S[^\n]{10,900}"
)
# Where a text was decoded wrong, or holds what no page can show.
PERDU = re.compile(r"\ufffd|Ã[\x80-\xbf‰€™œ“ªŽ¨©]|â€|\\x00|\\u0000|\\ud[89a-f]")


@pytest.fixture(scope="module")
def livraisons() -> dict[str, Livraison]:
    toutes = list(petites())
    if DONNEES_OFFICIELLES.is_dir():
        toutes += officielles(DONNEES_OFFICIELLES)
    assert [une.nom for une in toutes] == NOMS
    return {une.nom: une for une in toutes}


@pytest.fixture(scope="module")
def avant(django_db_setup, django_db_blocker, livraisons, tmp_path_factory) -> Iterator[dict[str, list[Any]]]:
    """Every delivery imported once, whole: what the base holds before each damaged one, and after each is undone."""
    dossier = tmp_path_factory.mktemp("saines")
    with django_db_blocker.unblock(), transaction.atomic():
        for livraison in livraisons.values():
            chemin = dossier / livraison.nom
            chemin.mkdir()
            for nom, contenu in livraison.contenus.items():
                (chemin / nom).write_bytes(contenu)
            seul = len(livraison.contenus) == 1
            call_command(commande(livraison), str(chemin / nom if seul else chemin), "--forcer", verbosity=0)
        yield contenu_de_la_base()
        transaction.set_rollback(True)


def commande(livraison: Livraison) -> CommandeImport:
    """Without its look at the migrations, which would be most of the time taken."""
    chargee = load_command_class(get_commands()[livraison.commande], livraison.commande)
    assert isinstance(chargee, CommandeImport)
    chargee.requires_migrations_checks = False
    return chargee


def contenu_de_la_base() -> dict[str, list[Any]]:
    """Every row of every table, in the order in which the database holds them."""
    with connection.cursor() as curseur:
        lus = {}
        for table in connection.introspection.table_names(curseur):
            if "_fts_" not in table:
                curseur.execute(f'SELECT * FROM "{table}"')
                lus[table] = curseur.fetchall()
        return lus


def defaut(livraison: Livraison, cas: Cas, avant: dict[str, list[Any]]) -> str:
    """What is wrong with what the command made of this file; "" when nothing is."""
    sortie, lancee = StringIO(), commande(livraison)
    try:
        call_command(lancee, str(cas.chemin), "--forcer", stdout=sortie, stderr=sortie)
    except CommandError as refus:
        if not REFUS.fullmatch(str(refus)) or refus.returncode != 1:
            return f"refus mal dit : {refus}"
        return "" if contenu_de_la_base() == avant else f"la base a changé malgré le refus : {refus}"
    except Exception:
        return traceback.format_exc(limit=-4)
    connection.check_constraints()
    # A long text with a hole is kept when it is said.
    if not any("illisible" in rejet.raison for rejet in lancee.rapport.rejets):
        apres = contenu_de_la_base()
        for table in apres.keys() - {"catalogue_importeffectue"}:
            if apres[table] == avant[table]:
                continue
            nouvelles = set(map(_textes, apres[table])) - set(map(_textes, avant[table]))
            for ligne in nouvelles:
                if trouve := PERDU.search(ligne):
                    return f"{table} : …{ligne[max(trouve.start() - 80, 0) : trouve.end() + 80]}…"
    return ""


def _textes(rangee: tuple[Any, ...]) -> str:
    """A row without its binary columns, which hold every byte."""
    return repr([valeur for valeur in rangee if not isinstance(valeur, bytes | memoryview)])


@pytest.mark.parametrize("nom", NOMS)
def test_damaged_files_are_imported_with_their_rejects_or_refused(nom, livraisons, avant, tmp_path):
    livraison, defauts = livraisons[nom], []

    for graine in range(connection.vendor != "sqlite", GRAINES, 2):
        cas = abimer(livraison, graine, tmp_path, list(livraisons.values()))
        point = transaction.savepoint()
        if trouve := defaut(livraison, cas, avant):
            defauts.append(f"{nom}, graine {graine}, {cas.description} : {trouve}")
        transaction.savepoint_rollback(point)
        shutil.rmtree(cas.chemin if cas.chemin.is_dir() else cas.chemin.parent)

    assert not defauts, "\n\n".join(defauts)
