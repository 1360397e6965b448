"""Which keys a table held before an import began to write in it.

A large import asks for the rows of each of its batches. Looking for what cannot be there is cheap once, not five hundred times in
a table that grows meanwhile, of which PostgreSQL knows nothing yet: it would read more and more of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db.models import QuerySet

LOT = 20_000
"""Keys read at a time."""


class ClesEnPlace:
    """A hash for each key, of eight bytes: there may be a million."""

    def __init__(self, cles: QuerySet[Any, tuple[Any, ...]]):
        """`cles`, of one column, is read at once."""
        lues = (hash(cle) for (cle,) in cles.order_by().iterator(chunk_size=LOT))
        self._marques = np.sort(np.fromiter(lues, np.int64))

    def parmi(self, cles: Iterable[Any]) -> list[Any]:
        """Those of `cles` that were there; seldom, another one of the same hash."""
        cles = list(cles)
        if not len(self._marques) or not cles:
            return []
        marques = np.fromiter(map(hash, cles), np.int64, len(cles))
        rangs = np.minimum(np.searchsorted(self._marques, marques), len(self._marques) - 1)
        return [cles[rang] for rang in np.flatnonzero(self._marques[rangs] == marques)]
