"""The kinds of criteria of the offer: counted on its index, or a code that something else leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import django_filters
from django.utils import formats, timezone

from catalogue.facettes import Choix, Facette
from catalogue.facettes.facette import copie_de
from certifications.models import Certification
from formations.index.criteres import DESSOUS, PASSEES, PERMANENTES, PLUS_TARD, mois_annonces
from formations.index.masques import PREFIXE_DEPARTEMENT
from formations.index.selection import Selection
from formations.models import Commune, Organisme, Region
from formations.proximite import communes_placees
from metiers.models import Metier


def choix_regions() -> Iterator[Choix]:
    """The régions that are loaded, each with its départements: two queries."""
    for region in Region.objects.prefetch_related("departements"):
        yield Choix(
            region.code,
            region.nom,
            tuple(Choix(f"{PREFIXE_DEPARTEMENT}{d.code}", str(d)) for d in region.departements.all()),
        )


def choix_debuts() -> Iterator[Choix]:
    """From the present month on: « 2026-09 » in the address."""
    yield Choix(PERMANENTES, "Entrées toute l'année")
    for mois in mois_annonces(timezone.localdate()):
        yield Choix(f"{mois:%Y-%m}", formats.date_format(mois, "F Y").capitalize())
    yield Choix(PLUS_TARD, "Plus tard")
    yield Choix(PASSEES, "Déjà commencée avant ce mois-ci")


class FacetteIndexee(Facette):
    """A criterion counted on the index of the sessions: its name is that of a criterion there."""

    def __init__(self, **declaration: Any) -> None:
        super().__init__("pk", **declaration)

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        """Nothing is left to the database."""
        return qs


class FiltreParCode(django_filters.CharFilter):
    """What something else leads to, one at a time: a métier, a certification, an organisme, a commune.

    A code that is not written as `motif` says is named and ignored; one that nothing bears leads to nothing.
    """

    def __init__(self, motif: str, trouver: Callable[[str], Any], *, libelle: str, aide: str) -> None:
        self.motif = motif
        self.trouver = trouver
        self.aide = aide
        super().__init__(label=libelle)

    def __deepcopy__(self, memo: dict[int, Any]) -> FiltreParCode:
        return copie_de(self)

    def lire(self, texte: str) -> str:
        """The code as it is written; "" when it is not one."""
        code = texte.strip().upper()
        return code if re.fullmatch(self.motif, code) else ""


def trouver_metier(code: str) -> Metier | None:
    return Metier.objects.publies().filter(code_rome=code).first()


def trouver_certification(numero: str) -> Certification | None:
    return Certification.objects.filter(pk=numero).first()


def trouver_organisme(numero: str) -> Organisme | None:
    return Organisme.objects.filter(pk=int(numero)).first()


def trouver_commune(code: str) -> Commune | None:
    return communes_placees().filter(pk=code).first()


class ComptesADeplier(Counter[str]):
    """The counts of a criterion; of the values under its own, when one is asked for: most are folded."""

    def __init__(self, selection: Selection, nom: str) -> None:
        super().__init__(selection.compter(nom))
        self._selection = selection
        self._dessous = DESSOUS[nom]

    def __missing__(self, valeur: str) -> int:
        return self._selection.compter(self._dessous).get(valeur, 0)
