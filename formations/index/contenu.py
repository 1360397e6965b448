"""The columns of the index, as arrays: what is kept in the database, and what is made of it when it is read."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from pyroaring import BitMap

from catalogue.tableaux import Tableau, etroit
from formations.index.criteres import (
    BIT_PERMANENT,
    DERNIER_JOUR,
    MOIS_ANNONCES,
    PERMANENTES,
    PLACES,
    PLUS_TARD,
    en_jours,
    mois_annonces,
)
from formations.index.croisements import Croisements
from formations.index.dernieres import Dernieres
from formations.index.ensembles import en_ensemble

MASQUES_GARDES = 100
"""An eighth of a megabyte each, at a million sessions; all criteria together have less than three hundred values."""
COMPTES_GARDES = 2_000
"""Of one facet: a kilobyte or two each."""
SELECTIONS_GARDEES = 8
"""Up to some megabytes each at a million sessions, by what they keep."""


@dataclass(frozen=True)
class Contenu:
    """A formation is known by its rank in the order of the list; sessions are sorted by that rank, then by
    département (itself numbered région after région), then by date, unknown ones last.

    A formation without any session has a row all the same, of which nothing is known and whose key is 0.
    """

    # One per formation.
    identifiants: Tableau
    """Their bytes, end to end; `fins` says where each ends."""
    fins: Tableau
    niveau: Tableau
    """The level plus one; 0 is unknown."""
    # Sorted by (métier, formation), each pair once.
    metier: Tableau
    rang_du_metier: Tableau
    # One per session.
    rang: Tableau
    mot: Tableau
    """Its bits, see `criteres.PLACES`; those of « debut » are set when it is read."""
    jour: Tableau
    """The day it begins, see `criteres.en_jours`; 0 is unknown."""
    departement: Tableau
    """A number of `tables["departements"]`; 0 is unknown."""
    point: Tableau
    """A line of `points`; -1 when the session is not placed on a map."""
    organisme: Tableau
    session: Tableau
    # One per place on a map.
    points: Tableau
    """Latitude and longitude, in degrees."""
    croisements: Tableau
    """See `croisements.Croisements`: its numbers, of which `tables["valeurs"]` are the names."""
    tables: Mapping[str, list[Any]]
    """`metiers`: code, domaine, grand domaine; `departements`: code, région, in the order of their numbers from 1."""

    def colonnes(self) -> dict[str, bytes]:
        """Each column as bytes, to be kept."""
        return {
            champ.name: json.dumps(self.tables).encode()
            if champ.name == "tables"
            else _octets(getattr(self, champ.name))
            for champ in fields(self)
        }

    @classmethod
    def noms(cls) -> set[str]:
        """The names of the columns."""
        return {champ.name for champ in fields(cls)}

    @classmethod
    def lire(cls, colonnes: Mapping[str, bytes]) -> Contenu:
        return cls(
            **{
                champ.name: json.loads(bytes(colonnes[champ.name]))
                if champ.name == "tables"
                else np.load(io.BytesIO(colonnes[champ.name]), allow_pickle=False)
                for champ in fields(cls)
            }
        )


def _octets(tableau: Tableau) -> bytes:
    sortie = io.BytesIO()
    np.save(sortie, tableau, allow_pickle=False)
    return sortie.getvalue()


@dataclass(frozen=True)
class Domaines:
    """Of each formation, the domaines of its métiers, each once: `numeros` of `codes`, from `debuts[rang]` on."""

    codes: list[str]
    debuts: Tableau
    numeros: Tableau

    def des_formations(self, rangs: Tableau) -> tuple[Tableau, Tableau]:
        """The numbers of the domaines of these formations, end to end; how many each has."""
        debuts = self.debuts[rangs]
        combien = self.debuts[rangs + 1] - debuts
        fins = np.cumsum(combien)
        places = np.arange(fins[-1] if len(fins) else 0) + np.repeat(debuts - (fins - combien), combien)
        return self.numeros[places], combien

    def formations(self, numeros: list[int]) -> Tableau:
        """Whether each formation is in one of these domaines."""
        dedans = np.append(0, np.cumsum(np.isin(self.numeros, numeros)))
        membres: Tableau = dedans[self.debuts[1:]] > dedans[self.debuts[:-1]]
        return membres

    @cached_property
    def octets(self) -> Tableau:
        """A bit for each domaine that a formation is in, and one after them when it is in none: a row for each byte.

        For a few dozen domaines at most: sums of powers of two are exact below 2⁵³.
        """
        rangs = np.repeat(np.arange(len(self.debuts) - 1), np.diff(self.debuts))
        bits = np.bincount(rangs, np.exp2(self.numeros), minlength=len(self.debuts) - 1).astype("<u8")
        bits |= self.sans.astype(np.uint64) << np.uint64(len(self.codes))
        utiles = len(self.codes) // 8 + 1
        return np.ascontiguousarray(bits.view(np.uint8).reshape(-1, 8)[:, :utiles].T)

    @cached_property
    def sans(self) -> Tableau:
        """Whether each formation is in none at all."""
        aucun: Tableau = self.debuts[1:] == self.debuts[:-1]
        return aucun


class Offre:
    """A `Contenu` read on a day of the month `mois`, with what is derived from it."""

    def __init__(self, contenu: Contenu, marque: str, mois: date) -> None:
        # A word is kept once, with the bits of the day.
        self.contenu = replace(contenu, mot=contenu.mot[:0])
        self.marque = marque
        self.mois = mois
        self.metiers = {code: numero for numero, (code, *_) in enumerate(contenu.tables["metiers"])}
        self.departements = {
            code: numero for numero, (code, _) in enumerate(contenu.tables["departements"], start=1)
        }
        self.mots = (contenu.mot | bits_du_debut(contenu, mois)).astype("<u8", copy=False)
        """The bits of `criteres.PLACES`, those of the day included: together, since what takes time is to reach a session."""
        self.croisements = Croisements(contenu.tables["valeurs"], contenu.croisements)
        self.fantome = contenu.session == 0
        self.debuts = np.searchsorted(contenu.rang, np.arange(self.nombre + 1)).astype(np.int32)
        """Where the sessions of each formation begin; the last one is where they end."""
        self.masques: Dernieres[Any] = Dernieres(MASQUES_GARDES)
        self.comptes_gardes: Dernieres[dict[str, int]] = Dernieres(COMPTES_GARDES)
        self.selections: Dernieres[Any] = Dernieres(SELECTIONS_GARDEES)
        """What was made of it lately, see `masques.du_choix`, `Selection.compter`, `selection.selectionner`."""

    @property
    def octets(self) -> Tableau:
        """The same, a row for each byte."""
        octets: Tableau = self.mots.view(np.uint8).reshape(-1, 8).T
        return octets

    @property
    def nombre(self) -> int:
        """How many formations there are."""
        return len(self.contenu.fins)

    def identifiant(self, rang: int) -> str:
        debut = self.contenu.fins[rang - 1] if rang else 0
        return self.contenu.identifiants[debut : self.contenu.fins[rang]].tobytes().decode()

    @cached_property
    def _empreintes(self) -> tuple[Tableau, Tableau]:
        empreintes = np.fromiter(
            (_empreinte(self.identifiant(rang)) for rang in range(self.nombre)), np.uint64, self.nombre
        )
        ordre = np.argsort(empreintes).astype(np.int32)
        return empreintes[ordre], ordre

    def rangs(self, identifiants: list[str]) -> list[int]:
        """The ranks of those that are known."""
        empreintes, ordre = self._empreintes
        cherchees = np.fromiter(map(_empreinte, identifiants), np.uint64, len(identifiants))
        trouves = []
        for identifiant, place in zip(
            identifiants, np.searchsorted(empreintes, cherchees).tolist(), strict=True
        ):
            if place < self.nombre:
                rang = int(ordre[place])
                if self.identifiant(rang) == identifiant:
                    trouves.append(rang)
        return trouves

    def tranche(self, rang: int) -> slice:
        """The sessions of a formation, when it has any."""
        debut, fin = int(self.debuts[rang]), int(self.debuts[rang + 1])
        return slice(debut, debut if self.contenu.session[debut] == 0 else fin)

    def comptes(self, rang: int) -> tuple[int, int]:
        """How many sessions a formation has, and in how many départements."""
        tranche = self.tranche(rang)
        departements = self.contenu.departement[tranche]
        # They are sorted: each is met in one row, the unknown one (0) first.
        differents = int(np.count_nonzero(departements[1:] != departements[:-1])) + 1
        return len(departements), differents - int(departements[0] == 0) if len(departements) else 0

    def du_metier(self, code_rome: str) -> Tableau:
        """The ranks of the formations linked to a métier."""
        numero = self.metiers.get(code_rome)
        if numero is None:
            return np.empty(0, np.int32)
        debut, fin = np.searchsorted(self.contenu.metier, [numero, numero + 1])
        return self.contenu.rang_du_metier[debut:fin]

    @cached_property
    def domaines(self) -> Domaines:
        return self._domaines(1)

    @cached_property
    def grands_domaines(self) -> Domaines:
        return self._domaines(2)

    def _domaines(self, colonne: int) -> Domaines:
        des_metiers = [metier[colonne] for metier in self.contenu.tables["metiers"]]
        codes = sorted(set(des_metiers))
        numero = {code: n for n, code in enumerate(codes)}
        du_metier = np.array([numero[code] for code in des_metiers], np.int64)
        cles = np.unique(
            self.contenu.rang_du_metier.astype(np.int64) * max(len(codes), 1) + du_metier[self.contenu.metier]
            if codes
            else np.empty(0, np.int64)
        )
        rangs = cles // max(len(codes), 1)
        debuts = np.searchsorted(rangs, np.arange(self.nombre + 1)).astype(np.int32)
        return Domaines(codes, debuts, etroit(cles % max(len(codes), 1)))

    @cached_property
    def existantes(self) -> BitMap:
        """The rows that are sessions."""
        return en_ensemble(~self.fantome)

    @property
    def taille(self) -> int:
        """Memory of the arrays held, in bytes."""
        tableaux = [v for v in vars(self.contenu).values() if isinstance(v, np.ndarray)]
        for valeur in vars(self).values():
            tenus = vars(valeur).values() if isinstance(valeur, Domaines) else (valeur,)
            tableaux += [v for v in tenus if isinstance(v, np.ndarray)]
        return sum(tableau.nbytes for tableau in tableaux)


def bits_du_debut(contenu: Contenu, mois: date) -> Tableau:
    """What the month of the day makes of the dates: the word to add to each session's."""
    place = PLACES["debut"]
    un = np.uint64(1)
    par_jour = np.full(DERNIER_JOUR + 1, place.bits([PLUS_TARD]), np.uint64)
    premiers = [en_jours(jour) for jour in mois_annonces(mois)]
    par_jour[: premiers[0]] = place.bits(["passees"])
    for n, premier in enumerate(premiers):
        fin = premiers[n + 1] if n + 1 < MOIS_ANNONCES else en_jours(_mois_suivant(mois_annonces(mois)[-1]))
        par_jour[premier:fin] = place.bits([f"+{n}"])
    par_jour[0] = 0
    bits = par_jour[contenu.jour]
    permanentes = (contenu.mot >> np.uint64(BIT_PERMANENT)) & un
    bits |= permanentes << np.uint64(place.premier + place.valeurs.index(PERMANENTES))
    bits[(contenu.jour == 0) & (permanentes == 0)] = place.bits(["non-renseigne"])
    return bits


def _mois_suivant(premier: date) -> date:
    return date(premier.year + premier.month // 12, premier.month % 12 + 1, 1)


def _empreinte(identifiant: str) -> int:
    return int.from_bytes(blake2b(identifiant.encode(), digest_size=8).digest(), "little")
