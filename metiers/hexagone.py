"""The RIASEC hexagon, drawn from ranks: an order, not an intensity. Coordinates only; the template draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin

from metiers.models.metier import Riasec

RAYON = 100
"""Of the outer hexagon, in units of the drawing (a square of 320, centred on 0)."""
_MARGE_DES_NOMS = 16


@dataclass(frozen=True, slots=True)
class Sommet:
    """One dimension: its corner, its name, and the point of its rank; `rang` None when the source leaves it out."""

    lettre: str
    nom: str
    rang: int | None
    x: float
    y: float
    nom_x: float
    nom_y: float
    ancre: str
    """Where the name hangs from: start, middle or end (`text-anchor`)."""
    point_x: float | None
    point_y: float | None


@dataclass(frozen=True, slots=True)
class Hexagone:
    sommets: tuple[Sommet, ...]

    @property
    def contour(self) -> str:
        return _points((s.x, s.y) for s in self.sommets)

    @property
    def anneaux(self) -> tuple[str, ...]:
        """Inner hexagons, to read ranks by."""
        return tuple(_points((s.x * part, s.y * part) for s in self.sommets) for part in (1 / 3, 2 / 3))

    @property
    def surface(self) -> str:
        """The polygon of the known ranks; empty under three, where there is no surface to draw."""
        connus = [
            (s.point_x, s.point_y) for s in self.sommets if s.point_x is not None and s.point_y is not None
        ]
        return _points(connus) if len(connus) > 2 else ""


def hexagone(rangs: Mapping[str, int]) -> Hexagone:
    """`rangs` gives the rank (1 = most marked) of each type by its letter R, I, A, S, E, C; a missing one is unknown.

    The first rank reaches the outer edge, each next one stands one sixth nearer the centre.
    """
    nombre = len(Riasec)
    sommets = []
    for place, type_ in enumerate(Riasec):
        angle = 2 * pi * place / nombre - pi / 2
        x, y = RAYON * cos(angle), RAYON * sin(angle)
        rang = rangs.get(type_.value)
        part = None if rang is None else max(0, nombre + 1 - rang) / nombre
        ecart = (RAYON + _MARGE_DES_NOMS) / RAYON
        sommets.append(
            Sommet(
                lettre=type_.value,
                nom=str(type_.label),
                rang=rang,
                x=round(x, 1),
                y=round(y, 1),
                nom_x=round(x * ecart, 1),
                nom_y=round(y * ecart + 4, 1),
                ancre="middle" if abs(x) < 1 else "start" if x > 0 else "end",
                point_x=None if part is None else round(x * part, 1),
                point_y=None if part is None else round(y * part, 1),
            )
        )
    return Hexagone(tuple(sommets))


def _points(couples: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in couples)
