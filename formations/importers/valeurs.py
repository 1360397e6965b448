"""Read the values of the offer's files: each function gives "" or None for what it cannot read.

Those whose values come back from line to line (an organisme, a price) remember what they have read.
"""

import hashlib
import html
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import nh3

_BLOCS = {"p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_ITEM = re.compile(r"\s*<li>\s*", re.IGNORECASE)
_AUTRE_BLOC = re.compile(r"\s*</?(?:p|br|li|ul|ol|div|tr|h[1-6])\s*/?>\s*", re.IGNORECASE)
_CONTROLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")
_DECIMALE_NULLE = re.compile(r"-?\d+[.,]0+", re.ASCII)
_ENTIER = re.compile(r"\d{1,9}", re.ASCII)
_DOMAINE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+([/?#:]\S*)?", re.IGNORECASE)
_ADRESSE = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_SUR = re.compile(r"[^A-Za-z0-9._-]+")

PRIX_MAX = Decimal("9999999.99")


def texte(brut: str | None) -> str:
    """Rich or plain text → plain text, one paragraph or « - item » a line. « - » alone is a filler: ""."""
    if not brut:
        return ""
    if (
        brut.isprintable() and "<" not in brut and "&" not in brut
    ):  # one line of ordinary characters: most texts
        resultat = " ".join(brut.split())
        return "" if resultat.strip(" -–—.") == "" else resultat
    if "<" in brut or "&" in brut:
        perdu = "\ufffd" in brut
        # nh3 drops scripts, styles and whatever could act; what is left is turned into lines.
        propre = nh3.clean(brut, tags=_BLOCS, attributes={}, link_rel=None)
        propre = _AUTRE_BLOC.sub("\n", _ITEM.sub("\n- ", propre))
        brut = html.unescape(propre)
        if not perdu:
            # « &#0; » names no character: HTML makes U+FFFD of it.
            brut = brut.replace("\ufffd", "")
    brut = _CONTROLES.sub("", brut.replace("\r\n", "\n").replace("\r", "\n"))
    lignes = (" ".join(morceau.split()) for morceau in brut.split("\n"))
    resultat = "\n".join(morceau for morceau in lignes if morceau not in ("", "-"))
    return "" if resultat.strip(" -–—.") == "" else resultat


@lru_cache(maxsize=10_000)
def ligne(brut: str | None, maximum: int) -> str:
    """The same on one line of at most `maximum` characters, a longer one cut and ended by « … »."""
    resultat = " ".join(texte(brut).split())
    return resultat if len(resultat) <= maximum else resultat[: maximum - 1].rstrip() + "…"


def code(brut: str | None) -> str:
    """A code saved again as a number gets rid of its decimal: « 35.0 » → « 35 »; « -1 » says there is none."""
    valeur = (brut or "").strip()
    if valeur.isdigit():
        return valeur
    if _DECIMALE_NULLE.fullmatch(valeur):
        valeur = re.split("[.,]", valeur)[0]
    return "" if valeur == "-1" else valeur


@lru_cache(maxsize=1_000)
def code_departement(brut: str | None) -> str:
    """« 4.0 » → « 04 », « 2a » → « 2A », « 974 »; "" for what is not one."""
    valeur = code(brut).upper()
    if len(valeur) == 1:
        valeur = f"0{valeur}"
    return valeur if re.fullmatch(r"\d{2,3}|2[AB]", valeur, re.ASCII) else ""


def code_postal(brut: str | None) -> str:
    valeur = code(brut).replace(" ", "")
    return valeur.zfill(5) if re.fullmatch(r"\d{4,5}", valeur, re.ASCII) else ""


def code_insee(brut: str | None) -> str:
    valeur = code(brut).upper()
    valeur = valeur.zfill(5) if len(valeur) == 4 else valeur
    return valeur if re.fullmatch(r"(\d{2}|2[AB])\d{3}", valeur, re.ASCII) else ""


@lru_cache(maxsize=10_000)
def siret(brut: str | None) -> str:
    """14 digits, the zeros lost by a spreadsheet given back when the key says so."""
    valeur = code("".join((brut or "").split()))
    if not re.fullmatch(r"\d{10,14}", valeur, re.ASCII):
        return ""
    return valeur if len(valeur) == 14 else _complet(valeur)


def _complet(valeur: str) -> str:
    complet = valeur.zfill(14)
    somme = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(complet))
    return complet if somme % 10 == 0 else ""


def uai(brut: str | None) -> str:
    valeur = (brut or "").strip().upper()
    return valeur if re.fullmatch(r"\d{7}[A-Z]", valeur, re.ASCII) else ""


@lru_cache(maxsize=10_000)
def entier(brut: str | None) -> int | None:
    valeur = code(brut)
    return int(valeur) if _ENTIER.fullmatch(valeur) else None


def positif(brut: str | None) -> int | None:
    """0 stands for unknown in hours, prices and numbers of places."""
    return entier(brut) or None


@lru_cache(maxsize=20_000)
def montant(brut: str | None) -> Decimal | None:
    """Euros with two decimals; 0 stands for unknown."""
    valeur = re.sub(r"[\s€]", "", brut or "").replace(",", ".")
    try:
        montant_lu = Decimal(valeur).quantize(Decimal("0.01")) if valeur else Decimal(0)
    except InvalidOperation:
        return None
    return montant_lu if montant_lu.is_finite() and 0 < montant_lu <= PRIX_MAX else None


def jour(brut: str | None) -> date | None:
    """AAAAMMJJ, AAAA-MM-JJ, or such a day followed by an hour; LHÉO's 00000000 and 99999999 are no day."""
    lu = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?:T|\s|$)", (brut or "").strip(), re.ASCII)
    try:
        return date(int(lu[1]), int(lu[2]), int(lu[3])) if lu else None
    except ValueError:
        return None


def coordonnees(brut: str | None) -> tuple[float, float] | None:
    """« lat,lon » or « lat, lon », in degrees; (0, 0) is the sea, and says nothing."""
    morceaux = (brut or "").split(",")
    return point(*morceaux) if len(morceaux) == 2 else None


def point(latitude: str | None, longitude: str | None) -> tuple[float, float] | None:
    try:
        lu = float(latitude or ""), float(longitude or "")
    except ValueError:
        return None
    if not (-90 <= lu[0] <= 90 and -180 <= lu[1] <= 180) or lu == (0, 0):
        return None
    return lu


def adresse_web(brut: str | None) -> str:
    """An http(s) address of at most 500 characters; the scheme that sources leave out is added."""
    valeur = (brut or "").strip()
    if _DOMAINE.fullmatch(valeur):
        valeur = f"http://{valeur}"
    return valeur if _ADRESSE.fullmatch(valeur) and len(valeur) <= 500 else ""


def identifiant(prefixe: str, brut: str, maximum: int) -> str:
    """« prefixe-brut » fit for an address; what had to be changed or cut keeps a mark that tells it apart."""
    sur = _SUR.sub("-", brut).strip("-.")
    entier_ = f"{prefixe}-{sur}"
    if sur == brut and len(entier_) <= maximum:
        return entier_
    marque = empreinte(brut)
    return f"{entier_[: maximum - len(marque) - 1]}-{marque}"


def empreinte(*valeurs: str) -> str:
    """Eight characters that tell one list of values from another."""
    return hashlib.blake2b("\x1f".join(valeurs).encode(), digest_size=4).hexdigest()
