"""How good the search is: queries written as people speak, each with what must come first, and what must not."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from catalogue.models import VersionCatalogue
from catalogue.recherche import codes
from catalogue.recherche.moteur import chercher, suggerer

COLONNES = ["requete", "attendus", "jamais_premier", "sorte", "moitie"]


@dataclass(frozen=True)
class Jugement:
    """One query. Keys are « metier:D1415 »; a star stands for any end: « organisme:* »."""

    requete: str
    attendus: tuple[str, ...]
    """Any of these may come first."""
    jamais_premier: tuple[str, ...]
    sorte: str
    moitie: str
    """« reglage » may be looked at while tuning, « controle » only at the end."""


@dataclass
class Verdict:
    """What the search answered to one query."""

    jugement: Jugement
    cles: list[str]
    """The first five, best first."""

    @property
    def rang(self) -> int | None:
        """1 for the first; None when none of the five is expected, or when the first is what must not be."""
        if self.cles and any(_designe(motif, self.cles[0]) for motif in self.jugement.jamais_premier):
            return None
        for rang, cle in enumerate(self.cles, 1):
            if any(_designe(motif, cle) for motif in self.jugement.attendus):
                return rang
        return None


@dataclass
class Mesure:
    """The figures of a set of queries."""

    verdicts: list[Verdict]

    @property
    def precision_a_1(self) -> float:
        return self._part(1)

    @property
    def precision_a_5(self) -> float:
        return self._part(5)

    @property
    def rang_reciproque(self) -> float:
        """Mean of 1 / rank of the first expected answer (0 when it is not among the five)."""
        return sum(1 / v.rang for v in self.verdicts if v.rang) / max(len(self.verdicts), 1)

    def _part(self, n: int) -> float:
        return sum(1 for v in self.verdicts if v.rang and v.rang <= n) / max(len(self.verdicts), 1)


def lire(chemin: Path) -> list[Jugement]:
    """ValueError when the file does not have the columns of `COLONNES`."""
    with chemin.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        if lecteur.fieldnames != COLONNES:
            raise ValueError(f"Colonnes attendues : {', '.join(COLONNES)}.")
        return [
            Jugement(
                ligne["requete"],
                tuple(ligne["attendus"].split()),
                tuple(ligne["jamais_premier"].split()),
                ligne["sorte"],
                ligne["moitie"],
            )
            for ligne in lecteur
        ]


def juger(jugements: Iterable[Jugement]) -> Mesure:
    return Mesure([Verdict(jugement, cinq_premiers(jugement.requete)) for jugement in jugements])


def cinq_premiers(requete: str) -> list[str]:
    """What a visitor who types it meets: the page that a code names, else the first five answers."""
    if (page := codes.resoudre(requete)) is not None:
        return [f"{page.genre}:{page.cle}"]
    return [f"{t.genre}:{t.cle}" for t in chercher(requete, limite=5).trouvailles]


class Duree(NamedTuple):
    """Milliseconds of one answer: as a clock sees it, the database's server included, and of this process's processor."""

    horloge: float
    processeur: float


OBJECTIFS = {"recherche": 5, "suggestions": 3, "frappe": 3}
"""Milliseconds under which 95 % of the answers must be; « frappe » is a suggestion at each letter typed."""
UNE_SUR = 4
"""Of the queries, those that are typed letter by letter: the others would measure the same again."""


def chronometrer(requetes: Sequence[str], *, fois: int = 3) -> dict[str, list[Duree]]:
    """The best of `fois` answers to each: what the machine does besides is not the search's. Nothing is kept between two."""
    frappes = [texte[:n] for texte in requetes[::UNE_SUR] for n in range(2, len(texte) + 1)]
    return {
        nom: [_meilleure(fonction, texte, fois) for texte in textes]
        for nom, fonction, textes in (
            ("recherche", chercher, requetes),
            ("suggestions", suggerer, requetes),
            ("frappe", suggerer, frappes),
        )
    }


def _meilleure(fonction: Callable[[str], object], requete: str, fois: int) -> Duree:
    durees = []
    for _ in range(fois):
        # A page has asked for the version of the catalogue before it searches.
        with VersionCatalogue.lue_une_fois():
            VersionCatalogue.etat()
            horloge, processeur = time.perf_counter(), time.thread_time()
            fonction(requete)
            durees.append(
                Duree((time.perf_counter() - horloge) * 1_000, (time.thread_time() - processeur) * 1_000)
            )
    return Duree(*map(min, zip(*durees, strict=True)))


def _designe(motif: str, cle: str) -> bool:
    return cle.startswith(motif[:-1]) if motif.endswith("*") else cle == motif
