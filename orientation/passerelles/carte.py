"""The map of paths: two steps from a métier, bounded so that it can be read, the same every time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from metiers.models import Metier
from orientation.passerelles.liens import Passage, par_raisons, passages

PREMIERS = 8
"""Métiers at the first step."""
SECONDS = 3
"""Métiers at the second step, from each of the first."""


@dataclass
class Branche:
    """A métier of the map, why one may go there from the one before, and where one may go next."""

    passage: Passage
    suites: list[Branche] = field(default_factory=list)

    @property
    def metier(self) -> Metier:
        metier: Metier = self.passage.proche
        return metier


@dataclass
class Carte:
    origine: Metier
    branches: list[Branche]
    total: int
    """Links from the origin, shown or not."""

    @property
    def seconds(self) -> int:
        return sum(len(branche.suites) for branche in self.branches)


def tracer(origine: Metier) -> Carte:
    """Each métier stands once on the map: at the first step that reaches it."""
    liens = passages([origine.pk])[origine.pk]
    premiers = sorted(liens, key=par_raisons)[:PREMIERS]
    places = {origine.pk, *(passage.vers for passage in premiers)}
    suites = passages([passage.vers for passage in premiers])
    branches = []
    for passage in premiers:
        choisis = _choisir(suites[passage.vers], places)
        places |= {suite.vers for suite in choisis}
        branches.append(Branche(passage, [Branche(suite) for suite in choisis]))
    return Carte(origine, branches, len(liens))


def _choisir(liens: list[Passage], deja: Collection[int]) -> list[Passage]:
    return sorted((lien for lien in liens if lien.vers not in deja), key=par_raisons)[:SECONDS]
