"""Bring a table into line with what a source says now: by key, in bulk, only the given columns.

The rows given hold the source's columns and nothing else; every other column, an editor's above all, is left as it
is. Nothing with an address of its own is deleted: what the source no longer holds is withdrawn. Rows that only link
two records have no address and follow the source.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

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
    lignes: Iterable[Mapping[str, Any]],
    *,
    cle: Sequence[str],
    absents: Absents,
    version: VersionReferentiel | None = None,
    rejeter: Callable[[Rejet], None] | None = None,
    echanges: bool = False,
) -> Bilan:
    """Make the rows of `perimetre` say what `lignes` say; return what that took.

    All `lignes` have the same keys, model attribute names (`metier_id`, not `metier`). `cle` names those that identify
    a row. A second line with the same key is left out and given to `rejeter`. For an `Officiel` model, rows seen
    bear `version`, when it is given, and are in force again if they were withdrawn.

    `echanges` is for `Officiel` models whose rows may exchange values that are unique among rows in force (a code that
    passes from one fiche to another): every row to modify is first withdrawn, then all are written.
    """
    modele = perimetre.model
    officiel = issubclass(modele, Officiel)
    lignes = iter(lignes)
    premiere = next(lignes, None)
    champs = [champ for champ in premiere or () if champ not in cle]
    suivi = ["retire_le", "version_id"] if officiel else []
    connues = {
        tuple(ligne[1 : len(cle) + 1]): (ligne[0], ligne[len(cle) + 1 : len(ligne) - len(suivi)], ligne[-2:])
        for ligne in perimetre.values_list("pk", *cle, *champs, *suivi).iterator(chunk_size=LOT)
    }
    officielles = _colonnes_officielles(version) if officiel else {}
    bilan = Bilan()
    vues: set[tuple] = set()
    a_creer: list[models.Model] = []
    a_modifier: list[models.Model] = []
    revues: list[Any] = []  # unchanged rows that the new edition holds too

    def ecrire() -> None:
        if a_modifier:
            colonnes = [*champs, *officielles]
            modele._default_manager.bulk_update(a_modifier, [_nom(modele, c) for c in colonnes], batch_size=200)
        modele._default_manager.bulk_create(a_creer, batch_size=LOT)
        a_creer.clear()
        a_modifier.clear()

    def rejeter_double(identite: tuple) -> None:
        if rejeter:
            rejeter(Rejet(str(modele._meta.verbose_name), " ".join(map(str, identite)), "ligne en double"))

    for identite, ligne in _sans_doubles(_chainer(premiere, lignes), cle, vues, rejeter_double):
        connue = connues.get(identite)
        if connue is None:
            a_creer.append(modele(**ligne, **officielles))
            bilan.crees += 1
        else:
            pk, valeurs, etat = connue
            retiree = officiel and etat[0] is not None
            if retiree or valeurs != tuple(ligne[champ] for champ in champs):
                a_modifier.append(modele(**{**ligne, modele._meta.pk.attname: pk}, **officielles))
                bilan.modifies += 1
            else:
                bilan.inchanges += 1
                if officiel and version is not None and etat[1] != version.pk:
                    revues.append(pk)
        if not echanges and len(a_creer) + len(a_modifier) >= LOT:
            ecrire()
    bilan.retires = _traiter_absentes(modele, connues, vues, absents, officiel)
    if echanges:
        _inscrire(modele, [objet.pk for objet in a_modifier], retire_le=timezone.localdate())
    ecrire()
    _inscrire(modele, revues, version=version)
    return bilan


def _inscrire(modele: type[models.Model], pks: list[Any], **colonnes: Any) -> None:
    """Write the same values in all these rows."""
    for lot in _lots(pks):
        modele._default_manager.filter(pk__in=lot).update(**colonnes)


def _colonnes_officielles(version: VersionReferentiel | None) -> dict[str, Any]:
    """What a row seen in the source bears besides the source's own columns."""
    return {"retire_le": None} if version is None else {"retire_le": None, "version_id": version.pk}


def _sans_doubles(
    lignes: Iterable[Mapping[str, Any]], cle: Sequence[str], vues: set[tuple], rejeter: Callable[[tuple], None]
) -> Iterator[tuple[tuple, Mapping[str, Any]]]:
    """Each line with its key, added to `vues`; the first line of each key only."""
    for ligne in lignes:
        identite = tuple(ligne[champ] for champ in cle)
        if identite in vues:
            rejeter(identite)
        else:
            vues.add(identite)
            yield identite, ligne


def _traiter_absentes(
    modele: type[models.Model],
    connues: Mapping[tuple, tuple],
    vues: Container[tuple],
    absents: Absents,
    officiel: bool,
) -> int:
    if absents is Absents.GARDER:
        return 0
    disparues = [
        pk
        for identite, (pk, _, etat) in connues.items()
        if identite not in vues and not (officiel and etat[0] is not None)
    ]
    for lot in _lots(disparues):
        rangs = modele._default_manager.filter(pk__in=lot)
        if absents is Absents.RETIRER:
            rangs.update(retire_le=timezone.localdate())
        else:
            rangs.delete()
    return len(disparues)


def _nom(modele: type[models.Model], attribut: str) -> str:
    """The field name of an attribute name: `metier_id` → `metier`; `bulk_update` wants the former."""
    return next(f.name for f in modele._meta.concrete_fields if attribut in (f.attname, f.name))


def _chainer(
    premiere: Mapping[str, Any] | None, suite: Iterator[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    if premiere is not None:
        yield premiere
        yield from suite


def _lots(elements: list) -> Iterator[list]:
    for debut in range(0, len(elements), LOT):
        yield elements[debut : debut + LOT]
