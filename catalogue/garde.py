"""What a process keeps in memory, for one version of the catalogue and one day: the state of a certification is of the day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import RLock
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

from catalogue.models import VersionCatalogue

Valeur = TypeVar("Valeur")
Cle = TypeVar("Cle", bound=Hashable)

FICHES_GARDEES = 2_000
"""Beyond, those kept are forgotten all at once: robots read every page of a list, visitors the first ones."""

_gardees: dict[Hashable, tuple[Any, Any]] = {}
_verrou = RLock()


def par_version(cle: Hashable, lire: Callable[[], Valeur]) -> Valeur:
    """What `lire` reads, read again by one thread only once the catalogue has advanced or the day has changed.

    Nothing is kept where GARDE_PAR_VERSION is false: tests roll the version back with the rest.
    """
    if not settings.GARDE_PAR_VERSION:
        return lire()
    marque = (VersionCatalogue.etat(), timezone.localdate())
    gardee = _gardees.get(cle)
    if gardee is None or gardee[0] != marque:
        with _verrou:
            gardee = _gardees.get(cle)
            if gardee is None or gardee[0] != marque:
                gardee = _gardees[cle] = (marque, lire())
    valeur: Valeur = gardee[1]
    return valeur


def parmi(
    gardees: dict[Cle, Valeur], cles: Iterable[Cle], lire: Callable[[list[Cle]], Mapping[Cle, Valeur]]
) -> dict[Cle, Valeur]:
    """Records by their keys, in that order: those kept, and what `lire` finds of the others, kept in its turn."""
    # Gathered apart: another thread may forget those kept at any moment.
    lues = {cle: gardees.get(cle) for cle in cles}
    if manquantes := [cle for cle, fiche in lues.items() if fiche is None]:
        nouvelles = lire(manquantes)
        if len(gardees) > FICHES_GARDEES:
            gardees.clear()
        gardees.update(nouvelles)
        lues |= nouvelles
    return {cle: fiche for cle, fiche in lues.items() if fiche is not None}


def oublier() -> None:
    """Read everything again, whatever the version."""
    _gardees.clear()
