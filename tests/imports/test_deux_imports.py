"""Two imports at once: the second waits, or says that it cannot; readers are served all along."""

from __future__ import annotations

import time
from itertools import groupby
from pathlib import Path

import pytest

from benchmarks import pays
from tests.livraisons import LivraisonRome

ECHELLE = 0.03
ATTENTE = "Un autre import est en cours : celui-ci attend qu'il finisse."
OCCUPEE = (
    "CommandError: Un autre import (ou un enregistrement dans l'admin) occupe la base de données depuis trop longtemps : "
    "rien n'a été importé. Relancez quand il aura fini."
)
NON_REFAITS = "CommandError: Un import est en cours, et les index n'ont pas été refaits : recommencez quand il sera fini."


@pytest.fixture
def export(tmp_path) -> Path:
    """Long enough to import for something else to happen meanwhile."""
    return pays.ecrire_rncp(tmp_path, ECHELLE)[0]


@pytest.fixture
def rome(tmp_path) -> Path:
    return LivraisonRome(tmp_path).chemin


def test_second_import_waits_for_the_first(base, export, rome):
    with base.lancer("import_rncp", str(export)) as premier:
        base.attendre(prise=True)
        statut, sortie, erreurs = base.executer("import_rome", str(rome))
        premier.communicate(timeout=60)

    assert (premier.returncode, statut, erreurs) == (0, 0, "")
    assert base.imports() == 2
    # SQLite waits in the database itself, which does not tell that it does.
    assert (ATTENTE in sortie.splitlines()) is not base.sqlite


def test_second_import_says_so_when_it_has_waited_too_long(base, export, rome):
    if not base.sqlite:
        pytest.skip("sous PostgreSQL, le second import attend sans limite, et le dit")
    with base.lancer("import_rncp", str(export)) as premier:
        base.attendre(prise=True)
        resultat = base.executer("import_rome", str(rome), SQLITE_TIMEOUT="0.1")
        premier.communicate(timeout=60)

    assert resultat == (1, "", f"{OCCUPEE}\n")
    assert (premier.returncode, base.imports()) == (0, 1)


def test_indexes_are_not_made_again_under_an_import_and_it_is_said(base, export):
    if not base.sqlite:
        pytest.skip("sous PostgreSQL, `indexer` attend sans limite, et le dit")
    with base.lancer("import_rncp", str(export)) as premier:
        base.attendre(prise=True)
        resultat = base.executer("indexer", SQLITE_TIMEOUT="0.1")
        premier.communicate(timeout=60)

    assert resultat == (1, "", f"{NON_REFAITS}\n")
    assert premier.returncode == 0


def test_readers_are_served_the_old_data_during_an_import_and_the_new_after(base, export):
    requete = "SELECT COUNT(*) FROM certifications_certification"
    lues, delais = [], []
    with base.lancer("import_rncp", str(export)) as processus:
        base.attendre(prise=True)
        while processus.poll() is None:
            depart = time.monotonic()
            lues += base.lire(requete)[0]
            delais.append(time.monotonic() - depart)
            time.sleep(0.02)
        processus.communicate()
    lues += base.lire(requete)[0]

    # Never a part of the new, and never the old again.
    assert [nombre for nombre, _ in groupby(lues)] == [0, round(pays.FICHES_RNCP * ECHELLE)]
    assert max(delais) < 1
