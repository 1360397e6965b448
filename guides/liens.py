"""Find the glossary's terms in a text, to link the first occurrence of each.

A term is met in whole words, whatever the accents, the capitals and the plurals (« Blocs de Competences » is « bloc de
compétences »); the longest name wins. Words that a name leaves apart may be joined by a hyphen, but not the other way
round (« savoir faire » is a verb, « savoir-faire » a term). A name in capitals (« ROME », « RS ») is met in capitals only,
since in small letters it is another word. Nothing is found inside a web or mail address, nor in a word that a hyphen
makes longer. Pure: no database, no HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple


class Entree(NamedTuple):
    """A term: its key, and the names it goes by."""

    cle: str
    formes: tuple[str, ...]


class Segment(NamedTuple):
    """A piece of the text as written; `cle` is the term it names, empty for plain text."""

    texte: str
    cle: str = ""


class _Mot(NamedTuple):
    """A word of a text: where it stands, what it is compared by."""

    debut: int
    fin: int
    brut: str
    cle: str


# A letter may be followed by its accent as a character of its own (decomposed Unicode).
_MOT = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_ADRESSE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_LIAISON = re.compile(r"[\s\u00a0\u202f]*[-‐‑'’]?[\s\u00a0\u202f]*")
_TIRETS = "-‐‑"
# Words that no plural mark lengthens: « bac » must stay apart from « bas », « cas » from « ca ».
_LONGUEUR_MINIMALE_D_UN_PLURIEL = 4


class _Nom(NamedTuple):
    """A name of a term; `avec_tiret` says of each word but the first whether a hyphen ties it to the one before."""

    mots: tuple[_Mot, ...]
    avec_tiret: tuple[bool, ...]
    cle: str


@dataclass(frozen=True)
class Lexique:
    """The names of the terms, ready to be looked up by their first word."""

    par_premier_mot: dict[str, list[_Nom]]

    def chercher(self, mots: list[_Mot], i: int, texte: str) -> tuple[str, int] | None:
        """The key of the longest name that starts at word `i`, and the number of its words."""
        for nom in self.par_premier_mot.get(mots[i].cle, ()):
            if _est_la(nom, mots[i : i + len(nom.mots)], texte):
                return nom.cle, len(nom.mots)
        return None


def lexique(entrees: Iterable[Entree]) -> Lexique:
    """Prepare the terms; when two go by the same name, the first one has it."""
    par_premier_mot: dict[str, list[_Nom]] = {}
    for entree in entrees:
        for forme in entree.formes:
            mots = tuple(_mots(forme))
            if mots:
                tirets = tuple(_a_un_tiret(forme[a.fin : b.debut]) for a, b in pairwise(mots))
                par_premier_mot.setdefault(mots[0].cle, []).append(_Nom(mots, tirets, entree.cle))
    for noms in par_premier_mot.values():
        noms.sort(key=lambda nom: -len(nom.mots))
    return Lexique(par_premier_mot)


@dataclass
class Lieur:
    """Links terms over all the texts of a page: each term once, the first time it is met.

    `deja_lies` holds the keys not to be linked (any more): give it the term whose page it is.
    """

    noms: Lexique
    deja_lies: set[str] = field(default_factory=set)

    def segments(self, texte: str) -> list[Segment]:
        """The text cut where terms are named; joined again, the segments are the text."""
        adresses = [trouve.span() for trouve in _ADRESSE.finditer(texte)]
        mots = [m for m in _mots(texte) if not any(debut <= m.debut < fin for debut, fin in adresses)]
        segments: list[Segment] = []
        position = i = 0
        while i < len(mots):
            trouve = self.noms.chercher(mots, i, texte)
            if trouve is None:
                i += 1
                continue
            cle, longueur = trouve
            debut, fin = mots[i].debut, mots[i + longueur - 1].fin
            if cle not in self.deja_lies:
                self.deja_lies.add(cle)
                if debut > position:
                    segments.append(Segment(texte[position:debut]))
                segments.append(Segment(texte[debut:fin], cle))
                position = fin
            # A name already linked is stepped over as a whole: no shorter term is linked inside it.
            i += longueur
        if position < len(texte):
            segments.append(Segment(texte[position:]))
        return segments


def segments(texte: str, entrees: Iterable[Entree], deja_lies: Iterable[str] = ()) -> list[Segment]:
    """One text on its own."""
    return Lieur(lexique(entrees), set(deja_lies)).segments(texte)


def _mots(texte: str) -> list[_Mot]:
    return [_Mot(m.start(), m.end(), m[0], cle_de_mot(m[0])) for m in _MOT.finditer(texte)]


# Texts are written with few words, met over and over.
@lru_cache(maxsize=20_000)
def cle_de_mot(mot: str) -> str:
    """« Compétences » → « competence », « Cœur » → « coeur », « réseaux » → « reseau »."""
    plat = unicodedata.normalize("NFKD", mot.casefold().replace("œ", "oe").replace("æ", "ae"))
    plat = "".join(c for c in plat if not unicodedata.combining(c))
    if len(plat) >= _LONGUEUR_MINIMALE_D_UN_PLURIEL and plat[-1] in "sx":
        return plat[:-1]
    return plat


def _est_la(nom: _Nom, mots: list[_Mot], texte: str) -> bool:
    """Whether these words of the text are that name, and nothing more than that name."""
    if len(mots) < len(nom.mots) or any(not _meme_mot(n, m) for n, m in zip(nom.mots, mots, strict=True)):
        return False
    for (a, b), avec_tiret in zip(pairwise(mots), nom.avec_tiret, strict=True):
        liaison = texte[a.fin : b.debut]
        if not _LIAISON.fullmatch(liaison) or (avec_tiret and not _a_un_tiret(liaison)):
            return False
    debut, fin = mots[0].debut, mots[-1].fin
    colle_avant = debut >= 2 and texte[debut - 1] in _TIRETS and texte[debut - 2].isalnum()
    colle_apres = fin + 1 < len(texte) and texte[fin] in _TIRETS and texte[fin + 1].isalnum()
    return not colle_avant and not colle_apres


def _a_un_tiret(liaison: str) -> bool:
    return any(tiret in liaison for tiret in _TIRETS)


def _meme_mot(nom: _Mot, mot: _Mot) -> bool:
    if len(nom.brut) > 1 and nom.brut.isupper():
        return mot.brut == nom.brut
    return mot.cle == nom.cle
