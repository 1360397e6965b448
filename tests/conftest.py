"""Fixtures shared by every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines

from tests.pages import VARIABLE_INCONNUE, ClientExigeant

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


@pytest.fixture
def client() -> ClientExigeant:
    """A visitor without an account."""
    return ClientExigeant()
