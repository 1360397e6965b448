"""Compétences and savoirs arranged under their headings, as a reader meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from metiers.models import Competence
from metiers.models.competence import CoeurDeMetier


@dataclass(frozen=True)
class Item:
    """A compétence or a savoir in its list; `coeur` says « Cœur de métier », « Émergente », or nothing."""

    libelle: str
    coeur: str


@dataclass(frozen=True)
class Groupe:
    """Items under a heading; `chemin` is the path above it, outermost first."""

    titre: str
    items: tuple[Item, ...]
    chemin: tuple[str, ...] = ()

    @property
    def nombre_coeur(self) -> int:
        return sum(item.coeur == CoeurDeMetier.PRINCIPALE.label for item in self.items)

    @property
    def coeur_du_titre(self) -> str:
        """What is said of the heading when it is itself required (a macro-compétence in its own group)."""
        return next((item.coeur for item in self.items if item.libelle == self.titre), "")

    @property
    def sous_items(self) -> list[Item]:
        """The items but the heading: it is not to be read twice."""
        return [item for item in self.items if item.libelle != self.titre]


def par_macro(requises: Iterable[Any]) -> list[Groupe]:
    """Savoir-faire by macro-compétence; groups that hold cœur de métier first, then by title."""

    def titre(requise: Any) -> str:
        macro = _macro(requise)
        return macro.libelle if macro else "Autres savoir-faire"

    groupes = [
        Groupe(titre_du_groupe, items(lignes, "competence"), _chemin(_macro(lignes[0])))
        for titre_du_groupe, lignes in par(sorted(requises, key=lambda r: (titre(r), r.rang_coeur)), titre)
    ]
    return sorted(groupes, key=lambda g: (-bool(g.nombre_coeur), g.titre))


def par_rangement(requis: Iterable[Any]) -> list[Groupe]:
    """Savoirs by official category, or the editors' when they filed it elsewhere."""
    tries = sorted(requis, key=lambda r: (r.savoir.rangement, r.rang_coeur))
    return [
        Groupe(titre, items(lignes, "savoir")) for titre, lignes in par(tries, lambda r: r.savoir.rangement)
    ]


def items(lignes: Iterable[Any], attribut: str) -> tuple[Item, ...]:
    return tuple(Item(getattr(ligne, attribut).libelle, ligne.get_coeur_metier_display()) for ligne in lignes)


def par(lignes: Iterable[Any], cle: Callable[[Any], Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Consecutive lines under the same key; the lines must come sorted by it."""
    return ((valeur, list(groupe)) for valeur, groupe in groupby(lignes, key=cle))


def _macro(requise: Any) -> Competence | None:
    return requise.competence if requise.competence.est_macro else requise.competence.macro


def _chemin(macro: Competence | None) -> tuple[str, ...]:
    """Domaine › enjeu › objectif above a macro-compétence, as far as the ROME's tables say."""
    if macro is None or macro.objectif is None:
        return ()
    return (macro.objectif.enjeu.domaine.libelle, macro.objectif.enjeu.libelle, macro.objectif.libelle)
