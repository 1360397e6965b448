"""A commune designated by what a visitor types, and the communes around it.

The one place where a name, a postal code or a code INSEE becomes a commune: the list of formations, the gap, the
questionnaire and the dossier all ask here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from django.db.models import Q
from django.utils.text import slugify

from formations.index import stock
from formations.index.selection import a_vol_d_oiseau
from formations.models import Commune, PartieDeCommune
from formations.rattachement import nom_normalise

PROPOSEES = 30
"""More names than that say nothing to whoever typed two letters."""
SAISIE_LUE = 80
"""Characters of what is typed; no commune has a name as long."""
KM_PAR_DEGRE = 111.2
_DESIGNEE = re.compile(r"(?P<nom>.*?)[-(\s]*(?P<code>\d[0-9AB]\d{3})\)?", re.IGNORECASE)


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


class Communes:
    """The names and postal codes of the communes that are placed on a map, in memory while the offer is the same."""

    def __init__(self, marque: str) -> None:
        self.marque = marque
        self._par_nom: dict[str, list[str]] = {}
        self._par_code_postal: dict[str, list[str]] = {}
        placees = Commune.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by(
            "nom", "code"
        )
        for code, nom, codes_postaux in placees.values_list("code", "nom", "codes_postaux").iterator():
            self._par_nom.setdefault(nom_normalise(nom), []).append(code)
            for code_postal in codes_postaux:
                self._par_code_postal.setdefault(code_postal, []).append(code)
        self._noms = sorted(self._par_nom)

    def codes(self, texte: str) -> list[str]:
        """Of the communes of this postal code or name; else of those whose name begins so."""
        if re.fullmatch(r"\d{5}", texte):
            return self._par_code_postal.get(texte, [])
        nom = nom_normalise(texte)
        if nom in self._par_nom or not nom:
            return self._par_nom.get(nom, [])
        trouves: list[str] = []
        for autre in self._noms[bisect_left(self._noms, nom) :]:
            if not autre.startswith(nom) or len(trouves) >= PROPOSEES:
                break
            trouves += self._par_nom[autre]
        return trouves[:PROPOSEES]


_courantes: Communes | None = None


def designation(commune: Commune) -> str:
    """« lyon-69123 »: the code alone could be read as a postal code, which another commune may have."""
    return f"{slugify(commune.nom)}-{commune.code}"


def trouver(saisie: str) -> Place:
    """By « lyon-69123 », « Lyon (69123) », « Lyon 69002 »; by code INSEE, postal code or name, which several may share."""
    saisie = " ".join(saisie.replace("\0", "").split())[:SAISIE_LUE]
    if not saisie:
        return Place("")
    if lue := _DESIGNEE.fullmatch(saisie):
        trouvees = _par_code_insee(lue["code"].upper())
        nom = nom_normalise(lue["nom"])
        if not nom:
            trouvees = list(dict.fromkeys([*trouvees, *_par_nom_ou_code_postal(saisie)]))
        elif [nom_normalise(commune.nom) for commune in trouvees] != [nom]:
            # 69001 is a postal code of Lyon, and the code INSEE of Affoux: the name tells. A wrong one is overlooked.
            postales = _par_nom_ou_code_postal(lue["code"])
            trouvees = [c for c in postales if nom_normalise(c.nom) == nom][:1] or trouvees
    else:
        trouvees = _par_nom_ou_code_postal(saisie)
    if len(trouvees) == 1:
        return Place(saisie, commune=trouvees[0])
    return Place(saisie, homonymes=tuple(trouvees))


def _par_nom_ou_code_postal(texte: str) -> list[Commune]:
    """By name, then code; one light query when the names are in memory, then one."""
    global _courantes
    marque = stock.offre().marque
    if _courantes is None or _courantes.marque != marque:
        _courantes = Communes(marque)
    codes = _courantes.codes(texte)
    return list(
        Commune.objects.filter(pk__in=codes, latitude__isnull=False, longitude__isnull=False)
        .select_related("departement", "epci")
        .order_by("nom", "code")
    )


def _par_code_insee(code: str) -> list[Commune]:
    """The commune of this code, else the one that a part bearing it belongs to: 75101 is in Paris."""
    partie = PartieDeCommune.objects.filter(code=code).order_by("pk").values("commune")
    trouvees = Commune.objects.select_related("departement", "epci").filter(Q(pk=code) | Q(pk__in=partie))
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
    autour = list(
        Commune.objects.filter(
            latitude__range=(centre.latitude - marge, centre.latitude + marge),
            longitude__range=(centre.longitude - marge_est, centre.longitude + marge_est),
        ).values_list("code", "latitude", "longitude")
    )
    codes, *points = zip(*autour, strict=True) if autour else ((), (), ())
    kms = a_vol_d_oiseau(np.array(points, float).T, centre.latitude, centre.longitude)
    return {code: km for code, km in zip(codes, kms.tolist(), strict=True) if km <= rayon} | proches
