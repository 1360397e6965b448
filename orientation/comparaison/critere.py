"""A criterion of comparison, declared once; and the table that criteria make. Pure: nothing here reads the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

EN_LETTRES = {1: "un", 2: "deux", 3: "trois", 4: "quatre"}
MAXIMUM = 4
NON_RENSEIGNE = "Non renseigné"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One thing said in a cell: the words, then where they come from; a link when there is a page about it."""

    texte: str
    precision: str = ""
    url: str = ""


Cellule = tuple[Ligne, ...]
"""What a cell says; empty when the source says nothing."""


def textes(*valeurs: str) -> Cellule:
    """A cell from plain words, blanks left out."""
    return tuple(Ligne(valeur) for valeur in valeurs if valeur)


def memes_textes(cellule: Cellule) -> Hashable:
    """Two cells say the same when they say the same things, in whatever order."""
    return frozenset(ligne.texte for ligne in cellule)


@dataclass(frozen=True, slots=True)
class Critere:
    """A row: its label, the group it belongs to, what it says of a fiche, and what makes two cells the same."""

    groupe: str
    libelle: str
    valeur: Callable[[Any], Cellule]
    cle: Callable[[Cellule], Hashable] = memes_textes
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Rang:
    """A row of the table: the criterion, its cells in the order of the fiches, and what differs, in words."""

    critere: Critere
    fiches: tuple[Any, ...]
    cellules: tuple[Cellule, ...]
    difference: str
    differe: bool

    @property
    def est_vide(self) -> bool:
        """No fiche fills it in: a printed sheet leaves the row out."""
        return not any(self.cellules)

    @property
    def est_repete(self) -> bool:
        """Every cell says the very same, source and year included: a telephone shows it once."""
        return len(set(self.cellules)) == 1

    @property
    def par_fiche(self) -> list[tuple[Any, Cellule]]:
        return list(zip(self.fiches, self.cellules, strict=True))


@dataclass(frozen=True)
class Tableau:
    """The rows to show, by group, and what is left out or missing."""

    groupes: tuple[tuple[str, tuple[Rang, ...]], ...]
    nombre_de_criteres: int
    nombre_identiques: int
    non_renseignes: tuple[int, ...]
    """For each fiche, the number of criteria that its sources do not fill in, hidden rows included."""


def comparer(criteres: Sequence[Critere], fiches: Sequence[Any], differences_seules: bool = False) -> Tableau:
    """The table of these fiches; a criterion that no fiche fills in says so, and is not a difference."""
    rangs = [_rang(critere, fiches) for critere in criteres]
    montres = [rang for rang in rangs if rang.differe or not differences_seules]
    return Tableau(
        groupes=tuple(
            (nom, tuple(groupe)) for nom, groupe in groupby(montres, key=lambda rang: rang.critere.groupe)
        ),
        nombre_de_criteres=len(rangs),
        nombre_identiques=sum(not rang.differe for rang in rangs),
        non_renseignes=tuple(sum(not rang.cellules[place] for rang in rangs) for place in range(len(fiches))),
    )


def _rang(critere: Critere, fiches: Sequence[Any]) -> Rang:
    cellules = tuple(critere.valeur(fiche) for fiche in fiches)
    cles = [critere.cle(cellule) for cellule in cellules if cellule]
    absentes = len(cellules) - len(cles)
    distinctes = len(set(cles))
    tous = f"les {EN_LETTRES.get(len(cellules), str(len(cellules)))}"
    if not cles:
        difference, differe = f"Non renseigné pour {tous}", False
    elif absentes:
        manque = f"non renseigné pour {EN_LETTRES.get(absentes, str(absentes))}"
        if len(cles) == 1:
            difference = f"Renseigné pour un seul, {manque}"
        elif distinctes == 1:
            difference = f"Identique pour {EN_LETTRES.get(len(cles), str(len(cles)))}, {manque}"
        else:
            difference = f"Diffère, {manque}"
        differe = True
    elif distinctes == 1:
        difference, differe = f"Identique pour {tous}", False
    else:
        difference, differe = "Diffère", True
    return Rang(critere, tuple(fiches), cellules, difference, differe)
