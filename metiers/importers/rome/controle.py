"""The checks every table of ROME goes through; what fails is told to `rejeter` under its key."""

import re
from collections.abc import Callable, Container

from catalogue.fichiers.refus import Rejet

_CODE_ROME = re.compile(r"[A-N][0-9]{4}")
_OGR = re.compile(r"[0-9]{1,10}")
_RANG = re.compile(r"[0-9]{1,4}")
RIASEC = frozenset("RIASEC")
LONGUEURS = {
    "grand domaine": (1, 200),
    "domaine professionnel": (3, 200),
    "fiche": (10, 300),
    "appellation": (10, 300),
    "compétence": (10, 500),
    "macro-compétence": (10, 500),
    "savoir": (10, 500),
    "contexte de travail": (10, 300),
    "centre d’intérêt": (5, 200),
    "secteur": (10, 200),
    "sous-secteur": (10, 200),
    "thème": (10, 200),
    "secteur NAF": (10, 300),
}
"""Characters that the code and the label of each record may have: those of its columns, which SQLite would not hold to."""
CLE_MAX = 60
"""Characters of a key in a report."""


class Controle:
    """Says whether a value may be kept, and reports it when not."""

    def __init__(self, rejeter: Callable[[Rejet], None]):
        self._rejeter = rejeter

    def rejeter(self, objet: str, cle: str, raison: str) -> None:
        self._rejeter(Rejet(objet, cle[:CLE_MAX], raison))

    def nouvelle_cle(self, objet: str, cle: str, connues: Container[str], libelle: str) -> bool:
        """A key that is there for the first time, with a label."""
        if not cle:
            self.rejeter(objet, "", f"code absent ({libelle[:60] or 'sans libellé'})")
        elif cle in connues:
            self.rejeter(objet, cle, "code en double")
        elif not libelle:
            self.rejeter(objet, cle, "libellé absent")
        elif objet not in LONGUEURS:
            return True
        else:
            longueur_code, longueur_libelle = LONGUEURS[objet]
            return self.tient(objet, cle, "code", cle, longueur_code) and self.tient(
                objet, cle, "libellé", libelle, longueur_libelle
            )
        return False

    def tient(self, objet: str, cle: str, colonne: str, valeur: str, maximum: int) -> bool:
        """Whether a text fits in its column; one that does not is reported: cut, it would be another."""
        if len(valeur) <= maximum:
            return True
        self.rejeter(objet, cle, f"{colonne} de {len(valeur)} caractères, au plus {maximum}")
        return False

    def court(self, objet: str, cle: str, colonne: str, valeur: str, maximum: int) -> str:
        """A text that its record can do without: "" when it does not fit, and it is reported."""
        if len(valeur) <= maximum:
            return valeur
        self.rejeter(objet, cle, f"{colonne} de {len(valeur)} caractères, au plus {maximum} : laissé vide")
        return ""

    def nouvel_ogr(self, objet: str, code: str, connus: Container[str], libelle: str) -> bool:
        """The same, for an OGR code, which is digits."""
        if code and not _OGR.fullmatch(code):
            self.rejeter(objet, code, "code OGR qui n’est pas un nombre")
            return False
        return self.nouvelle_cle(objet, code, connus, libelle)

    def code_rome(self, objet: str, code: str) -> bool:
        """A letter from A to N and four digits."""
        if _CODE_ROME.fullmatch(code):
            return True
        self.rejeter(objet, code, "code ROME mal formé" if code else "code ROME absent")
        return False

    def connu(self, objet: str, cle: str, quoi: str, code: str, connus: Container[str]) -> bool:
        """A code that another table must hold; `quoi` names it (« code ROME »)."""
        if code in connus:
            return True
        self.rejeter(objet, cle, f"{quoi} introuvable ({code})" if code else f"sans {quoi}")
        return False

    def parmi(self, objet: str, cle: str, colonne: str, valeur: str, permises: Container[str]) -> str:
        """The value when it is empty or allowed; otherwise "", and it is reported."""
        if not valeur or valeur in permises:
            return valeur
        self.rejeter(objet, cle, f"valeur inconnue de {colonne}, laissée vide ({valeur[:60]})")
        return ""

    def rang(self, objet: str, cle: str, colonne: str, valeur: str) -> int | None:
        """A rank of four digits at most; anything else is reported, and its row is not kept."""
        if _RANG.fullmatch(valeur):
            return int(valeur)
        self.rejeter(objet, cle, f"{colonne} qui n’est pas un rang ({valeur[:60]})")
        return None

    def drapeau(self, objet: str, cle: str, colonne: str, valeur: str) -> bool | None:
        """O, N or empty; anything else is reported and unknown."""
        reconnue = self.parmi(objet, cle, colonne, valeur, ("O", "N"))
        return reconnue == "O" if reconnue else None
