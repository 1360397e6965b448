"""Filter and count, exactly, on the columns of the index.

A formation answers when one same session of it meets every criterion about sessions, and when it meets those about
formations (`domaine`, `niveau`, a métier, an organisme being of the first kind, words of its title). One without any
session is « non renseigné » for every criterion about sessions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from formations.index.contenu import Offre, Tableau
from formations.index.criteres import NON_RENSEIGNE, PLACES

SELECTIONS_GARDEES = 8
"""The last ones asked for: some megabytes each at a million sessions, by what they keep."""
RAYON_TERRE = 6_371.0
DE_LA_FORMATION = ("domaine", "niveau", "mots", "metier", "certification", "commune")
PREFIXE_DEPARTEMENT = "d"
"""« d69 »: a département and a région may bear the same code."""
_verrou = Lock()
_BITS = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.int64)


@dataclass(frozen=True)
class Cercle:
    """Within so many kilometres of a point, as the crow flies; anywhere on a map when `rayon` is None."""

    latitude: float
    longitude: float
    rayon: float | None


class Retenue:
    """The sessions kept, and their formations, both in the order of the list; `sessions` is None for all of them."""

    def __init__(self, offre: Offre, sessions: Tableau | None) -> None:
        self.offre = offre
        self.sessions = sessions

    def de(self, colonne: Tableau) -> Tableau:
        """What a column holds of the sessions kept."""
        return colonne if self.sessions is None else colonne[self.sessions]

    @cached_property
    def departs(self) -> Tableau:
        """Where each formation begins among the sessions kept."""
        if self.sessions is None:
            return self.offre.debuts[:-1]
        return _debuts_de_suites(self.de(self.offre.contenu.rang))

    @cached_property
    def formations(self) -> Tableau:
        """Their ranks."""
        if self.sessions is None:
            return np.arange(self.offre.nombre, dtype=np.int32)
        return self.offre.contenu.rang[self.sessions[self.departs]]

    @cached_property
    def nombre_sessions(self) -> int:
        fantomes = self.de(self.offre.fantome)
        return len(fantomes) - int(np.count_nonzero(fantomes))

    def par_formation(self, rangs: Sequence[int]) -> list[Tableau]:
        """The sessions kept of each of these formations."""
        bornes = [self.offre.debuts[[rang, rang + 1]] for rang in rangs]
        if self.sessions is None:
            return [np.arange(*deux) for deux in bornes]
        return [self.sessions[slice(*np.searchsorted(self.sessions, deux))] for deux in bornes]


class Comptes:
    """How many formations of a `Retenue` (or how many sessions) have each value of a criterion."""

    def __init__(self, retenue: Retenue, *, en_sessions: bool = False) -> None:
        if en_sessions:
            existantes = ~retenue.de(retenue.offre.fantome)
            toutes = (
                np.arange(len(existantes), dtype=np.int32) if retenue.sessions is None else retenue.sessions
            )
            retenue = Retenue(retenue.offre, toutes[existantes])
        self.retenue = retenue
        self.offre = retenue.offre
        self.en_sessions = en_sessions
        self._octets: dict[int, Tableau] = {}

    def compter(self, nom: str) -> dict[str, int]:
        if nom in PLACES:
            return self._bits(nom)
        return {"region": self._territoires, "niveau": self._niveaux, "domaine": self._domaines}[nom]()

    @cached_property
    def _mots(self) -> Tableau:
        """One word per formation: the bits of all its sessions kept."""
        mots = self.retenue.de(self.offre.mot)
        if self.en_sessions or not len(mots):
            return mots
        return np.bitwise_or.reduceat(mots, self.retenue.departs)

    def _bits(self, nom: str) -> dict[str, int]:
        place = PLACES[nom]
        nombres = [self._bit(bit) for bit in range(place.premier, place.inconnu + 1)]
        return dict(zip((*place.valeurs, NON_RENSEIGNE), nombres, strict=True))

    def _bit(self, bit: int) -> int:
        """Bits are counted eight at a time, through how often each of the 256 bytes is met."""
        if bit // 8 not in self._octets:
            octets = (self._mots >> np.uint64(bit // 8 * 8)).astype(np.uint8)
            self._octets[bit // 8] = np.bincount(octets, minlength=256) @ _BITS
        return int(self._octets[bit // 8][bit % 8])

    def _territoires(self) -> dict[str, int]:
        departements = self.offre.contenu.tables["departements"]
        regions = sorted({region for _, region in departements})
        de = np.array([0, *(regions.index(region) + 1 for _, region in departements)], np.int16)
        lus = self.retenue.de(self.offre.contenu.departement)
        par_departement = self._compter_suites(lus, len(departements) + 1)
        par_region = self._compter_suites(de[lus], len(regions) + 1)
        comptes = {
            f"{PREFIXE_DEPARTEMENT}{code}": n
            for (code, _), n in zip(departements, par_departement[1:], strict=True)
        }
        return {
            **comptes,
            **dict(zip(regions, par_region[1:], strict=True)),
            NON_RENSEIGNE: par_departement[0],
        }

    def _compter_suites(self, valeurs: Tableau, possibles: int) -> list[int]:
        """Sessions of a formation are sorted by département, hence by région: each is met in one row only."""
        if not self.en_sessions and len(valeurs):
            change = np.empty(len(valeurs), bool)
            change[0] = True
            np.not_equal(valeurs[1:], valeurs[:-1], out=change[1:])
            change[self.retenue.departs] = True
            valeurs = valeurs[change]
        return np.bincount(valeurs, minlength=possibles).tolist()

    @cached_property
    def _poids(self) -> Tableau:
        """What each formation counts for: itself (true or false), or its sessions kept."""
        if not self.en_sessions:
            return _ensemble(self.retenue.formations, self.offre.nombre)
        poids = np.zeros(self.offre.nombre, np.int32)
        departs = np.append(self.retenue.departs, len(self.retenue.de(self.offre.fantome)))
        poids[self.retenue.formations] = np.diff(departs)
        return poids

    def _niveaux(self) -> dict[str, int]:
        nombres = _sommes(self.offre.contenu.niveau, self._poids, 10)
        return {NON_RENSEIGNE: nombres[0], **{str(n): nombre for n, nombre in enumerate(nombres[1:])}}

    def _domaines(self) -> dict[str, int]:
        comptes: dict[str, int] = {}
        for codes, rangs, numeros in (self.offre.domaines, self.offre.grands_domaines):
            comptes.update(zip(codes, _sommes(numeros, self._poids[rangs], len(codes)), strict=True))
        return {**comptes, NON_RENSEIGNE: int(self._poids[self.offre.sans_domaine].sum())}


class Selection:
    """What answers these criteria: `choix` by name, each a list of values, any of which will do.

    `parmi` narrows the formations to those of these ranks, under the name of what says so (« metier », « mots »…).
    """

    def __init__(
        self,
        offre: Offre,
        choix: Mapping[str, Sequence[str]],
        *,
        cercle: Cercle | None = None,
        organisme: int | None = None,
        parmi: Mapping[str, Sequence[int] | Tableau] | None = None,
        en_sessions: bool = False,
    ) -> None:
        self.offre = offre
        self.cercle = cercle
        self.en_sessions = en_sessions
        self._masques: dict[str, Tableau] = {}
        for nom, valeurs in choix.items():
            if valeurs:
                self._masques[nom] = self._masque(nom, valeurs)
        if cercle is not None and cercle.rayon is not None:
            self._masques["cercle"] = _en_place(self.distances <= cercle.rayon, offre)
        if organisme is not None:
            self._masques["organisme"] = offre.contenu.organisme == organisme
        for nom, rangs in (parmi or {}).items():
            self._masques[nom] = _ensemble(np.asarray(rangs, np.int64), offre.nombre)
        self._retenues: dict[str, Retenue] = {}
        self._comptes: dict[str, Comptes] = {}
        self._comptees: dict[str, dict[str, int]] = {}

    @cached_property
    def distances(self) -> Tableau:
        """Kilometres from the centre of the circle to each point."""
        assert self.cercle  # noqa: S101 - callers have looked
        return a_vol_d_oiseau(self.offre.contenu.points, self.cercle.latitude, self.cercle.longitude)

    @property
    def retenue(self) -> Retenue:
        return self.sans("")

    def sans(self, nom: str) -> Retenue:
        """What every criterion but one keeps."""
        nom = nom if nom in self._masques else ""
        if nom not in self._retenues:
            self._retenues[nom] = self._retenir(nom)
        return self._retenues[nom]

    def compter(self, nom: str) -> dict[str, int]:
        """What each value of a criterion would give, every other one applied."""
        if not self._masques:
            # The counts of the whole offer are the same for everyone.
            return comptes_entiers(self.offre, nom, self.en_sessions)
        if nom not in self._comptees:
            cle = nom if nom in self._masques else ""
            if cle not in self._comptes:
                self._comptes[cle] = Comptes(self.sans(cle), en_sessions=self.en_sessions)
            self._comptees[nom] = self._comptes[cle].compter(nom)
        return self._comptees[nom]

    @cached_property
    def sessions_sans_point(self) -> int:
        """Sessions that every other criterion keeps, and of which no map says where they are."""
        autres = self.sans("cercle")
        sans_point = autres.de(self.offre.contenu.point) < 0
        return int(np.count_nonzero(sans_point & ~autres.de(self.offre.fantome)))

    @cached_property
    def distances_des_formations(self) -> Tableau:
        """Kilometres to the nearest session kept of each formation kept; infinite when none is on a map."""
        points = self.retenue.de(self.offre.contenu.point)
        if not len(points):
            return np.empty(0, np.float32)
        distances = np.append(self.distances, np.float32(np.inf))[points]
        return np.minimum.reduceat(distances, self.retenue.departs)

    def parmi_gardees(self, rangs: Sequence[int]) -> Tableau:
        """Those of these formations that are kept, in the order given."""
        ordre = np.asarray(rangs, np.int64)
        gardees: Tableau = ordre[_ensemble(self.retenue.formations, self.offre.nombre)[ordre]]
        return gardees

    @cached_property
    def par_distance(self) -> Tableau:
        """The formations kept, nearest first; at the same distance, in the order of the list."""
        return self.retenue.formations[np.argsort(self.distances_des_formations, kind="stable")]

    def _retenir(self, sans: str) -> Retenue:
        gardees = _et(m for n, m in self._masques.items() if n != sans and n not in DE_LA_FORMATION)
        formations = _et(m for n, m in self._masques.items() if n != sans and n in DE_LA_FORMATION)
        if formations is not None:
            de_formations = formations[self.offre.contenu.rang]
            gardees = de_formations if gardees is None else gardees & de_formations
        return Retenue(self.offre, None if gardees is None else np.flatnonzero(gardees).astype(np.int32))

    def _masque(self, nom: str, valeurs: Sequence[str]) -> Tableau:
        contenu = self.offre.contenu
        if nom in PLACES:
            masque: Tableau = (self.offre.mot & np.uint64(PLACES[nom].bits(valeurs))) != 0
            return masque
        if nom == "niveau":
            rangees = [0 if v == NON_RENSEIGNE else int(v) + 1 for v in valeurs]
            return _ensemble(np.array(rangees), 256)[contenu.niveau]
        if nom == "region":
            voulus = [
                numero
                for numero, (code, region) in enumerate(contenu.tables["departements"], start=1)
                if region in valeurs or f"{PREFIXE_DEPARTEMENT}{code}" in valeurs
            ]
            voulus += [0] if NON_RENSEIGNE in valeurs else []
            return _ensemble(np.array(voulus, np.int64), len(contenu.tables["departements"]) + 1)[
                contenu.departement
            ]
        masque = (
            self.offre.sans_domaine.copy() if NON_RENSEIGNE in valeurs else np.zeros(self.offre.nombre, bool)
        )
        for codes, rangs, numeros in (self.offre.domaines, self.offre.grands_domaines):
            voulus = [n for n, code in enumerate(codes) if code in valeurs]
            masque[rangs[_ensemble(np.array(voulus, np.int64), len(codes))[numeros]]] = True
        return masque


def selectionner(
    offre: Offre,
    choix: Mapping[str, Sequence[str]],
    *,
    cercle: Cercle | None = None,
    organisme: int | None = None,
    metier: str = "",
    en_sessions: bool = False,
) -> Selection:
    """The same selection as one of the last made is that one: pages and orders of one list, filters that many choose.

    `metier` is a code; nothing else than the index decides what these criteria keep.
    """
    poses = tuple((nom, tuple(valeurs)) for nom, valeurs in choix.items() if valeurs)
    cle = (poses, cercle, organisme, metier, en_sessions)
    with _verrou:
        deja: Selection | None = offre.selections.pop(cle, None)
        if deja is not None:
            offre.selections[cle] = deja
    if deja is None:
        parmi = {"metier": offre.du_metier(metier)} if metier else {}
        deja = Selection(
            offre, choix, cercle=cercle, organisme=organisme, parmi=parmi, en_sessions=en_sessions
        )
        with _verrou:
            if len(offre.selections) >= SELECTIONS_GARDEES:
                del offre.selections[next(iter(offre.selections))]
            offre.selections[cle] = deja
    return deja


def comptes_entiers(offre: Offre, nom: str, en_sessions: bool) -> dict[str, int]:
    """Of all there is, counted once for everybody."""
    cle = (nom, en_sessions)
    if cle not in offre.comptes_entiers:
        offre.comptes_entiers[cle] = Comptes(Retenue(offre, None), en_sessions=en_sessions).compter(nom)
    return offre.comptes_entiers[cle]


def a_vol_d_oiseau(points: Tableau, latitude: float, longitude: float) -> Tableau:
    """Kilometres from each point (degrees) to another, on a sphere: right within 0.5 %."""
    y, x = np.radians(points[:, 0]), np.radians(points[:, 1])
    y0, x0 = np.float32(np.radians(latitude)), np.float32(np.radians(longitude))
    h = np.sin((y - y0) / 2) ** 2 + np.cos(y) * np.cos(y0) * np.sin((x - x0) / 2) ** 2
    distances: Tableau = 2 * np.float32(RAYON_TERRE) * np.arcsin(np.sqrt(np.minimum(h, 1)))
    return distances


def _en_place(points: Tableau, offre: Offre) -> Tableau:
    """Sessions at these points; those at none are in no circle (-1 reads the value added at the end)."""
    return np.append(points, False)[offre.contenu.point]


def _ensemble(numeros: Tableau, taille: int) -> Tableau:
    membre = np.zeros(taille, bool)
    membre[numeros] = True
    return membre


def _et(masques: Any) -> Tableau | None:
    ensemble = None
    for masque in masques:
        ensemble = masque if ensemble is None else ensemble & masque
    return ensemble


def _debuts_de_suites(valeurs: Tableau) -> Tableau:
    if not len(valeurs):
        return np.empty(0, np.int64)
    return np.concatenate(([0], np.flatnonzero(valeurs[1:] != valeurs[:-1]) + 1))


def _sommes(numeros: Tableau, poids: Tableau, possibles: int) -> list[int]:
    if poids.dtype == bool:
        return [int(n) for n in np.bincount(numeros[poids], minlength=possibles)]
    return [int(n) for n in np.bincount(numeros, weights=poids, minlength=possibles)]
