"""Columns in memory: what the indexes of the titles and of the offer are made of."""

from __future__ import annotations

from typing import Any

import numpy as np

Tableau = np.ndarray[Any, np.dtype[Any]]


def etroit(valeurs: Tableau) -> Tableau:
    """As an array of the smallest type that holds these whole numbers, none of them negative."""
    return valeurs.astype(np.min_scalar_type(int(valeurs.max(initial=0))))
