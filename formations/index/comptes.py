"""What answers several criteria at once, and how many formations (or sessions) of it have each value of another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from catalogue.tableaux import Tableau
from formations.index.contenu import Offre
from formations.index.criteres import NON_RENSEIGNE, PLACES
from formations.index.ensembles import en_rangs
from formations.index.masques import PREFIXE_DEPARTEMENT

_BITS = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.int64)


class Retenue:
    """The sessions kept, and their formations, both in the order of the list; `gardees` is None for all of them."""

    def __init__(self, offre: Offre, gardees: BitMap | None) -> None:
        self.offre = offre
        self._gardees = gardees

    @cached_property
    def sessions(self) -> Tableau | None:
        """Their ranks; None for all of them."""
        return None if self._gardees is None else en_rangs(self._gardees)

    def de(self, colonne: Tableau) -> Tableau:
        """What a column holds of the sessions kept."""
        return colonne if self.sessions is None else colonne.take(self.sessions, mode="clip")

    @cached_property
    def _premieres(self) -> Tableau:
        """Whether each session kept is the first of its formation."""
        return _changements(self.de(self.offre.contenu.rang))

    @cached_property
    def departs(self) -> Tableau:
        """Where each formation begins among the sessions kept."""
        return self.offre.debuts[:-1] if self.sessions is None else np.flatnonzero(self._premieres)

    @cached_property
    def _autres(self) -> tuple[Tableau, Tableau]:
        """The sessions that are not the first of their formation, and the places of these formations.

        Few, when filters keep few sessions: going through them alone is several times as fast as `reduceat` through all.
        """
        autres = np.flatnonzero(~self._premieres)
        return autres, np.cumsum(self._premieres, dtype=np.int32)[autres] - 1

    @cached_property
    def mots_des_formations(self) -> Tableau:
        """Of each formation, the bits of all its sessions kept."""
        mots = self.de(self.offre.mots)
        autres, places = self._autres
        unis: Tableau = mots[self.departs]
        np.bitwise_or.at(unis, places, mots[autres])
        return unis

    @cached_property
    def formations(self) -> Tableau:
        """Their ranks."""
        if self.sessions is None:
            return np.arange(self.offre.nombre, dtype=np.int32)
        return self.offre.contenu.rang[self.sessions[self.departs]]

    @cached_property
    def nombre_sessions(self) -> int:
        existantes = self.offre.existantes
        return (
            len(existantes) if self._gardees is None else existantes.intersection_cardinality(self._gardees)
        )

    def existantes(self) -> Retenue:
        """Without the row that stands for a formation that has no session."""
        existantes = self.offre.existantes
        return Retenue(self.offre, existantes if self._gardees is None else existantes & self._gardees)

    def par_formation(self, rangs: Sequence[int]) -> list[Tableau]:
        """The sessions kept of each of these formations."""
        bornes = [self.offre.debuts[[rang, rang + 1]] for rang in rangs]
        if self.sessions is None:
            return [np.arange(*deux) for deux in bornes]
        return [self.sessions[slice(*np.searchsorted(self.sessions, deux))] for deux in bornes]


class Comptes:
    """How many formations of a `Retenue` (or how many sessions) have each value of a criterion."""

    def __init__(self, retenue: Retenue, *, en_sessions: bool = False) -> None:
        self.retenue = retenue.existantes() if en_sessions else retenue
        self.offre = retenue.offre
        self.en_sessions = en_sessions
        self._par_octet: dict[int, Tableau] = {}

    def compter(self, nom: str) -> dict[str, int]:
        if nom in PLACES:
            return self._bits(nom)
        return {
            "niveau": self._niveaux,
            "region": self._regions,
            "departement": self._departements,
            "domaine": self._grands_domaines,
            "sous-domaine": self._domaines,
        }[nom]()

    def _bits(self, nom: str) -> dict[str, int]:
        place = PLACES[nom]
        nombres = [self._bit(bit) for bit in range(place.premier, place.inconnu + 1)]
        return dict(zip((*place.valeurs, NON_RENSEIGNE), nombres, strict=True))

    def _bit(self, bit: int) -> int:
        """Bits are counted eight at a time, through how often each of the 256 bytes is met."""
        octet, bit = divmod(bit, 8)
        if octet not in self._par_octet:
            self._par_octet[octet] = _sommes(self._octets[:, octet], None, 256) @ _BITS
        return int(self._par_octet[octet][bit])

    @cached_property
    def _octets(self) -> Tableau:
        """The bytes of the bits of each session, or of those of each formation."""
        retenue = self.retenue
        mots = retenue.de(self.offre.mots) if self.en_sessions else retenue.mots_des_formations
        octets: Tableau = mots.view(np.uint8).reshape(-1, 8)
        return octets

    def _regions(self) -> dict[str, int]:
        departements = self.offre.contenu.tables["departements"]
        regions = sorted({region for _, region in departements})
        de = np.array([0, *(regions.index(region) + 1 for _, region in departements)], np.int16)
        lues = de[self.retenue.de(self.offre.contenu.departement)]
        return dict(zip((NON_RENSEIGNE, *regions), self._compter_suites(lues, len(regions) + 1), strict=True))

    def _departements(self) -> dict[str, int]:
        departements = self.offre.contenu.tables["departements"]
        lus = self.retenue.de(self.offre.contenu.departement)
        _, *nombres = self._compter_suites(lus, len(departements) + 1)
        return {f"{PREFIXE_DEPARTEMENT}{code}": n for (code, _), n in zip(departements, nombres, strict=True)}

    def _compter_suites(self, valeurs: Tableau, possibles: int) -> list[int]:
        """Sessions of a formation are sorted by département, hence by région: each is met in one row only."""
        if not self.en_sessions:
            change = _changements(valeurs)
            change[self.retenue.departs] = True
            valeurs = valeurs[change]
        return np.bincount(valeurs, minlength=possibles).tolist()

    @cached_property
    def _poids(self) -> Tableau | None:
        """What each formation kept counts for: its sessions kept, or one (None)."""
        if not self.en_sessions:
            return None
        return np.diff(np.append(self.retenue.departs, len(self.retenue.de(self.offre.fantome))))

    def _niveaux(self) -> dict[str, int]:
        niveaux = self.offre.contenu.niveau[self.retenue.formations]
        nombres = _sommes(niveaux, self._poids, 10).tolist()
        return {NON_RENSEIGNE: nombres[0], **{str(n): nombre for n, nombre in enumerate(nombres[1:])}}

    def _grands_domaines(self) -> dict[str, int]:
        domaines = self.offre.grands_domaines
        nombres = np.concatenate(
            [_sommes(octets[self.retenue.formations], self._poids, 256) @ _BITS for octets in domaines.octets]
        )
        return dict(zip((*domaines.codes, NON_RENSEIGNE), nombres.tolist(), strict=False))

    def _domaines(self) -> dict[str, int]:
        domaines = self.offre.domaines
        numeros, combien = domaines.des_formations(self.retenue.formations)
        poids = None if self._poids is None else np.repeat(self._poids, combien)
        return dict(zip(domaines.codes, _sommes(numeros, poids, len(domaines.codes)).tolist(), strict=True))


def _changements(valeurs: Tableau) -> Tableau:
    """Whether each is another than the one before it; the first one is."""
    autres = np.ones(len(valeurs), bool)
    np.not_equal(valeurs[1:], valeurs[:-1], out=autres[1:])
    return autres


def _sommes(numeros: Tableau, poids: Tableau | None, possibles: int) -> Tableau:
    """How much each number weighs in all, one each when no weight is given."""
    sommes: Tableau = np.bincount(numeros, poids, minlength=possibles).astype(np.int64, copy=False)
    return sommes
