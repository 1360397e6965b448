"""Which commune a place is in, from what its source says of it.

In order: the code INSEE (of a current commune, else of an arrondissement or a former commune that is part of one),
the coordinates, then the town's name with the postal code or the département. A CEDEX postal code designates no
commune, which is why coordinates come first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cached_property
from typing import Protocol

from formations.models.lieu import Commune, Departement, PartieDeCommune

PAS = 0.2
"""Degrees of the squares in which communes are sought around a point: about 20 km."""
PRES = 8.0
"""Kilometres. Only centres of communes are known; one that is farther proves nothing."""
MEME_VILLE = 25.0
"""Kilometres within which a commune that bears the town's name is the one meant."""
_KM_PAR_DEGRE = 111.2
ETRANGER = "99"
"""Start of the codes INSEE of countries: Monaco (99138) is near French communes, and in none."""

_SAINT = re.compile(r"\bst(e?)\b")
_CEDEX = re.compile(r"\bcedex\b.*| \d{1,2}(er|e|eme)?( arrondissement)?$")


def nom_normalise(nom: str) -> str:
    """« ST-ÉTIENNE CEDEX 2 » and « Saint-Étienne » → « saint etienne »; « Paris 1er Arrondissement » → « paris »."""
    nom = nom.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    nom = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    nom = " ".join(re.sub(r"[^a-z0-9]+", " ", nom).split())
    nom = _CEDEX.sub("", nom).strip()
    return _SAINT.sub(r"saint\1", nom)


def departement_du_code(code: str) -> str:
    """Of a code INSEE of commune: « 29233 » → « 29 », « 97411 » → « 974 », « 2A004 » → « 2A »."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


class Situe(Protocol):
    """What is asked of a place: its columns, whatever holds them."""

    @property
    def code_insee(self) -> str: ...
    @property
    def code_postal(self) -> str: ...
    @property
    def ville(self) -> str: ...
    @property
    def code_departement(self) -> str: ...
    @property
    def departement_id(self) -> str | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


class Rattachement:
    """The rule, with the communes in memory (a few tens of megabytes), read when first needed."""

    def designer(self, lieu: Situe) -> tuple[str | None, str | None]:
        """The code of the commune, and that of the département; None for what cannot be told."""
        if lieu.code_insee.startswith(ETRANGER):
            return None, None
        commune = self.par_code(lieu.code_insee) or self._par_point(lieu) or self._par_nom(lieu)
        if commune:
            return commune, self.communes[commune][2]
        departement = lieu.departement_id
        if departement is None and lieu.code_departement in self.departements:
            departement = lieu.code_departement
        return None, departement

    def par_code(self, code: str) -> str | None:
        """The current commune that a code INSEE designates, directly or as one of its parts."""
        if not code:
            return None
        return code if code in self.communes else self._parties.get(code)

    @cached_property
    def communes(self) -> dict[str, tuple[str, list[str], str, float | None, float | None]]:
        """Code → normalised name, postal codes, département, latitude, longitude."""
        return {
            code: (nom_normalise(nom), codes_postaux, departement, latitude, longitude)
            for code, nom, codes_postaux, departement, latitude, longitude in Commune.objects.values_list(
                "code", "nom", "codes_postaux", "departement_id", "latitude", "longitude"
            ).iterator(chunk_size=2_000)
        }

    @cached_property
    def departements(self) -> set[str]:
        return set(Departement.objects.values_list("code", flat=True))

    @cached_property
    def _parties(self) -> dict[str, str]:
        return dict(PartieDeCommune.objects.values_list("code", "commune"))

    @cached_property
    def _par_noms(self) -> dict[str, list[str]]:
        noms: dict[str, list[str]] = {}
        for code, (nom, *_) in self.communes.items():
            noms.setdefault(nom, []).append(code)
        return noms

    @cached_property
    def _carres(self) -> dict[tuple[int, int], list[tuple[str, float, float]]]:
        carres: dict[tuple[int, int], list[tuple[str, float, float]]] = {}
        for code, (*_, latitude, longitude) in self.communes.items():
            if latitude is not None and longitude is not None:
                carres.setdefault(_carre(latitude, longitude), []).append((code, latitude, longitude))
        return carres

    def _par_point(self, lieu: Situe) -> str | None:
        """The commune of that name around the point, else the one whose centre is nearest."""
        if lieu.latitude is None or lieu.longitude is None:
            return None
        ligne, colonne = _carre(lieu.latitude, lieu.longitude)
        proches = sorted(
            (_distance(lieu.latitude - latitude, lieu.longitude - longitude, latitude), code)
            for i in (ligne - 1, ligne, ligne + 1)
            for j in (colonne - 1, colonne, colonne + 1)
            for code, latitude, longitude in self._carres.get((i, j), ())
        )
        ville = nom_normalise(lieu.ville)
        for distance, code in proches:
            if ville and distance <= MEME_VILLE and self.communes[code][0] == ville:
                return code
        if proches and proches[0][0] <= PRES and not ville:
            return proches[0][1]
        # A named town that is not around the point: the name decides, if it can.
        par_nom = self._par_nom(lieu) if ville else None
        if par_nom is None and proches and proches[0][0] <= PRES:
            return proches[0][1]
        return par_nom

    def _par_nom(self, lieu: Situe) -> str | None:
        """The commune of that name, if the postal code, else the département, leaves only one."""
        homonymes = self._par_noms.get(nom_normalise(lieu.ville), []) if lieu.ville else []
        if lieu.code_postal:
            postaux = [code for code in homonymes if lieu.code_postal in self.communes[code][1]]
            if len(postaux) == 1:
                return postaux[0]
        departement = lieu.code_departement or lieu.departement_id or departement_du_code(lieu.code_postal)
        voisins = [code for code in homonymes if self.communes[code][2] == departement]
        return voisins[0] if len(voisins) == 1 else None


def _carre(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / PAS), math.floor(longitude / PAS)


def _distance(nord: float, est: float, latitude: float) -> float:
    """Kilometres for a difference in degrees, on a flat earth: enough over 20 km."""
    return math.hypot(nord, est * math.cos(math.radians(latitude))) * _KM_PAR_DEGRE
