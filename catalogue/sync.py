"""Bring a table into line with what a source says now: by key, in bulk, only the given columns.

The rows given hold the source's columns and nothing else; every other column, an editor's above all, is left as it
is. Nothing with an address of its own is deleted: what the source no longer holds is withdrawn. Rows that only link
two records have no address and follow the source.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from django.db import models
from django.utils import timezone

from catalogue.ecriture import inserer, modifier
from catalogue.fichiers.refus import Rejet
from catalogue.models import Officiel, VersionReferentiel

LOT = 2_000  # rows written or selected at a time


class Absents(enum.Enum):
    """What becomes of the rows of the perimeter that the source no longer gives."""

    GARDER = "garder"
    RETIRER = "retirer"
    EFFACER = "effacer"


@dataclass
class Bilan:
    """What one synchronisation did, in numbers of rows."""

    crees: int = 0
    modifies: int = 0
    inchanges: int = 0
    retires: int = 0

    def __iadd__(self, autre: Bilan) -> Bilan:
        self.crees += autre.crees
        self.modifies += autre.modifies
        self.inchanges += autre.inchanges
        self.retires += autre.retires
        return self

    @property
    def a_change(self) -> bool:
        return bool(self.crees or self.modifies or self.retires)


def synchroniser(
    perimetre: models.QuerySet,
    lignes: Iterable[Mapping[str, Any]] | Iterable[tuple],
    *,
    cle: Sequence[str],
    absents: Absents,
    champs: Sequence[str] | None = None,
    version: VersionReferentiel | None = None,
    rejeter: Callable[[Rejet], None] | None = None,
    echanges: bool = False,
    a_la_creation: Mapping[str, Callable[[tuple], Any]] = MappingProxyType({}),
) -> Bilan:
    """Make the rows of `perimetre` say what `lignes` say; return what that took.

    All `lignes` have the same keys, model attribute names (`metier_id`, not `metier`). `cle` names those that identify
    a row. A second line with the same key is left out and given to `rejeter`. Rows seen bear `version`, when it is given and
    their model has one; those of an `Officiel` model are in force again if they were withdrawn.

    With `champs`, the lines are tuples instead: the values of `cle`, then those of `champs`. Tables of hundreds of thousands
    of rows are given so.

    `a_la_creation` are columns that rules of ours fill, and follow in time by themselves: a new row is given them at once, from
    its values, key first, rather than being written twice. They are not compared.

    `echanges` is for `Officiel` models whose rows may exchange values that are unique among rows in force (a code that
    passes from one fiche to another): every row to modify is first withdrawn, then all are written.
    """
    synchronisation = _Synchronisation(perimetre, tuple(cle), version, rejeter, a_la_creation)
    rangees = cast("Iterable[tuple]", lignes)
    if champs is None:
        champs, rangees = _en_rangees(cast("Iterable[Mapping[str, Any]]", lignes), tuple(cle))
    synchronisation.lire(list(champs), rangees, au_fil_de_leau=not echanges)
    synchronisation.traiter_absentes(absents)
    if echanges:
        synchronisation.liberer_les_valeurs()
    synchronisation.ecrire()
    return synchronisation.bilan


class _Connue(NamedTuple):
    """A row in place: its primary key, the source's columns, whether it was withdrawn and in which edition it was last seen."""

    pk: Any
    valeurs: tuple
    retire_le: Any = None
    version_id: Any = None


class _Synchronisation:
    """One call to `synchroniser`: what is in place, what the source gives, and what is to be written."""

    def __init__(
        self,
        perimetre: models.QuerySet,
        cle: tuple[str, ...],
        version: VersionReferentiel | None,
        rejeter: Callable[[Rejet], None] | None,
        a_la_creation: Mapping[str, Callable[[tuple], Any]],
    ):
        self.perimetre = perimetre
        self.modele: type[models.Model] = perimetre.model
        self.cle = cle
        self.rejeter = rejeter
        self.a_la_creation = a_la_creation
        self.bilan = Bilan()
        self.champs: list[str] = []  # the columns of the source but those of the key
        self.officielles: dict[str, Any] = {}
        if issubclass(self.modele, Officiel):
            self.officielles["retire_le"] = None
        if version is not None and any(c.name == "version" for c in self.modele._meta.concrete_fields):
            self.officielles["version_id"] = version.pk
        self.connues: dict[tuple, _Connue] = {}
        self.vues: set[tuple] = set()
        self.a_creer: list[tuple] = []
        self.a_modifier: list[tuple[Any, tuple]] = []
        self.revues: list[Any] = []  # unchanged rows that the new edition holds too

    def lire(self, champs: list[str], rangees: Iterable[tuple], *, au_fil_de_leau: bool) -> None:
        """Compare each row with what is in place; write as it goes when asked to, so that memory stays flat."""
        self.champs = champs
        self._lire_en_place()
        connues, vues, longueur = self.connues, self.vues, len(self.cle)
        officielles = tuple(self.officielles.values())
        version = self.officielles.get("version_id")
        a_creer = self.a_creer
        deductions = tuple(self.a_la_creation.values())
        for rangee in rangees:
            identite = rangee[:longueur]
            if identite in vues:
                self._rejeter_double(identite)
                continue
            vues.add(identite)
            connue = connues.get(identite) if connues else None
            if connue is None:
                nouvelle = rangee + officielles if officielles else rangee
                if deductions:
                    nouvelle += tuple([deduire(rangee) for deduire in deductions])
                a_creer.append(nouvelle)
                self.bilan.crees += 1
            elif connue.retire_le is not None or connue.valeurs != rangee[longueur:]:
                self.a_modifier.append((connue.pk, rangee[longueur:] + officielles))
                self.bilan.modifies += 1
            else:
                self.bilan.inchanges += 1
                if version is not None and version != connue.version_id:
                    self.revues.append(connue.pk)
                continue
            if au_fil_de_leau and len(a_creer) + len(self.a_modifier) >= LOT:
                self.ecrire()

    def _lire_en_place(self) -> None:
        suivies = tuple(self.officielles)
        debut, fin = 1 + len(self.cle), 1 + len(self.cle) + len(self.champs)
        rangees = self.perimetre.values_list("pk", *self.cle, *self.champs, *suivies)
        for rangee in rangees.iterator(chunk_size=LOT):
            suivi = dict(zip(suivies, rangee[fin:], strict=True)) if suivies else {}
            self.connues[rangee[1:debut]] = _Connue(rangee[0], rangee[debut:fin], **suivi)

    def _rejeter_double(self, identite: tuple) -> None:
        if self.rejeter:
            objet = str(self.modele._meta.verbose_name)
            self.rejeter(Rejet(objet, " ".join(map(str, identite)), "ligne en double"))

    def traiter_absentes(self, absents: Absents) -> None:
        if absents is Absents.GARDER:
            return
        disparues = [
            connue.pk
            for identite, connue in self.connues.items()
            if identite not in self.vues and connue.retire_le is None
        ]
        if absents is Absents.RETIRER:
            _inscrire(self.modele, disparues, retire_le=timezone.localdate())
        else:
            for lot in _lots(disparues):
                self.modele._default_manager.filter(pk__in=lot).delete()
        self.bilan.retires = len(disparues)

    def liberer_les_valeurs(self) -> None:
        """Withdraw the rows to modify, so that each may take a value that another still bears."""
        _inscrire(self.modele, [pk for pk, _ in self.a_modifier], retire_le=timezone.localdate())

    def ecrire(self) -> None:
        if self.a_modifier:
            modifier(self.modele, [*self.champs, *self.officielles], self.a_modifier)
        if self.a_creer:
            colonnes = [*self.cle, *self.champs, *self.officielles, *self.a_la_creation]
            inserer(self.modele, colonnes, self.a_creer)
        if self.revues:
            _inscrire(self.modele, self.revues, version_id=self.officielles["version_id"])
        for ecrites in (self.a_modifier, self.a_creer, self.revues):
            ecrites.clear()


def _en_rangees(
    lignes: Iterable[Mapping[str, Any]], cle: tuple[str, ...]
) -> tuple[list[str], Iterable[tuple]]:
    """The columns of the source but those of the key, known with the first line; and the lines as tuples, key first."""
    lignes = iter(lignes)
    premiere = next(lignes, None)
    if premiere is None:
        return [], ()
    champs = [champ for champ in premiere if champ not in cle]
    prendre = _prendre([*cle, *champs])
    return champs, (prendre(ligne) for ligne in chain([premiere], lignes))


def _prendre(colonnes: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple]:
    """What takes these columns of a line, always as a tuple."""
    if len(colonnes) > 1:
        return itemgetter(*colonnes)
    return lambda ligne: tuple(ligne[colonne] for colonne in colonnes)


def _inscrire(modele: type[models.Model], pks: list[Any], **colonnes: Any) -> None:
    """Write the same values in all these rows."""
    for lot in _lots(pks):
        modele._default_manager.filter(pk__in=lot).update(**colonnes)


def _lots(elements: list) -> Iterator[list]:
    for debut in range(0, len(elements), LOT):
        yield elements[debut : debut + LOT]
