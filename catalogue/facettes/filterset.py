"""A filter set whose facets can be shown: what an address asks for, and what each option would give.

Counting here is done by the database, one query per facet and level; `memoire.py` does it without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from catalogue.facettes.affichage import FacetteAffichee, Option, Puce, Retrait
from catalogue.facettes.facette import NON_RENSEIGNE, Choix, Facette, Mots
from catalogue.recherche.moteur import compter as compter_partout
from catalogue.recherche.mots import sans_accents
from catalogue.recherche.requete import LONGUEUR, comprendre

MOTS = "q"
TRI = "tri"
OUVRIR = "ouvrir"
PAGE = "page"
OPTIONS_A_CHERCHER = 20
"""Options shown of a facet that has too many of them, besides those chosen."""


@dataclass(frozen=True)
class Tri:
    """An order of the list: its value in the address (empty for the neutral one), its name, what it does, its keys."""

    code: str
    libelle: str
    phrase: str
    ordre: tuple[Any, ...] = ()


PERTINENCE = Tri("", "Proximité avec vos mots", "Les titres les plus proches de vos mots d'abord.")


class FacettesFilterSet(django_filters.FilterSet):
    """A subclass declares its facets, and `tris`: the neutral order first, whose keys are those of its queryset.

    A filter named « q » (`Mots`) searches the titles; it restricts the counts as facets do.
    """

    complement = ""
    """The template of what the form asks besides the facets."""
    tris: ClassVar[Sequence[Tri]] = (Tri("", "Ordre alphabétique", "Par ordre alphabétique."),)

    def __init__(
        self, data: QueryDict | MultiValueDict, queryset: models.QuerySet, *, chemin: str = ""
    ) -> None:
        self.facettes_declarees: dict[str, Facette] = {
            nom: filtre for nom, filtre in self.base_filters.items() if isinstance(filtre, Facette)
        }
        # The choices are read once per request and shared by the form, the counts and the chips.
        self._choix = self.lire_choix()
        self.chemin = chemin
        super().__init__(data, queryset)
        for nom, libelles in self._libelles.items():
            self.filters[nom].extra["choices"] = libelles

    def lire_choix(self) -> Mapping[str, Sequence[Choix]]:
        return {nom: facette.choix() for nom, facette in self.facettes_declarees.items()}

    def lire_precision(self, nom: str) -> str:
        precision = self.facettes_declarees[nom].precision
        return precision() if precision else ""

    @cached_property
    def _libelles(self) -> Mapping[str, Mapping[str, str]]:
        return libelles(self._choix)

    # ── What is asked ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def valeurs(self) -> dict[str, list[str]]:
        """What is asked of each facet, unknown values left out."""
        return {
            nom: [v for v in dict.fromkeys(self.data.getlist(nom)) if v in self._libelles[nom]]
            if nom in self.data
            else []
            for nom in self.facettes_declarees
        }

    @cached_property
    def valeurs_ignorees(self) -> list[tuple[str, str]]:
        """(facet label, value) of what the address asks for and nobody knows."""
        return [
            (facette.label, valeur[:60])
            for nom, facette in self.facettes_declarees.items()
            if nom in self.data
            for valeur in dict.fromkeys(self.data.getlist(nom))
            if valeur and valeur not in self._libelles[nom]
        ]

    @property
    def cherche(self) -> bool:
        """Whether this list can be searched by words."""
        return isinstance(self.base_filters.get(MOTS), Mots)

    @cached_property
    def texte(self) -> str:
        """The words looked for in the titles."""
        return " ".join(self.data.get(MOTS, "").replace("\0", " ").split())[:LONGUEUR] if self.cherche else ""

    @property
    def tri(self) -> Tri:
        demande = self.data.get(TRI, "")
        choisi = next((tri for tri in self.tris if tri.code == demande), self.tris[0])
        return PERTINENCE if self.texte and choisi is self.tris[0] else choisi

    @property
    def est_filtre(self) -> bool:
        return bool(self.texte) or any(self.valeurs.values())

    @property
    def est_particulier(self) -> bool:
        """An address among a great many: robots need not keep it."""
        nombre = sum(map(len, self.valeurs.values()))
        return nombre > 1 or any(nom in self.data for nom in (MOTS, TRI, OUVRIR))

    # ── What it gives ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def resultats(self) -> Any:
        """What is listed, in the order asked for; counted and sliced by the pages of the list."""
        ordre = () if self.tri is PERTINENCE else self.tri.ordre
        return self.qs.order_by(*ordre) if ordre else self.qs

    @cached_property
    def total(self) -> int:
        return self.qs.count()

    def compter(self, nom: str) -> Mapping[str, int]:
        """How many records each value of a facet would give, every other facet applied; see `Facette.compter`.

        It holds a number for any value that is asked of it: nothing has a value that it does not name.
        """
        return Counter(self.facettes_declarees[nom].compter(self._sans(nom)))

    def nombre_sans(self, nom: str, valeur: str) -> int:
        """How many records there would be without this value; without the words when `nom` is theirs."""
        qs = self._sans(nom)
        if nom == MOTS:
            return qs.count()
        reste = [v for v in self.valeurs[nom] if v != valeur]
        return self.filters[nom].filter(qs, reste).count()

    def _sans(self, nom: str) -> models.QuerySet:
        """The records that every other filter keeps."""
        qs = self.queryset.all()
        if self.texte and nom != MOTS:
            qs = self.filters[MOTS].filter(qs, self.texte)
        for autre, valeurs in self.valeurs.items():
            if autre != nom:
                qs = self.filters[autre].filter(qs, valeurs)
        return qs

    # ── What is shown ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def facettes(self) -> list[FacetteAffichee]:
        return [self._afficher(nom, facette) for nom, facette in self.facettes_declarees.items()]

    @cached_property
    def puces(self) -> list[Puce]:
        """The words first, then the options chosen, in the order of the facets."""
        mots = [Puce("Mots cherchés", f"« {self.texte} »", self.url({MOTS: None}))] if self.texte else []
        return mots + [
            Puce(self.facettes_declarees[nom].label, self._libelles[nom][valeur], self._url_sans(nom, valeur))
            for nom, valeur in self._choisies
        ]

    @cached_property
    def retraits(self) -> list[Retrait]:
        """What removing each filter alone would give, the most first; those that would give nothing are left out."""
        possibles = [
            Retrait(
                self.facettes_declarees[nom].label,
                self._libelles[nom][valeur],
                self._url_sans(nom, valeur),
                self.nombre_sans(nom, valeur),
            )
            for nom, valeur in self._choisies
        ]
        if self.texte:
            url = self.url({MOTS: None})
            possibles.append(Retrait("Mots cherchés", f"« {self.texte} »", url, self.nombre_sans(MOTS, "")))
        return sorted((r for r in possibles if r.nombre), key=lambda r: -r.nombre)

    @cached_property
    def mots_proches(self) -> list[str]:
        """What was looked for in place of words that no title has."""
        corrections = comprendre(self.texte).corrections if self.texte else {}
        return [f"« {mot} » n'est dans aucun titre." for mot in corrections]

    @cached_property
    def nombre_partout(self) -> int:
        """What the same words would find on the whole site."""
        return compter_partout(self.texte) if self.texte else 0

    @cached_property
    def cartes(self) -> dict[Any, SafeString]:
        """What is already written of the records, by their keys: nothing, unless a subclass keeps it."""
        return {}

    @property
    def url_reinitialiser(self) -> str:
        """The same list without any filter; the words and the order stay."""
        return self.url(dict.fromkeys([*self.facettes_declarees, OUVRIR]))

    @property
    def liens_de_tri(self) -> list[tuple[str, str, bool]]:
        """(name, address, whether it is the present one) of each order."""
        neutre, *autres = self.tris
        if self.texte:
            neutre = PERTINENCE
        return [(t.libelle, self.url({TRI: t.code or None}), t is self.tri) for t in (neutre, *autres)]

    @property
    def gardes(self) -> list[tuple[str, str]]:
        """What the form sends along, unseen: the order, the facets unfolded."""
        return [(nom, valeur) for nom in (TRI, OUVRIR) for valeur in self.data.getlist(nom)[:20] if valeur]

    def _afficher(self, nom: str, facette: Facette) -> FacetteAffichee:
        comptes = self.compter(nom)
        choisies = set(self.valeurs[nom])
        ouvertes = set(self.data.getlist(OUVRIR))
        prefixe = self._url_a_ouvrir

        def option(choix: Choix) -> Option:
            valeur, enfants = choix.valeur, choix.enfants
            choisie = valeur in choisies
            if not enfants:
                return Option(valeur, choix.libelle, comptes[valeur], choisie, choix.repere)
            ouverte = bool(choisies) and any(enfant.valeur in choisies for enfant in enfants)
            depliee = choisie or ouverte or f"{nom}.{valeur}" in ouvertes
            return Option(
                valeur,
                choix.libelle,
                comptes[valeur],
                choisie,
                choix.repere,
                ouverte,
                "" if depliee else f"{prefixe}{nom}.{valeur}#filtre-{nom}",
                lambda: [option(enfant) for enfant in enfants],
            )

        aide = " ".join(filter(None, (facette.aide, self.lire_precision(nom))))
        if facette.recherche:
            texte = self.data.get(facette.recherche, "").strip()[:LONGUEUR]
            retenus = self._premiers(nom, comptes, choisies, texte)
            return FacetteAffichee(
                nom, facette.label, aide, [option(c) for c in retenus], recherche=(facette.recherche, texte)
            )
        url_deplier = "" if nom in ouvertes else f"{prefixe}{nom}#filtre-{nom}"
        demandee = any(ouverte.partition(".")[0] == nom for ouverte in ouvertes)
        options = [option(c) for c in self._choix[nom]]
        return FacetteAffichee(nom, facette.label, aide, options, url_deplier, demandee=demandee)

    def _premiers(
        self, nom: str, comptes: Mapping[str, int], choisies: set[str], texte: str
    ) -> Iterable[Choix]:
        """Of a facet with too many options: those chosen, then those that would give the most, in their order.

        With a text, only those whose label holds it; « non renseigné » stays.
        """
        cherche = sans_accents(texte)
        possibles = [
            c.valeur
            for c in self._choix[nom]
            if comptes[c.valeur] and (not cherche or cherche in sans_accents(c.libelle))
        ]
        gardes = {*choisies, NON_RENSEIGNE, *nlargest(OPTIONS_A_CHERCHER, possibles, key=comptes.__getitem__)}
        return (c for c in self._choix[nom] if c.valeur in gardes)

    @property
    def _choisies(self) -> list[tuple[str, str]]:
        """(facet, value), in the order in which they are declared."""
        return [
            (nom, valeur)
            for nom, choisies in self.valeurs.items()
            if choisies
            for valeur in self._libelles[nom]
            if valeur in choisies
        ]

    # ── Addresses ──────────────────────────────────────────────────────────────────────────────────────────────────

    def url(self, changes: Mapping[str, str | None] | None = None, avec: str = "") -> str:
        """The same list, at its first page, with these parameters replaced, or removed (None).

        With `avec`, an address that waits for one more value of that parameter at its end.
        """
        changes = {PAGE: None, **(changes or {})}
        reste = [(nom, valeur) for nom, valeur in self._demande if nom not in changes]
        reste += [(nom, valeur) for nom, valeur in changes.items() if valeur is not None]
        adresse = self._adresse(reste)
        if avec:
            return f"{adresse}&{avec}=" if reste else f"{adresse}?{avec}="
        return adresse

    @cached_property
    def _url_a_ouvrir(self) -> str:
        return self.url(avec=OUVRIR)

    def _url_sans(self, nom: str, valeur: str) -> str:
        return self._adresse([p for p in self._demande if p != (nom, valeur) and p[0] != PAGE])

    @cached_property
    def _demande(self) -> list[tuple[str, str]]:
        return [(nom, valeur) for nom, valeurs in self.data.lists() for valeur in valeurs]

    def _adresse(self, demande: list[tuple[str, str]]) -> str:
        return f"{self.chemin}?{urlencode(demande)}" if demande else self.chemin


def libelles(choix: Mapping[str, Iterable[Choix]]) -> dict[str, dict[str, str]]:
    """The label of each value, by facet."""
    return {nom: {c.valeur: c.libelle for c in a_plat(declares)} for nom, declares in choix.items()}


def a_plat(choix: Iterable[Choix]) -> Iterable[Choix]:
    for c in choix:
        yield c
        yield from a_plat(c.enfants)
