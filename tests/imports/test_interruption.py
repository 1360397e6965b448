"""An import killed at any moment leaves the database as it was; run again, it completes."""

from __future__ import annotations

import csv
import random
import signal
import time
from itertools import cycle
from pathlib import Path

import pytest

from benchmarks import pays

MORTS = {"import_rncp": 12, "import_mcf": 10}
ESSAIS_MAX = 60


def exports_rncp(dossier: Path) -> list[Path]:
    """Two exports of the same fiches, which differ in every one of them."""
    un, _ = pays.ecrire_rncp(dossier, 0.008)
    autre = dossier / un.name.replace("08-16", "08-17")
    autre.write_text(un.read_text().replace("Publiée", "Archivée").replace("<CODE>TP<", "<CODE>BTS<"))
    return [un, autre]


def exports_mcf(dossier: Path) -> list[Path]:
    """Two catalogues of the same sessions, which differ in the title and the price of every one."""
    un = pays.ecrire_mcf(dossier, 0.001)
    autre = dossier / f"autre_{un.name}"
    with un.open(newline="") as lu, autre.open("w", newline="") as ecrit:
        sortie = csv.DictWriter(ecrit, pays.COLONNES_MCF, delimiter=";")
        sortie.writeheader()
        for ligne in csv.DictReader(lu, delimiter=";"):
            ligne |= {nom: "1" for nom in pays.COLONNES_MCF if nom.startswith("frais_ttc")}
            sortie.writerow(ligne | {"intitule_formation": f"{ligne['intitule_formation']}, autrement"})
    return [un, autre]


@pytest.mark.parametrize(
    ("commande", "exports"), [("import_rncp", exports_rncp), ("import_mcf", exports_mcf)]
)
def test_import_killed_at_any_moment_changes_nothing_and_completes_when_run_again(
    base, tmp_path, commande, exports
):
    graine = random.randrange(10_000)
    hasard = random.Random(graine)
    suivants = cycle(exports(tmp_path))
    depart = time.monotonic()
    statut, _, erreurs = base.executer(commande, str(next(suivants)), "--forcer")
    assert (statut, erreurs) == (0, "")
    # From its very start, or from the moment it writes; shortened when an import ends first, for the machine may be more or
    # less busy.
    durees = {False: time.monotonic() - depart, True: 1.0}
    export = next(suivants)
    avant, nombre = base.contenu(), base.imports()

    morts: list[bool] = []
    for essai in range(ESSAIS_MAX):
        ecrit = essai % 2 == 1
        processus = base.lancer(commande, str(export), "--forcer")
        if ecrit:
            base.attendre(prise=True)
        time.sleep(hasard.uniform(0, durees[ecrit]))
        processus.send_signal(signal.SIGKILL)
        processus.communicate()
        base.attendre(prise=False)
        if base.imports() == nombre:
            assert processus.returncode == -signal.SIGKILL
            assert base.contenu() == avant, f"graine {graine}, mort {len(morts)}"
            morts.append(ecrit)
        else:
            # Killed too late, it had committed: the next ones have the other export to write.
            avant, nombre, export = base.contenu(), base.imports(), next(suivants)
            durees[ecrit] *= 0.8
        if len(morts) >= MORTS[commande] and {True, False} <= set(morts):
            break

    assert len(morts) >= MORTS[commande]
    statut, sortie, erreurs = base.executer(commande, str(export), "--forcer")
    assert (statut, erreurs, sortie.splitlines()[-1]) == (0, "", "Aucun rejet.")
    assert base.imports() == nombre + 1
    assert base.contenu() != avant
