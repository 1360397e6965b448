"""Which métiers answer what was said, in which order, and why: pure arithmetic, told in words.

Two sorts of answers. An *envie* (an interest, a context to seek) counts: métiers that answer more of them come first,
equal ones in alphabetical order. A *limite* (a context to avoid, a niveau) sets aside the métiers known to pass it;
what the source leaves unsaid sets nothing aside, and is said. When envies are given, a métier that answers none of
them is left out. Hence two rules that always hold: one more limite never brings a métier in, one more envie never
takes one out once there is one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from catalogue.niveaux import libelle as libelle_du_niveau
from catalogue.recherche.mots import sans_accents


class Verdict(Enum):
    OUI = "oui"
    NON = "non"
    INCONNU = "non renseigné"


@dataclass(frozen=True, slots=True)
class Candidat:
    """What is known of a métier; None where its source says nothing at all."""

    cle: int
    libelle: str
    types: tuple[str, ...] = ()
    """RIASEC letters: majeur, then mineur; empty when unknown."""
    contextes: frozenset[str] | None = None
    interets: frozenset[str] | None = None
    niveau: int | None = None

    @property
    def place(self) -> tuple[str, int]:
        """Alphabetical, the same on every database."""
        return sans_accents(self.libelle), self.cle


@dataclass(frozen=True, slots=True)
class Reponse(ABC):
    """An answer about métiers. `cle` is how the address says it: « eviter:nuit »."""

    cle: str
    libelle: str
    codes: frozenset[str]

    @abstractmethod
    def juger(self, candidat: Candidat) -> Verdict:
        """Whether the métier answers it."""

    @abstractmethod
    def raison(self, candidat: Candidat) -> str:
        """Why the métier answers it, in words; asked only when it does."""


def _commun(codes: frozenset[str], connus: frozenset[str] | None) -> Verdict:
    if connus is None:
        return Verdict.INCONNU
    return Verdict.OUI if codes & connus else Verdict.NON


class EnvieDeType(Reponse):
    """A RIASEC type; `libelle` is its name (« Social »)."""

    __slots__ = ()

    def juger(self, candidat: Candidat) -> Verdict:
        if not candidat.types:
            return Verdict.INCONNU
        return _commun(self.codes, frozenset(candidat.types))

    def raison(self, candidat: Candidat) -> str:
        rang = "dominant" if candidat.types[0] in self.codes else "secondaire"
        return f"intérêt {rang} {self.libelle}"


class EnvieDInteret(Reponse):
    __slots__ = ()

    def juger(self, candidat: Candidat) -> Verdict:
        return _commun(self.codes, candidat.interets)

    def raison(self, candidat: Candidat) -> str:
        return f"centre d'intérêt « {self.libelle} »"


class EnvieDeContexte(Reponse):
    __slots__ = ()

    def juger(self, candidat: Candidat) -> Verdict:
        return _commun(self.codes, candidat.contextes)

    def raison(self, candidat: Candidat) -> str:
        return f"« {self.libelle} », que vous cherchez"


class LimiteDeContexte(Reponse):
    __slots__ = ()

    def juger(self, candidat: Candidat) -> Verdict:
        if candidat.contextes is None:
            return Verdict.INCONNU
        return Verdict.NON if self.codes & candidat.contextes else Verdict.OUI

    def raison(self, candidat: Candidat) -> str:
        return f"sans « {self.libelle} », que vous voulez éviter"


@dataclass(frozen=True, slots=True)
class LimiteDeNiveau(Reponse):
    tenu: int = 0
    atteignable: int = 0

    def juger(self, candidat: Candidat) -> Verdict:
        if candidat.niveau is None:
            return Verdict.INCONNU
        return Verdict.OUI if candidat.niveau <= self.atteignable else Verdict.NON

    def raison(self, candidat: Candidat) -> str:
        if (candidat.niveau or 0) <= self.tenu:
            return "accessible avec le niveau que vous avez"
        return f"accessible après les études que vous acceptez : {libelle_du_niveau(candidat.niveau)}"


@dataclass(frozen=True, slots=True)
class Retenu:
    """A métier kept, with what it answers and what it leaves unanswered."""

    candidat: Candidat
    repondues: tuple[Reponse, ...]
    """The envies it answers, in the order of the questions."""
    autres: tuple[Reponse, ...]
    """The envies it does not answer."""
    respectees: tuple[Reponse, ...]
    inconnues: tuple[Reponse, ...]
    """Answers about which its source says nothing."""


@dataclass(frozen=True, slots=True)
class Classement:
    retenus: tuple[Retenu, ...]
    examines: int
    sans_envie: int
    """Métiers left out because they answer no envie."""
    ecartes: Mapping[str, int] = field(default_factory=dict)
    """By limite: how many métiers that answer an envie it sets aside, alone or with others."""
    sans: Mapping[str, int] = field(default_factory=dict)
    """By limite: how many métiers there would be without it."""
    sans_aucune: int = 0
    """How many there would be without any limite."""


def ranger(
    candidats: Iterable[Candidat], envies: Sequence[Reponse], limites: Sequence[Reponse]
) -> Classement:
    """Sort out the métiers; the order of `candidats` changes nothing."""
    retenus: list[Retenu] = []
    ecartes: Counter[str] = Counter()
    seules: Counter[str] = Counter()
    examines = sans_envie = en_tout = 0
    for candidat in candidats:
        examines += 1
        verdicts = [(envie, envie.juger(candidat)) for envie in envies]
        repondues = tuple(envie for envie, verdict in verdicts if verdict is Verdict.OUI)
        if envies and not repondues:
            sans_envie += 1
            continue
        en_tout += 1
        bornes = [(limite, limite.juger(candidat)) for limite in limites]
        passees = [limite.cle for limite, verdict in bornes if verdict is Verdict.NON]
        if passees:
            ecartes.update(passees)
            if len(passees) == 1:
                seules[passees[0]] += 1
            continue
        retenus.append(
            Retenu(
                candidat,
                repondues,
                tuple(envie for envie, verdict in verdicts if verdict is Verdict.NON),
                tuple(limite for limite, verdict in bornes if verdict is Verdict.OUI),
                tuple(reponse for reponse, verdict in (*verdicts, *bornes) if verdict is Verdict.INCONNU),
            )
        )
    retenus.sort(key=lambda retenu: (-len(retenu.repondues), retenu.candidat.place))
    return Classement(
        retenus=tuple(retenus),
        examines=examines,
        sans_envie=sans_envie,
        ecartes={limite.cle: ecartes[limite.cle] for limite in limites},
        sans={limite.cle: len(retenus) + seules[limite.cle] for limite in limites},
        sans_aucune=en_tout,
    )
