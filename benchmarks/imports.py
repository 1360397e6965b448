"""Time each import against the floor, on SQLite and on PostgreSQL: `make bench-import ECHELLE=0.1`.

Each run is a process of its own, on a database that the runs before it have filled, measured in processor time, which a
busy machine does not stretch as it does the clock: that of the import, and on PostgreSQL that of its server. The floor is
the mere parsing of the same file by the standard library, measured before and after each import. « again » is the
same file imported a second time. The memory is the import's own, at its highest.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pays
from tools import with_postgres

RACINE = Path(__file__).resolve().parent.parent
ROME_OFFICIEL = RACINE.parent / "shared/data/rome/open-data-rome-v460-csv.zip"
TIC = os.sysconf("SC_CLK_TCK")
ENTETE = (
    "| database | import | file | run | by the clock | processor: import + server | parsing alone | × parsing | peak memory |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Mesure:
    secondes: float
    processeur: float
    serveur: float  # seconds of processor time of the database's server, 0 without one
    pic: float  # MB of resident memory at its highest


def mesurer(
    arguments: list[str], environnement: dict[str, str], serveur: Callable[[], float] = lambda: 0.0
) -> Mesure:
    """Run Python to its end; a failure ends the benchmark with what it said."""
    with tempfile.TemporaryFile("w+") as sortie:
        avant, depart = serveur(), time.perf_counter()
        processus = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        try:
            _, statut, ressources = os.wait4(processus.pid, 0)
        except BaseException:
            processus.kill()
            processus.wait()
            raise
        duree = time.perf_counter() - depart
        processus.returncode = os.waitstatus_to_exitcode(statut)
        if processus.returncode:
            sortie.seek(0)
            sys.exit(f"{' '.join(arguments)} :\n{sortie.read()[-2_000:]}")
    # Linux counts in kilobytes.
    processeur, pic = ressources.ru_utime + ressources.ru_stime, ressources.ru_maxrss / 1024
    return Mesure(duree, processeur, serveur() - avant, pic)


def processeur_de_la_famille(pid: int) -> float:
    """Seconds of processor time of a process and of its children, those that ended included."""
    total = sum(_temps(pid)[:4])
    for enfant in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            total += sum(_temps(int(enfant))[:2])
        except FileNotFoundError:  # it has just ended
            continue
    return total / TIC


def _temps(pid: int) -> list[int]:
    """utime, stime, cutime and cstime, in clock ticks: see proc(5)."""
    champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [int(champ) for champ in champs[11:15]]


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


def comparer(
    base: str, url: str, imports: list[tuple[str, Path]], serveur: Callable[[], float] = lambda: 0.0
) -> None:
    environnement = os.environ | {"DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    mesurer(["manage.py", "migrate", "--verbosity=0"], environnement)
    mesurer(["manage.py", "check"], environnement)  # every module is then compiled
    for commande, chemin in imports:
        plancher = None if chemin == ROME_OFFICIEL else _plancher(chemin, environnement)
        for tour in ("first", "again"):
            m = mesurer(["manage.py", commande, str(chemin), "--verbosity=0"], environnement, serveur)
            rapport, seule = "", ""
            if plancher is not None:
                # The pace of a machine changes from one minute to the next: the floor is measured before and after.
                ensuite = _plancher(chemin, environnement)
                moyen, plancher = (plancher + ensuite) / 2, ensuite
                rapport, seule = f"{(m.processeur + m.serveur) / moyen:.1f} ×", f"{moyen:.1f} s"
            processeur = f"{m.processeur:.1f} s" + (f" + {m.serveur:.1f} s" if m.serveur else "")
            print(
                f"| {base} | {commande} | {chemin.name} | {tour} | {m.secondes:.0f} s | {processeur} | {seule} | {rapport} "
                f"| {m.pic:.0f} MB |",
                flush=True,
            )


def _plancher(chemin: Path, environnement: dict[str, str]) -> float:
    arguments = ["-m", "benchmarks.plancher", str(chemin)]
    mesurer(arguments, environnement)  # the file is then in memory for everyone
    return mesurer(arguments, environnement).processeur


def comparer_sur_postgresql(imports: list[tuple[str, Path]]) -> None:
    bindir = with_postgres.find_bindir()
    if bindir is None:
        print("No PostgreSQL server on this machine (Debian: apt-get install postgresql).")
        return
    serveur = with_postgres.ThrowAwayServer(bindir)
    try:
        if not serveur.start():
            sys.exit(1)
        pid = int((serveur.data / "postmaster.pid").read_text().split()[0])
        url = serveur.environment()["DATABASE_URL"]
        comparer("PostgreSQL", url, imports, lambda: processeur_de_la_famille(pid))
    finally:
        serveur.remove()


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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is removed
    with tempfile.TemporaryDirectory(prefix="bench-") as temporaire:
        dossier = Path(temporaire)
        # On an operator's machine Python keeps what it has compiled; a developer's may be told not to.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(dossier / "compile")
        imports = preparer(dossier, options.echelle, options.imports)
        memoire = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
        print(
            f"Scale {options.echelle:g}; {os.cpu_count()} cores, {memoire:.0f} GB, Python {sys.version.split()[0]}, "
            f"load {os.getloadavg()[0]:.1f}.\n\n{ENTETE}",
            flush=True,
        )
        if "sqlite" in options.bases:
            comparer("SQLite", f"sqlite:///{dossier / 'bench.sqlite3'}", imports)
        if "postgresql" in options.bases:
            comparer_sur_postgresql(imports)


if __name__ == "__main__":
    main()
