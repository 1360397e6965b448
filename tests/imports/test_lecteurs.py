"""Whoever reads the site during an import gets the old pages, then the new ones: a real server, asked over HTTP."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from benchmarks import pays
from tests.bases import RACINE, Base

MARQUE = "Nouvellement "
FICHE = "/certifications/RNCP1000/"


@pytest.fixture
def exports(tmp_path) -> list[Path]:
    """Two exports of the same fiches; the second says « Nouvellement » in each title, of a fiche as of a bloc."""
    un, _ = pays.ecrire_rncp(tmp_path, 0.02)
    autre = tmp_path / un.name.replace("08-16", "08-17")
    texte = un.read_text().replace("<INTITULE>", f"<INTITULE>{MARQUE}")
    autre.write_text(
        re.sub(r"(<BLOC_COMPETENCES>\s*<CODE>[^<]*</CODE>\s*<LIBELLE>)", rf"\g<1>{MARQUE}", texte)
    )
    return [un, autre]


@contextmanager
def serveur(base: Base, journal: Path) -> Iterator[str]:
    """The server of `make run`, with the settings of the tests, which need no static files."""
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = str(sonde.getsockname()[1])
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--blocking-threads", "4"]
    environnement = os.environ | {
        "DATABASE_URL": base.url,
        "DJANGO_SETTINGS_MODULE": "portail.settings_tests",
        "HTTPS": "0",
    }
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, "--log-level", "warning", "portail.wsgi:application"],
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
    adresse = f"http://127.0.0.1:{port}"
    try:
        limite = time.monotonic() + 120
        while demander(f"{adresse}/robots.txt")[0] != 200:
            assert processus.poll() is None, journal.read_text(errors="replace")[-2000:]
            assert time.monotonic() < limite
            time.sleep(0.1)
        yield adresse
    finally:
        processus.terminate()
        processus.wait(timeout=20)


def demander(adresse: str) -> tuple[int, str]:
    try:
        with urlopen(adresse, timeout=60) as reponse:
            return reponse.status, reponse.read().decode()
    except HTTPError as refus:
        return refus.code, ""
    except OSError:
        return 0, ""


def titres(page: str) -> list[bool]:
    """Of each certification and each bloc that the page names, whether its title is a new one."""
    noms = re.findall(
        r'<a href="/certifications/R[^"]*"[^>]*>(.*?)</a>', page.partition("<main")[2], re.DOTALL
    )
    return [nom.strip().startswith(MARQUE) for nom in noms]


def test_pages_are_the_old_ones_during_an_import_and_the_new_ones_after(base, exports, tmp_path):
    assert base.executer("import_rncp", str(exports[0]))[0::2] == (0, "")
    lus: dict[str, list[set[bool]]] = {"/certifications/": [], FICHE: []}
    statuts, pendant = set(), 0

    with (
        serveur(base, tmp_path / "serveur.log") as adresse,
        base.lancer("import_rncp", str(exports[1])) as processus,
    ):
        fini = False
        while not fini:
            # Asked before the pages: those read once the import has ended are the new ones, a fifth of a second later (FRAICHEUR).
            fini = processus.poll() is not None
            time.sleep(0.3 if fini else 0)
            for chemin, pages in lus.items():
                prise = base.est_prise()
                statut, page = demander(f"{adresse}{chemin}")
                statuts.add(statut)
                pages.append(set(titres(page)))
                pendant += prise and base.est_prise()
        _, erreurs = processus.communicate(timeout=60)

    assert (processus.returncode, erreurs, statuts) == (0, "", {200})
    assert pendant >= 2
    for pages in lus.values():
        # All its titles are old, or all are new; once new, they stay so.
        anciennes = pages.count({False})
        assert pages == [{False}] * anciennes + [{True}] * (len(pages) - anciennes)
        assert 0 < anciennes < len(pages)
