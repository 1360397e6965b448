"""Time each import against the floor, on SQLite and on PostgreSQL: `make bench-import ECHELLE=0.1`.

Each run is a process of its own, on a database of its own, timed from its start to its end with its peak memory (the
import's own: PostgreSQL's server is another process). « again » is the same file imported a second time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pays
from tools import with_postgres

RACINE = Path(__file__).resolve().parent.parent
ROME_OFFICIEL = RACINE.parent / "shared/data/rome/open-data-rome-v460-csv.zip"


@dataclass(frozen=True)
class Mesure:
    secondes: float
    processeur: float  # seconds of its own processor time, which a busy machine does not stretch
    pic: float  # MB of resident memory at its highest

    def __str__(self) -> str:
        return f"{self.secondes:7.1f} s {self.processeur:7.1f} s {self.pic:5.0f} MB"


def mesurer(arguments: list[str], environnement: dict[str, str]) -> Mesure:
    """Run Python to its end; a failure ends the benchmark with what it said."""
    with tempfile.TemporaryFile("w+") as sortie:
        depart = time.perf_counter()
        processus = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        _, statut, ressources = os.wait4(processus.pid, 0)
        duree = time.perf_counter() - depart
        processus.returncode = os.waitstatus_to_exitcode(statut)
        if processus.returncode:
            sortie.seek(0)
            sys.exit(f"{' '.join(arguments)} :\n{sortie.read()[-2_000:]}")
    # Linux counts in kilobytes.
    return Mesure(duree, ressources.ru_utime + ressources.ru_stime, ressources.ru_maxrss / 1024)


def preparer(dossier: Path, echelle: float, choisis: list[str]) -> list[tuple[str, Path]]:
    """The files to import, in order, with the command of each."""
    imports: list[tuple[str, Path]] = []
    rome = None
    if "rome" in choisis and ROME_OFFICIEL.is_file():
        imports.append(("import_rome", ROME_OFFICIEL))
        rome = pays.lire_rome(ROME_OFFICIEL)
    if "rncp" in choisis:
        imports += [("import_rncp", chemin) for chemin in pays.ecrire_rncp(dossier, echelle, rome)]
    if "mcf" in choisis:
        imports.append(("import_mcf", pays.ecrire_mcf(dossier, echelle)))
    return imports


def comparer(base: str, url: str, imports: list[tuple[str, Path]], planchers: dict[Path, Mesure]) -> None:
    environnement = os.environ | {"DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    mesurer(["manage.py", "migrate", "--verbosity=0"], environnement)
    for commande, chemin in imports:
        for tour in ("first", "again"):
            mesure = mesurer(["manage.py", commande, str(chemin), "--verbosity=0"], environnement)
            ligne = f"| {base:10} | {commande:13} | {chemin.name[:36]:36} | {tour:5} | {mesure} |"
            plancher = planchers.get(chemin)
            ratio = ""
            if plancher:
                ratio = f"{mesure.secondes / plancher.secondes:5.1f} × {plancher.secondes:.2f} s"
                ratio += f"; {mesure.processeur / plancher.processeur:5.1f} × {plancher.processeur:.2f} s"
            print(f"{ligne} {ratio:32} |", flush=True)


def main() -> None:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--echelle", type=float, default=0.1, help="1: the size of France")
    analyse.add_argument(
        "--imports", nargs="+", choices=["rome", "rncp", "mcf"], default=["rome", "rncp", "mcf"]
    )
    analyse.add_argument(
        "--bases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    options = analyse.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporaire:
        dossier = Path(temporaire)
        imports = preparer(dossier, options.echelle, options.imports)
        planchers = {}
        for _, chemin in imports:
            if chemin.parent == dossier:
                arguments = ["-m", "benchmarks.plancher", str(chemin)]
                mesurer(arguments, dict(os.environ))  # the file is then in memory for everyone
                planchers[chemin] = mesurer(arguments, dict(os.environ))
        memoire = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
        print(
            f"Scale {options.echelle:g}; {os.cpu_count()} cores, {memoire:.0f} GB, Python {sys.version.split()[0]}."
        )
        print(
            "| database   | command       | file                                 | run   | time, processor, peak memory  | × floor: time; processor         |"
        )
        print("|---|---|---|---|---|---|")
        if "sqlite" in options.bases:
            comparer("SQLite", f"sqlite:///{dossier / 'bench.sqlite3'}", imports, planchers)
        bindir = with_postgres.find_bindir() if "postgresql" in options.bases else None
        if bindir is not None:
            serveur = with_postgres.ThrowAwayServer(bindir)
            try:
                if serveur.start():
                    url = serveur.environment()["DATABASE_URL"]
                    comparer("PostgreSQL", url, imports, planchers)
            finally:
                serveur.remove()


if __name__ == "__main__":
    main()
