"""An import killed at any moment leaves the database as it was; run again, it completes."""

from __future__ import annotations

import random
import signal
import time
from itertools import cycle
from pathlib import Path

import pytest

from benchmarks import pays

MORTS = 20
ESSAIS_MAX = 80


@pytest.fixture
def exports(tmp_path) -> list[Path]:
    """Two exports of the same fiches, which differ in every one of them."""
    un, _ = pays.ecrire_rncp(tmp_path, 0.008)
    autre = tmp_path / un.name.replace("08-16", "08-17")
    autre.write_text(un.read_text().replace("Publiée", "Archivée").replace("<CODE>TP<", "<CODE>BTS<"))
    return [un, autre]


def test_import_killed_at_any_moment_changes_nothing_and_completes_when_run_again(base, exports):
    graine = random.randrange(10_000)
    hasard = random.Random(graine)
    suivants = cycle(exports)
    statut, _, erreurs = base.executer("import_rncp", str(next(suivants)), "--forcer")
    assert (statut, erreurs) == (0, "")
    export = next(suivants)
    avant, nombre = base.contenu(), base.imports()

    # From the moment it writes; shortened when an import ends first, for the machine may be more or less busy.
    duree, morts = 1.0, 0
    for _ in range(ESSAIS_MAX):
        processus = base.lancer("import_rncp", str(export), "--forcer")
        base.attendre(prise=True)
        time.sleep(hasard.uniform(0, duree))
        processus.send_signal(signal.SIGKILL)
        processus.communicate()
        base.attendre(prise=False)
        if base.imports() == nombre:
            assert processus.returncode == -signal.SIGKILL
            assert base.contenu() == avant, f"graine {graine}, mort {morts}"
            morts += 1
        else:
            # Killed too late, it had committed: the next ones have the other export to write.
            avant, nombre, export = base.contenu(), base.imports(), next(suivants)
            duree *= 0.8
        if morts == MORTS:
            break

    assert morts == MORTS
    statut, sortie, erreurs = base.executer("import_rncp", str(export), "--forcer")
    assert (statut, erreurs, sortie.splitlines()[-1]) == (0, "", "Aucun rejet.")
    assert base.imports() == nombre + 1
