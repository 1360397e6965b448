"""The sessions that meet one criterion, as a set (`ensembles`), so that an « and » of several takes no time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_

import numpy as np
from pyroaring import BitMap

from catalogue.tableaux import Tableau
from formations.index.contenu import Offre
from formations.index.criteres import NON_RENSEIGNE, PLACES
from formations.index.ensembles import en_ensemble

PREFIXE_DEPARTEMENT = "d"
"""« d69 »: a département and a région may bear the same code."""


@dataclass(frozen=True)
class Masque:
    """`cle` says which sessions these are: whoever asks for the same may be answered the same. None when nothing short says it."""

    sessions: BitMap
    cle: Hashable = None


def du_choix(offre: Offre, nom: str, valeurs: Sequence[str]) -> Masque:
    """The sessions that have any of these values of a criterion; kept, since there are few of them and many ways to join them."""
    cle = (nom, tuple(sorted(valeurs)))
    return offre.masques.lire(cle, lambda: Masque(en_ensemble(_du_choix(offre, nom, valeurs)), cle))


def de_l_organisme(offre: Offre, numero: int) -> Masque:
    return Masque(en_ensemble(offre.contenu.organisme == numero), ("organisme", numero))


def aux_points(offre: Offre, points: Tableau, cle: Hashable) -> Masque:
    """Sessions at these points; those at none are in no circle (-1 reads the value added at the end)."""
    return Masque(en_ensemble(np.append(points, False)[offre.contenu.point]), cle)


def des_formations(offre: Offre, rangs: Sequence[int] | Tableau, cle: Hashable = None) -> Masque:
    """The sessions of the formations of these ranks."""
    return Masque(en_ensemble(_des_formations(offre, ensemble(rangs, offre.nombre))), cle)


def _du_choix(offre: Offre, nom: str, valeurs: Sequence[str]) -> Tableau:
    contenu = offre.contenu
    if nom in PLACES:
        return _un_des_bits(offre.octets, PLACES[nom].bits(valeurs))
    if nom == "niveau":
        rangees = [0 if v == NON_RENSEIGNE else int(v) + 1 for v in valeurs]
        return _des_formations(offre, ensemble(rangees, 256)[contenu.niveau])
    if nom == "region":
        voulus = [0] if NON_RENSEIGNE in valeurs else []
        voulus += [
            numero
            for numero, (code, region) in enumerate(contenu.tables["departements"], start=1)
            if region in valeurs or f"{PREFIXE_DEPARTEMENT}{code}" in valeurs
        ]
        return _un_de(contenu.departement, voulus)
    formations = np.zeros(offre.nombre, bool)
    for domaines in (offre.domaines, offre.grands_domaines):
        formations |= domaines.formations([n for n, code in enumerate(domaines.codes) if code in valeurs])
    if NON_RENSEIGNE in valeurs:
        formations |= offre.domaines.sans
    return _des_formations(offre, formations)


def _un_des_bits(octets: Tableau, voulus: int) -> Tableau:
    """The sessions that have one of these bits."""
    masque = np.zeros(octets.shape[1], bool)
    for octet, bits in zip(octets, voulus.to_bytes(len(octets), "little"), strict=True):
        if bits:
            masque |= (octet & np.uint8(bits)) != 0
    return masque


def _un_de(colonne: Tableau, voulus: Sequence[int]) -> Tableau:
    """Those that hold one of these ascending numbers: a few runs of them, for a région has départements that follow each other."""
    masque = np.zeros(len(colonne), bool)
    for _, suite in groupby(enumerate(voulus), lambda place: place[1] - place[0]):
        numeros = [numero for _, numero in suite]
        masque |= (colonne >= numeros[0]) & (colonne <= numeros[-1])
    return masque


def _des_formations(offre: Offre, formations: Tableau) -> Tableau:
    return formations.take(offre.contenu.rang, mode="clip")


def et(masques: Iterable[Masque]) -> BitMap | None:
    """The sessions that meet them all; None when nothing is asked."""
    ensembles = [masque.sessions for masque in masques]
    return reduce(and_, ensembles) if ensembles else None


def ensemble(numeros: Sequence[int] | Tableau, taille: int) -> Tableau:
    membre = np.zeros(taille, bool)
    membre[np.asarray(numeros, np.int64)] = True
    return membre
