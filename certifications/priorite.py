"""Which form of the référentiel a fiche is believed on, rubrique by rubrique.

A rubrique is a column of the fiche or a table that hangs on it. Three forms speak of the same fiches: the XML says all, the
export in CSV tables less, the older kits less still. Whatever the order in which editions are loaded, each rubrique ends with
what the newest edition says of it, the richer form on a same day; one that says nothing empties only what its own form said.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from catalogue.models import VersionReferentiel


class Forme(IntEnum):
    """The forms, from the poorest to the richest."""

    KIT = 1
    CSV = 2
    XML = 3

    @classmethod
    def de(cls, version: str) -> Self:
        """The form of an edition, from its name: « CSV », « kit v1.4 », empty for the XML."""
        if version == "CSV":
            return cls.CSV
        return cls.KIT if version.split(" ")[0] == "kit" else cls.XML


PARTAGEES = frozenset(
    [
        "intitule", "id_fiche", "abrege_code", "abrege_libelle", "etat_fiche", "niveau", "active_selon_source",
        "type_enregistrement", "date_dernier_jo", "date_decision", "date_effet", "date_fin_enregistrement",
        "validation_partielle", "accessible_nouvelle_caledonie", "accessible_polynesie_francaise",
        "blocs", "certificateurs", "partenaires", "debouches", "nsf", "formacodes", "conventions", "voies", "filiations",
    ]
)  # fmt: skip
"""Rubriques that more than one form speaks of; the others belong to the XML."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the référentiel, by its key in the database."""

    pk: int
    forme: Forme
    publiee_le: date | None

    @classmethod
    def de(cls, version: VersionReferentiel) -> Self:
        return cls(version.pk, Forme.de(version.version), version.publiee_le)

    def prime(self, autre: Edition) -> bool:
        """Whether it is believed rather than `autre`.

        A later XML replaces an earlier one, and an earlier one is refused before it comes here, unless the operator insists:
        the last one loaded is believed. An XML without a date is believed rather than the other forms, which are not
        believed without one.
        """
        if self.forme is autre.forme is Forme.XML:
            return True
        return self._rang >= autre._rang

    @property
    def _rang(self) -> tuple[date, Forme]:
        inconnue = date.max if self.forme is Forme.XML else date.min
        return self.publiee_le or inconnue, self.forme


@dataclass(slots=True)
class EnPlace:
    """What is known of a fiche: its edition, the rubriques that other editions gave, and those that hold something."""

    version: Edition | None = None
    apports: Mapping[str, Edition] = field(default_factory=dict)
    remplies: Set[str] = frozenset()

    def tenant(self, rubrique: str) -> Edition | None:
        """The edition that what this rubrique holds comes from; None when it is empty, or of no known origin."""
        return self.apports.get(rubrique, self.version) if rubrique in self.remplies else None


@dataclass(slots=True)
class Arbitrage:
    """What an edition is to do with a fiche: rubriques to `ecrire`, those where it is only to `completer`, and what follows.

    `version` is the edition believed first of all those that hold the fiche; `apports` are the rubriques that others gave.
    """

    version: Edition
    ecrire: set[str]
    completer: set[str]
    apports: dict[str, int]


def arbitrer(edition: Edition, parle_de: Set[str], dites: Set[str], place: EnPlace) -> Arbitrage:
    """`edition` has a place for the rubriques `parle_de`, and says something of `dites` in this fiche."""
    ecrire = set(parle_de - PARTAGEES)
    completer: set[str] = set()
    for rubrique in parle_de & PARTAGEES:
        tenant = place.tenant(rubrique)
        if rubrique in dites:
            (ecrire if tenant is None or edition.prime(tenant) else completer).add(rubrique)
        elif tenant is not None and tenant.forme is edition.forme and edition.prime(tenant):
            ecrire.add(rubrique)
    version = edition if place.version is None or edition.prime(place.version) else place.version
    apports: dict[str, int] = {}
    for rubrique in sorted(PARTAGEES):
        if rubrique in ecrire:
            tenant = edition if rubrique in dites else None
        else:
            tenant = place.tenant(rubrique)
        if tenant is not None and tenant != version:
            apports[rubrique] = tenant.pk
    return Arbitrage(version, ecrire, completer, apports)
