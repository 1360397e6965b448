"""What fails around an import — the disk, the server, who reads its output — costs one sentence, never half a write."""

from __future__ import annotations

import resource
from pathlib import Path

import psycopg
import pytest

from benchmarks import pays

EN_PANNE = "CommandError: La base de données a interrompu l'import, rien n'a été importé. "


@pytest.fixture
def export(tmp_path) -> Path:
    return pays.ecrire_rncp(tmp_path, 0.008)[0]


def test_disk_full_changes_nothing_and_the_import_completes_when_there_is_room_again(base, export):
    if not base.sqlite:
        pytest.skip("le disque du serveur PostgreSQL ne se remplit pas d'ici")
    avant = base.contenu()
    fichier = Path(base.url.removeprefix("sqlite:///"))
    plein = fichier.stat().st_size + 200_000

    with base.lancer(
        "import_rncp", str(export), avant=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (plein, plein))
    ) as processus:
        sortie, erreurs = processus.communicate(timeout=120)

    assert (processus.returncode, sortie) == (1, "")
    assert erreurs in (f"{EN_PANNE}disk I/O error\n", f"{EN_PANNE}database or disk is full\n")
    assert base.contenu() == avant
    assert base.executer("import_rncp", str(export))[0::2] == (0, "")
    assert base.imports() == 1


def test_server_that_goes_away_changes_nothing_and_the_import_completes_when_it_is_back(base, export):
    if base.sqlite:
        pytest.skip("SQLite n'a pas de serveur")
    avant = base.contenu()

    with base.lancer("import_rncp", str(export)) as processus:
        base.attendre(prise=True)
        with psycopg.connect(base.url, autocommit=True) as serveur:
            serveur.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        sortie, erreurs = processus.communicate(timeout=120)

    assert (processus.returncode, sortie) == (1, "")
    assert erreurs.startswith(EN_PANNE)
    assert erreurs.count("\n") == 1
    assert base.contenu() == avant
    assert base.executer("import_rncp", str(export))[0::2] == (0, "")
    assert base.imports() == 1


def test_reader_that_goes_away_stops_nothing(base, petites_donnees):
    """`manage.py importer_tout … | head -1`."""
    with base.lancer("importer_tout", str(petites_donnees / "rncp")) as processus:
        premiere = processus.stdout.readline()
        processus.stdout.close()
        erreurs = processus.stderr.read()
        processus.wait(timeout=120)

    assert premiere.startswith("RNCP et RS : export_fiches_RNCP")
    assert (processus.returncode, erreurs) == (0, "")
    assert base.imports() == 2
