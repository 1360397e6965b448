"""The order of what was found, which can be explained.

1. what has the diploma asked for; the very title typed; then the kind of thing asked for (« formation … »);
2. how well a title says it: it is those words and no other, in their order or not, it begins with them, it holds them;
3. métiers, then domaines and certifications, when their titles say it equally well and entirely;
4. what says so in its official title; how many titles of the fiche say it as well (the generalist job before its specialisations), then hold the words;
5. its kind again, its weight (principal titles, active certifications), the shortest title, the alphabet.

All that is found of a kind is put in order at once, in columns: each thing has one number, the least first, whose bits are
these criteria one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from catalogue.recherche.requete import Lecture, Requete
from catalogue.recherche.selection import qui_disent, qui_tiennent
from catalogue.recherche.titres import Titres
from catalogue.recherche.vocabulaire import Vocabulaire
from catalogue.tableaux import Tableau

GENRES = ("metier", "domaine", "certification", "formation", "guide", "terme", "organisme")
TITRE_TAPE, ENTIER, DESORDRE, ENTIER_PAR_DEBUT, COMMENCE, PRESQUE, CONTIENT = range(6, -1, -1)
DIPLOME = 10
"""Added to the others for what names the diploma asked for."""

RARETE_UTILE = 8.0
"""Beyond, a rarer word says no more."""
TETE = 1.5
"""The first word names the job: it counts more."""

# How many bits each criterion takes; what is more counts as the most that they can say.
BITS_JUSTESSE, BITS_GENRE, BITS_NOMBRE, BITS_NOTE, BITS_ORDRE = 3, 3, 9, 9, 26


class Trouves(NamedTuple):
    """What was found of one kind: a document of each thing, the one to show; and their order, the least first."""

    genre: str
    titres: Titres
    documents: Tableau
    ordre: Tableau

    def cles(self, limite: int | None = None) -> list[str]:
        """The keys of all, or of the first ones, the best first."""
        choses = self.titres.chose[self.documents[np.argsort(self.ordre)[:limite]]]
        return [self.titres.cles[chose] for chose in choses.tolist()]


class Bareme:
    """How well a title says what was asked."""

    def __init__(self, requete: Requete) -> None:
        self.diplome = list(requete.diplome.mots) if requete.diplome else []
        # The words as they were understood: an unknown word counts as the known one it resembles most.
        self.lectures = [[groupe[0].rstrip("*") for groupe in lecture] for lecture in requete.lectures]
        self.inachevees = [
            mots
            for mots, lecture in zip(self.lectures, requete.lectures, strict=True)
            if lecture[-1][-1].endswith("*")
        ]
        self.titre = requete.tous_les_mots if requete.tous_les_mots != requete.mots else []
        self.tailles = sorted({len(set(mots)) for mots in self.lectures})
        # One word more than several words: hardly another thing.
        self.presque = [taille + 1 for taille in self.tailles if taille > 1]

    def noter(self, titres: Titres, documents: Tableau) -> Tableau:
        """How well the title of each of these documents says it, and whether it names the diploma asked for."""
        nb_mots = titres.nb_mots[documents]
        # From the least to the most: what is written last is what a title deserves.
        justesse = np.full(len(documents), CONTIENT, np.int64)
        for taille in self.presque:
            justesse[nb_mots == taille] = PRESQUE
        for mots in self.lectures:
            places = titres.qui_commencent(documents, mots)
            justesse[places[nb_mots[places] > len(mots)]] = COMMENCE
        for mots in self.inachevees:
            places = titres.qui_commencent(documents, mots, inacheve=True)
            justesse[places] = COMMENCE
            for taille in self.tailles:
                justesse[places[nb_mots[places] == taille]] = ENTIER_PAR_DEBUT
        for mots in self.lectures:
            if len(mots) > 1:
                justesse[titres.qui_sont_faits_de(documents, mots)] = DESORDRE
        for mots in self.lectures:
            self._noter_les_entiers(titres, documents, mots, justesse)
        if self.titre:
            places = titres.qui_commencent(documents, self.titre)
            justesse[places[nb_mots[places] == len(self.titre)]] = TITRE_TAPE
        if self.diplome:
            nomment = qui_disent(titres, [[[mot] for mot in self.diplome]])
            if nomment is not None:
                justesse[nomment[documents]] += DIPLOME
        return justesse

    def _noter_les_entiers(
        self, titres: Titres, documents: Tableau, mots: Sequence[str], justesse: Tableau
    ) -> None:
        places = titres.qui_commencent(documents, mots)
        justesse[places[titres.nb_mots[documents[places]] == len(mots)]] = ENTIER
        if len(mots) == 1:
            # Typed, a key is as good as a title: codes are in capitals, the names of guides and terms in small letters.
            for cle in (mots[0], mots[0].upper()):
                if (chose := titres.cles.trouver(cle)) is not None:
                    justesse[titres.chose[documents] == chose] = ENTIER


def classer(genre: str, titres: Titres, documents: Tableau, requete: Requete, bareme: Bareme) -> Trouves:
    """These documents of a kind, which hold every word, gathered by what they lead to."""
    choses = _rassembler(titres, documents, bareme.noter(titres, documents))
    justesse = choses.notes % DIPLOME
    rang = _rang(genre)
    ordre = _suite_de_bits(
        (choses.notes < DIPLOME, 1),
        ((justesse != TITRE_TAPE) & (genre not in requete.genres_nommes), 1),
        (TITRE_TAPE - justesse, BITS_JUSTESSE),
        (np.where(justesse >= ENTIER_PAR_DEBUT, rang, 0), BITS_GENRE),
        (~choses.officiels, 1),
        (_au_plus(choses.nombre_justes), BITS_NOMBRE),
        (_au_plus(choses.nombre), BITS_NOMBRE),
        (rang, BITS_GENRE),
        (titres.ordre[choses.documents], BITS_ORDRE),
    )
    return Trouves(genre, titres, choses.documents, ordre)


def classer_elargi(
    documents: Mapping[str, tuple[Titres, Tableau]], requete: Requete, connus: Vocabulaire
) -> list[Trouves]:
    """Nothing holds every word: what holds the rarest ones first."""
    par_genre = {
        genre: (titres, _rassembler(titres, siens, _ce_qui_est_tenu(titres, siens, requete.lectures, connus)))
        for genre, (titres, siens) in documents.items()
    }
    # The notes that there are, best first: their ranks take fewer bits than they do.
    notes = np.unique(np.concatenate([choses.notes for _, choses in par_genre.values()]))[::-1]
    return [
        Trouves(
            genre,
            titres,
            choses.documents,
            _suite_de_bits(
                (np.minimum(np.searchsorted(-notes, -choses.notes), (1 << BITS_NOTE) - 1), BITS_NOTE),
                (genre not in requete.genres_nommes, 1),
                (_au_plus(choses.nombre_justes), BITS_NOMBRE),
                (_au_plus(choses.nombre), BITS_NOMBRE),
                (_rang(genre), BITS_GENRE),
                (titres.ordre[choses.documents], BITS_ORDRE),
            ),
        )
        for genre, (titres, choses) in par_genre.items()
    ]


def poids(rang: int, groupe: Sequence[str], connus: Vocabulaire) -> float:
    """What holding this word is worth: the rarer the better; the first one, which names the job, counts more."""
    rarete = min(connus.rarete(groupe[0].rstrip("*")), RARETE_UTILE) * (1 if rang else TETE)
    # A word that is only the beginning of others may be none of them.
    return rarete * (0.5 if groupe[0].endswith("*") else 1)


class Choses(NamedTuple):
    """What documents lead to: one column for each criterion that its documents decide together."""

    documents: Tableau
    """The one to show: among the titles that say it best, the weightiest, then the shortest."""
    notes: Tableau
    """That of its best title."""
    officiels: Tableau
    """Whether its official title is one of the best."""
    nombre_justes: Tableau
    nombre: Tableau


def _rassembler(titres: Titres, documents: Tableau, notes: Tableau) -> Choses:
    """Documents that lead to the same thing follow each other, the weightiest and the shortest first."""
    choses = titres.chose[documents]
    debuts = np.flatnonzero(np.append(True, choses[1:] != choses[:-1])[: len(choses)])
    if len(debuts) == len(documents):
        un = np.ones(len(documents), np.int64)
        return Choses(documents, notes, titres.officiel[documents], un, un)
    nombre = np.diff(debuts, append=len(documents))
    meilleures = np.maximum.reduceat(notes, debuts)
    justes = notes == np.repeat(meilleures, nombre)
    places = np.flatnonzero(justes)
    return Choses(
        documents[places[np.searchsorted(places, debuts)]],
        meilleures,
        np.logical_or.reduceat(justes & titres.officiel[documents], debuts),
        np.add.reduceat(justes, debuts, dtype=np.int64),
        nombre,
    )


def _ce_qui_est_tenu(
    titres: Titres, documents: Tableau, lectures: Sequence[Lecture], connus: Vocabulaire
) -> Tableau:
    """What the words that each document holds are worth, in the reading that makes the most of it."""
    tenus = {
        tuple(groupe): None if (masque := qui_tiennent(titres, groupe)) is None else masque[documents]
        for lecture in lectures
        for groupe in lecture
    }
    notes = np.zeros(len(documents))
    for lecture in lectures:
        note = np.zeros(len(documents))
        for rang, groupe in enumerate(lecture):
            if (tenu := tenus[tuple(groupe)]) is not None:
                note += poids(rang, groupe, connus) * tenu
        notes = np.maximum(notes, note)
    return notes.round(6)


def _rang(genre: str) -> int:
    return GENRES.index(genre) if genre in GENRES else len(GENRES)


def _au_plus(nombre: Tableau) -> Tableau:
    """The more, the better."""
    return (1 << BITS_NOMBRE) - 1 - np.minimum(nombre, (1 << BITS_NOMBRE) - 1)


def _suite_de_bits(*criteres: tuple[Tableau | int | bool, int]) -> Tableau:
    """One number of these criteria, the first one deciding first."""
    suite = np.zeros(1, np.int64)
    for valeurs, bits in criteres:
        suite = (suite << bits) | valeurs
    return suite
