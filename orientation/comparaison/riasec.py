"""The RIASEC hexagon of several métiers, laid over each other: ranks, for the ROME gives no intensity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from metiers.hexagone import Hexagone, hexagone
from metiers.models.metier import Riasec

RECUL = 0.16
"""Métiers that share their majeur: each number stands this share of the radius behind the one before."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A métier on the hexagon: a line from its majeur through the centre to its mineur, and its number."""

    numero: int
    libelle: str
    points: str
    x: float
    y: float
    phrase: str
    """« majeur : Social ; mineur : Conventionnel »."""


@dataclass(frozen=True, slots=True)
class Superposition:
    fond: Hexagone
    traces: tuple[Trace, ...]
    description: str
    """The whole drawing in words."""
    sans_profil: tuple[str, ...]


def superposer(profils: Sequence[tuple[str, str, str]]) -> Superposition | None:
    """From (title, majeur, mineur) of each métier, letters or empty; None when no métier has a majeur."""
    traces: list[Trace] = []
    deja: Counter[str] = Counter()
    for numero, (libelle, majeur, mineur) in enumerate(profils, start=1):
        if not majeur:
            continue
        rangs = {majeur: 1} | ({mineur: 2} if mineur and mineur != majeur else {})
        points = {s.lettre: (s.point_x or 0.0, s.point_y or 0.0) for s in hexagone(rangs).sommets if s.rang}
        x, y = points[majeur]
        recul = 1 - RECUL * deja[majeur]
        deja[majeur] += 1
        chemin = [points[majeur], (0.0, 0.0), *([points[mineur]] if len(points) > 1 else [])]
        phrase = f"majeur : {Riasec(majeur).label}"
        if mineur:
            phrase += f" ; mineur : {Riasec(mineur).label}"
        traces.append(
            Trace(
                numero,
                libelle,
                " ".join(f"{a},{b}" for a, b in chemin),
                round(x * recul, 1),
                round(y * recul, 1),
                phrase,
            )
        )
    if not traces:
        return None
    return Superposition(
        fond=hexagone({}),
        traces=tuple(traces),
        description=". ".join(f"{t.numero}, {t.libelle} : {t.phrase}" for t in traces) + ".",
        sans_profil=tuple(libelle for libelle, majeur, _ in profils if not majeur),
    )
