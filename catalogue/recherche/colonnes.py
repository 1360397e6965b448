"""The columns of the titles of one kind: how they are made from its documents, and how they are kept.

Made from the rows of `DocumentDeRecherche` by whoever changes them, kept in the database, read whole by each process (`titres`).
"""

from __future__ import annotations

import io
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np

from catalogue.tableaux import Tableau, etroit

MOTS_COMPARES = 16
"""Of titles as weighty and as long, that many words give the alphabetical order; then the key."""
SANS_NIVEAU = -1
LUES = ("pk", "cle", "mots", "nb_mots", "poids", "appellation", "niveau")
"""The columns of a document that are read, in this order."""


class Textes(Sequence[str]):
    """Texts in order, end to end: a national offer has hundreds of thousands of numbers that are words of its titles."""

    def __init__(self, octets: Tableau, fins: Tableau) -> None:
        self._octets = octets.tobytes()
        self._fins = array("Q", fins.astype(np.uint64).tobytes())

    @staticmethod
    def colonnes(textes: Iterable[str]) -> tuple[Tableau, Tableau]:
        octets, fins = bytearray(), array("Q", [0])
        for texte in textes:
            octets += texte.encode()
            fins.append(len(octets))
        return np.frombuffer(bytes(octets), np.uint8), etroit(np.array(fins, np.uint64))

    def __len__(self) -> int:
        return len(self._fins) - 1

    def __getitem__(self, rang: int) -> str:  # type: ignore[override]  # no slice of them is asked for
        return self._octets[self._fins[rang] : self._fins[rang + 1]].decode()

    def trouver(self, texte: str) -> int | None:
        """The rank of this text."""
        rang = bisect_left(self, texte)
        return rang if rang < len(self) and self[rang] == texte else None


@dataclass(frozen=True)
class Colonnes:
    """Documents are sorted by what they lead to, so that those of a same thing follow each other; then by `ordre`."""

    # One per document.
    pk: Tableau
    chose: Tableau
    """What it leads to: a rank among `cles`."""
    ordre: Tableau
    """Its rank among all of its kind: the weightiest, the shortest, the alphabet, the key."""
    officiel: Tableau
    """Whether it is the official title, and not another name."""
    niveau: Tableau
    # One more than there are documents.
    debuts: Tableau
    """Where the words of each title begin in `suite`."""
    suite: Tableau
    """The words of the titles that are compared, in their order: ranks among `mots`."""
    # One more than there are words.
    fins: Tableau
    """Where the documents that hold each word begin in `documents`; the words that find them without being shown included."""
    documents: Tableau
    mots: Tableau
    """The bytes of the words, in the order of the alphabet, end to end."""
    fins_des_mots: Tableau
    cles: Tableau
    fins_des_cles: Tableau

    @classmethod
    def noms(cls) -> set[str]:
        return {champ.name for champ in fields(cls)}

    def octets(self, nom: str) -> bytes:
        """A column, to be kept."""
        sortie = io.BytesIO()
        np.save(sortie, getattr(self, nom), allow_pickle=False)
        return sortie.getvalue()

    def marque(self) -> str:
        """The same for the same columns, and for no others."""
        resume = blake2b(digest_size=16)
        for nom in sorted(self.noms()):
            colonne = getattr(self, nom)
            resume.update(f"{nom} {colonne.dtype} {len(colonne)} ".encode())
            resume.update(np.ascontiguousarray(colonne).data)
        return resume.hexdigest()

    @classmethod
    def lire(cls, gardees: Mapping[str, bytes]) -> Colonnes:
        """All of them, each as `octets` gave it."""
        return cls(
            **{nom: np.load(io.BytesIO(gardees[nom]), allow_pickle=False) for nom in sorted(cls.noms())}
        )


def construire(rangees: Iterable[tuple[Any, ...]]) -> Colonnes:
    """The columns of these documents, which are all those of a kind; each gives its columns `LUES`."""
    lues = _Lues(rangees)
    tenus, mots, fins_des_mots = lues.ranger_les_mots()
    chose, cles, fins_des_cles = lues.ranger_les_cles()
    debuts = _bornes(lues.tenus_par)
    montres = np.array(lues.montres)
    ordre = _ordre(np.array(lues.poids), montres, chose, tenus, debuts)
    rangement = np.lexsort((ordre, chose))
    departs, combien, montres = debuts[:-1][rangement], np.diff(debuts)[rangement], montres[rangement]
    suite = _a_la_suite(tenus, departs, montres)
    tenus = _a_la_suite(tenus, departs, combien)
    porteurs = np.repeat(np.arange(len(chose), dtype=np.int32), combien)
    return Colonnes(
        pk=np.array(lues.pk)[rangement],
        chose=etroit(chose[rangement]),
        ordre=etroit(ordre[rangement]),
        officiel=np.frombuffer(bytes(lues.officiel), np.bool_)[rangement],
        niveau=np.array(lues.niveau)[rangement],
        debuts=etroit(_bornes(montres)),
        suite=etroit(suite),
        fins=etroit(_bornes(np.bincount(tenus, minlength=len(fins_des_mots) - 1))),
        documents=etroit(porteurs[np.argsort(tenus, kind="stable")]),
        mots=mots,
        fins_des_mots=fins_des_mots,
        cles=cles,
        fins_des_cles=fins_des_cles,
    )


class _Lues:
    """Rows as they were read, one value per document; of a national offer they hold tens of megabytes, freed bit by bit."""

    def __init__(self, rangees: Iterable[tuple[Any, ...]]) -> None:
        self.pk, self.niveau, self.officiel = array("q"), array("b"), bytearray()
        self.poids, self.montres, self.tenus_par = array("i"), array("i"), array("i")
        self._cles, self._fins_des_cles = bytearray(), array("Q", [0])
        self._mots: dict[str, int] = {}
        """The words, in the order they were met."""
        self._tenus = array("i")
        """Those that the documents hold, end to end."""
        for pk, cle, texte, montres, poids, appellation, niveau in rangees:
            mots = texte.split()
            self._tenus.extend(self._mots.setdefault(mot, len(self._mots)) for mot in mots)
            self._cles += cle.encode()
            self._fins_des_cles.append(len(self._cles))
            self.pk.append(pk)
            self.tenus_par.append(len(mots))
            self.montres.append(montres)
            self.poids.append(poids)
            self.officiel.append(not appellation)
            self.niveau.append(SANS_NIVEAU if niveau is None else niveau)

    def ranger_les_mots(self) -> tuple[Tableau, Tableau, Tableau]:
        """The ranks of the words held, and the words in the order of the alphabet, as `Textes` reads them."""
        connus, self._mots = self._mots, {}
        tries = sorted(connus)
        rangs = np.empty(len(tries), np.int32)
        rangs[np.fromiter(map(connus.__getitem__, tries), np.int32, len(tries))] = np.arange(len(tries))
        tenus, self._tenus = self._tenus, array("i")
        return rangs[np.array(tenus)], *Textes.colonnes(tries)

    def ranger_les_cles(self) -> tuple[Tableau, Tableau, Tableau]:
        """The rank of the key of each document, and the keys in order, as `Textes` reads them."""
        lues = Textes(np.frombuffer(self._cles, np.uint8), np.array(self._fins_des_cles))
        ordre = np.array(sorted(range(len(lues)), key=lues.__getitem__), np.int32)
        nouvelle = np.ones(len(ordre), np.bool_)
        nouvelle[1:] = [lues[un] != lues[autre] for un, autre in pairwise(ordre.tolist())]
        rangs = np.empty(len(ordre), np.int32)
        rangs[ordre] = np.cumsum(nouvelle) - 1
        return rangs, *Textes.colonnes(lues[rang] for rang in ordre[nouvelle].tolist())


def _bornes(combien: Any) -> Tableau:
    """Where each part begins, and where the last one ends, of so many values end to end."""
    return np.append(0, np.cumsum(np.asarray(combien), dtype=np.int64))


def _ordre(poids: Tableau, montres: Tableau, chose: Tableau, mots: Tableau, debuts: Tableau) -> Tableau:
    """The rank of each document. Words compare as their ranks do, and a title comes before what goes on after it."""
    suivis = np.append(mots, mots.dtype.type(0))
    compares = [
        np.where(montres > place, suivis[np.minimum(debuts[:-1] + place, len(mots))], -1)
        for place in range(MOTS_COMPARES)
    ]
    rangs = np.empty(len(poids), np.int32)
    rangs[np.lexsort((chose, *reversed(compares), montres, -poids))] = np.arange(len(poids))
    return rangs


def _a_la_suite(valeurs: Tableau, debuts: Tableau, combien: Tableau) -> Tableau:
    """So many values from each of these places on, end to end."""
    bornes = _bornes(combien)
    places = np.arange(bornes[-1], dtype=np.int32)
    places += np.repeat((debuts - bornes[:-1]).astype(np.int32), combien)
    return valeurs[places]
