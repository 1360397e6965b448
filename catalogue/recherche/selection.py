"""Which titles of a kind are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from catalogue.niveaux import Niveau
from catalogue.recherche.requete import Lecture, Requete
from catalogue.recherche.titres import Titres
from catalogue.tableaux import Tableau


class Demande(NamedTuple):
    """What the titles must say: one of the readings, and what the diploma asks for."""

    lectures: Sequence[Lecture]
    niveau: Niveau | None = None
    diplome: Sequence[str] = ()
    """Words of the diploma's name: a title that holds them is as good as one of its niveau."""

    @classmethod
    def de(cls, requete: Requete) -> Demande:
        """Titles that hold every word, at the level asked for or naming the diploma asked for."""
        return cls(requete.lectures, requete.niveau, requete.diplome.mots if requete.diplome else ())


def choisir(titres: Titres, demande: Demande) -> Tableau:
    """The documents of this kind that are asked for, in order."""
    if not demande.lectures:
        masque = _du_diplome(titres, demande)
    else:
        masque = qui_disent(titres, demande.lectures)
        if masque is not None and demande.niveau is not None:
            masque &= _du_diplome(titres, demande)
    return np.flatnonzero([] if masque is None else masque)


def qui_disent(titres: Titres, lectures: Sequence[Lecture]) -> Tableau | None:
    """Whether each document holds one alternative of each group of one of the readings; None when none does."""
    masque: Tableau | None = None
    for lecture in lectures:
        tenu: Tableau | None = None
        for groupe in lecture:
            autre = qui_tiennent(titres, groupe)
            if autre is None:
                break
            tenu = autre if tenu is None else tenu & autre
        else:
            if tenu is not None:
                masque = tenu if masque is None else masque | tenu
    return masque


def qui_tiennent(titres: Titres, groupe: Sequence[str]) -> Tableau | None:
    """Whether each document holds one of these words; None when none does."""
    tenus = [documents for mot in groupe if len(documents := titres.qui_tiennent(mot))]
    if not tenus:
        return None
    masque = np.zeros(len(titres), bool)
    for documents in tenus:
        masque[documents] = True
    return masque


def _du_diplome(titres: Titres, demande: Demande) -> Tableau | None:
    """Whether each document names the diploma, or is of its niveau; None when it has none and no document names it."""
    nomme = qui_disent(titres, [[[mot] for mot in demande.diplome]])
    if demande.niveau is None:
        return nomme
    au_niveau: Tableau = titres.niveau == demande.niveau
    return au_niveau if nomme is None else au_niveau | nomme
