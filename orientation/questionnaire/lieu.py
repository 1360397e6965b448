"""Where someone wants to learn: the commune that was typed, and the communes around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from formations.models import Commune, PartieDeCommune
from formations.rattachement import nom_normalise

KM_PAR_DEGRE = 111.2
RAYON_DE_LA_TERRE = 6371.0
HOMONYMES_MONTRES = 12
_CODE = re.compile(r"\d{5}|2[AB]\d{3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, or what was typed and could not be told; `homonymes` are the communes it may be."""

    saisie: str
    commune: Commune | None = None
    homonymes: tuple[Commune, ...] = ()

    @property
    def etat(self) -> str:
        """How the address says it."""
        return self.commune.code if self.commune else self.saisie


def chercher(saisie: str) -> Place:
    """By code INSEE (a part of a commune leads to it), else by name: « saint denis » finds two Saint-Denis."""
    saisie = " ".join(saisie.replace("\0", "").split())[:80]
    if not saisie:
        return Place("")
    communes = Commune.objects.select_related("departement")
    if _CODE.fullmatch(saisie):
        code = saisie.upper()
        partie = PartieDeCommune.objects.filter(code=code).order_by("pk").values("commune")
        trouvees = sorted(
            communes.filter(pk=code) | communes.filter(pk__in=partie), key=lambda c: (c.pk != code, c.pk)
        )
        return Place(saisie, commune=trouvees[0] if trouvees else None)
    nom = nom_normalise(saisie)
    codes = [code for code, n in Commune.objects.values_list("code", "nom") if nom_normalise(n) == nom]
    trouvees = sorted(
        communes.filter(pk__in=codes[:HOMONYMES_MONTRES]), key=lambda c: (c.departement_id, c.pk)
    )
    if len(trouvees) == 1:
        return Place(saisie, commune=trouvees[0])
    return Place(saisie, homonymes=tuple(trouvees))


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
