"""Formations near a commune: where the nearest session of each is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from formations import communes
from formations.communes import Place
from formations.models import Commune, Formation, Session

RAYON = 50
"""Kilometres as the crow flies: what people without a car of their own rarely go beyond."""


@dataclass(frozen=True, slots=True, order=True)
class Situation:
    """Where a formation is given, seen from a commune: nearest first, at a distance after."""

    km: float
    commune: str
    """Empty when it is given at a distance."""

    @property
    def phrase(self) -> str:
        if not self.commune:
            return "à distance"
        km = round(self.km)
        return f"à {self.commune}, {km} km" if km else f"à {self.commune}"


@dataclass(frozen=True, slots=True)
class Autour:
    """A commune, and the communes within `RAYON` with their distance, by code INSEE."""

    commune: Commune
    distances: Mapping[str, float]

    def situer(self, formations: QuerySet[Formation]) -> dict[str, Situation]:
        """The nearest session of each formation that has one around, by identifiant; one query."""
        sessions = (
            Session.objects.filter(formation__in=formations)
            .filter(Q(lieu__commune__in=list(self.distances)) | Q(modalite=Session.Modalite.DISTANCE))
            .order_by()
            .values_list("formation_id", "lieu__commune_id", "lieu__commune__nom", "modalite")
            .distinct()
        )
        situations: dict[str, Situation] = {}
        for formation, code, nom, _ in sessions:
            situation = (
                Situation(self.distances[code], nom) if code in self.distances else Situation(RAYON, "")
            )
            situations[formation] = min(situation, situations.get(formation, situation))
        return situations


def lire(saisie: str, remarques: list[str]) -> tuple[Place, Autour | None]:
    """What `commune=` of an address says; what cannot be told is said in `remarques`. At most three queries."""
    place = communes.trouver(saisie)
    if place.commune is None:
        if place.saisie and not place.homonymes:
            remarques.append(
                f"Nous ne connaissons pas la commune « {place.saisie[:40]} » : les formations sont montrées sans lieu."
            )
        return place, None
    if place.commune.latitude is None:
        remarques.append(
            f"La position de {place.commune} n'est pas renseignée : seules ses propres formations sont proches."
        )
    return place, Autour(place.commune, communes.distances(place.commune, RAYON))
