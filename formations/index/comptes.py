"""What answers several criteria at once, and how many formations (or sessions) of it have each value of another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from formations.index.contenu import Offre
from formations.index.criteres import NON_RENSEIGNE, PLACES
from formations.index.ensembles import Tableau, en_rangs
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
        self._octets: dict[int, Tableau] = {}

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
        if bit // 8 not in self._octets:
            octets = self.retenue.de(self.offre.octets[bit // 8])
            if not self.en_sessions and len(octets):
                # One byte per formation: the bits of all its sessions kept.
                octets = np.bitwise_or.reduceat(octets, self.retenue.departs)
            self._octets[bit // 8] = _sommes(octets, None, 256) @ _BITS
        return int(self._octets[bit // 8][bit % 8])

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
        if not self.en_sessions and len(valeurs):
            change = np.empty(len(valeurs), bool)
            change[0] = True
            np.not_equal(valeurs[1:], valeurs[:-1], out=change[1:])
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


def _debuts_de_suites(valeurs: Tableau) -> Tableau:
    if not len(valeurs):
        return np.empty(0, np.int64)
    return np.concatenate(([0], np.flatnonzero(valeurs[1:] != valeurs[:-1]) + 1))


def _sommes(numeros: Tableau, poids: Tableau | None, possibles: int) -> Tableau:
    """How much each number weighs in all, one each when no weight is given."""
    sommes: Tableau = np.bincount(numeros, poids, minlength=possibles).astype(np.int64, copy=False)
    return sommes
