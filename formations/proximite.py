"""« À moins de 20 km de Lyon »: what the address, or the form, says of a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from formations import communes
from formations.index.selection import Cercle
from formations.models import Commune

RAYONS = (5, 10, 20, 50, 100)
RAYON_PAR_DEFAUT = 20
"""Kilometres as the crow flies."""
PARTOUT = "france"
"""What `rayon` says when no distance is too long."""


@dataclass(frozen=True)
class Proposition:
    """A commune that the words typed may designate, and the same list around it."""

    commune: Commune
    url: str


class Proximite:
    """`commune` (a code INSEE) or `lieu` (what a visitor types), and `rayon`, as asked for in an address.

    `sans_limite` says that the page may go beyond any distance, for what it lists is short.
    """

    def __init__(self, data: Any, chemin: str, *, sans_limite: bool = False) -> None:
        self.data = data
        self.sans_limite = sans_limite
        self.chemin = chemin
        self.texte = (data.get("lieu") or "").strip()
        self.code = (data.get("commune") or "").strip()

    @cached_property
    def trouvees(self) -> list[Commune]:
        """What is designated: one commune, several, or none."""
        if self.texte:
            place = communes.trouver(self.texte)
            designees = (place.commune,) if place.commune else place.homonymes
            return [commune for commune in designees if commune and commune.latitude is not None]
        if not self.code or "\0" in self.code:
            return []
        return list(communes_placees().filter(pk=self.code[:5] if len(self.code) == 5 else ""))

    @property
    def commune(self) -> Commune | None:
        return self.trouvees[0] if len(self.trouvees) == 1 else None

    @property
    def rayon(self) -> int:
        demande = self.data.get("rayon") or ""
        return int(demande) if demande in map(str, RAYONS) else RAYON_PAR_DEFAUT

    @property
    def rayons(self) -> list[tuple[int, bool]]:
        """The distances offered, and which one is chosen."""
        return [(rayon, rayon == self.rayon and not self.partout) for rayon in RAYONS]

    @property
    def partout(self) -> bool:
        return self.sans_limite and self.data.get("rayon") == PARTOUT

    @property
    def cercle(self) -> Cercle | None:
        commune = self.commune
        if commune is None or commune.latitude is None or commune.longitude is None:
            return None
        return Cercle(commune.latitude, commune.longitude, float(self.rayon))

    @property
    def saisie(self) -> str:
        """What the field of the form holds: read again, it designates the same commune."""
        return f"{self.commune.nom} ({self.commune.pk})" if self.commune else self.texte[:100]

    @property
    def inconnue(self) -> str:
        """What was asked for and designates nothing."""
        demande = self.texte or (self.code if len(self.code) == 5 else "")
        return demande[:60] if demande and not self.trouvees else ""

    @cached_property
    def propositions(self) -> list[Proposition]:
        """When the words designate several communes."""
        if len(self.trouvees) < 2:
            return []
        return [Proposition(commune, self.url(commune)) for commune in self.trouvees]

    @property
    def url_sans(self) -> str:
        return self.url(None)

    @property
    def url_partout(self) -> str:
        """The same commune, and no distance too long."""
        reste = self.data.copy()
        reste["rayon"] = PARTOUT
        return Proximite(reste, self.chemin, sans_limite=True).url(self.commune)

    @property
    def url_canonique(self) -> str:
        """Where the form leads: the commune by its code instead of by its name, nothing for a field left empty."""
        if self.texte:
            return self.url(self.commune) if self.commune else ""
        return self.url(None) if "lieu" in self.data else ""

    def url(self, commune: Commune | None) -> str:
        """The same page around another commune, or around none."""
        reste = self.data.copy()
        for nom in ("lieu", "commune", "page"):
            reste.pop(nom, None)
        if commune is None:
            reste.pop("rayon", None)
            if reste.get("tri") == "distance":
                reste.pop("tri")
        else:
            reste["commune"] = commune.pk
            reste["rayon"] = PARTOUT if self.partout else str(self.rayon)
        suite = reste.urlencode()
        return f"{self.chemin}?{suite}" if suite else self.chemin


def communes_placees() -> QuerySet[Commune]:
    return Commune.objects.filter(latitude__isnull=False, longitude__isnull=False).select_related(
        "departement", "epci"
    )
