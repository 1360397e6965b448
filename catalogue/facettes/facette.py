"""One criterion: which records have each of its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db import models
from django.db.models import Count, Q
from django.forms import MultipleChoiceField

from catalogue.recherche.moteur import cles
from catalogue.recherche.requete import LONGUEUR

NON_RENSEIGNE = "non-renseigne"
LIBELLE_NON_RENSEIGNE = "Non renseigné"


@dataclass(frozen=True)
class Choix:
    """An option as declared: its value in the address, its label, the options under it, the letter that marks it."""

    valeur: str
    libelle: str
    enfants: tuple[Choix, ...] = ()
    repere: str = ""


class ChampTolerant(MultipleChoiceField):
    """Keeps the values it knows; the others are named to the visitor by the filter set, and change nothing."""

    def clean(self, value: Any) -> list[str]:
        choix: Any = self.choices
        connues = {str(valeur) for valeur, _ in choix}
        return [valeur for valeur in dict.fromkeys(value or ()) if valeur in connues]


def copie_de(filtre: Any) -> Any:
    """A filter set copies its filters at each request: only what it changes of them needs to be its own."""
    copie = object.__new__(type(filtre))
    copie.__dict__ = filtre.__dict__ | {"extra": dict(filtre.extra)}
    return copie


class Facette(django_filters.MultipleChoiceFilter):
    """One criterion.

    `chemins` are the lookups that hold its values, one per level (« domaine__grand_domaine », « domaine »); or else
    `conditions` says of each value which records have it, for what no column holds as such (bands of an amount).
    `choix` gives the options, now or when called. `plusieurs` is true when a record may have several values, which are
    then counted through distinct keys; such a record is « non renseigné » when none of its values is known. `vide` is
    what the database holds when nothing is known: NULL, or the empty string.

    `exclut` makes a criterion of what to avoid: records that have any of the values chosen go, and an option's count is
    what would remain without it too. `precision` is said after `aide` and read with the data: the source, its year.
    """

    field_class = ChampTolerant

    def __init__(
        self,
        *chemins: str,
        choix: Iterable[Choix] | Callable[[], Iterable[Choix]],
        libelle: str,
        aide: str = "",
        precision: Callable[[], str] | None = None,
        conditions: Mapping[str, Q] | None = None,
        plusieurs: bool = False,
        exclut: bool = False,
        vide: str | None = None,
        avec_non_renseigne: bool = True,
        libelle_non_renseigne: str = LIBELLE_NON_RENSEIGNE,
        recherche: str = "",
    ) -> None:
        self.chemins = chemins
        self.conditions = conditions or {}
        self.choix_declares = choix
        self.aide = aide
        self.precision = precision
        self.plusieurs = plusieurs or bool(conditions)
        self.exclut = exclut
        self.vide = vide
        self.avec_non_renseigne = avec_non_renseigne
        self.libelle_non_renseigne = libelle_non_renseigne
        self.recherche = recherche
        super().__init__(field_name=chemins[0] if chemins else "pk", label=libelle, required=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Facette:
        return copie_de(self)

    def choix(self) -> list[Choix]:
        declares = self.choix_declares() if callable(self.choix_declares) else self.choix_declares
        choix = list(declares)
        if self.avec_non_renseigne:
            choix.append(Choix(NON_RENSEIGNE, self.libelle_non_renseigne))
        return choix

    def filter(self, qs: models.QuerySet, value: Sequence[str]) -> models.QuerySet:
        if not value:
            return qs
        valeurs = [v for v in value if v != NON_RENSEIGNE]
        condition = Q()
        for chemin in self.chemins:
            if valeurs:
                condition |= Q(**{f"{chemin}__in": valeurs})
        for valeur in valeurs:
            condition |= self.conditions.get(valeur, Q())
        if NON_RENSEIGNE in value:
            condition |= self._inconnu(qs.model)
        if self.exclut:
            return qs.exclude(pk__in=_cles(qs.model, condition))
        if not self.plusieurs:
            return qs.filter(condition)
        # Joining would count a record once per value: select its key instead.
        return qs.filter(pk__in=_cles(qs.model, condition))

    def compter(self, qs: models.QuerySet) -> dict[str, int]:
        """How many records of `qs` have each value; the key `NON_RENSEIGNE` stands for those that have none."""
        comptes = {v: qs.filter(pk__in=_cles(qs.model, c)).count() for v, c in self.conditions.items()}
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

    def lire(self, population: models.QuerySet) -> Iterator[tuple[Any, str]]:
        """(key, value) for each known value of each record: one query a level, or one a condition."""
        population = population.order_by()
        for chemin in self.chemins:
            for cle, valeur in population.values_list("pk", chemin):
                if valeur not in (None, self.vide):
                    yield cle, str(valeur)
        for option, condition in self.conditions.items():
            for cle in population.filter(condition).values_list("pk", flat=True):
                yield cle, option

    def _inconnu(self, modele: type[models.Model]) -> Q:
        if self.conditions:
            connue = Q()
            for condition in self.conditions.values():
                connue |= condition
            return ~Q(pk__in=_cles(modele, connue))
        chemin = self.chemins[0]
        if not self.plusieurs:
            return Q(**{f"{chemin}__isnull": True}) if self.vide is None else Q(**{chemin: self.vide})
        # Said positively: to Django, « not unknown » would mean that none of the values is unknown.
        connue = Q(**{f"{chemin}__isnull": False}) if self.vide is None else Q(**{f"{chemin}__gt": self.vide})
        return ~Q(pk__in=_cles(modele, connue))


class Mots(django_filters.CharFilter):
    """What is looked for in the titles of one kind of things: the search of the portal, inside a list.

    `chemin` is the column that holds the key of the search documents of `genre`.
    """

    def __init__(self, genre: str, chemin: str, libelle: str) -> None:
        self.genre = genre
        self.chemin = chemin
        self.aide = "Cherche dans les titres et leurs synonymes, comme la recherche du site ; sans ordre de pertinence."
        super().__init__(field_name=chemin, label=libelle, max_length=LONGUEUR)

    def __deepcopy__(self, memo: dict[int, Any]) -> Mots:
        return copie_de(self)

    def cles(self, texte: str) -> list[str]:
        """The keys of what matches every word, the best first."""
        return cles(texte, self.genre)

    def filter(self, qs: models.QuerySet, value: str) -> models.QuerySet:
        return qs.filter(**{f"{self.chemin}__in": self.cles(value)}) if value else qs


def _cles(modele: type[models.Model], condition: Q) -> models.QuerySet:
    return modele._default_manager.filter(condition).order_by().values("pk")
