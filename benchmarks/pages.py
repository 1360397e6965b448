"""What a page costs, beside a Datasette of the same data: `make bench-pages ECHELLE=0.1` (1: a million sessions).

The synthetic country is built at ECHELLE and at a tenth of it, on SQLite and on a throw-away PostgreSQL. Each server is one
process (granian with one worker and one thread, Datasette as it comes), asked over HTTP by one client, one request
after the other; what is compared is the processor time that it spends per request (that of PostgreSQL's server included),
which is the inverse of the throughput of a core and which a busy machine does not stretch.

Fairness: Datasette reads one flat table without joins, indexed on each facet, immutable; its time limits are raised so that its
facets are complete; it shows 30 rows and four facets. Ours shows all of its facets, counts formations rather than sessions, and
is asked each address once, so that no page comes from a cache (« cached » is one address asked again and again). What a process
keeps for each version of the catalogue stays: the index, the fiches and cards shown lately, the counts and selections of
formations. « Another filter each time » never asks for the same one twice, but for the first of each turn, asked once beforehand.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.adresses import (
    FILTRES_FORMATIONS,
    FILTRES_SESSIONS,
    NOMS,
    PAGES,
    de_la_page,
    distinctes,
    du_temoin,
    filtrees,
)
from benchmarks.serveurs import RACINE, Serveur
from benchmarks.temoin import FACETTES_METIERS, FACETTES_SESSIONS
from tools import with_postgres

ECHELLE_MINIMALE = 0.02
OBJECTIF_PAGE = 1.3
"""A page may cost that much more at ten times the data."""


def lancer(arguments: list[str], environnement: dict[str, str], *, tolere: bool = False) -> str:
    """Run Python to its end, and give back what it said; a failure ends the benchmark, unless it is tolerated."""
    fait = subprocess.run(
        [sys.executable, *arguments],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode and not tolere:
        sys.exit(f"{' '.join(arguments)}:\n{(fait.stdout + fait.stderr)[-2_000:]}")
    return fait.stdout


def environnement(url: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": "bench-pages",
        "HTTPS": "0",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONWARNINGS": "ignore",
    }


def portail(url: str, postgres: int | None) -> Serveur:
    commande = "-m granian --interface wsgi --host 127.0.0.1 --port PORT --workers 1 --blocking-threads 1"
    return Serveur(
        [sys.executable, *commande.split(), "portail.wsgi:application"],
        environnement(url),
        [] if postgres is None else [postgres],
    )


def datasette(fichier: Path) -> Serveur:
    reglages = {
        "sql_time_limit_ms": "600000",
        "facet_time_limit_ms": "600000",
        "facet_suggest_time_limit_ms": "1",
        "suggest_facets": "off",
        "default_cache_ttl": "0",
        "default_page_size": "30",
        "num_sql_threads": "1",
    }
    arguments = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        "-i",
        str(fichier),
        "-h",
        "127.0.0.1",
        "-p",
        "PORT",
    ]
    for nom, valeur in reglages.items():
        arguments += ["--setting", nom, valeur]
    return Serveur(arguments, os.environ)


# ── Measures ───────────────────────────────────────────────────────────────────────────────────────────────────────


TOURS = 7
"""Both servers are asked in turns, since the pace of a machine changes from one minute to the next; what is told is the median."""


def contre_datasette(url: str, postgres: int | None, temoin: Path, base: str, essais: int) -> None:
    """`essais` requests of ours for each page and each turn, an address each; fewer of theirs, which take longer."""
    nombre = TOURS * essais
    metiers = du_temoin("metiers", FACETTES_METIERS, [""])
    sessions = du_temoin("sessions", FACETTES_SESSIONS, [""])
    filtrees_chez_eux = du_temoin("sessions", FACETTES_SESSIONS, filtrees(FILTRES_SESSIONS, TOURS))
    filtrees_chez_nous = [
        f"/formations/?{f}&sans-cache={n}" for n, f in enumerate(filtrees(FILTRES_FORMATIONS, nombre))
    ]
    pages = {
        "métiers, four facets, uncached": (distinctes("/metiers/", nombre), metiers * 10 * TOURS, 3),
        "métiers, four facets, cached": (["/metiers/"] * 5 * nombre, metiers * 10 * TOURS, 25),
        "formations, four facets": (distinctes("/formations/", nombre), sessions * 2 * TOURS, 20),
        "formations, four facets, filtered": (filtrees_chez_nous, filtrees_chez_eux, 20),
    }
    with datasette(temoin) as autre, portail(url, postgres) as notre:
        for page, (chez_nous, chez_eux, objectif) in pages.items():
            couts = [
                (notre.cout(chez_nous[tour::TOURS]), autre.cout(chez_eux[tour::TOURS]))
                for tour in range(TOURS)
            ]
            rapports = sorted(eux / max(nous, 1e-3) for nous, eux in couts)
            nous, eux = (median(cout) for cout in zip(*couts, strict=True))
            print(
                f"| {base:10} | {page:33} | {nous:8.2f} ms | {eux:8.1f} ms | {median(rapports):6.1f} × "
                f"| {rapports[0]:.1f} to {rapports[-1]:.1f} | {objectif} × |",
                flush=True,
            )


def croissance(base: str, petite: str, grande: str, postgres: int | None, essais: int) -> None:
    """What each page costs at a tenth of the data and at full size, asked in turns."""
    print(
        f"\n| {base}, page | at a tenth | at full size | ratio (goal: {OBJECTIF_PAGE}) | of each turn |\n|---|---|---|---|---|"
    )
    with portail(petite, postgres) as petit, portail(grande, postgres) as grand:
        serveurs = [
            (serveur, json.loads(lancer(["-c", NOMS], environnement(url))))
            for serveur, url in ((petit, petite), (grand, grande))
        ]
        for page, modele in PAGES.items():
            couts = [
                [
                    serveur.cout(de_la_page(modele, noms, TOURS * essais)[tour::TOURS])
                    for serveur, noms in serveurs
                ]
                for tour in range(TOURS)
            ]
            rapports = sorted(grand / petit for petit, grand in couts)
            avant, apres = (median(cout) for cout in zip(*couts, strict=True))
            print(
                f"| {page} | {avant:.1f} ms | {apres:.1f} ms | {median(rapports):.2f} "
                f"| {rapports[0]:.2f} to {rapports[-1]:.2f} |",
                flush=True,
            )


def recherche(url: str, dossier: Path, base: str) -> Path:
    reponses = dossier / f"reponses-{base}.json"
    dites = lancer(
        ["manage.py", "evaluer_recherche", "--durees", "--ecrire", str(reponses)],
        environnement(url),
        tolere=True,  # the queries are judged on the real référentiels, of which only the ROME is here
    )
    for ligne in dites.splitlines():
        if "ms" in ligne or ligne.startswith("toutes"):
            print(f"{base}: {ligne.strip()}", flush=True)
    return reponses


def memoire(url: str) -> str:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'portail.settings'; import django; django.setup()\n"
        "import time\nfrom formations.index import stock\n"
        "t = time.process_time(); o = stock.offre(); lu = time.process_time() - t\n"
        "o.domaines.sans, o.grands_domaines, o.existantes, o.rangs(['x'])\n"
        "print(f'{o.taille / 1e6:.0f} MB for {int((~o.fantome).sum()):,} sessions, read in {lu:.1f} s of processor time')"
    )
    return lancer(["-c", code], environnement(url)).strip()


def comparer(
    base: str, url: str, petite: str, postgres: int | None, dossier: Path, essais: int, echelle: float
) -> Path:
    for adresse, taille in ((petite, echelle / 10), (url, echelle)):
        if adresse.startswith("sqlite:") and Path(adresse.removeprefix("sqlite:///")).exists():
            lancer(["manage.py", "migrate", "--verbosity=0"], environnement(adresse))
            continue
        lancer(["-m", "benchmarks.offre", "--echelle", str(taille)], environnement(adresse))
    print(f"\n{base}: the index of the offer holds {memoire(url)}.")
    temoin = dossier / "temoin.sqlite3"
    if base == "SQLite" and not temoin.exists():
        lancer(["-m", "benchmarks.temoin", url.removeprefix("sqlite:///"), str(temoin)], dict(os.environ))
    if temoin.exists():
        print(
            "| database   | page                              | ours        | Datasette   | ratio    | of each turn | goal |"
        )
        print("|---|---|---|---|---|---|---|")
        contre_datasette(url, postgres, temoin, base, essais)
    croissance(base, petite, url, postgres, essais)
    return recherche(url, dossier, base)


def main() -> None:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--echelle", type=float, default=ECHELLE_MINIMALE, help="1: a million sessions")
    analyse.add_argument("--essais", type=int, default=60, help="requests of each page, at most")
    analyse.add_argument(
        "--bases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    analyse.add_argument("--dossier", type=Path, help="keep the SQLite databases there, and use them again")
    options = analyse.parse_args()
    if options.echelle < ECHELLE_MINIMALE:
        analyse.error(
            f"--echelle: at least {ECHELLE_MINIMALE}, for a tenth of the data to have a twentieth page"
        )
    print(
        f"Scale {options.echelle:g}, {round(1_000_000 * options.echelle):,} sessions; {os.cpu_count()} cores, Python {sys.version.split()[0]}."
    )
    lancer(["manage.py", "collectstatic", "--noinput", "--verbosity=0"], environnement("sqlite://:memory:"))
    reponses = []
    with ExitStack() as pile:
        dossier = options.dossier or Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        dossier.mkdir(parents=True, exist_ok=True)
        if "sqlite" in options.bases:
            urls = [f"sqlite:///{dossier / nom}.sqlite3" for nom in ("grand", "petit")]
            reponses.append(comparer("SQLite", *urls, None, dossier, options.essais, options.echelle))
        bindir = with_postgres.find_bindir() if "postgresql" in options.bases else None
        if bindir is not None:
            serveur = with_postgres.ThrowAwayServer(bindir)
            pile.callback(serveur.remove)
            if serveur.start():
                reponses.append(_sur_postgresql(serveur, dossier, options.essais, options.echelle))
        if len(reponses) == 2:
            une, autre = (json.loads(chemin.read_text()) for chemin in reponses)
            memes = sum(une[requete] == autre.get(requete) for requete in une)
            print(f"Same first five on both databases: {memes} of {len(une)} judged queries.")


def _sur_postgresql(
    serveur: with_postgres.ThrowAwayServer, dossier: Path, essais: int, echelle: float
) -> Path:
    url = serveur.environment()["DATABASE_URL"]
    petite = _autre_base(url)
    pid = int((serveur.data / "postmaster.pid").read_text().split()[0])
    return comparer("PostgreSQL", url, petite, pid, dossier, essais, echelle)


def _autre_base(url: str) -> str:
    """A second, empty database of the same server."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connexion:
        connexion.execute("CREATE DATABASE petite")
    avant, _, apres = url.partition("?")
    return f"{avant.rpartition('/')[0]}/petite{f'?{apres}' if apres else ''}"


if __name__ == "__main__":
    main()
