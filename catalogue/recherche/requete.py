"""What was meant by what was typed: codes, diploma words, synonyms, words known or nearly so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.models import VersionCatalogue
from catalogue.models.recherche import MotConnu, Synonyme
from catalogue.niveaux import Niveau
from catalogue.recherche.mots import mots, sans_accents

# Said around the thing looked for, in any search about orientation.
MOTS_DE_PASSAGE = frozenset(
    mot
    for phrase in [
        "comment",
        "devenir",
        "etre",
        "faire",
        "je",
        "veux",
        "voudrais",
        "cherche",
        "recherche",
        "metier",
        "metiers",
        "emploi",
        "emplois",
        "job",
        "jobs",
        "travail",
        "travailler",
        "boulot",
        "poste",
        "formation",
        "formations",
        "fiche",
        "devient",
        "sur",
        "le",
        "les",
        "bosser",
    ]
    for mot in mots(phrase)
)
LONGUEUR_CORRIGEABLE = 6
"""Shorter words are never corrected: « vente » must not find « verte »."""
RESSEMBLANCE = 0.78
CORRECTIONS = 4

# A diploma word filters by level; it is not a topic. Longest first.
_DIPLOMES: tuple[tuple[str, Niveau], ...] = (
    (r"sans (?:aucun )?diplomes?", Niveau.SANS_DIPLOME),
    (r"(?:brevet )?bep", Niveau.CAP),
    (r"cap", Niveau.CAP),
    (r"bac ?\+ ?8|doctorat", Niveau.DOCTORAT),
    (r"bac ?\+ ?[567]|masters?", Niveau.BAC_5),
    (r"bac ?\+ ?[34]|licences?(?: pro(?:fessionnelles?)?)?|but", Niveau.BAC_3_OU_4),
    (r"bac ?\+ ?2|bts|dut", Niveau.BAC_2),
    (r"bac(?:calaureat)?(?: (?:pro(?:fessionnel)?|general|techno(?:logique)?))?(?! ?\+)", Niveau.BAC),
    (r"niveau (?P<chiffre>[2-8])", Niveau.BAC),
)
_DIPLOME = re.compile("|".join(rf"(?:^|(?<=\s))(?:{motif})(?=\s|$)" for motif, _ in _DIPLOMES))


@dataclass(frozen=True)
class Requete:
    """A search as it was understood."""

    texte: str
    groupes: list[list[str]] = field(default_factory=list)
    """Alternatives for each word: the word, its prefix form (« infirm* »), or near words."""
    variantes: list[list[list[str]]] = field(default_factory=list)
    """Whole other readings, from the synonyms."""
    mots: list[str] = field(default_factory=list)
    niveau: Niveau | None = None
    mot_de_niveau: str = ""
    corrections: dict[str, list[str]] = field(default_factory=dict)
    """For each unknown word, the known ones it was taken for."""

    @property
    def est_vide(self) -> bool:
        return not self.groupes and self.niveau is None


def comprendre(texte: str) -> Requete:
    """Read what was typed; two queries at most (vocabulary and synonyms are kept while the catalogue is the same)."""
    texte = texte.strip()[:200]
    plat = re.sub(r"\s+", " ", sans_accents(texte))
    niveau, mot_de_niveau, reste = _niveau(plat)
    lus = mots(reste)
    utiles = [mot for mot in lus if mot not in MOTS_DE_PASSAGE] or ([] if niveau is not None else lus)
    vocabulaire = _vocabulaire()
    corrections: dict[str, list[str]] = {}
    groupes = [_groupe(mot, vocabulaire, corrections) for mot in utiles]
    variantes = [
        [_groupe(mot, vocabulaire, {}) for mot in variante]
        for variante in _avec_synonymes(utiles, vocabulaire)
    ]
    return Requete(texte, groupes, variantes, utiles, niveau, mot_de_niveau, corrections)


def _niveau(plat: str) -> tuple[Niveau | None, str, str]:
    """(niveau, the words that say it, the rest); only when something else is left, or when it is all there is."""
    trouve = _DIPLOME.search(plat)
    if trouve is None:
        return None, "", plat
    if trouve.group("chiffre"):
        niveau = Niveau(int(trouve.group("chiffre")))
    else:
        niveau = next(n for motif, n in _DIPLOMES if re.fullmatch(motif, trouve.group()))
    return niveau, trouve.group(), f"{plat[: trouve.start()]} {plat[trouve.end() :]}".strip()


def _groupe(mot: str, vocabulaire: Vocabulaire, corrections: dict[str, list[str]]) -> list[str]:
    if mot in vocabulaire.frequences:
        return [mot, f"{mot}*"] if len(mot) > 2 else [mot]
    if len(mot) <= 2 or vocabulaire.a_prefixe(mot):
        return [f"{mot}*"]
    if len(mot) < LONGUEUR_CORRIGEABLE or any(c.isdigit() for c in mot):
        return [f"{mot}*"]
    proches = vocabulaire.proches(mot)
    if proches:
        corrections[mot] = proches
        return proches
    return [f"{mot}*"]


def _avec_synonymes(lus: list[str], vocabulaire: Vocabulaire) -> list[list[str]]:
    variantes = []
    for expression, equivalent in vocabulaire.synonymes:
        taille = len(expression)
        for debut in range(len(lus) - taille + 1):
            if lus[debut : debut + taille] == expression:
                variantes.append([*lus[:debut], *equivalent, *lus[debut + taille :]])
    return variantes[:5]


class Vocabulaire:
    """The known words and the synonyms, as of one version of the catalogue."""

    def __init__(self, numero: int) -> None:
        self.numero = numero
        self.frequences = dict(MotConnu.objects.values_list("mot", "frequence"))
        self._tries = sorted(self.frequences)
        self._corrigeables = [mot for mot in self._tries if len(mot) >= LONGUEUR_CORRIGEABLE - 1]
        self.synonymes = [
            (mots(expression), mots(equivalent))
            for expression, equivalent in Synonyme.objects.values_list("expression", "equivalent")
        ]

    def a_prefixe(self, mot: str) -> bool:
        from bisect import bisect_left

        rang = bisect_left(self._tries, mot)
        return rang < len(self._tries) and self._tries[rang].startswith(mot)

    def proches(self, mot: str) -> list[str]:
        """Up to four known words that resemble it most, the commonest first; same first letter or nearly all alike."""
        trouves = process.extract(
            mot,
            self._corrigeables,
            scorer=OSA.normalized_similarity,
            score_cutoff=RESSEMBLANCE,
            limit=12,
        )
        meilleurs = sorted(trouves, key=lambda t: (-round(t[1], 2), -self.frequences[t[0]], t[0]))
        return [proche for proche, _, _ in meilleurs[:CORRECTIONS]]


_courant: Vocabulaire | None = None


def _vocabulaire() -> Vocabulaire:
    """The words of the present version of the catalogue; read again when it has advanced."""
    global _courant
    numero = VersionCatalogue.courante()
    if _courant is None or _courant.numero != numero:
        _courant = Vocabulaire(numero)
    return _courant
