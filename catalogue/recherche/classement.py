"""The order of what was found, which can be explained; computed here, so that both databases give the same.

1. what has the diploma asked for; the very title typed; then the kind of thing asked for (« formation … »);
2. how well a title says it: it is those words and no other, in their order or not, it begins with them, it holds them;
3. métiers, then domaines and certifications, when their titles say it equally well and entirely;
4. what says so in its official title; how many titles of the fiche say it as well (the generalist job before its specialisations), then hold the words;
5. its kind again, its weight (principal titles, active certifications), the shortest title, the alphabet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from catalogue.recherche.requete import Requete
from catalogue.recherche.vocabulaire import Vocabulaire

GENRES = ("metier", "domaine", "certification", "formation", "guide", "terme", "organisme")
TITRE_TAPE, ENTIER, DESORDRE, ENTIER_PAR_DEBUT, COMMENCE, PRESQUE, CONTIENT = range(6, -1, -1)
DIPLOME = 10
"""Added to the others for what names the diploma asked for."""


RARETE_UTILE = 8.0
"""Beyond, a rarer word says no more."""
TETE = 1.5
"""The first word names the job: it counts more."""


class Ligne(NamedTuple):
    """A document that matches; the columns of the index that the order needs."""

    pk: int
    genre: str
    cle: str
    debut: str
    nb_mots: int
    poids: int
    officiel: bool
    """Whether it is the official title, and not another name."""
    mots: str
    """All its words, those that find it without being shown included."""
    titre: str
    appellation: str
    url: str
    """These three, and the words, are empty when they were not asked for."""
    selection: int
    """Which of the selections of the statement it comes from."""


class Groupe:
    """The documents that lead to the same place."""

    __slots__ = (
        "cle",
        "court",
        "debut",
        "genre",
        "justesse",
        "lourd",
        "meilleur",
        "nombre",
        "nombre_justes",
        "officiel",
    )

    def __init__(self, ligne: Ligne, justesse: float) -> None:
        self.genre, self.cle, self.debut, self.court, self.lourd, officiel = ligne[1:7]
        self.officiel = bool(officiel)
        self.meilleur, self.justesse = ligne, justesse
        self.nombre = self.nombre_justes = 1

    def ajouter(self, ligne: Ligne, justesse: float) -> None:
        self.nombre += 1
        if justesse > self.justesse:
            self.justesse, self.nombre_justes, self.officiel = justesse, 1, bool(ligne.officiel)
        elif justesse == self.justesse:
            self.nombre_justes += 1
            self.officiel |= bool(ligne.officiel)
            # Among titles that say it as well, the weightiest is shown, then the shortest.
            if (ligne.poids, -ligne.nb_mots, self.debut) <= (self.lourd, -self.court, ligne.debut):
                return
        else:
            return
        self.meilleur, self.court, self.lourd, self.debut = ligne, ligne.nb_mots, ligne.poids, ligne.debut


class Bareme:
    """How well a title says what was asked."""

    def __init__(self, requete: Requete) -> None:
        self.diplome = set(requete.diplome.mots) if requete.diplome else set()
        # The words as they were understood: an unknown word counts as the known one it resembles most.
        lectures = [[groupe[0].rstrip("*") for groupe in lecture] for lecture in requete.lectures]
        self.titre = " ".join(requete.tous_les_mots) if requete.tous_les_mots != requete.mots else ""
        self.entiers = {" ".join(lecture) for lecture in lectures}
        self.ensembles = {frozenset(lecture) for lecture in lectures}
        self.tailles = {len(ensemble) for ensemble in self.ensembles}
        # One word more than several words: hardly another thing.
        self.presque = {taille + 1 for taille in self.tailles if taille > 1}
        self.prefixes = tuple(
            " ".join(groupe[0].rstrip("*") for groupe in lecture)
            for lecture in requete.lectures
            if lecture[-1][-1].endswith("*")
        )
        self.tous_les_debuts = (*(f"{texte} " for texte in self.entiers), *self.prefixes)

    def justesse(self, ligne: Ligne) -> int:
        """How well this title says it, and whether it names the diploma asked for."""
        cle, debut, nb_mots = ligne[2:5]
        plus = DIPLOME if self.diplome and self.diplome <= set(ligne.mots.split()) else 0
        if self.titre and debut == self.titre:
            return TITRE_TAPE + plus
        if debut in self.entiers or cle.lower() in self.entiers:
            return ENTIER + plus
        if nb_mots in self.tailles:
            if frozenset(debut.split()) in self.ensembles:
                return DESORDRE + plus
            if debut.startswith(self.prefixes):
                return ENTIER_PAR_DEBUT + plus
        if debut.startswith(self.tous_les_debuts):
            return COMMENCE + plus
        return (PRESQUE if nb_mots in self.presque else CONTIENT) + plus


def classer(lignes: Iterable[Ligne], requete: Requete) -> list[Groupe]:
    """The documents that hold every word, gathered by what they lead to, best first."""
    bareme = Bareme(requete)
    groupes: dict[tuple[str, str], Groupe] = {}
    for ligne in lignes:
        justesse = bareme.justesse(ligne)
        genre_et_cle = ligne[1:3]
        groupe = groupes.get(genre_et_cle)
        if groupe is None:
            groupes[genre_et_cle] = Groupe(ligne, justesse)
        else:
            groupe.ajouter(ligne, justesse)
    nommes = requete.genres_nommes
    rangs = {genre: GENRES.index(genre) if genre in GENRES else len(GENRES) for genre, _ in groupes}
    # Tuples sorted as they are: a function called for each would take longer. No two have the same key.
    ordre = sorted(
        (
            g.justesse < DIPLOME,
            g.genre not in nommes and g.justesse % DIPLOME != TITRE_TAPE,
            -g.justesse,
            rangs[g.genre] if g.justesse % DIPLOME >= ENTIER_PAR_DEBUT else 0,
            not g.officiel,
            -g.nombre_justes,
            -g.nombre,
            rangs[g.genre],
            -g.lourd,
            g.court,
            g.debut,
            g.genre,
            g.cle,
            g,
        )
        for g in groupes.values()
    )
    return [rangee[-1] for rangee in ordre]


def classer_elargi(lignes: Iterable[Ligne], requete: Requete, connus: Vocabulaire) -> list[Groupe]:
    """Nothing holds every word: what holds the rarest ones first."""
    # Each group of alternatives, as what a title that holds one of them has in it; several readings may share it.
    motifs = {tuple(groupe): _motifs(groupe) for lecture in requete.lectures for groupe in lecture}
    bits = {groupe: 1 << rang for rang, groupe in enumerate(motifs)}
    a_trouver = [(bits[groupe], siens) for groupe, siens in motifs.items()]
    lectures = [
        [(bits[tuple(groupe)], poids(rang, groupe, connus)) for rang, groupe in enumerate(lecture)]
        for lecture in requete.lectures
    ]
    notes: dict[int, float] = {}
    groupes: dict[tuple[str, str], Groupe] = {}
    for ligne in lignes:
        texte = f" {ligne.mots} "
        tenus = 0
        for bit, siens in a_trouver:
            for motif in siens:
                if motif in texte:
                    tenus |= bit
                    break
        note = notes.get(tenus)
        if note is None:
            note = max(sum(valeur for bit, valeur in lecture if bit & tenus) for lecture in lectures)
            note = notes[tenus] = round(note, 6)
        groupe = groupes.get((ligne.genre, ligne.cle))
        if groupe is None:
            groupes[ligne.genre, ligne.cle] = Groupe(ligne, note)
        else:
            groupe.ajouter(ligne, note)
    nommes = requete.genres_nommes
    ordre = sorted(
        (
            -g.justesse,
            g.genre not in nommes,
            -g.nombre_justes,
            -g.nombre,
            -g.lourd,
            g.court,
            g.debut,
            g.genre,
            g.cle,
            g,
        )
        for g in groupes.values()
    )
    return [rangee[-1] for rangee in ordre]


def _motifs(groupe: list[str]) -> list[str]:
    """A whole word stands between blanks, the beginning of one after a blank."""
    return [f" {mot[:-1]}" if mot.endswith("*") else f" {mot} " for mot in groupe]


def poids(rang: int, groupe: list[str], connus: Vocabulaire) -> float:
    """What holding this word is worth: the rarer the better; the first one, which names the job, counts more."""
    rarete = min(connus.rarete(groupe[0].rstrip("*")), RARETE_UTILE) * (1 if rang else TETE)
    # A word that is only the beginning of others may be none of them.
    return rarete * (0.5 if groupe[0].endswith("*") else 1)
