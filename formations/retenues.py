"""Formations that a list keeps, fetched page by page: a page costs the same wherever it is in the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from django.db.models import QuerySet
from django.urls import reverse

from catalogue.garde import par_version, parmi
from catalogue.tableaux import Tableau
from formations.index import stock
from formations.index.contenu import Offre
from formations.index.selection import Selection
from formations.models import Formation, LienFormationMetier, Session

LOT = 500
PAGE_GARDEE = 30
"""Formations of a page, which are kept; those of an export are not."""
PREMIERES = 10
"""Formations shown on the fiche of a métier or of a certification."""


class FormationsRetenues:
    """A sequence of formations as `for_list()` gives them, with `nb_sessions`, `nb_departements`, `nb_retenues`
    (their sessions that meet the criteria) and `distance_km`."""

    def __init__(
        self,
        selection: Selection,
        *,
        par_distance: bool = False,
        ordre: Tableau | None = None,
        base: QuerySet[Formation] | None = None,
        depuis: int = 0,
    ) -> None:
        """`depuis` is the rank of the first formation wanted, in the order of titles; `ordre` gives the ranks themselves."""
        self.selection = selection
        self.depuis = depuis
        self.ordre = ordre
        self.par_distance = par_distance
        self.gardees = base is None
        self.base = Formation.objects.for_list() if base is None else base

    @cached_property
    def rangs(self) -> Tableau:
        if self.ordre is not None:
            return self.ordre
        if self.par_distance:
            return self.selection.par_distance
        rangs = self.selection.retenue.formations
        return rangs[np.searchsorted(rangs, self.depuis) :] if self.depuis else rangs

    def depuis_la_cle(self, identifiant: str | None) -> FormationsRetenues:
        """Those from this published formation on; none when there is no such formation."""
        trouves = self.selection.offre.rangs([identifiant]) if identifiant else []
        depuis = trouves[0] if trouves else self.selection.offre.nombre
        return FormationsRetenues(self.selection, base=self.base, depuis=depuis)

    def count(self) -> int:
        return len(self.rangs)

    def __len__(self) -> int:
        return len(self.rangs)

    @overload
    def __getitem__(self, place: int) -> Formation: ...
    @overload
    def __getitem__(self, place: slice) -> list[Formation]: ...
    def __getitem__(self, place: int | slice) -> Formation | list[Formation]:
        if isinstance(place, slice):
            return self._lire(self.rangs[place].tolist())
        return self._lire([int(self.rangs[place])])[0]

    def __iter__(self) -> Iterator[Formation]:
        for debut in range(0, len(self.rangs), LOT):
            yield from self._lire(self.rangs[debut : debut + LOT].tolist())

    def _lire(self, rangs: list[int]) -> list[Formation]:
        offre = self.selection.offre
        lues = self._connues([offre.identifiant(rang) for rang in rangs])
        formations = []
        for rang, retenues in zip(rangs, self.selection.retenue.par_formation(rangs), strict=True):
            formation = lues.get(offre.identifiant(rang))
            if formation is None:
                continue  # withdrawn since the index was read
            formation.nb_sessions, formation.nb_departements = offre.comptes(rang)
            formation.nb_retenues = len(retenues) if formation.nb_sessions else 0
            formation.distance_km = self._distance(retenues)
            formations.append(formation)
        return formations

    def _connues(self, identifiants: list[str]) -> Mapping[str, Formation]:
        """What is said of them here depends on the selection: whoever asks again for the first ones gets copies."""
        if not self.gardees or len(identifiants) > PAGE_GARDEE:
            return self.base.in_bulk(identifiants)
        lues = parmi(par_version("formations lues", dict), identifiants, self.base.in_bulk)
        return {identifiant: copy(formation) for identifiant, formation in lues.items()}

    def _distance(self, sessions: Tableau) -> float | None:
        if self.selection.cercle is None:
            return None
        points = self.selection.offre.contenu.point[sessions]
        points = points[points >= 0]
        return float(self.selection.distances[points].min()) if len(points) else None


class SessionsRetenues:
    """A sequence of the sessions kept, in the order in which this site came to know them."""

    def __init__(self, selection: Selection, base: QuerySet[Session] | None = None, depuis: int = 0) -> None:
        """`depuis` is the key after which to begin."""
        self.selection = selection
        self.base = Session.objects.for_list() if base is None else base
        self.depuis = depuis

    @cached_property
    def cles(self) -> Tableau:
        cles = self.selection.retenue.de(self.selection.offre.contenu.session)
        return cles[cles > self.depuis]

    def count(self) -> int:
        return len(self.cles)

    def __len__(self) -> int:
        return len(self.cles)

    def __getitem__(self, tranche: slice) -> list[Session]:
        """Of the first ones only: these are found without sorting the others."""
        nombre = min(tranche.stop, len(self.cles))
        premieres = np.partition(self.cles, nombre - 1)[:nombre] if nombre else self.cles[:0]
        return self._lire(np.sort(premieres)[tranche])

    def __iter__(self) -> Iterator[Session]:
        cles = np.sort(self.cles)
        for debut in range(0, len(cles), LOT):
            yield from self._lire(cles[debut : debut + LOT])

    def apres(self, cle: int) -> SessionsRetenues:
        return SessionsRetenues(self.selection, self.base, cle)

    def _lire(self, cles: Tableau) -> list[Session]:
        lues = self.base.in_bulk(cles.tolist())
        return [lues[cle] for cle in cles.tolist() if cle in lues]


def compter_sessions(formations: Iterable[Formation], offre: Offre | None = None) -> None:
    """Say of each, already fetched, how many sessions it has and in how many départements. One light query."""
    offre = offre or stock.offre()
    connues = {formation.pk: formation for formation in formations}
    for formation in connues.values():
        formation.nb_sessions = formation.nb_departements = 0
    for rang in offre.rangs(list(connues)):
        formation = connues[offre.identifiant(rang)]
        formation.nb_sessions, formation.nb_departements = offre.comptes(rang)


@dataclass(frozen=True)
class FormationsLiees:
    """The first formations of a long list, how many there are, and where they all are."""

    premieres: list[Any]
    total: int
    url: str


def formations_du_metier(code_rome: str) -> FormationsLiees:
    """Links to the first ones by title, each formation once, with its sessions; a confirmed link before a derived one."""
    offre = stock.offre()
    rangs = offre.du_metier(code_rome)
    identifiants = [offre.identifiant(rang) for rang in rangs[:PREMIERES].tolist()]
    # `origine` sorts a confirmed link after a derived one: the last says most.
    liens = {
        lien.formation_id: lien
        for lien in LienFormationMetier.objects.filter(
            metier__code_rome=code_rome, metier__retire_le=None, formation__in=identifiants
        )
        .select_related("formation")
        .order_by("origine")
    }
    premieres = [liens[identifiant] for identifiant in identifiants if identifiant in liens]
    compter_sessions([lien.formation for lien in premieres], offre)
    return FormationsLiees(premieres, len(rangs), f"{reverse('formations:liste')}?metier={code_rome}")


def formations_de_la_certification(numero: str) -> FormationsLiees:
    """The first ones by title. Two queries, whose cost is bounded by an index in that order."""
    preparent = Formation.objects.publies().filter(certification=numero)
    return FormationsLiees(
        list(preparent.for_list()[:PREMIERES]),
        preparent.count(),
        f"{reverse('formations:liste')}?certification={numero}",
    )
