"""Facets counted in memory: a catalogue of some ten thousand records is a few megabytes of bits.

Each value of each facet is one whole number whose bit of rank r says that the record of rank r has it; a count is then
the number of ones of an « and ». The table is read from the database once per version of the catalogue and per day
(the state of a certification is computed on the day), and holds the options too: a list page then costs one query for
the version, and one for the thirty records that it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, overload

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from catalogue.facettes.facette import NON_RENSEIGNE, Choix, Facette
from catalogue.facettes.filterset import MOTS, PERTINENCE, FacettesFilterSet, libelles
from catalogue.garde import par_version, parmi


class TableDeFacettes:
    """What every record of a catalogue is, facet by facet."""

    def __init__(self, filterset: type[FacettesEnMemoire]) -> None:
        population = filterset.population()
        self.cles: list[Any] = list(population.values_list("pk", flat=True))
        self.rangs = {cle: rang for rang, cle in enumerate(self.cles)}
        self.tous = (1 << len(self.cles)) - 1
        self.fiches: dict[Any, Any] = {}
        """The records shown lately, as a list reads them; `cartes`, what was written of each."""
        self.cartes: dict[Any, SafeString] = {}
        facettes = {n: f for n, f in filterset.base_filters.items() if isinstance(f, Facette)}
        self.choix: dict[str, list[Choix]] = {nom: f.choix() for nom, f in facettes.items()}
        self.libelles = libelles(self.choix)
        self.precisions = {nom: f.precision() if f.precision else "" for nom, f in facettes.items()}
        self.valeurs = {nom: self._lire(f, population) for nom, f in facettes.items()}
        self.ordres: dict[str, list[int]] = {
            tri.code: [
                self.rangs[cle] for cle in population.order_by(*tri.ordre).values_list("pk", flat=True)
            ]
            for tri in filterset.tris
            if tri.ordre
        }
        mots: Any = filterset.base_filters.get(MOTS)
        # The documents of the search name a métier by its code, which is not its key.
        noms = population.values_list(mots.chemin, flat=True) if mots else self.cles
        self.rang_du_nom = {nom: rang for rang, nom in enumerate(noms)}

    def _lire(self, facette: Facette, population: QuerySet) -> dict[str, int]:
        rangs: dict[str, list[int]] = {}
        for cle, valeur in facette.lire(population):
            if cle in self.rangs:
                rangs.setdefault(valeur, []).append(self.rangs[cle])
        ensembles = {valeur: self.ensemble(ceux) for valeur, ceux in rangs.items()}
        if facette.avec_non_renseigne:
            connus = 0
            for ensemble in ensembles.values():
                connus |= ensemble
            ensembles[NON_RENSEIGNE] = self.tous & ~connus
        return ensembles

    def ensemble(self, rangs: Iterable[int]) -> int:
        octets = bytearray(len(self.cles) // 8 + 1)
        for rang in rangs:
            octets[rang >> 3] |= 1 << (rang & 7)
        return int.from_bytes(octets, "little")

    def reunir(self, nom: str, valeurs: Iterable[str]) -> int:
        """The records that have any of these values."""
        ensemble = 0
        for valeur in valeurs:
            ensemble |= self.valeurs[nom].get(valeur, 0)
        return ensemble

    def trier(self, ensemble: int, ordre: Sequence[int] | None) -> list[Any]:
        """The keys of the records of a set, in the neutral order or in another."""
        # The lowest bit first, as « 0 » and « 1 » of one byte each.
        bits = f"{ensemble:b}".encode()[::-1].ljust(len(self.cles), b"0")
        if ordre is None:
            return list(compress(self.cles, bits.translate(_ZERO_ET_UN)))
        return [self.cles[rang] for rang in ordre if bits[rang] == _UN]


_ZERO_ET_UN = bytes.maketrans(b"01", b"\0\1")
_UN = ord("1")


class Fiches:
    """Records known by their keys, in order: those of a page are read when it is sliced, and kept in `gardees`."""

    def __init__(self, cles: Sequence[Any], queryset: QuerySet, gardees: dict[Any, Any]) -> None:
        self.cles = cles
        self.queryset = queryset
        self.gardees = gardees

    def __len__(self) -> int:
        return len(self.cles)

    @overload
    def __getitem__(self, rang: int) -> Any: ...
    @overload
    def __getitem__(self, rang: slice) -> list[Any]: ...
    def __getitem__(self, rang: int | slice) -> Any:
        if isinstance(rang, int):
            return self.queryset.get(pk=self.cles[rang])
        return list(parmi(self.gardees, self.cles[rang], self._lire).values())

    def _lire(self, cles: list[Any]) -> dict[Any, Any]:
        return {fiche.pk: fiche for fiche in self.queryset.order_by().filter(pk__in=cles)}


class _Comptes(dict[str, int]):
    """Of those kept, how many have a value (or have it not): counted when asked for, since most options are folded."""

    def __init__(self, gardes: int, ensembles: Mapping[str, int], *, exclut: bool = False) -> None:
        self.gardes = gardes
        self.ensembles = ensembles
        self.exclut = exclut

    def __missing__(self, valeur: str) -> int:
        ensemble = self.ensembles.get(valeur, 0)
        nombre = self[valeur] = (self.gardes & (~ensemble if self.exclut else ensemble)).bit_count()
        return nombre


class FacettesEnMemoire(FacettesFilterSet):
    """A subclass says what its `population` is: the records that can be listed, in their neutral order."""

    @classmethod
    def population(cls) -> QuerySet:
        """All that the model holds, unless a subclass says better."""
        return cls._meta.model._default_manager.all()

    def lire_choix(self) -> Mapping[str, Sequence[Choix]]:
        self._table = par_version(type(self).__name__, lambda: TableDeFacettes(type(self)))
        return self._table.choix

    @property
    def _libelles(self) -> Mapping[str, Mapping[str, str]]:
        return self._table.libelles

    @property
    def cartes(self) -> dict[Any, SafeString]:
        return self._table.cartes

    def lire_precision(self, nom: str) -> str:
        return self._table.precisions[nom]

    def compter(self, nom: str) -> Mapping[str, int]:
        valeurs = self._table.valeurs[nom]
        if self.facettes_declarees[nom].exclut:
            return _Comptes(self._ensemble, valeurs, exclut=True)
        return _Comptes(self._gardes(sauf=nom), valeurs)

    def nombre_sans(self, nom: str, valeur: str) -> int:
        if nom == MOTS:
            return self._gardes(sauf=MOTS).bit_count()
        reste = [v for v in self.valeurs[nom] if v != valeur]
        return (self._gardes(sauf=nom) & self._masque(nom, reste)).bit_count()

    @cached_property
    def resultats(self) -> Fiches:
        ordre = self._trouves if self.tri is PERTINENCE else self._table.ordres.get(self.tri.code)
        return Fiches(self._table.trier(self._ensemble, ordre), self.queryset, self._table.fiches)

    @cached_property
    def total(self) -> int:
        return self._ensemble.bit_count()

    @cached_property
    def _ensemble(self) -> int:
        return self._gardes(sauf="")

    @cached_property
    def _trouves(self) -> list[int]:
        """The ranks of the records that the words find, the best first."""
        mots: Any = self.base_filters[MOTS]
        return [r for cle in mots.cles(self.texte) if (r := self._table.rang_du_nom.get(cle)) is not None]

    @cached_property
    def _masques(self) -> dict[str, int]:
        """The records that each filter in use keeps."""
        masques = {nom: self._masque(nom, valeurs) for nom, valeurs in self.valeurs.items() if valeurs}
        if self.texte:
            masques[MOTS] = self._table.ensemble(self._trouves)
        return masques

    def _gardes(self, sauf: str) -> int:
        gardes = self._table.tous
        for nom, masque in self._masques.items():
            if nom != sauf:
                gardes &= masque
        return gardes

    def _masque(self, nom: str, valeurs: Sequence[str]) -> int:
        if not valeurs:
            return self._table.tous
        ensemble = self._table.reunir(nom, valeurs)
        return self._table.tous & ~ensemble if self.facettes_declarees[nom].exclut else ensemble
