"""Fixtures shared by every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from django.template import engines
from xdist.scheduler import LoadFileScheduling

from tests import bases
from tests.livraisons import importer
from tests.pages import VARIABLE_INCONNUE, ClientExigeant

RACINE = Path(__file__).resolve().parent.parent
DONNEES_OFFICIELLES = RACINE.parent / "shared" / "data"
PETITES_DONNEES = Path(__file__).parent / "data"

# A test says nothing of durations: on a busy machine any example may wait for its turn longer than the 200 ms that
# Hypothesis allows by default. What `CI` sets (the same examples each time) stays.
hypothesis.settings.register_profile(
    "sans chronometre", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("sans chronometre")


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


@pytest.fixture(scope="session")
def base_vide(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[bases.Base]:
    """A base with its tables and nothing in them, to be copied."""
    with django_db_blocker.unblock(), bases.base_vide(tmp_path_factory.mktemp("vide")) as base:
        yield base


@pytest.fixture(scope="session")
def import_du_rome(
    donnees_officielles, base_vide, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[bases.Base, str]]:
    """A base that holds the whole ROME v60 and nothing else, imported once for all tests; and what its import said."""
    with bases.copie(base_vide, tmp_path_factory.mktemp("rome")) as base:
        with django_db_blocker.unblock(), base.pour_django():
            dit = importer("import_rome", donnees_officielles / "rome" / "open-data-rome-v460-csv.zip")
        yield base, dit


@pytest.fixture
def rome_v60(db, import_du_rome) -> Iterator[str]:
    """The official ROME, there when the test begins; what its import said. For tests of modules named …_officiel."""
    base, dit = import_du_rome
    with base.pour_django(), transaction.atomic():
        yield dit
        transaction.set_rollback(True)


@pytest.fixture
def client() -> ClientExigeant:
    """A visitor without an account."""
    return ClientExigeant()


class ParModule(LoadFileScheduling):
    """Each module goes to one process, which makes what its tests share once; those of official data to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        if "e2e/" in nodeid:
            return nodeid
        module = nodeid.partition("::")[0]
        return "officiel" if "officiel" in module else module


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ParModule:
    config.option.loadscopereorder = False
    return ParModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process ends long after the others."""
    longs = ("officiel", "test_degats", "tests/imports/")
    items.sort(
        key=lambda item: next((rang for rang, nom in enumerate(longs) if nom in item.nodeid), len(longs))
    )
