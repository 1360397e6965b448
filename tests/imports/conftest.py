"""Databases of their own, of the kind the tests run on: for real processes, and for the whole folder of official files."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.bases import Base, copie


@pytest.fixture
def base(db, base_vide, tmp_path) -> Iterator[Base]:
    with copie(base_vide, tmp_path) as base:
        yield base


class Tout(NamedTuple):
    base: Base
    premier: str
    second: str


@pytest.fixture(scope="session")
def importe(donnees_officielles, base_vide, django_db_blocker, tmp_path_factory) -> Iterator[Tout]:
    """Two imports of the whole folder, and what the operator reads of each."""
    sorties = [StringIO(), StringIO()]
    with copie(base_vide, tmp_path_factory.mktemp("tout")) as base:
        with django_db_blocker.unblock(), base.pour_django():
            for sortie in sorties:
                call_command(
                    "importer_tout", str(donnees_officielles), stdout=sortie, stderr=sortie, verbosity=2
                )
        yield Tout(base, *(sortie.getvalue() for sortie in sorties))


@pytest.fixture
def tout(db, importe) -> Iterator[Tout]:
    """The base that holds everything, left as it was by each test."""
    with importe.base.pour_django(), transaction.atomic():
        yield importe
        transaction.set_rollback(True)
