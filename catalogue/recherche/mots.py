"""From words as people write them to words that can be compared.

Accents, ligatures, apostrophes, gender and plural are one: « infirmières », « Infirmier / Infirmière » and
« infirmier·ère » give the same word. The stemmer is ours because the known French ones split feminine from masculine
(serveur, serveuse), which is the very thing a job title does. It only maps a feminine or a plural to its masculine
singular: « vente » never meets « verte », nor « manager » « manger ».
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOTS_VIDES = frozenset(
    re.findall(
        r"\w+",
        "a au aux avec ce ces chez d dans de des du en et l la le les leur leurs mes mon ou par pour qu que qui s sa se "
        "ses sur un une vers y",
    )
)
"""Words that say nothing of a title. « Son » is not one: it is a job's matter more often than a possessive."""

# « conseiller/ère », « téléacteur·trice », « Chargé(e) », « salarié.e.s »: an ending that repeats the word before.
_FORME_DOUBLE = re.compile(
    r"[·•∙/(.-](?<=[a-z].)(?:e|ne|le|se|te|fe|ve|ere|iere|trice|rice|ice|euse|esse|ienne|enne|onne|elle|ale|ive)\)?(?:[·•.-]?s)?(?![a-z])"
)
_MOT = re.compile(r"[a-z0-9]+")
# The combining marks that letters are written with, once they are taken apart.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

# Feminine endings and the masculine they come from, the longest first.
_FEMININS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ienne", "ien"),
    ("enne", "en"),
    ("onne", "on"),
    ("iere", "ier"),
    ("ere", "er"),
    ("elle", "el"),
    ("ive", "if"),
    ("ale", "al"),
    ("ffe", "f"),
    ("ee", "e"),
)
_IRREGULIERS = {
    "maitresse": "maitre",
    "contremaitresse": "contremaitre",
    "hotesse": "hote",
    "barmaid": "barman",
    "barmaids": "barman",
    "barmen": "barman",
}
_PLURIELS = (("eaux", "eau"), ("eux", "eur"), ("aux", "al"))
# « agente » is an agent, but « vente » is no wind: an e that ends a shorter word belongs to it.
_E_MUET_DES = 6


def sans_accents(texte: str) -> str:
    """Lower case, ligatures opened, accents dropped, apostrophes and dashes of every kind made plain."""
    texte = texte.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'").replace("‑", "-")
    if texte.isascii():
        return texte
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", texte))


@lru_cache(maxsize=100_000)
def racine(mot: str) -> str:
    """The masculine singular of a word without accents, shorn of its mute e; short words are left alone."""
    if len(mot) <= 3 or mot[-1].isdigit():
        return mot
    if mot.rstrip("s") in _IRREGULIERS or mot in _IRREGULIERS:
        mot = _IRREGULIERS.get(mot) or _IRREGULIERS[mot.rstrip("s")]
    for pluriel, singulier in _PLURIELS:
        if mot.endswith(pluriel) and len(mot) > len(pluriel) + 1:
            mot = mot.removesuffix(pluriel) + singulier
            break
    else:
        if mot[-1] in "sx" and mot[-2:] not in ("ss", "us", "is", "as", "os"):
            mot = mot[:-1]
    for feminin, masculin in _FEMININS:
        if mot.endswith(feminin) and len(mot) > len(feminin) + 1:
            mot = mot.removesuffix(feminin) + masculin
            break
    return mot[:-1] if mot.endswith("e") and len(mot) >= _E_MUET_DES else mot


# What is heard alike is often written one for the other; applied in order.
_SONS = tuple(
    (re.compile(motif), ecriture)
    for motif, ecriture in [
        ("ph", "f"),
        ("h", ""),
        ("y", "i"),
        ("eau|au", "o"),
        ("ai|ei", "e"),
        ("qu|k|c(?=[aoulr]|$)", "k"),
        ("ss|c(?=[ei])|sc(?=[ei])|t(?=ion)", "s"),
        ("z", "s"),
        ("en|em(?=[bp])|am(?=[bp])", "an"),
        ("om(?=[bp])", "on"),
        ("g(?=[ei])", "j"),
        (r"(.)\1+", r"\1"),
    ]
)


@lru_cache(maxsize=100_000)
def son(mot: str) -> str:
    """Roughly how a comparable word sounds: « notair » and « noter » are one."""
    for motif, ecriture in _SONS:
        mot = motif.sub(ecriture, mot)
    return mot


def mots_ecrits(texte: str) -> list[str]:
    """The words of a text, in order, without accents; empty words left out, unless there would be nothing left."""
    bruts = _MOT.findall(_FORME_DOUBLE.sub("", sans_accents(texte)))
    return [mot for mot in bruts if mot not in MOTS_VIDES] or bruts


def mots(texte: str) -> list[str]:
    """The same, comparable."""
    return [racine(mot) for mot in mots_ecrits(texte)]


def mots_presents(texte: str) -> set[str]:
    """Every comparable word of a text, the empty ones too, in no order: those of its pieces without a blank, one by one."""
    return {racine(mot) for mot in set(_MOT.findall(_FORME_DOUBLE.sub("", sans_accents(texte))))}


def mots_distincts(texte: str) -> list[str]:
    """The same, each once: both forms of « Chargé / Chargée » count as one word."""
    return list(dict.fromkeys(mots(texte)))


def contient_un_chiffre(mot: str) -> bool:
    """A number, a code: it is what it is, never a slip for another."""
    return any(c.isdigit() for c in mot)
