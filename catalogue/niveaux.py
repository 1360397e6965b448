"""The one vocabulary of niveaux de qualification, and the readers of every way it is written.

The scale is the cadre national des certifications of 2019: 3 = CAP, 4 = bac, 5 = bac+2, 6 = bac+3 or bac+4,
7 = bac+5, 8 = doctorat; 2 is below the CAP. 0 is ours and says « sans diplôme »: it is an answer, whereas
None is the absence of an answer (« non renseigné »). « Bac+1 » is not a niveau: one year after the bac keeps
the niveau of the bac. A niveau is never shown in roman numerals: the old ones ran the other way round.

Each reader takes the notation of one source and raises ValueError on what that source is not known to write,
so that an importer reports it instead of guessing.
"""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache


class Niveau(IntEnum):
    """Niveau de qualification; the order of the members is the order of the studies."""

    SANS_DIPLOME = 0
    NIVEAU_2 = 2
    CAP = 3
    BAC = 4
    BAC_2 = 5
    BAC_3_OU_4 = 6
    BAC_5 = 7
    DOCTORAT = 8

    @classmethod
    def _missing_(cls, value: object) -> "Niveau":
        raise _inconnu("niveau de qualification", value)

    @property
    def equivalent(self) -> str:
        """The everyday words: « bac+2 »; empty for niveau 2, which has none; « sans diplôme » for 0."""
        return _EQUIVALENTS[self]

    @property
    def libelle(self) -> str:
        """The words to show: « Niveau 5 (bac+2) », « Niveau 2 », « Sans diplôme »."""
        if self is Niveau.SANS_DIPLOME:
            return "Sans diplôme"
        return f"Niveau {self.value} ({self.equivalent})" if self.equivalent else f"Niveau {self.value}"


_EQUIVALENTS = {
    Niveau.SANS_DIPLOME: "sans diplôme",
    Niveau.NIVEAU_2: "",
    Niveau.CAP: "CAP",
    Niveau.BAC: "bac",
    Niveau.BAC_2: "bac+2",
    Niveau.BAC_3_OU_4: "bac+3 ou bac+4",
    Niveau.BAC_5: "bac+5",
    Niveau.DOCTORAT: "doctorat",
}

NON_RENSEIGNE = "Non renseigné"

CHOIX: tuple[tuple[int, str], ...] = tuple((niveau.value, niveau.libelle) for niveau in Niveau)
"""Choices for a model field or a filter, from the shortest studies to the longest."""


def libelle(niveau: int | None) -> str:
    """The words to show for a stored niveau (0, 2 to 8) or None; ValueError on any other number."""
    return NON_RENSEIGNE if niveau is None else Niveau(niveau).libelle


def depuis_annees_apres_bac(annees: int) -> Niveau:
    """Niveau of « bac + n », n from 0 up: 0 and 1 → 4, 2 → 5, 3 and 4 → 6, 5 to 7 → 7, 8 and more → 8."""
    if annees < 0:
        raise _inconnu("nombre d'années après le bac", annees)
    for seuil, niveau in ((8, Niveau.DOCTORAT), (5, Niveau.BAC_5), (3, Niveau.BAC_3_OU_4), (2, Niveau.BAC_2)):
        if annees >= seuil:
            return niveau
    return Niveau.BAC


def depuis_rncp(code: str) -> Niveau | None:
    """NIV2 to NIV8 (NOMENCLATURE_EUROPE/NIVEAU, Nomenclature_Europe_Niveau of France compétences).

    AUCUN, REPRISE (« positionnement non déterminé ») and the empty field (every RS fiche) say that the
    certification has no niveau, not that it needs no diploma: None.
    """
    code = code.strip().upper()
    if code in ("", "AUCUN", "REPRISE"):
        return None
    return _de_2_a_8(r"NIV([2-8])", code, "niveau RNCP")


def depuis_kit(code: str) -> Niveau | None:
    """« niveau5 » (column NiveauEurope of the kit of January 2021); empty → None."""
    return (
        _de_2_a_8(r"niveau\s?([2-8])", code.strip().lower(), "niveau du kit RNCP") if code.strip() else None
    )


def depuis_onisep(texte: str) -> Niveau | None:
    """« niveau 5 (bac + 2) » (niveau_certification of Idéo, libellé niveau RNCP of its CSV).

    « non inscrit au RNCP », « non renseigné » and empty → None. Idéo writes « niveau 6 (bac + 3) » where the
    cadre says bac+3 or bac+4: the number is what counts.
    """
    texte = _plat(texte)
    if texte in ("", "non inscrit au rncp", "non renseigne"):
        return None
    return _de_2_a_8(r"niveau ([2-8])\b.*", texte, "niveau Onisep")


_ACCES_ONISEP = {
    "sans diplome": Niveau.SANS_DIPLOME,
    "3e": Niveau.SANS_DIPLOME,  # a class, not a diploma
    # The brevet has no place in the cadre national; INSEE counts it with « aucun diplôme ou brevet ».
    "diplome national du brevet": Niveau.SANS_DIPLOME,
    "cap ou equivalent": Niveau.CAP,
    "cap ou equivalent + 1 an": Niveau.CAP,
    "bac ou equivalent": Niveau.BAC,
}


def depuis_acces_onisep(texte: str) -> Niveau | None:
    """« CAP ou équivalent », « Bac + 2 », « Bac + 9 et plus » (niveau_acces_min, niveau_etudes, for_niveau_de_sortie).

    « autre formation » and empty → None.
    """
    texte = _plat(texte)
    if texte in ("", "autre formation"):
        return None
    if texte in _ACCES_ONISEP:
        return _ACCES_ONISEP[texte]
    if lu := re.fullmatch(r"bac ?\+ ?(\d)( et plus)?", texte):
        return depuis_annees_apres_bac(int(lu[1]))
    raise _inconnu("niveau d'accès Onisep", texte)


_ANCIEN_CODE_ONISEP = {
    "1": Niveau.BAC_5,
    "2": Niveau.BAC_3_OU_4,
    "3": Niveau.BAC_2,
    "4": Niveau.BAC,
    "5": Niveau.CAP,
    "8": Niveau.DOCTORAT,  # the only code of the new scale in a column of the old one
}


def depuis_ancien_code_onisep(code: str) -> Niveau | None:
    """Column « niveau RNCP » of the formations CSV: the scale before 2019, reversed (5 = CAP, 1 = bac+5).

    0 (« non inscrit au RNCP ») and empty → None.
    """
    code = code.strip()
    return None if code in ("", "0") else _dans(_ANCIEN_CODE_ONISEP, code, "ancien code de niveau Onisep")


_LHEO = {
    "1": Niveau.SANS_DIPLOME,  # « sans niveau spécifique »
    "2": Niveau.SANS_DIPLOME,  # VI
    "3": Niveau.SANS_DIPLOME,  # V bis, before the CAP
    "4": Niveau.CAP,
    "5": Niveau.BAC,
    "6": Niveau.BAC_2,
    "7": Niveau.BAC_3_OU_4,
    "8": Niveau.BAC_5,  # I, « supérieur à la maîtrise »: doctorat was not told apart
    "11": Niveau.SANS_DIPLOME,  # niveau 1, « maîtrise des savoirs de base »
} | {str(10 + niveau): niveau for niveau in Niveau if niveau >= 2}


def depuis_lheo(code: str) -> Niveau | None:
    """dict-niveaux of LHÉO, two scales in one: 0 to 8 is the old one (6 = bac+2), 11 to 18 is 10 + niveau.

    0 (« information non communiquée ») and empty → None.
    """
    code = code.strip()
    return None if code in ("", "0", "00") else _dans(_LHEO, code, "niveau LHÉO")


@lru_cache(maxsize=100)
def depuis_mcf(texte: str) -> Niveau | None:
    """« BAC+2 : DEUG, BT, DUT... (NIVEAU 5) » (libelle_niveau_sortie_formation of Mon Compte Formation).

    Empty (every RS row) → None.
    """
    texte = _plat(texte)
    return _de_2_a_8(r".*\(niveau ([2-8])\)", texte, "niveau Mon Compte Formation") if texte else None


def depuis_table_de_passage(code: str) -> Niveau | None:
    """A bare figure, 2 to 8 (ci_niveau_europeen of the table de passage); « non renseigné » and empty → None."""
    code = _plat(code)
    if code in ("", "non renseigne"):
        return None
    return _de_2_a_8(r"([2-8])", code, "niveau européen")


_ROMAINS = {
    "VI": Niveau.SANS_DIPLOME,
    "V BIS": Niveau.SANS_DIPLOME,
    "V": Niveau.CAP,
    "IV": Niveau.BAC,
    "III": Niveau.BAC_2,
    "II": Niveau.BAC_3_OU_4,
    "I": Niveau.BAC_5,
}


def depuis_chiffres_romains(texte: str) -> Niveau:
    """« III », « niveau III »: the nomenclature of 1969. I covered bac+5 and above and is read as 7."""
    return _dans(_ROMAINS, texte.strip().upper().removeprefix("NIVEAU").strip(), "niveau en chiffres romains")


def _plat(texte: str) -> str:
    """Lower case, no accents, single spaces: labels differ by those from one vintage to the next."""
    sans_accents = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return " ".join(sans_accents.lower().split())


def _de_2_a_8(motif: str, texte: str, source: str) -> Niveau:
    if lu := re.fullmatch(motif, texte):
        return Niveau(int(lu[1]))
    raise _inconnu(source, texte)


def _dans(table: dict[str, Niveau], code: str, source: str) -> Niveau:
    if code not in table:
        raise _inconnu(source, code)
    return table[code]


def _inconnu(source: str, valeur: object) -> ValueError:
    return ValueError(f"{source} inconnu : « {valeur} ».")
