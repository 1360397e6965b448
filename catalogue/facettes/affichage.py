"""Facets as templates are given them: everything decided, every address written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from catalogue.gabarits import composant
from catalogue.models.chiffre import nombre_en_francais

LONGUE = 14
"""Options beyond which a facet is shown folded: as many as grands domaines."""
APERCU = 8
"""Options shown of a folded facet, besides those chosen: the ones that would give the most."""


class Option(NamedTuple):
    """An option as shown."""

    valeur: str
    libelle: str
    nombre: int
    choisie: bool
    repere: str = ""
    ouverte: bool = False
    """One of the options under it is chosen."""
    url_preciser: str = ""
    """The same list with the options under it shown; empty when they are."""
    developper: Callable[[], list[Option]] | None = None
    """Makes the options under it, if there are any: most are folded, and never asked for."""

    @property
    def desactivee(self) -> bool:
        """It would give nothing; but an option already chosen can always be removed."""
        return not self.nombre and not self.choisie

    @property
    def enfants(self) -> list[Option]:
        return self.developper() if self.developper else []


class Ligne(NamedTuple):
    """An option as written: a template unpacks it, for reading an attribute there costs more than writing it."""

    case: SafeString
    """Its box and its label, up to the number."""
    nombre: str
    libelle: str
    url_preciser: str
    precisions: list[Ligne]
    """The options under it that are shown: those that would give something, unless they are folded."""


def lignes(facette: str, options: Iterable[Option]) -> Iterator[Ligne]:
    for valeur, libelle, nombre, choisie, repere, _, url_preciser, developper in options:
        vide = not nombre and not choisie
        precisions = (
            list(lignes(facette, [option for option in developper() if not option.desactivee]))
            if developper and not url_preciser
            else []
        )
        yield Ligne(
            _case(facette, valeur, libelle, repere, vide, choisie),
            _nombre(nombre),
            libelle,
            "" if vide else url_preciser,
            precisions,
        )


@lru_cache(maxsize=5_000)
def _case(facette: str, valeur: str, libelle: str, repere: str, vide: bool, choisie: bool) -> SafeString:
    """Written once for each state of an option: it depends on nothing else."""
    return composant("case", facette, valeur, libelle, repere, vide, choisie)


_nombre = lru_cache(maxsize=5_000)(nombre_en_francais)


@dataclass
class FacetteAffichee:
    nom: str
    libelle: str
    aide: str
    options: list[Option]
    url_deplier: str = ""
    """The same list with all the options of this facet; empty when they are shown."""
    recherche: tuple[str, str] | None = None
    """(parameter, text typed) of the field that looks for an option, when there are too many to show."""
    demandee: bool = False
    """The address asks for all of it, or for what is under one of its options."""

    @property
    def est_depliee(self) -> bool:
        """Something of it was asked to be shown: by « Préciser », « Voir les autres », or a text."""
        if self.recherche:
            return bool(self.recherche[1])
        return self.demandee

    @property
    def lignes(self) -> Iterator[Ligne]:
        return lignes(self.nom, self.visibles)

    @property
    def nombre_choisi(self) -> int:
        return sum(o.choisie + (sum(e.choisie for e in o.enfants) if o.ouverte else 0) for o in self.options)

    @cached_property
    def visibles(self) -> list[Option]:
        """A short facet is shown whole, in its order; a long one loses what would give nothing, and is folded."""
        if len(self.options) <= LONGUE:
            return self.options
        utiles = [o for o in self.options if not o.desactivee]
        if not self.url_deplier:
            return utiles
        premiers = {id(o) for o in sorted(utiles, key=lambda o: -o.nombre)[:APERCU]}
        return [o for o in utiles if id(o) in premiers or o.choisie or o.ouverte]

    @property
    def nombre_cache(self) -> int:
        """How many options that would give something are folded away."""
        if self.recherche or not self.url_deplier or len(self.options) <= LONGUE:
            return 0
        return sum(not o.desactivee for o in self.options) - sum(not o.desactivee for o in self.visibles)


@dataclass(frozen=True)
class Puce:
    """A chosen option, with the address of the same list without it."""

    facette: str
    libelle: str
    url_sans: str


@dataclass(frozen=True)
class Retrait:
    """A filter to remove, and how many results there would be."""

    facette: str
    libelle: str
    url: str
    nombre: int
