"""Which métier is which, from one version of the ROME to the next.

A code is an address: fiches are renamed, move to another code, disappear, and (it happened in 2026) keep their code
and their OGR number while being given to another job. The rules, in order:

1. a fiche is the one that has its OGR number;
2. else the one whose principal appellation it has, if that one is no longer claimed by its own number: the fiche was
   numbered anew;
3. else it is a new fiche.

Matched by number, a fiche whose principal appellation *and* title both changed may have become another job: it is
said « réaffectée », and the editors decide. Only one of the two changing is a new title, or a new number for
the same title: the same job.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FicheConnue:
    """A fiche in the database, withdrawn ones included."""

    pk: int
    code_ogr: str
    code_rome: str
    libelle: str
    temoin: str
    retiree: bool


@dataclass(frozen=True, slots=True)
class FicheAnnoncee:
    """A fiche in the file; `temoin` is the OGR number of its principal appellation, '' when it has none."""

    code_ogr: str
    code_rome: str
    libelle: str
    temoin: str


@dataclass
class Rapprochement:
    """The answer, as pairs (known, announced) and leftovers."""

    paires: list[tuple[FicheConnue, FicheAnnoncee]] = field(default_factory=list)
    nouvelles: list[FicheAnnoncee] = field(default_factory=list)
    disparues: list[FicheConnue] = field(default_factory=list)

    @property
    def renommees(self) -> list[tuple[FicheConnue, FicheAnnoncee]]:
        """Another title, the same job."""
        return [(c, a) for c, a in self.paires if c.libelle != a.libelle and not est_reaffectee(c, a)]

    @property
    def deplacees(self) -> list[tuple[FicheConnue, FicheAnnoncee]]:
        """Another code."""
        return [(c, a) for c, a in self.paires if c.code_rome != a.code_rome]

    @property
    def reaffectees(self) -> list[tuple[FicheConnue, FicheAnnoncee]]:
        """Perhaps another job: principal appellation and title both changed."""
        return [(c, a) for c, a in self.paires if est_reaffectee(c, a)]

    @property
    def temoins_renumerotes(self) -> list[tuple[FicheConnue, FicheAnnoncee]]:
        """The same job under another principal appellation number."""
        return [(c, a) for c, a in self.paires if c.temoin != a.temoin and not est_reaffectee(c, a)]

    @property
    def retirees(self) -> list[FicheConnue]:
        """In force until now, gone from the file."""
        return [connue for connue in self.disparues if not connue.retiree]


def est_reaffectee(connue: FicheConnue, annoncee: FicheAnnoncee) -> bool:
    return connue.temoin != annoncee.temoin and connue.libelle != annoncee.libelle


def rapprocher(connues: Iterable[FicheConnue], annoncees: Iterable[FicheAnnoncee]) -> Rapprochement:
    """Match what is announced with what is known; OGR numbers are unique on each side."""
    annoncees = list(annoncees)
    par_ogr = {connue.code_ogr: connue for connue in connues}
    reclames = {annoncee.code_ogr for annoncee in annoncees}
    # A fiche in force is a better match than a withdrawn one bearing the same appellation: it comes last here.
    libres = {
        connue.temoin: connue
        for connue in sorted(par_ogr.values(), key=lambda c: (not c.retiree, -c.pk))
        if connue.temoin and connue.code_ogr not in reclames
    }
    resultat = Rapprochement()
    prises = set()
    for annoncee in annoncees:
        connue = par_ogr.get(annoncee.code_ogr) or libres.pop(annoncee.temoin, None)
        if connue is None:
            resultat.nouvelles.append(annoncee)
        else:
            resultat.paires.append((connue, annoncee))
            prises.add(connue.pk)
    resultat.disparues = [connue for connue in par_ogr.values() if connue.pk not in prises]
    return resultat
