"""A database of its own for real processes, of the kind the tests run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bases import Base, copie


@pytest.fixture
def base(db, base_vide, tmp_path) -> Iterator[Base]:
    with copie(base_vide, tmp_path) as base:
        yield base
