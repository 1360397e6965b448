"""What a process keeps in memory, for one version of the catalogue and one day: the state of a certification is of the day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

from catalogue.models import VersionCatalogue

Valeur = TypeVar("Valeur")

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


def oublier() -> None:
    """Read everything again, whatever the version."""
    _gardees.clear()
