"""What ROME's « accès au métier » says, read by rules: the niveau, the experience, the open doors.

Source: `unix_texte_v*_utf8.csv`, rows whose `libelle_type_texte` is « acces_metier », joined in the order of
`position_phrase`. It is prose: precise wordings are read, everything else stays unknown. Nothing is guessed,
and `extrait` is the sentence the niveau was read in, for the page to quote.

What « niveau » means here: **the lowest diploma named as enough to enter**.

* A range gives its lower end (« CAP à Bac+2 » → 3), a list its lowest diploma (« un BTS ou une licence » → 5).
* A diploma which is only an advantage, or only for some posts (« serait un atout », « peut être demandé pour
  l'encadrement »), is not a way in: it is left out.
* « Accessible sans diplôme » as the way in gives 0. As a second way, after a diploma (« Il est également
  accessible avec une expérience professionnelle sans diplôme particulier »), the niveau stays the diploma's
  and `sans_diplome` is True: both words are shown, because most people come in by the first door.
* A certificate whose niveau the words do not give (CQP, titre à finalité professionnelle), or on which the
  sources contradict each other (see `metiers.diplomes`), is unknown; when it is an alternative to a diploma of
  niveau 4 or more, the lowest of the two is unknown, hence the whole.
* « M1 » is bac+4; « bac+1 » is no niveau and reads as the bac (see `catalogue.niveaux`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from catalogue.niveaux import Niveau, depuis_annees_apres_bac
from metiers.diplomes import DIPLOMES

I = re.IGNORECASE  # noqa: E741


class Experience(StrEnum):
    """The experience asked for, from the widest door to the narrowest."""

    AUCUNE = "aucune"
    SOUHAITEE = "souhaitee"
    DEMANDEE = "demandee"
    CONFIRMEE = "confirmee"

    @property
    def libelle(self) -> str:
        return {
            Experience.AUCUNE: "Débutants acceptés",
            Experience.SOUHAITEE: "Expérience appréciée",
            Experience.DEMANDEE: "Expérience demandée",
            Experience.CONFIRMEE: "Expérience confirmée demandée",
        }[self]


@dataclass(frozen=True, slots=True)
class Acces:
    """What was read; None and empty mean « the text does not say »."""

    niveau: Niveau | None = None
    extrait: str = ""
    """The sentence `niveau` was read in; empty when there is no niveau."""
    niveaux: tuple[Niveau, ...] = ()
    """Every niveau named as a way in, ascending: « CAP à Bac+2 » gives 3 and 5."""
    sans_diplome: bool = False
    """A way in without a diploma is named, as the first or as another one."""
    experience: Experience | None = None
    extrait_experience: str = ""
    duree_formation_mois: int | None = None
    """Months of the training the text itself describes (9 weeks → 2); rarely given."""
    concours: bool = False
    """A competitive examination is named, for the whole job or for the public service."""


def lire_acces(texte: str) -> Acces:
    """Read one « accès au métier » text; an empty or silent text gives an empty `Acces`, never an error."""
    phrases = _phrases(texte)
    vus: dict[Niveau, str] = {}
    ouverture = ""  # the sentence that opens the job without a diploma as the first way in
    sans_diplome = certificat_sans_niveau = False
    for phrase in phrases:
        voie = _voie_d_entree(phrase)
        sans = _SANS_DIPLOME.search(voie)
        if sans:
            avant = {niveau for niveau, position in _niveaux(voie) if position < sans.start()}
            if not (vus or avant or sans_diplome or _AUTRE_VOIE.search(voie, 0, sans.start())):
                ouverture = phrase
        if sans or _DIPLOME_NON_OBLIGATOIRE.search(phrase):
            sans_diplome = True
        lus = [niveau for niveau, _ in _niveaux(voie)]
        for lu in lus:
            vus.setdefault(lu, phrase)
        certificat_sans_niveau |= bool(lus and _CERTIFICAT_SANS_NIVEAU.search(voie))

    experience, extrait_experience = _experience(phrases)
    niveau, extrait = _niveau_minimum(vus, ouverture, certificat_sans_niveau)
    return Acces(
        niveau=niveau,
        extrait=extrait,
        niveaux=tuple(sorted({*vus, Niveau.SANS_DIPLOME} if ouverture else vus)),
        sans_diplome=sans_diplome,
        experience=experience,
        extrait_experience=extrait_experience,
        duree_formation_mois=_duree_formation_mois(phrases),
        concours=any(re.search(r"\bconcours\b", phrase, I) for phrase in phrases),
    )


def _niveau_minimum(
    vus: dict[Niveau, str], ouverture: str, certificat_sans_niveau: bool
) -> tuple[Niveau | None, str]:
    if ouverture:
        return Niveau.SANS_DIPLOME, ouverture
    if not vus:
        return None, ""
    minimum = min(vus)
    if certificat_sans_niveau and minimum > Niveau.CAP:
        return None, ""
    return minimum, vus[minimum]


# --- sentences ---------------------------------------------------------------------------------------

# A full stop followed by a capital; « (BTS, DUT, ...) en » is not the end of a sentence.
_FIN_DE_PHRASE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀÂÉÈÊÎÔ\"«])|\n+")


def _phrases(texte: str) -> list[str]:
    """Sentences with plain apostrophes and single blanks; `''` is one apostrophe in ROME's table `texte`."""
    texte = texte.replace("''", "'").replace("’", "'").replace("\u00a0", " ")
    phrases = (" ".join(phrase.split()) for phrase in _FIN_DE_PHRASE.split(texte))
    return [phrase for phrase in phrases if len(phrase) > 1]


_FACULTATIF = re.compile(
    r"\b(?:atouts?|un plus|apprécié(?!\w* pour le contenu)\w*|conseillé\w*|recommandé\w*|souhait\w+|optionnel\w*|bénéfiques?|pertinente?s?|"
    r"préférence avec|facilite\w*|faciliter|utiles?|envisagé\w*|valorisé\w*|privilégié\w*|perspectives?|"
    r"fortement requis\w*|spécialiser|évoluer|"
    r"(?:peut|peuvent|pourra|pourront|peu\(ven\)t) (?:également |aussi |parfois )?être (?:demandé|requis|exigé|"
    r"nécessaire|proposé|préparé|complété|délivré|une première)\w*)",
    I,
)
_ENTREE = re.compile(
    r"\b(?:accessibles?|accéder|accès|nécessite\w*|devenir|exercer|requi\w+|obligatoires?|vont)\b", I
)
_COUPURE = re.compile(
    r",|;|\.(?= )| (?:mais|même si|bien que|cependant|toutefois) | et (?=une? |des |la |le |l'|peut)", I
)


def _voie_d_entree(phrase: str) -> str:
    """The part of a sentence that says how one gets in, without what is only an advantage.

    « accessible avec un Bac+2, un master serait un atout » keeps what stands before the last cut ahead of the
    optional words; a sentence which is only about an advantage gives nothing.
    """
    if _POSTES_PARTICULIERS.search(phrase):
        return ""
    facultatif = _FACULTATIF.search(phrase)
    if not facultatif:
        return phrase
    coupures = [coupure for coupure in _COUPURE.finditer(phrase) if coupure.end() <= facultatif.start()]
    tete = phrase[: coupures[-1].start()] if coupures else ""
    return tete if _ENTREE.search(tete) else ""


# What only some posts ask for, and what is a permission or a speciality rather than a diploma to get in.
_POSTES_PARTICULIERS = re.compile(
    r"^(?!C(?:et emploi|e métier)\b).*\b(?:fonction publique|collectivités territoriales|"
    r"(?:établissements|organismes) publics)\b.*\bconcours\b|"
    r"premiers secours|\bsecours civiques\b|\bPSC ?1\b|\bautorisation d'exercer\b|^suite au\b",
    I,
)

# --- levels ------------------------------------------------------------------------------------------

_MOTIFS = tuple((re.compile(motif), niveau) for motif, niveau in DIPLOMES)
_BAC_PLUS = re.compile(r"\bbac(?:calauréat)? ?\+ ?(\d{1,2})(?:(?: ?/ ?| ou )\+?(\d)\b)?", I)
_NIVEAU_CHIFFRE = re.compile(
    r"(?<!professionnelle de )(?:\bniveau|\bCEC(?: niveau)?) ([3-8])\b(?: ?CEC)?(?: ?(?:/|ou|à) ?([3-8])\b)?"
)


def _niveaux(voie: str) -> Iterator[tuple[Niveau, int]]:
    """Every niveau named in a way in, with its position."""
    annees_lues = list(_BAC_PLUS.finditer(voie))
    for lu in annees_lues:
        for annees in lu.groups():
            if annees:
                yield depuis_annees_apres_bac(int(annees)), lu.start()
    # « Bac+3 à Bac+5 (CEC 5/6) »: the figures of the source contradict its words; the words are kept.
    for lu in () if annees_lues else _NIVEAU_CHIFFRE.finditer(voie):
        for chiffre in lu.groups():
            if chiffre:
                yield Niveau(int(chiffre)), lu.start()
    for motif, niveau in _MOTIFS:
        for lu in motif.finditer(voie):
            yield niveau, lu.start()


_CERTIFICAT_SANS_NIVEAU = re.compile(
    r"\bCQPI?\b|certificats? de qualification professionnelle|titres? à finalité|\bTFP\b|"
    r"diplôme d'[ée]tat (?:d'audioprothésiste|de psychomotricien)",
    I,
)

# --- without a diploma -------------------------------------------------------------------------------

_SANS_DIPLOME = re.compile(
    r"(?<!exercer )\bsans (?:aucune? |expérience professionnelle préalable ou sans )?"
    r"(?:condition de )?(?:diplômes?|qualification|formation(?! complémentaire)|certification)\b|"
    r"\btous (?:les )?niveaux de (?:qualification|formation|diplôme)|"
    r"\bpas conditionné\w* par la détention d'un diplôme|"
    r"\baucun diplôme\b(?!.*(?:réglementaire))(?=.*\b(?:requis|nécessaire|exigé|obligatoire)\b)",
    I,
)
_DIPLOME_NON_OBLIGATOIRE = re.compile(
    r"\bformations variées\b[^.]*\bnon obligatoires\b|\bbien que non obligatoires?, des formations|"
    r"\bpas de diplôme (?:spécifique )?obligatoire|"
    r"\baucune formation(?: \w+){0,3} (?:n'est|ne soit) (?:\w+ment )?(?:obligatoire|requise|exigée)",
    I,
)
_AUTRE_VOIE = re.compile(r"\b(?:également|aussi|cependant|toutefois|néanmoins|voire)\b", I)

# --- experience --------------------------------------------------------------------------------------

_SANS_EXPERIENCE = re.compile(
    r"\b(?:ni|sans|ou) expérience(?: professionnelle)?(?! (?:dans|de|en|confirmée|d'au))|\bdébutants?\b|"
    r"\bjeunes diplômés\b|expérience[^.]*\b(?:pas|non) (?:indispensable|nécessaire|obligatoire|requise)",
    I,
)
_CONFIRMEE = re.compile(
    r"\bexpériences?\b[^.]*\b(?:significative|confirmée|éprouvée?|plusieurs années|quelques années)|"
    r"\b(?:[3-9]|1\d|trois|cinq|sept|dix|plusieurs|quelques) (?:ans|années)\b[^.]*\bexpériences?\b|"
    r"\bexpériences?\b[^.]*\b(?:[3-9]|1\d|trois|cinq|sept|dix) (?:à \d+ )?(?:ans|années)\b",
    I,
)
_EXPERIENCE_FACULTATIVE = re.compile(_FACULTATIF.pattern + r"|facilitante?s?|selon (?:l')?expérience", I)
# An experience that stands instead of the diploma is a second way in, not a demand added to the diploma.
_AU_LIEU_DU_DIPLOME = re.compile(r"\bou (?:avec )?une expérience", I)
_AUTRE_VOIE_PAR_L_EXPERIENCE = re.compile(r"\b(?:également|aussi|cependant)\b.*\bexpérience", I)


def _experience(phrases: list[str]) -> tuple[Experience | None, str]:
    """The strongest demand, softened to « appréciée » when beginners are also named somewhere."""
    trouvees: dict[Experience, str] = {}
    for phrase in phrases:
        if lue := _experience_d_une_phrase(phrase):
            trouvees.setdefault(lue, phrase)
    if not trouvees:
        return None, ""
    if Experience.AUCUNE in trouvees and len(trouvees) > 1:
        return Experience.SOUHAITEE, trouvees[Experience.AUCUNE]
    plus_forte = max(trouvees, key=list(Experience).index)
    return plus_forte, trouvees[plus_forte]


def _experience_d_une_phrase(phrase: str) -> Experience | None:
    if _SANS_EXPERIENCE.search(phrase):
        return Experience.SOUHAITEE if _CONFIRMEE.search(phrase) else Experience.AUCUNE
    mention = re.search(r"\bexpériences?\b", phrase, I)
    if not mention or _AU_LIEU_DU_DIPLOME.search(phrase):
        return None
    if _AUTRE_VOIE_PAR_L_EXPERIENCE.search(phrase) and not any(_niveaux(phrase)):
        return None
    if _EXPERIENCE_FACULTATIVE.search(phrase, _debut_de_proposition(phrase, mention.start())):
        return Experience.SOUHAITEE
    return Experience.CONFIRMEE if _CONFIRMEE.search(phrase) else Experience.DEMANDEE


def _debut_de_proposition(phrase: str, position: int) -> int:
    bornes = [0, *(coupure.end() for coupure in _COUPURE.finditer(phrase)), len(phrase)]
    return next(debut for debut, fin in pairwise(bornes) if debut <= position < fin)


# --- length of the training --------------------------------------------------------------------------

_DUREE = re.compile(
    r"\b(?:formation|diplôme|stage)\b(?! continue)[^.;]{0,40}?\b(?:de|en) (\d+|un|une|deux|trois|quatre|cinq) "
    r"(semaines?|mois|ans?|années?)\b(?! d'expérience)",
    I,
)
_NOMBRES = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}


def _duree_formation_mois(phrases: list[str]) -> int | None:
    for phrase in phrases:
        if re.search(r"renouvel|recycl|expérience|validité|valable|tous les", phrase, I):
            continue
        if lue := _DUREE.search(phrase):
            nombre = int(lue[1]) if lue[1].isdigit() else _NOMBRES[lue[1].lower()]
            unite = lue[2].lower()
            if unite.startswith("semaine"):
                return max(1, round(nombre * 12 / 52))
            return nombre if unite == "mois" else nombre * 12
    return None
