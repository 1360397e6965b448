"""Servers of one process each, asked over HTTP, and the processor time that they spend."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
DEMARRAGE = 120
"""Seconds that a server is given to answer."""
TIC = os.sysconf("SC_CLK_TCK")


def processeur(pid: int) -> float:
    """Seconds of processor time of a process, of those it has started, and of theirs."""
    return sum(_tics(vivant) for vivant in [pid, *_descendants(pid)]) / TIC


def _tics(pid: int) -> int:
    try:
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    # Its own in user and system mode, and those of the children it has waited for.
    return sum(map(int, champs[11:15]))


def _descendants(pid: int) -> list[int]:
    enfants: dict[int, list[int]] = {}
    for dossier in Path("/proc").iterdir():
        if dossier.name.isdigit():
            try:
                parent = int((dossier / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            enfants.setdefault(parent, []).append(int(dossier.name))
    trouves, a_voir = [], [pid]
    while a_voir:
        a_voir += (siens := enfants.get(a_voir.pop(), []))
        trouves += siens
    return trouves


class Serveur:
    """Stopped by its own number at the end of the `with`. `autres` are processes that work for it: PostgreSQL's."""

    def __init__(
        self, arguments: list[str], environnement: Mapping[str, str], autres: Iterable[int] = ()
    ) -> None:
        self.port = _port_libre()
        self.arguments = [argument.replace("PORT", str(self.port)) for argument in arguments]
        self.environnement = dict(environnement)
        self.autres = list(autres)

    def __enter__(self) -> Serveur:
        self.processus = subprocess.Popen(
            self.arguments,
            cwd=RACINE,
            env=self.environnement,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        limite = time.monotonic() + DEMARRAGE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                if self.processus.poll() is not None or time.monotonic() > limite:
                    self.__exit__()
                    sys.exit(f"{' '.join(self.arguments)} does not answer")
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        self.processus.terminate()
        try:
            self.processus.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.processus.kill()
            self.processus.wait()

    @property
    def depense(self) -> float:
        return sum(processeur(pid) for pid in [self.processus.pid, *self.autres])

    def cout(self, adresses: list[str], *, tours: int = 1, secondes: float = 60.0) -> float:
        """Milliseconds of processor time for one address, on average; they are asked one after the other.

        The first one is asked once beforehand: what a server reads once for all is not counted. At most `secondes`.
        """
        connexion = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        self._demander(connexion, adresses[0])
        avant, faites, limite = self.depense, 0, time.monotonic() + secondes
        for adresse in adresses * tours:
            self._demander(connexion, adresse)
            faites += 1
            if time.monotonic() > limite:
                break
        connexion.close()
        return (self.depense - avant) * 1000 / faites

    def _demander(self, connexion: http.client.HTTPConnection, adresse: str) -> None:
        connexion.request("GET", adresse, headers={"Accept": "text/html"})
        reponse = connexion.getresponse()
        reponse.read()
        if reponse.status != 200:
            sys.exit(f"{adresse} answers {reponse.status}")


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
