"""Read the values of a row of a table, as `rncp.valeurs` reads those of an element of the XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from catalogue.fichiers.refus import Rejet
from certifications.importers.compagnons.tables import nu
from certifications.importers.rncp.valeurs import ligne

Rejeter = Callable[[Rejet], None]

_SCIENTIFIQUE = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_LA_POSTE = "356000000"
# What tells each voie in a code of the kit or in a label; « formation » alone would fit three of them.
_VOIES = (
    (r"eleve|etudiant|initiale", "FI"),
    (r"apprentissage|contrata", "CA"),
    (r"professionnalisation|contratp", "CQ"),
    (r"continue|pfc", "FC"),
    (r"candidature", "CL"),
    (r"exp|vae", "VAE"),
)


class Textes:
    """Cleans titles, labels and names, each once: a national table says the same few thousand over and over."""

    def __init__(self) -> None:
        self._propres: dict[str, str] = {}
        self._sirets: dict[str, tuple[str, str]] = {}

    def ligne(self, brut: str) -> str:
        propre = self._propres.get(brut)
        if propre is None:
            # A line break, CR or LF, is a space between two words.
            propre = self._propres[brut] = ligne(brut.replace("\r", " ").replace("\n", " "))
        return propre

    def siret(self, brut: str) -> tuple[str, str]:
        """A number without its spaces (the export puts a TAB before it), and what is wrong with it."""
        connu = self._sirets.get(brut)
        if connu is None:
            valeur = "".join(brut.split())
            connu = self._sirets[brut] = (valeur, defaut_de_siret(valeur) if valeur else "")
        return connu

    def libelle(self, brut: str, code: str = "") -> str:
        """A label without the code that the export puts before it, and with its own apostrophes: `''` stands for one."""
        propre = self.ligne(brut)
        suite = propre.removeprefix(code).lstrip() if code and propre.startswith(code) else ""
        return (suite[1:].lstrip() if suite.startswith(":") else propre).replace("''", "'")


class Rangee:
    """One row; what cannot be kept is told to `rejeter` with `cle`, which names the row there."""

    __slots__ = ("_rejeter", "_textes", "_valeurs", "cle")

    def __init__(self, valeurs: Mapping[str, str], cle: str, textes: Textes, rejeter: Rejeter):
        self._valeurs = valeurs
        self._textes = textes
        self._rejeter = rejeter
        self.cle = cle

    def rejeter(self, objet: str, raison: str) -> None:
        self._rejeter(Rejet(objet, self.cle, raison))

    def ligne(self, colonne: str, maximum: int) -> str:
        """One line of at most `maximum` characters, "" otherwise: a cut title would be a false one."""
        valeur = self._textes.ligne(self._valeurs[colonne])
        if len(valeur) > maximum:
            self.rejeter(
                "valeur", f"{colonne} : texte trop long ({len(valeur)} caractères, au plus {maximum})"
            )
            return ""
        return valeur

    def code(self, colonne: str) -> str:
        return self._textes.ligne(self._valeurs[colonne])

    def libelle(self, colonne: str, code: str, maximum: int) -> str:
        valeur = self._textes.libelle(self._valeurs[colonne], code)
        if len(valeur) > maximum:
            self.rejeter(
                "valeur", f"{colonne} : texte trop long ({len(valeur)} caractères, au plus {maximum})"
            )
            return ""
        return valeur

    def vrai_faux(self, colonne: str, vrai: str, faux: str) -> bool | None:
        valeur = self.code(colonne)
        if valeur.upper() in (vrai.upper(), faux.upper()):
            return valeur.upper() == vrai.upper()
        if valeur:
            self.rejeter("valeur", f"{colonne} : ni {vrai} ni {faux} : « {valeur[:40]} »")
        return None

    def siret(self, colonne: str) -> str:
        """14 digits whose key is right, "" otherwise: a damaged number would designate somebody else."""
        valeur, defaut = self._textes.siret(self._valeurs[colonne])
        if defaut:
            self.rejeter("SIRET", f"{defaut} : « {valeur[:40]} »")
            return ""
        return valeur


def defaut_de_siret(valeur: str) -> str:
    """What is wrong with this SIRET, in a few words of French; "" when nothing is.

    Spreadsheets write 4,11240542E+13 for 41124054200026, and drop the zeros that numbers begin with. The key is Luhn's, but
    for the establishments of La Poste, whose digits add up to a multiple of five.
    """
    if _SCIENTIFIQUE.fullmatch(valeur):
        return "SIRET abîmé, en notation scientifique"
    if not (valeur.isascii() and valeur.isdigit()):
        return "SIRET illisible"
    if len(valeur) != 14:
        return f"SIRET abîmé, {len(valeur)} chiffres au lieu de 14"
    chiffres = [int(chiffre) for chiffre in valeur]
    doubles = [2 * chiffre if rang % 2 == 0 else chiffre for rang, chiffre in enumerate(chiffres)]
    if sum(d - 9 if d > 9 else d for d in doubles) % 10 == 0:
        return ""
    if valeur.startswith(_LA_POSTE) and sum(chiffres) % 5 == 0:
        return ""
    return "SIRET abîmé, clé de contrôle fausse"


@lru_cache(maxsize=100)
def voie(texte: str) -> str:
    """FI, CA, FC, CQ, CL or VAE, from « Par expérience », « CONTRATA »…; "" when it is none of them."""
    return next((voie for motif, voie in _VOIES if re.search(motif, nu(texte))), "")
