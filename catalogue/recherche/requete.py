"""What was meant by what was typed: diploma words, synonyms, words known or nearly so."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import dropwhile

from catalogue.niveaux import Niveau
from catalogue.recherche.diplomes import Diplome, lire
from catalogue.recherche.mots import contient_un_chiffre, mots, mots_ecrits, racine, sans_accents
from catalogue.recherche.repertoire import repertoire
from catalogue.recherche.vocabulaire import LONGUEUR_CORRIGEABLE, Equivalent, Vocabulaire

Lecture = list[list[str]]
"""One way to read what was typed: a group of alternatives for each word, a star for a prefix."""

LONGUEUR = 200
"""What is typed beyond that many characters is not read."""
MOTS_LUS = 12
LECTURES = 8

# Said around the thing looked for, in any search about orientation.
MOTS_DE_PASSAGE = frozenset(
    mots(
        "comment devenir devient être faire je veux voudrais aimerais cherche recherche métier emploi job travail "
        "travailler travaille boulot poste formation fiche bosser apprendre étudier études diplôme profession "
        "salaire offre offres jveux veut veu taf ds koi voudrai souhaite"
    )
)
# Words that say which kind of thing is wanted.
GENRES_NOMMES = {
    mots(mot)[0]: genres
    for mot, genres in {
        "formation": ("formation", "certification"),
        "diplôme": ("certification", "formation"),
        "certification": ("certification",),
        "métier": ("metier", "domaine", "guide"),
        "emploi": ("metier",),
        "devenir": ("metier",),
    }.items()
}


@dataclass(frozen=True)
class Requete:
    """A search as it was understood."""

    texte: str
    mots: list[str] = field(default_factory=list)
    """The comparable words that are looked for."""
    tous_les_mots: list[str] = field(default_factory=list)
    """The same with those that say nothing of the topic: a title may be made of them."""
    lectures: list[Lecture] = field(default_factory=list)
    """The ways to read them, from the synonyms and the codes; any is enough."""
    diplome: Diplome | None = None
    corrections: dict[str, list[str]] = field(default_factory=dict)
    """For each unknown word, as it was typed, the known ones (comparable) that it was taken for."""
    synonymes: list[Equivalent] = field(default_factory=list)
    """What words typed were replaced with."""
    seulement_synonymes: bool = False
    """Whether the words themselves were left aside, for no title knows them."""
    reste: str = ""
    """The text, without accents, less its diploma words."""
    genres_nommes: tuple[str, ...] = ()

    @property
    def niveau(self) -> Niveau | None:
        return self.diplome.niveau if self.diplome else None

    @property
    def est_vide(self) -> bool:
        return not self.lectures and self.diplome is None


def comprendre(
    texte: str, *, en_cours: bool = False, sans_passage: bool = False, connus: Vocabulaire | None = None
) -> Requete:
    """Read what was typed; `en_cours` says that the last word may not be finished.

    Words said before the thing looked for (« comment devenir … ») are left aside; `sans_passage` leaves them aside
    wherever they are, though « responsable formation » needs its second word.
    """
    inacheve = en_cours and not texte.endswith(" ")
    texte = " ".join(texte[:LONGUEUR].split())
    plat = sans_accents(texte)
    diplome, reste = lire(plat)
    ecrits = {racine(mot): mot for mot in mots_ecrits(reste)[:MOTS_LUS]} if reste else {}
    lus = list(ecrits)
    corrigeables = {mot for mot, ecrit in ecrits.items() if len(ecrit) >= LONGUEUR_CORRIGEABLE}
    garder = _sans_passage if sans_passage else _apres_le_passage
    utiles = garder(lus) or ([] if diplome else lus)
    connus = connus or repertoire().vocabulaire
    corrections: dict[str, list[str]] = {}
    remplaces: list[Equivalent] = []
    dernier = utiles[-1] if inacheve and utiles else ""
    lectures: list[Lecture] = []
    seulement_synonymes = False
    for variante, expression, equivalent in _avec_synonymes(utiles, connus) or _avec_synonymes(lus, connus):
        lectures.append([_groupe(mot, connus, {}, "", corrigeables) for mot in variante])
        remplaces.append(equivalent)
        seulement_synonymes |= any(mot not in connus.frequences for mot in expression)
    # Words that the titles do not know add nothing but noise once a synonym has explained them.
    if utiles and not seulement_synonymes:
        lectures.insert(0, [_groupe(mot, connus, corrections, dernier, corrigeables) for mot in utiles])
    # « mecanitien » is corrected, then read as « mécanicien » would be.
    if corrections and not remplaces:
        for variante, _, equivalent in _avec_synonymes(
            [corrections.get(mot, [mot])[0] for mot in utiles], connus
        ):
            lectures.append([_groupe(mot, connus, {}, "", corrigeables) for mot in variante])
            remplaces.append(equivalent)
    nommes = next((GENRES_NOMMES[mot] for mot in lus if mot in GENRES_NOMMES and mot not in utiles), ())
    if diplome and diplome.mots and lectures:
        nommes = ("certification", "formation")
    lectures = [lecture for rang, lecture in enumerate(lectures) if lecture not in lectures[:rang]]
    return Requete(
        texte=texte,
        mots=utiles,
        tous_les_mots=mots(plat)[:MOTS_LUS],
        lectures=lectures,
        diplome=diplome,
        corrections={ecrits.get(mot, mot): proches for mot, proches in corrections.items()},
        synonymes=remplaces,
        seulement_synonymes=seulement_synonymes,
        genres_nommes=nommes,
        reste=reste,
    )


def _sans_passage(lus: list[str]) -> list[str]:
    return [mot for mot in lus if mot not in MOTS_DE_PASSAGE]


def _apres_le_passage(lus: list[str]) -> list[str]:
    return list(dropwhile(MOTS_DE_PASSAGE.__contains__, lus))


def _groupe(
    mot: str, connus: Vocabulaire, corrections: dict[str, list[str]], en_cours: str, corrigeables: set[str]
) -> list[str]:
    """The words that may stand for this one, itself first."""
    if contient_un_chiffre(mot):
        return [mot, f"{mot}*"] if mot == en_cours and len(mot) > 2 else [mot]
    if mot in connus.frequences:
        return [mot, f"{mot}*"] if mot == en_cours and len(mot) > 2 else [mot]
    if connus.commence(mot):
        return [f"{mot}*"] if len(mot) > 1 else [mot]
    if mot in corrigeables:
        proches = connus.proches(mot)
        if proches:
            corrections[mot] = proches
            return proches
    return [mot]


def _avec_synonymes(
    lus: list[str], connus: Vocabulaire
) -> list[tuple[list[str], tuple[str, ...], Equivalent]]:
    """The words with one everyday phrase replaced; the longest phrase found wins over those inside it."""
    for taille in range(len(lus), 0, -1):
        for debut in range(len(lus) - taille + 1):
            expression = tuple(lus[debut : debut + taille])
            equivalents = connus.synonymes.get(expression)
            if equivalents:
                avant, apres = _sans_passage(lus[:debut]), _sans_passage(lus[debut + taille :])
                return [
                    (list(dict.fromkeys([*avant, *e.mots, *apres])), expression, e)
                    for e in equivalents[:LECTURES]
                ]
    return []
