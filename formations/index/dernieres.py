"""What was made lately and may be asked for again: a few of them, the one asked for longest ago forgotten first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Valeur = TypeVar("Valeur")


class Dernieres(Generic[Valeur]):
    """Safe among threads; two that ask for the same thing at once may both make it. `None` is not kept."""

    def __init__(self, nombre: int) -> None:
        self.nombre = nombre
        self._gardees: dict[Hashable, Valeur] = {}
        self._verrou = Lock()

    def lire(self, cle: Hashable, faire: Callable[[], Valeur]) -> Valeur:
        """What is kept under this key, or what `faire` makes."""
        with self._verrou:
            valeur = self._gardees.pop(cle, None)
            if valeur is not None:
                self._gardees[cle] = valeur
                return valeur
        valeur = faire()
        with self._verrou:
            self._gardees[cle] = valeur
            if len(self._gardees) > self.nombre:
                del self._gardees[next(iter(self._gardees))]
        return valeur
