"""Counting what an import left: the words in which the tables of expected counts are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db.models import Count, Model, QuerySet

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import Rejet

T = TypeVar("T")
Compte = Callable[[Path], Any]
"""What is counted, given the folder of the official files."""


def lignes(table: dict[str, list[tuple[str, Compte, Any]]]) -> pytest.MarkDecorator:
    """The lines of a table as cases of one test: (object, what counts it, what is expected), by source."""
    return pytest.mark.parametrize(
        ("compte", "attendu"),
        [
            pytest.param(compte, attendu, id=f"{source} - {objet}")
            for source, siennes in table.items()
            for objet, compte, attendu in siennes
        ],
    )


def n(modele: type[Model], **filtres: Any) -> int:
    """How many rows."""
    return modele._default_manager.filter(**filtres).count()


def distincts(rangees: QuerySet, *champs: str) -> int:
    """How many different values."""
    return rangees.order_by().values(*champs).distinct().count()


def par(rangees: QuerySet, champ: str) -> dict[Any, int]:
    """How many rows have each value."""
    return dict(rangees.order_by().values_list(champ).annotate(n=Count("pk")))


def tous(listes: Iterable[Iterable[Any]]) -> tuple[int, int]:
    """How many elements in all these lists, and how many different ones."""
    elements = [element for une in listes for element in une]
    return len(elements), len(set(elements))


def lire(chemin: Path, lecteur: Callable[[Dossier, str, Callable[[Rejet], None]], Iterable[T]]) -> list[T]:
    """What a reader gives of the only file of a delivery, of which it rejects nothing."""
    rejets: list[Rejet] = []
    with ouvrir(chemin) as dossier:
        (nom,) = dossier.noms()
        lus = list(lecteur(dossier, nom, rejets.append))
    assert rejets == []
    return lus
