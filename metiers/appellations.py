"""Masculine and feminine forms of a ROME title.

The ROME writes both forms around a slash with blanks, « Chargé / Chargée de relation client », and says once what
serves both: most often the end, « Conducteur / Conductrice d'engins agricoles », in 20 titles of version 60 the
beginning, « Cadre Dirigeant / Dirigeante d'administration centrale ». 2,236 appellations have no slash: one form
serves for all. A slash without blanks belongs to the words, « plastique/caoutchouc ».
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

# « Eleveur » and « Eleveuse » begin alike; « Homme » and « Femme », « Steward » and « Hôtesse » do not.
LETTRES_COMMUNES = 3


class Formes(NamedTuple):
    """The two full forms; equal when the title has only one."""

    masculin: str
    feminin: str


def formes(libelle: str) -> Formes:
    """Split a long label into its two full forms.

    >>> formes("Chargé / Chargée de relation client").masculin
    'Chargé de relation client'
    >>> formes("Cadre Dirigeant / Dirigeante d'administration centrale")
    Formes(masculin="Cadre Dirigeant d'administration centrale", feminin="Cadre Dirigeante d'administration centrale")
    """
    gauche, _, droite = libelle.partition(" / ")
    mots_gauche, mots_droite = gauche.split(), droite.split()
    if not mots_gauche or not mots_droite:
        return Formes(libelle, libelle)
    debut = _nombre_de_mots_du_debut_commun(mots_gauche, mots_droite)
    fin = mots_droite[len(mots_gauche) - debut :]
    return Formes(" ".join([*mots_gauche, *fin]), " ".join([*mots_gauche[:debut], *mots_droite]))


def _nombre_de_mots_du_debut_commun(gauche: list[str], droite: list[str]) -> int:
    """How many words come before the one that the first word after the slash puts in the feminine.

    A word written twice the same, « Homme sage-femme / Sage-femme », is no masculine of itself.
    """
    feminin = _sans_accents(droite[0])
    for rang, mot in enumerate(map(_sans_accents, gauche)):
        if mot[:LETTRES_COMMUNES] == feminin[:LETTRES_COMMUNES] and (rang == 0 or mot != feminin):
            return rang
    return 0


def _sans_accents(mot: str) -> str:
    decompose = unicodedata.normalize("NFD", mot.lower())
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
