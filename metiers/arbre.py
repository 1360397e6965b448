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
    """Items under a heading; `titre` is "" when only the enjeu above is known.

    `chemin` is domaine › enjeu, as far as known; `objectif` stands between them and the heading.
    """

    titre: str
    items: tuple[Item, ...]
    chemin: tuple[str, ...] = ()
    objectif: str = ""

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


@dataclass(frozen=True)
class Branche:
    """The groups of one enjeu; `au_dessus` is its domaine when known, `titre` is "" when nothing says any enjeu."""

    titre: str
    au_dessus: str
    groupes: tuple[Groupe, ...]

    @property
    def a_du_coeur(self) -> bool:
        return any(groupe.nombre_coeur for groupe in self.groupes)


AUTRES = "Autres savoir-faire"


def par_macro(requises: Iterable[Any]) -> list[Groupe]:
    """Savoir-faire by macro-compétence; groups that hold cœur de métier first, then by title."""

    def place(requise: Any) -> tuple[tuple[str, ...], str, str]:
        macro, objectif = _macro(requise), ""
        chemin: tuple[str, ...] = ()
        # What is said of the macro-compétence holds for all that is under it.
        for porteuse in (macro, requise.competence):
            if porteuse is not None and not chemin and porteuse.enjeu_connu is not None:
                chemin = porteuse.enjeu_connu.chemin
                objectif = porteuse.objectif.libelle if porteuse.objectif is not None else ""
        return chemin, objectif, macro.libelle if macro else "" if chemin else AUTRES

    groupes = [
        Groupe(titre, items(lignes, "competence"), chemin, objectif)
        for (chemin, objectif, titre), lignes in par(
            sorted(requises, key=lambda r: (place(r), r.rang_coeur)), place
        )
    ]
    return sorted(groupes, key=lambda g: (-bool(g.nombre_coeur), g.titre))


def par_enjeu(groupes: Iterable[Groupe]) -> list[Branche]:
    """The same groups under their enjeu, when one is known; branches that hold cœur de métier first, then by title."""
    branches: dict[tuple[str, ...], list[Groupe]] = {}
    for groupe in groupes:
        branches.setdefault(groupe.chemin, []).append(groupe)
    sans_enjeu = branches.pop((), [])
    rangees = sorted(
        (Branche(chemin[-1], " › ".join(chemin[:-1]), tuple(suite)) for chemin, suite in branches.items()),
        key=lambda branche: (not branche.a_du_coeur, branche.titre),
    )
    reste = [Branche(AUTRES if rangees else "", "", tuple(sans_enjeu))] if sans_enjeu else []
    return rangees + reste


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
