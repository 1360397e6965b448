"""Answer a search: two queries (version of the catalogue, titles to show), and those that tell whether it is a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import connection

from catalogue.recherche import codes
from catalogue.recherche.classement import Bareme, Trouves, classer, classer_elargi, poids
from catalogue.recherche.mots import mots, mots_ecrits, racine
from catalogue.recherche.repertoire import Repertoire, repertoire
from catalogue.recherche.requete import Lecture, Requete, comprendre
from catalogue.recherche.selection import Demande, choisir
from catalogue.recherche.titres import Titres
from catalogue.recherche.vocabulaire import Vocabulaire

PAR_GENRE = 10
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
    resultats, trouves = _repondre(texte)
    if genres:
        trouves = [siens for siens in trouves if siens.genre in genres]
        resultats.total = sum(n for genre, n in resultats.par_genre.items() if genre in genres)
    resultats.trouvailles = _montrer(_premiers(trouves, depuis + limite)[depuis:])
    return resultats


def chercher_par_genre(texte: str, *, par_genre: int = PAR_GENRE) -> Resultats:
    """The best few of each genre."""
    return _par_genre(texte, par_genre, en_cours=False)


def suggerer(texte: str, *, par_genre: int = 5) -> Resultats:
    """The best few of each genre, for someone still typing: the last word may not be finished."""
    return _par_genre(texte, par_genre, en_cours=True)


def compter(texte: str) -> int:
    """How many things match every word."""
    return _repondre(texte, elargir=False)[0].total


def ecriture(mot: str) -> str:
    """A comparable word as a title writes it, without accents; empty when no title shows it."""
    for trouvaille in _montrer(
        [pk for t in repertoire().titres.values() for pk in _premiers_a_tenir(t, mot)]
    ):
        for ecrit in mots_ecrits(f"{trouvaille.appellation} {trouvaille.titre}"):
            if racine(ecrit) == mot:
                return ecrit
    return ""


def _premiers_a_tenir(titres: Titres, mot: str) -> list[int]:
    documents = titres.qui_tiennent(mot)
    premiers: list[int] = titres.pk[documents[np.argsort(titres.ordre[documents])[:5]]].tolist()
    return premiers


def cles(texte: str, genre: str, limite: int | None = None) -> list[str]:
    """The keys of the things of one genre that match every word, the best first; with `limite`, the first ones only."""
    _, trouves = _repondre(texte, elargir=False)
    return [cle for siens in trouves if siens.genre == genre for cle in siens.cles(limite)]


def _par_genre(texte: str, par_genre: int, *, en_cours: bool) -> Resultats:
    resultats, trouves = _repondre(texte, en_cours=en_cours)
    resultats.trouvailles = _montrer([pk for siens in trouves for pk in _premiers([siens], par_genre)])
    return resultats


def _repondre(texte: str, *, elargir: bool = True, en_cours: bool = False) -> tuple[Resultats, list[Trouves]]:
    """What was found of each genre, the genre of the best one first."""
    present = repertoire()
    requete = _avec_le_code(texte, comprendre(texte, en_cours=en_cours, connus=present.vocabulaire))
    resultats = Resultats(requete)
    trouves = _trouver(present, requete)
    if not trouves and not requete.est_vide:
        # « infirmier salaire »: no title says so, the word may have been said in passing.
        sans_passage = comprendre(requete.texte, sans_passage=True, connus=present.vocabulaire)
        if sans_passage.mots != requete.mots:
            requete = resultats.requete = sans_passage
            trouves = _trouver(present, requete)
    if not trouves and elargir and max(map(len, requete.lectures), default=0) > 1:
        trouves = _trouver_en_partie(present, requete)
        resultats.elargie = bool(trouves)
    trouves.sort(key=lambda siens: (siens.ordre.min(), siens.genre))
    resultats.par_genre = {siens.genre: len(siens.documents) for siens in trouves}
    resultats.total = sum(resultats.par_genre.values())
    return resultats, trouves


def _avec_le_code(texte: str, requete: Requete) -> Requete:
    """« rncp 34809 » is read as RNCP34809 too, which titles bear and no word of it says."""
    page = codes.resoudre(texte)
    lecture = [[mot] for mot in mots(page.cle)] if page else []
    return replace(requete, lectures=[*requete.lectures, lecture]) if lecture else requete


def _trouver(present: Repertoire, requete: Requete) -> list[Trouves]:
    """What matches every word."""
    if requete.est_vide:
        return []
    demande, bareme = Demande.de(requete), Bareme(requete)
    return [
        classer(genre, titres, documents, requete, bareme)
        for genre, titres in present.titres.items()
        if len(documents := choisir(titres, demande))
    ]


def _trouver_en_partie(present: Repertoire, requete: Requete) -> list[Trouves]:
    """What matches the words that say most."""
    rares = _les_plus_rares(requete.lectures, present.vocabulaire, A_ELARGIR)
    demande = Demande([[groupe] for groupe in rares])
    documents = {
        genre: (titres, siens)
        for genre, titres in present.titres.items()
        if len(siens := choisir(titres, demande))
    }
    return classer_elargi(documents, requete, present.vocabulaire) if documents else []


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


def _premiers(trouves: Sequence[Trouves], limite: int) -> list[int]:
    """The documents to show of the first things, all these genres together."""
    if not trouves:
        return []
    ordre = np.concatenate([siens.ordre for siens in trouves])
    pks = np.concatenate([siens.titres.pk[siens.documents] for siens in trouves])
    if limite < len(ordre):
        retenus = np.argpartition(ordre, limite)[:limite]
        ordre, pks = ordre[retenus], pks[retenus]
    premiers: list[int] = pks[np.argsort(ordre)].tolist()
    return premiers


def _montrer(pks: Sequence[int]) -> list[Trouvaille]:
    """Written out: composing it with the ORM took longer than all the rest of an answer."""
    if not pks:
        return []
    colonnes = "id, genre, cle, titre, appellation, url"
    places = ", ".join(["%s"] * len(pks))
    with connection.cursor() as curseur:
        curseur.execute(
            f"SELECT {colonnes} FROM catalogue_documentderecherche WHERE id IN ({places})",  # noqa: S608
            pks,
        )
        lus = {pk: Trouvaille(*reste) for pk, *reste in curseur.fetchall()}
    # What was written anew since this page began has another key: the page after this one will show it.
    return [lus[pk] for pk in pks if pk in lus]
