"""Read the values of an element: everything is text in the file, and a bad value costs itself only."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from xml.etree.ElementTree import Element

from catalogue.fichiers.refus import Rejet

NUMERO = re.compile(r"(RNCP|RS)\d{1,8}", re.ASCII)
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_TAUX = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)
_ENTIER = re.compile(r"\d{1,9}", re.ASCII)
# As they are nearly always written.
_OUI_NON: dict[str | None, bool] = {"Oui": True, "Non": False}

# Fiches are pasted from word processors: Windows-1252 bytes read as control characters are given their letter back,
# other controls, zero-width characters and soft hyphens have no use in a text.
_REMPLACES: dict[int, str] = dict.fromkeys([*range(32), 127, 173, 8203, 8288, 65279], "")
_REMPLACES |= {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_REMPLACES |= {ord("\n"): "\n", ord("\t"): " ", 0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"}
_A_REMPLACER = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\u2028\u2029]")
# A no-break space belongs to French punctuation (« … »), but among other spaces it is only one of a run.
_INSECABLE_DANS_BLANCS = re.compile(r"[\xa0\u202f](?=\s)|(?<=\s)[\xa0\u202f]")


def texte(brut: str | None) -> str:
    """A long text with its runs of spaces, without control characters; "" when it holds no visible one."""
    if not brut:
        return ""
    if brut.isprintable():  # no control, no line break, no space but the ordinary one: nothing to clean
        return "" if brut.isspace() else brut
    if _A_REMPLACER.search(brut):
        brut = brut.translate(_REMPLACES)
    if "\xa0" in brut or "\u202f" in brut:
        brut = _INSECABLE_DANS_BLANCS.sub(" ", brut)
    return "" if brut.isspace() else brut


def ligne(brut: str | None) -> str:
    """A title, a name or a code: the same on one line, single spaces only."""
    if not brut:
        return ""
    return " ".join((brut if brut.isprintable() else texte(brut)).split())


@lru_cache(maxsize=10_000)
def _jour(brut: str) -> date | None:
    """JJ/MM/AAAA; the same few thousand days come back from fiche to fiche."""
    lue = _DATE.fullmatch(brut)
    try:
        return date(int(lue[3]), int(lue[2]), int(lue[1])) if lue else None
    except ValueError:
        return None


class Valeurs:
    """The children of one element that hold a text, by tag; each reading tells `rejeter` what it cannot keep.

    `cle` names the element in those reports: « RNCP34762 », « RNCP34762, bloc RNCP34762BC01 ».
    """

    __slots__ = ("_rejeter", "_textes", "cle")

    def __init__(self, element: Element, cle: str, rejeter: Callable[[Rejet], None]):
        self._textes = {enfant.tag: enfant.text for enfant in element}
        self._rejeter = rejeter
        self.cle = cle

    def rejeter(self, objet: str, raison: str) -> None:
        self._rejeter(Rejet(objet, self.cle, raison))

    def _refuser(self, balise: str, raison: str) -> None:
        self._rejeter(Rejet("valeur", f"{self.cle}, {balise}", raison))

    def _refuser_longueur(self, balise: str, valeur: str, maximum: int) -> None:
        self._refuser(balise, f"texte trop long ({len(valeur)} caractères, au plus {maximum})")

    def nommer(self, objet: str, balise: str, maximum: int) -> str:
        """The name of a part, "" when it is absent or too long; what is reported from now on bears it."""
        nom = ligne(self._textes.get(balise))
        self.cle = f"{self.cle}, {objet} {nom[:80]}"
        if len(nom) > maximum:
            self._refuser_longueur(balise, nom, maximum)
            return ""
        return nom

    def texte(self, balise: str) -> str:
        # Most of the texts that a fiche may have are not there: asked first, a call is spared.
        brut = self._textes.get(balise)
        return texte(brut) if brut else ""

    def ligne(self, balise: str, maximum: int) -> str:
        """One line of at most `maximum` characters, "" otherwise: a cut title would be a false one."""
        brut = self._textes.get(balise)
        if not brut:
            return ""
        valeur = ligne(brut)
        if len(valeur) > maximum:
            self._refuser_longueur(balise, valeur, maximum)
            return ""
        return valeur

    def date(self, balise: str) -> date | None:
        """JJ/MM/AAAA."""
        valeur = self._textes.get(balise)
        if valeur is None or not (valeur := valeur.strip()):
            return None
        if jour := _jour(valeur):
            return jour
        self._refuser(balise, f"date impossible : « {valeur[:40]} »")
        return None

    def oui_non(self, balise: str) -> bool | None:
        brut = self._textes.get(balise)
        if brut is None or brut in _OUI_NON:
            return _OUI_NON.get(brut)
        valeur = ligne(brut)
        if valeur.lower() in ("oui", "non"):
            return valeur.lower() == "oui"
        if valeur:
            self._refuser(balise, f"ni Oui ni Non : « {valeur[:40]} »")
        return None

    def entier(self, balise: str, maximum: int) -> int | None:
        """A number from 0 to `maximum`."""
        brut = self._textes.get(balise)
        if not brut or not (valeur := ligne(brut)):
            return None
        if _ENTIER.fullmatch(valeur) and int(valeur) <= maximum:
            return int(valeur)
        self._refuser(balise, f"nombre invalide : « {valeur[:40]} »")
        return None

    def taux(self, balise: str) -> Decimal | None:
        """A percentage, 0 to 100, with two decimals at most."""
        brut = self._textes.get(balise)
        if not brut or not (valeur := ligne(brut)):
            return None
        if lu := _TAUX.fullmatch(valeur):
            taux = Decimal(f"{lu[1]}.{lu[2] or 0}")
            if taux <= 100:
                return taux
        self._refuser(balise, f"taux invalide : « {valeur[:40]} »")
        return None

    def siret(self, balise: str) -> str:
        """14 digits; the row of a SIRET that is not is kept without it. A missing SIRET is no error."""
        valeur = "".join((self._textes.get(balise) or "").split())
        if not valeur or (len(valeur) == 14 and valeur.isascii() and valeur.isdigit()):
            return valeur
        self._refuser(balise, f"SIRET invalide : « {valeur[:40]} »")
        return ""
