"""The portal as people meet it: served by `make run`'s own program, seen in Debian's Chromium.

Nothing here touches Django: the database, the server and the pages are the real ones, on a free port of this machine.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

RACINE = Path(__file__).resolve().parent.parent.parent
# Chromium looks up its maker's hosts at every start; it has no business outside this machine.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

REGLES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium est introuvable (sous Debian : apt-get install chromium)")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def portail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the portal with its demonstration data, on a new SQLite file."""
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = sonde.getsockname()[1]
    base = tmp_path_factory.mktemp("e2e") / "portail.sqlite3"
    journal = base.with_suffix(".log")
    environnement = os.environ | {
        # pytest names the settings of the tests to whatever it starts: these are the ones that people meet.
        "DJANGO_SETTINGS_MODULE": "portail.settings",
        "DATABASE_URL": f"sqlite:///{base}",
        # Several servers start at once, and each gathers its static files.
        "STATIC_ROOT": str(base.with_name("staticfiles")),
        "DEBUG": "0",
        "SECRET_KEY": "e2e" * 20,
    }
    with journal.open("wb") as sortie:
        serveur = subprocess.Popen(
            [sys.executable, "-m", "tools.serve", str(port)],
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
    adresse = f"http://127.0.0.1:{port}"
    try:
        _attendre(adresse, serveur, journal)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait(timeout=20)


def _attendre(adresse: str, serveur: subprocess.Popen[bytes], journal: Path) -> None:
    for _ in range(600):
        if serveur.poll() is not None:
            pytest.fail(f"le serveur s'est arrêté : {journal.read_text(errors='replace')[-2000:]}")
        try:
            urllib.request.urlopen(f"{adresse}/robots.txt", timeout=2)
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("le serveur ne répond pas au bout de cinq minutes")


class Visite:
    """A page being visited, and everything that went wrong in it: console errors, requests to other hosts."""

    def __init__(self, contexte: BrowserContext, portail: str, *, surveiller: bool = True) -> None:
        self.portail = portail
        self.ennuis: list[str] = []
        self.requetes: list[str] = []
        self.page: Page = contexte.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda erreur: self.ennuis.append(f"erreur de script : {erreur}"))
        if surveiller:
            self.page.route("**/*", self._route)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser reports the very status a page is visited for; the test looks at it itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.ennuis.append(f"console : {message.text}")

    def _route(self, route: Route, requete: Request) -> None:
        self.requetes.append(requete.url)
        if requete.url.startswith((self.portail, "data:")):
            route.continue_()
        else:
            self.ennuis.append(f"requête vers un autre site : {requete.url}")
            route.abort()

    def ouvrir(self, chemin: str) -> int:
        """Go there; returns the status."""
        reponse = self.page.goto(f"{self.portail}{chemin}")
        assert reponse is not None
        return reponse.status

    def violations(self, regles: Sequence[str] = REGLES) -> list[str]:
        """What breaks these rules of accessibility in the page as it is now, with the first places where."""
        # Reached by a click, it may not have its styles yet: sizes would be those of a page without any.
        self.page.wait_for_load_state("load")
        options = {"runOnly": list(regles), "resultTypes": ["violations"]}
        trouvees = Axe().run(self.page, options=options).response["violations"]
        return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in trouvees]

    def cookies(self) -> list[Any]:
        return self.page.context.cookies()


@pytest.fixture
def visiter(browser: Browser, portail: str) -> Iterator[Any]:
    """`visiter(largeur=360, theme="dark", javascript=True)` gives a fresh `Visite`."""
    contextes: list[BrowserContext] = []

    def ouvrir(
        largeur: int = 1280,
        theme: str = "light",
        javascript: bool = True,
        surveiller: bool = True,
        **options: Any,
    ) -> Visite:
        contexte = browser.new_context(
            viewport={"width": largeur, "height": 900},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="fr-FR",
            **options,
        )
        contextes.append(contexte)
        return Visite(contexte, portail, surveiller=surveiller)

    yield ouvrir
    for contexte in contextes:
        contexte.close()
