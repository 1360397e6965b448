"""Answer a search: three queries (version of the catalogue, documents that match, best titles)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalogue.recherche import lecture
from catalogue.recherche.classement import Groupe, classer, classer_elargi, poids
from catalogue.recherche.lecture import Demande
from catalogue.recherche.mots import mots_ecrits, racine
from catalogue.recherche.requete import Lecture, Requete, comprendre
from catalogue.recherche.vocabulaire import Vocabulaire, vocabulaire

PAR_GENRE = 10
PLAFOND = 1_500
"""Documents read at most: beyond, those with the longest titles are only counted."""
PLAFOND_EN_COURS = 200
"""The same for who is still typing, when nothing is counted beyond."""
PLAFOND_DE_NIVEAU = 300
"""The same for « bac pro » and no other word: of thousands at that level, the shortest titles are the broadest."""
PLAFOND_NOMBREUX = 100
"""The same for the numerous genres: beyond, documents are not even counted (« plus de 100 »)."""
COURANT = 20_000
"""Titles that hold a word, from which on the first hundred formations that hold it are near the first ones."""
A_ELARGIR = 600
"""When nothing holds every word, about how many documents that hold some of them are weighed."""


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """Something found: where it leads, its official title, and the other title that matched."""

    genre: str
    cle: str
    titre: str
    appellation: str
    url: str


@dataclass
class Resultats:
    requete: Requete
    total: int = 0
    par_genre: dict[str, int] = field(default_factory=dict)
    """How many things of each genre were found, the genre of the best one first."""
    trouvailles: list[Trouvaille] = field(default_factory=list)
    plafonnes: frozenset[str] = frozenset()
    """The genres of which there are more than are counted here."""
    elargie: bool = False
    """Nothing matched every word: these match some of them."""


def chercher(
    texte: str,
    genres: Sequence[str] = (),
    *,
    limite: int = PAR_GENRE,
    depuis: int = 0,
) -> Resultats:
    """The best `limite` things found after the first `depuis`, and how many there are of each genre.

    `genres` narrows the list, not the counts: they say what the other tabs would give.
    """
    requete = comprendre(texte)
    resultats, groupes = _repondre(requete)
    if genres:
        groupes = [groupe for groupe in groupes if groupe.genre in genres]
        resultats.total = sum(n for genre, n in resultats.par_genre.items() if genre in genres)
    resultats.trouvailles = _montrer(groupes[depuis : depuis + limite])
    return resultats


def chercher_par_genre(texte: str, *, par_genre: int = PAR_GENRE) -> Resultats:
    """The best few of each genre."""
    return _par_genre(comprendre(texte), par_genre, en_cours=False)


def suggerer(texte: str, *, par_genre: int = 5) -> Resultats:
    """The best few of each genre, for someone still typing: the last word may not be finished.

    Counts are those of the titles that were read.
    """
    return _par_genre(comprendre(texte, en_cours=True), par_genre, en_cours=True)


def compter(texte: str) -> int:
    """How many things match every word."""
    return _repondre(comprendre(texte), elargir=False)[0].total


def ecriture(mot: str) -> str:
    """A comparable word as a title writes it, without accents; empty when no title shows it."""
    lues = lecture.lire(Demande([[[mot]]]), 5, 5, titres=True)
    for ligne in [*lues.lignes, *lues.nombreuses]:
        for ecrit in mots_ecrits(f"{ligne.appellation} {ligne.titre}"):
            if racine(ecrit) == mot:
                return ecrit
    return ""


def cles(texte: str, genre: str, limite: int | None = None) -> list[str]:
    """The keys of all the things of one genre that match every word, the best first, then those beyond the cap.

    With `limite`, the first ones only.
    """
    requete = comprendre(texte)
    resultats, groupes = _repondre(requete, elargir=False)
    trouvees = dict.fromkeys(groupe.cle for groupe in groupes if groupe.genre == genre)
    if genre in resultats.plafonnes or len(trouvees) < resultats.par_genre.get(genre, 0):
        trouvees |= dict.fromkeys(lecture.cles(_demande(resultats.requete), genre, limite))
    return list(trouvees)[:limite]


def _par_genre(requete: Requete, par_genre: int, *, en_cours: bool) -> Resultats:
    resultats, groupes = _repondre(requete, en_cours=en_cours)
    retenus: dict[str, list[Groupe]] = {genre: [] for genre in resultats.par_genre}
    for groupe in groupes:
        if len(retenus[groupe.genre]) < par_genre:
            retenus[groupe.genre].append(groupe)
    resultats.trouvailles = _montrer([groupe for liste in retenus.values() for groupe in liste])
    return resultats


def _repondre(
    requete: Requete, *, elargir: bool = True, en_cours: bool = False
) -> tuple[Resultats, list[Groupe]]:
    resultats = Resultats(requete)
    if requete.est_vide:
        return resultats, []
    demande = _demande(requete)
    plafond = PLAFOND_DE_NIVEAU if not demande.lectures else PLAFOND_EN_COURS if en_cours else PLAFOND
    # Few are read for who is typing: their titles are read with them, rather than those of the best ones afterwards.
    mots = bool(requete.diplome and requete.diplome.mots)
    lues = (
        lecture.RIEN
        if _sont_vaines(requete.lectures, requete.connus)
        else lecture.lire(demande, plafond, PLAFOND_NOMBREUX, mots=mots, titres=en_cours)
    )
    groupes = classer([*lues.lignes, *lues.nombreuses], requete)
    if not groupes:
        # « infirmier salaire »: no title says so, the word may have been said in passing.
        sans_passage = comprendre(requete.texte, sans_passage=True, connus=requete.connus)
        if sans_passage.mots != requete.mots:
            return _repondre(sans_passage, elargir=elargir, en_cours=en_cours)
    if not groupes and elargir and max(map(len, requete.lectures), default=0) > 1:
        connus = requete.connus or vocabulaire()
        un_mot = [[g] for g in _les_plus_rares(requete.lectures, connus, min(A_ELARGIR, plafond))]
        demande = Demande(un_mot, courante=_est_courante(un_mot, connus))
        lues = lecture.lire(demande, plafond, PLAFOND_NOMBREUX, mots=True, titres=en_cours)
        groupes = classer_elargi([*lues.lignes, *lues.nombreuses], requete, connus)
        resultats.elargie = bool(groupes)
    comptes = Counter(groupe.genre for groupe in groupes)
    if lues.il_en_reste and not en_cours:
        comptes |= lecture.compter(demande)
    if lues.il_en_reste_de_nombreuses:
        resultats.plafonnes = frozenset(ligne.genre for ligne in lues.nombreuses)
    # In the order of the groups: the genre of the best answer first.
    resultats.par_genre = {g: comptes[g] for g in dict.fromkeys(groupe.genre for groupe in groupes)}
    resultats.par_genre |= {g: n for g, n in comptes.items() if g not in resultats.par_genre}
    resultats.total = sum(comptes.values())
    return resultats, groupes


def _demande(requete: Requete) -> Demande:
    """Documents that hold every word, at the level asked for or naming the diploma asked for."""
    courante = _est_courante(requete.lectures, requete.connus)
    mots = requete.diplome.mots if requete.diplome else ()
    return Demande(requete.lectures, requete.niveau, mots, courante=courante)


def _est_courante(lectures: list[Lecture], connus: Vocabulaire | None) -> bool:
    """Whether one word is enough, and is in very many titles. Of two common words together nothing is known."""
    un_mot = [groupe for lecture in lectures if len(lecture) == 1 for groupe in lecture]
    return connus is not None and any(connus.frequence(mot) >= COURANT for groupe in un_mot for mot in groupe)


def _sont_vaines(lectures: list[Lecture], connus: Vocabulaire | None) -> bool:
    """Whether each reading asks for a word that no title holds: there is nothing to look for."""
    if connus is None or not lectures:
        return False
    return all(any(all(map(connus.ignore, groupe)) for groupe in lecture) for lecture in lectures)


def _les_plus_rares(lectures: list[Lecture], connus: Vocabulaire, reste: int) -> list[list[str]]:
    """The words that say most, as many as lead to `reste` documents: what holds only the others would come last."""
    groupes = {
        tuple(groupe): poids(rang, groupe, connus) for mots in lectures for rang, groupe in enumerate(mots)
    }
    retenus: list[list[str]] = []
    for groupe in sorted(groupes, key=lambda g: (-groupes[g], g)):
        reste -= sum(map(connus.frequence, groupe))
        if retenus and reste < 0:
            break
        retenus.append(list(groupe))
    return retenus


def _montrer(groupes: list[Groupe]) -> list[Trouvaille]:
    lignes = [groupe.meilleur for groupe in groupes]
    if all(ligne.url for ligne in lignes):
        return [Trouvaille(li.genre, li.cle, li.titre, li.appellation, li.url) for li in lignes]
    lus = lecture.titres(ligne.pk for ligne in lignes)
    return [Trouvaille(*lus[ligne.pk]) for ligne in lignes if ligne.pk in lus]
