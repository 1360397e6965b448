"""Where someone wants to learn: the commune that was typed, and the communes around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.utils.text import slugify

from formations import communes
from formations.models import Commune, PartieDeCommune

KM_PAR_DEGRE = 111.2
RAYON_DE_LA_TERRE = 6371.0
_DESIGNEE = re.compile(r"(?P<nom>.*?)[-(]?(?P<code>\d[0-9AB]\d{3})\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, or what was typed and could not be told; `homonymes` are the communes it may be."""

    saisie: str
    commune: Commune | None = None
    homonymes: tuple[Commune, ...] = ()

    @property
    def etat(self) -> str:
        """How the address says it."""
        return designation(self.commune) if self.commune else self.saisie


def designation(commune: Commune) -> str:
    """« lyon-69123 »: the code alone could be read as a postal code, which another commune may have."""
    return f"{slugify(commune.nom)}-{commune.code}"


def chercher(saisie: str) -> Place:
    """By « lyon-69123 » or « Lyon (69123) »; else by code INSEE, postal code or name, which several may share."""
    saisie = " ".join(saisie.replace("\0", "").split())[:80]
    if not saisie:
        return Place("")
    trouvees: list[Commune] = []
    if lu := _DESIGNEE.fullmatch(saisie):
        trouvees = _par_code_insee(lu["code"].upper())
    if not lu or not lu["nom"]:
        trouvees = list(
            {commune.code: commune for commune in [*trouvees, *communes.chercher(saisie)]}.values()
        )
    if len(trouvees) == 1:
        return Place(saisie, commune=trouvees[0])
    return Place(saisie, homonymes=tuple(trouvees))


def _par_code_insee(code: str) -> list[Commune]:
    """The commune of this code, else the one that a part bearing it belongs to: 75101 is in Paris."""
    connues = Commune.objects.select_related("departement")
    partie = PartieDeCommune.objects.filter(code=code).order_by("pk").values("commune")
    trouvees = connues.filter(pk=code) | connues.filter(pk__in=partie)
    return sorted(trouvees, key=lambda commune: (commune.code != code, commune.code))[:1]


def distances(centre: Commune, rayon: int) -> dict[str, float]:
    """Kilometres from `centre` of each commune within `rayon`, as the crow flies, by code INSEE; one query.

    From the middle of a commune to the middle of another. Without coordinates, the commune alone.
    """
    proches = {centre.code: 0.0}
    if centre.latitude is None or centre.longitude is None:
        return proches
    marge = rayon / KM_PAR_DEGRE
    marge_est = marge / max(0.1, cos(radians(centre.latitude)))
    autour = Commune.objects.filter(
        latitude__range=(centre.latitude - marge, centre.latitude + marge),
        longitude__range=(centre.longitude - marge_est, centre.longitude + marge_est),
    ).values_list("code", "latitude", "longitude")
    for code, latitude, longitude in autour:
        if latitude is None or longitude is None:
            continue
        km = a_vol_d_oiseau(centre.latitude, centre.longitude, latitude, longitude)
        if km <= rayon:
            proches[code] = km
    return proches


def a_vol_d_oiseau(latitude: float, longitude: float, autre_latitude: float, autre_longitude: float) -> float:
    """Kilometres between two points given in degrees (haversine)."""
    demi_nord = radians(autre_latitude - latitude) / 2
    demi_est = radians(autre_longitude - longitude) / 2
    corde = sin(demi_nord) ** 2 + cos(radians(latitude)) * cos(radians(autre_latitude)) * sin(demi_est) ** 2
    return 2 * RAYON_DE_LA_TERRE * asin(min(1.0, sqrt(corde)))
