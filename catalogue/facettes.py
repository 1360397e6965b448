"""Facets: filters that count what each of their options would give.

OR inside a facet, AND across facets. An option's count is computed with every other filter but its own facet's:
what one would get by ticking it alone. « Non renseigné » is an option like the others. A criterion is declared
once, as one `Facette` of a `FacettesFilterSet`; filter, choices, labels and counts follow from that line.

The number of queries is one per facet and level, plus those that read the options that are in the database, plus one
per facet of several values: it depends neither on the number of results nor on that of options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import django_filters
from django.db import models
from django.db.models import Count, Q
from django.forms import MultipleChoiceField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

NON_RENSEIGNE = "non-renseigne"
LIBELLE_NON_RENSEIGNE = "Non renseigné"


@dataclass(frozen=True)
class Choix:
    """An option as declared: its value in the address, its label, the options under it, the letter that marks it."""

    valeur: str
    libelle: str
    enfants: tuple[Choix, ...] = ()
    repere: str = ""


@dataclass
class Option:
    """An option as shown."""

    valeur: str
    libelle: str
    nombre: int
    choisie: bool
    repere: str = ""
    enfants: list[Option] = field(default_factory=list)

    @property
    def desactivee(self) -> bool:
        """It would give nothing; but an option already chosen can always be removed."""
        return self.nombre == 0 and not self.choisie

    @property
    def ouverte(self) -> bool:
        """One of the options under it is chosen."""
        return any(enfant.choisie for enfant in self.enfants)


@dataclass
class FacetteAffichee:
    nom: str
    libelle: str
    aide: str
    options: list[Option]

    @property
    def nombre_choisi(self) -> int:
        return sum(o.choisie + sum(e.choisie for e in o.enfants) for o in self.options)


@dataclass(frozen=True)
class Puce:
    """A chosen option, with the address of the same list without it."""

    facette: str
    libelle: str
    url_sans: str


class ChampTolerant(MultipleChoiceField):
    """Keeps the values it knows; the others are named to the visitor by the filter set, and change nothing."""

    def clean(self, value: Any) -> list[str]:
        choix: Any = self.choices
        connues = {str(valeur) for valeur, _ in choix}
        return [valeur for valeur in dict.fromkeys(value or ()) if valeur in connues]


class Facette(django_filters.MultipleChoiceFilter):
    """One criterion.

    `chemins` are the lookups that hold its values, one per level (« domaine__grand_domaine », « domaine »); `choix`
    gives the options, now or when called. `plusieurs` is true when a record may have several values, which are then
    counted through distinct keys; such a record is « non renseigné » when none of its values is known. `vide` is what
    the database holds when nothing is known: NULL, or the empty string.
    """

    field_class = ChampTolerant

    def __init__(
        self,
        *chemins: str,
        choix: Iterable[Choix] | Callable[[], Iterable[Choix]],
        libelle: str,
        aide: str = "",
        plusieurs: bool = False,
        vide: str | None = None,
        avec_non_renseigne: bool = True,
        libelle_non_renseigne: str = LIBELLE_NON_RENSEIGNE,
    ) -> None:
        self.chemins = chemins
        self.choix_declares = choix
        self.aide = aide
        self.plusieurs = plusieurs
        self.vide = vide
        self.avec_non_renseigne = avec_non_renseigne
        self.libelle_non_renseigne = libelle_non_renseigne
        super().__init__(field_name=chemins[0], label=libelle, required=False)

    def filter(self, qs: models.QuerySet, value: Sequence[str]) -> models.QuerySet:
        if not value:
            return qs
        valeurs = [v for v in value if v != NON_RENSEIGNE]
        condition = Q()
        for chemin in self.chemins:
            if valeurs:
                condition |= Q(**{f"{chemin}__in": valeurs})
        if NON_RENSEIGNE in value:
            condition |= self._inconnu(qs.model)
        if not self.plusieurs:
            return qs.filter(condition)
        # Joining would count a record once per value: select its key instead.
        return qs.filter(pk__in=qs.model._default_manager.filter(condition).order_by().values("pk"))

    def compter(self, qs: models.QuerySet) -> dict[str, int]:
        """How many records of `qs` have each value; the key `NON_RENSEIGNE` stands for those that have none."""
        comptes: dict[str, int] = {}
        for chemin in self.chemins:
            groupes = (
                qs.order_by().values_list(chemin).annotate(n=Count("pk", distinct=self.plusieurs)).order_by()
            )
            for valeur, nombre in groupes:
                cle = NON_RENSEIGNE if valeur in (None, self.vide) else str(valeur)
                if cle != NON_RENSEIGNE or chemin == self.chemins[0]:
                    comptes[cle] = comptes.get(cle, 0) + nombre
        if self.plusieurs and self.avec_non_renseigne:
            # The group of the unknown values holds records that have a known one besides.
            comptes[NON_RENSEIGNE] = qs.filter(self._inconnu(qs.model)).count()
        return comptes

    def _inconnu(self, modele: type[models.Model]) -> Q:
        chemin = self.chemins[0]
        if not self.plusieurs:
            return Q(**{f"{chemin}__isnull": True}) if self.vide is None else Q(**{chemin: self.vide})
        # Said positively: to Django, « not unknown » would mean that none of the values is unknown.
        connue = Q(**{f"{chemin}__isnull": False}) if self.vide is None else Q(**{f"{chemin}__gt": self.vide})
        return ~Q(pk__in=modele._default_manager.filter(connue).order_by().values("pk"))


class FacettesFilterSet(django_filters.FilterSet):
    """A filter set whose facets can be shown."""

    def __init__(
        self, data: QueryDict | MultiValueDict, queryset: models.QuerySet, *, chemin: str = ""
    ) -> None:
        # The choices are read once per request and shared by the form, the counts and the chips.
        self.facettes_declarees = {
            nom: filtre for nom, filtre in self.get_filters().items() if isinstance(filtre, Facette)
        }
        self._choix = {nom: _choix(facette) for nom, facette in self.facettes_declarees.items()}
        self.chemin = chemin
        super().__init__(data, queryset)
        for nom, choix in self._choix.items():
            self.filters[nom].extra["choices"] = [(c.valeur, c.libelle) for c in _a_plat(choix)]

    @cached_property
    def valeurs(self) -> dict[str, list[str]]:
        """What is asked of each facet, unknown values left out."""
        self.form.is_valid()
        return {nom: self.form.cleaned_data.get(nom) or [] for nom in self.facettes_declarees}

    @cached_property
    def facettes(self) -> list[FacetteAffichee]:
        return [self._afficher(nom, facette) for nom, facette in self.facettes_declarees.items()]

    @cached_property
    def puces(self) -> list[Puce]:
        return [
            Puce(facette.label, choix.libelle, self._url_sans(nom, choix.valeur))
            for nom, facette in self.facettes_declarees.items()
            for choix in _a_plat(self._choix[nom])
            if choix.valeur in self.valeurs[nom]
        ]

    @cached_property
    def valeurs_ignorees(self) -> list[tuple[str, str]]:
        """(facet label, value) of what the address asks for and nobody knows."""
        return [
            (facette.label, valeur[:60])
            for nom, facette in self.facettes_declarees.items()
            for valeur in dict.fromkeys(self.data.getlist(nom))
            if valeur and valeur not in {c.valeur for c in _a_plat(self._choix[nom])}
        ]

    @property
    def est_filtre(self) -> bool:
        return any(self.valeurs.values())

    @property
    def url_reinitialiser(self) -> str:
        """The same list without any filter."""
        reste = self.data.copy()
        for nom in [*self.facettes_declarees, "page"]:
            reste.pop(nom, None)
        return _url(self.chemin, reste)

    def _afficher(self, nom: str, facette: Facette) -> FacetteAffichee:
        comptes = self.compter(nom)
        choisies = set(self.valeurs[nom])

        def option(choix: Choix) -> Option:
            return Option(
                valeur=choix.valeur,
                libelle=choix.libelle,
                nombre=comptes.get(choix.valeur, 0),
                choisie=choix.valeur in choisies,
                repere=choix.repere,
                enfants=[option(enfant) for enfant in choix.enfants],
            )

        return FacetteAffichee(nom, facette.label, facette.aide, [option(c) for c in self._choix[nom]])

    def compter(self, nom: str) -> dict[str, int]:
        """How many records each value of a facet would give, every other facet applied; see `Facette.compter`."""
        return self.facettes_declarees[nom].compter(self._sans(nom))

    def _sans(self, nom: str) -> models.QuerySet:
        """The records that every other facet keeps."""
        qs = self.queryset.all()
        for autre, valeurs in self.valeurs.items():
            if autre != nom:
                qs = self.filters[autre].filter(qs, valeurs)
        return qs

    def _url_sans(self, nom: str, valeur: str) -> str:
        reste = self.data.copy()
        reste.setlist(nom, [v for v in reste.getlist(nom) if v != valeur])
        reste.pop("page", None)
        return _url(self.chemin, reste)


def _choix(facette: Facette) -> list[Choix]:
    declares = facette.choix_declares() if callable(facette.choix_declares) else facette.choix_declares
    choix = list(declares)
    if facette.avec_non_renseigne:
        choix.append(Choix(NON_RENSEIGNE, facette.libelle_non_renseigne))
    return choix


def _a_plat(choix: Iterable[Choix]) -> Iterable[Choix]:
    for c in choix:
        yield c
        yield from _a_plat(c.enfants)


def _url(chemin: str, parametres: QueryDict) -> str:
    suite = parametres.urlencode()
    return f"{chemin}?{suite}" if suite else chemin
