"""The RIASEC hexagon of several métiers, laid over each other: ranks, for the ROME gives no intensity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from metiers.models.metier import Riasec

RAYON = 80.0
# Majeur, mineur, not ranked: the drawing says « before », never « how much ».
RAYONS = {"majeur": 1.0, "mineur": 0.65, "": 0.2}


@dataclass(frozen=True, slots=True)
class Sommet:
    libelle: str
    x: str
    y: str
    x_texte: str
    y_texte: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A métier on the hexagon: a closed line, and its number where its majeur stands."""

    numero: int
    libelle: str
    points: str
    x: str
    y: str
    phrase: str
    """« Majeur : Social ; mineur : Conventionnel »."""


@dataclass(frozen=True, slots=True)
class Hexagone:
    sommets: tuple[Sommet, ...]
    contour: str
    mediane: str
    traces: tuple[Trace, ...]
    description: str
    """The whole drawing in words."""
    sans_profil: tuple[str, ...]


def hexagone(profils: Sequence[tuple[str, str, str]]) -> Hexagone | None:
    """From (title, majeur, mineur) of each métier, letters or empty; None when no métier has a majeur."""
    types = list(Riasec)
    traces: list[Trace] = []
    for numero, (libelle, majeur, mineur) in enumerate(profils, start=1):
        if not majeur:
            continue
        rayons = [
            RAYONS["majeur"] if type_ == majeur else RAYONS["mineur"] if type_ == mineur else RAYONS[""]
            for type_ in types
        ]
        place = types.index(Riasec(majeur))
        # Several métiers may share a majeur: their numbers stand side by side, outwards.
        deja = sum(trace.phrase.startswith(f"majeur : {Riasec(majeur).label}") for trace in traces)
        x, y = _point(place, 1.0 - 0.17 * deja)
        phrase = f"majeur : {Riasec(majeur).label}"
        if mineur:
            phrase += f" ; mineur : {Riasec(mineur).label}"
        traces.append(Trace(numero, libelle, _polygone(rayons), x, y, phrase))
    if not traces:
        return None
    sommets = []
    for place, type_ in enumerate(types):
        x, y = _point(place, 1.0)
        x_texte, y_texte = _point(place, 1.2)
        sommets.append(Sommet(type_.label, x, y, x_texte, y_texte))
    return Hexagone(
        sommets=tuple(sommets),
        contour=_polygone([1.0] * 6),
        mediane=_polygone([RAYONS["mineur"]] * 6),
        traces=tuple(traces),
        description=". ".join(f"{t.numero}, {t.libelle} : {t.phrase}" for t in traces) + ".",
        sans_profil=tuple(libelle for libelle, majeur, _ in profils if not majeur),
    )


def _point(place: int, rayon: float) -> tuple[str, str]:
    angle = -pi / 2 + place * pi / 3
    return f"{RAYON * rayon * cos(angle):.1f}", f"{RAYON * rayon * sin(angle):.1f}"


def _polygone(rayons: Sequence[float]) -> str:
    return " ".join(",".join(_point(place, rayon)) for place, rayon in enumerate(rayons))
