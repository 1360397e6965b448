"""Diploma words: « bac pro commerce » asks for commerce at niveau 4, and would rather see a bac pro."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.niveaux import Niveau
from catalogue.recherche.mots import mots

# (what people write, without accents; the niveau; whether it names a diploma rather than a length of studies).
_MOTIFS: tuple[tuple[str, Niveau | None, bool], ...] = (
    (r"sans (?:aucun )?diplomes?", Niveau.SANS_DIPLOME, False),
    (r"bac ?\+ ?8", Niveau.DOCTORAT, False),
    (r"bac ?\+ ?[567]", Niveau.BAC_5, False),
    (r"bac ?\+ ?[34]", Niveau.BAC_3_OU_4, False),
    (r"bac ?\+ ?2", Niveau.BAC_2, False),
    (r"niveau (?:[2-8])", None, False),
    (r"doctorats?", Niveau.DOCTORAT, True),
    (r"masters?", Niveau.BAC_5, True),
    (r"licences? pro(?:fessionnelles?)?|licences?|but|bachelors?", Niveau.BAC_3_OU_4, True),
    (r"bts|dut", Niveau.BAC_2, True),
    (
        r"bac(?:calaureat)?s? (?:pro(?:fessionnels?)?|general|techno(?:logique)?)|bac(?:calaureat)?",
        Niveau.BAC,
        True,
    ),
    (r"capa?|bep|certificat d'aptitude professionnelle", Niveau.CAP, True),
    (r"titres? pro(?:fessionnels?)?", None, True),
    (r"diplomes? d'etat", None, True),
)
_DIPLOME = re.compile(
    "|".join(rf"(?:^|(?<=\s))(?P<m{i}>{m})(?=\s|$)(?! ?\+)" for i, (m, _, _) in enumerate(_MOTIFS))
)
# As the titles and the abbreviations of the certifications write it.
_ECRITURES = {"professionnel": "pro", "bachelor": "but", "baccalaureat": "bac", "capa": "cap"}


@dataclass(frozen=True, slots=True)
class Diplome:
    """What was read, and what it asks for."""

    texte: str
    niveau: Niveau | None
    mots: tuple[str, ...]
    """Words to look for in the titles of certifications and formations; none when it only says a length of studies."""


def lire(plat: str) -> tuple[Diplome | None, str]:
    """(the diploma words of a text without accents, the text without them)."""
    trouve = _DIPLOME.search(plat)
    if trouve is None or trouve.lastgroup is None:
        return None, plat
    _, niveau, nomme = _MOTIFS[int(trouve.lastgroup[1:])]
    texte = trouve.group()
    if texte.startswith("niveau"):
        niveau = Niveau(int(texte[-1]))
    cherches = tuple(_ECRITURES.get(mot, mot) for mot in mots(texte)) if nomme else ()
    return Diplome(texte, niveau, cherches), f"{plat[: trouve.start()]} {plat[trouve.end() :]}".strip()
