"""Fixtures shared by every test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.template import engines
from django.test import Client

from tests.pages import VARIABLE_INCONNUE, fautes

RACINE = Path(__file__).resolve().parent.parent
DONNEES_OFFICIELLES = RACINE.parent / "shared" / "data"
PETITES_DONNEES = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def donnees_officielles() -> Path:
    """The folder of real official files, kept beside the checkout because none may be committed."""
    if not DONNEES_OFFICIELLES.is_dir():
        pytest.skip("les fichiers officiels ne sont pas à côté du dépôt (../shared/data)")
    return DONNEES_OFFICIELLES


@pytest.fixture(scope="session")
def petites_donnees() -> Path:
    """Small files in the official formats, written for these tests."""
    return PETITES_DONNEES


@pytest.fixture(scope="session", autouse=True)
def _variables_inconnues_visibles() -> None:
    engines["django"].engine.string_if_invalid = VARIABLE_INCONNUE


class ClientExigeant(Client):
    """Fails the test that is given a faulty page, whatever it was testing (see `tests.pages`).

    The pages of Django's admin name variables that do not always exist: only ours are read.
    """

    def request(self, **request: Any) -> HttpResponseBase:
        reponse = super().request(**request)
        adresse = request["PATH_INFO"]
        if reponse.get("Content-Type", "").startswith("text/html") and not adresse.startswith("/admin/"):
            trouvees = fautes(reponse.content.decode())
            assert trouvees == [], f"{adresse} : {trouvees}"
        return reponse


@pytest.fixture
def client() -> ClientExigeant:
    """A visitor without an account."""
    return ClientExigeant()
