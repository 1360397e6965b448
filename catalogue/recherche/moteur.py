"""Answer a search: four queries (version of the catalogue, documents that match, those of numerous genres, best titles)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, Value, When

from catalogue.models.recherche import DocumentDeRecherche, correspondant
from catalogue.recherche.classement import Groupe, Ligne, classer, classer_elargi
from catalogue.recherche.requete import Requete, comprendre
from catalogue.recherche.vocabulaire import vocabulaire

PAR_GENRE = 10
PLAFOND = 3_000
"""Documents read at most: beyond, those with the longest titles are only counted."""
PLAFOND_NOMBREUX = 100
"""The same for the numerous genres: beyond, documents are not even counted (« plus de 100 »)."""
Documents = QuerySet[DocumentDeRecherche]
COLONNES = ("pk", "genre", "cle", "debut", "nb_mots", "poids", "officiel", "mots")
OFFICIEL = Case(When(appellation="", then=Value(1)), default=Value(0), output_field=SmallIntegerField())


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
    return _par_genre(comprendre(texte), par_genre)


def suggerer(texte: str, *, par_genre: int = 5) -> Resultats:
    """The best few of each genre, for someone still typing: the last word may not be finished."""
    return _par_genre(comprendre(texte, en_cours=True), par_genre)


def compter(texte: str) -> int:
    """How many things match every word."""
    return _repondre(comprendre(texte), elargir=False)[0].total


def cles(texte: str, genre: str, limite: int | None = None) -> list[str]:
    """The keys of all the things of one genre that match every word, the best first, then those beyond the cap.

    With `limite`, the first ones only.
    """
    requete = comprendre(texte)
    resultats, groupes = _repondre(requete, elargir=False)
    trouvees = dict.fromkeys(groupe.cle for groupe in groupes if groupe.genre == genre)
    if genre in resultats.plafonnes or len(trouvees) < resultats.par_genre.get(genre, 0):
        for nombreux in (False, True):
            reste = _correspondants(requete, nombreux=nombreux).filter(genre=genre).order_by("nb_mots", "pk")
            trouvees |= dict.fromkeys(reste.values_list("cle", flat=True)[:limite])
    return list(trouvees)[:limite]


def _par_genre(requete: Requete, par_genre: int) -> Resultats:
    resultats, groupes = _repondre(requete)
    retenus: dict[str, list[Groupe]] = {genre: [] for genre in resultats.par_genre}
    for groupe in groupes:
        if len(retenus[groupe.genre]) < par_genre:
            retenus[groupe.genre].append(groupe)
    resultats.trouvailles = _montrer([groupe for liste in retenus.values() for groupe in liste])
    return resultats


def _repondre(requete: Requete, *, elargir: bool = True) -> tuple[Resultats, list[Groupe]]:
    resultats = Resultats(requete)
    if requete.est_vide:
        return resultats, []
    documents = _correspondants(requete, nombreux=False)
    nombreux = _correspondants(requete, nombreux=True)
    lignes, nombreuses = _lire_tout(documents, nombreux)
    groupes = classer([*lignes, *nombreuses], requete)
    if not groupes:
        # « infirmier salaire »: no title says so, the word may have been said in passing.
        sans_passage = comprendre(requete.texte, sans_passage=True)
        if sans_passage.mots != requete.mots:
            return _repondre(sans_passage, elargir=elargir)
    if not groupes and elargir and max(map(len, requete.lectures), default=0) > 1:
        un_mot = [[groupe] for lecture in requete.lectures for groupe in lecture]
        documents = DocumentDeRecherche.objects.filter(correspondant(un_mot, nombreux=False))
        nombreux = DocumentDeRecherche.objects.filter(correspondant(un_mot, nombreux=True))
        lignes, nombreuses = _lire_tout(documents, nombreux)
        groupes = classer_elargi([*lignes, *nombreuses], requete, vocabulaire())
        resultats.elargie = bool(groupes)
    comptes = Counter(groupe.genre for groupe in groupes)
    if len(lignes) == PLAFOND:
        comptes |= dict(documents.order_by().values_list("genre").annotate(n=Count("cle", distinct=True)))
    if len(nombreuses) == PLAFOND_NOMBREUX:
        resultats.plafonnes = frozenset(ligne.genre for ligne in nombreuses)
    # In the order of the groups: the genre of the best answer first.
    resultats.par_genre = {g: comptes[g] for g in dict.fromkeys(groupe.genre for groupe in groupes)}
    resultats.par_genre |= {g: n for g, n in comptes.items() if g not in resultats.par_genre}
    resultats.total = sum(comptes.values())
    return resultats, groupes


def _correspondants(requete: Requete, *, nombreux: bool) -> Documents:
    """Documents that hold every word, at the level asked for or naming the diploma asked for."""
    documents = DocumentDeRecherche.objects.filter(nombreux=nombreux)
    if requete.lectures:
        documents = documents.filter(correspondant(requete.lectures, nombreux=nombreux))
    if requete.diplome is None:
        return documents
    le_nomment = correspondant([[[mot] for mot in requete.diplome.mots]], nombreux=nombreux)
    if requete.niveau is None:
        return documents if requete.lectures else documents.filter(le_nomment)
    au_niveau = Q(niveau=requete.niveau)
    return documents.filter(au_niveau | le_nomment if requete.diplome.mots else au_niveau)


def _lire_tout(documents: Documents, nombreux: Documents) -> tuple[list[Ligne], list[Ligne]]:
    """The documents with the shortest titles; those of numerous genres in the order of their index, which costs no sort."""
    return _lire(documents, ("nb_mots", "pk"), PLAFOND), _lire(nombreux, ("pk",), PLAFOND_NOMBREUX)


def _lire(documents: Documents, ordre: Sequence[str], plafond: int) -> list[Ligne]:
    lues = documents.annotate(officiel=OFFICIEL).order_by(*ordre).values_list(*COLONNES)[:plafond]
    return [Ligne._make(colonnes) for colonnes in lues]


def _montrer(groupes: list[Groupe]) -> list[Trouvaille]:
    colonnes = ("pk", "genre", "cle", "titre", "appellation", "url")
    lus = DocumentDeRecherche.objects.filter(pk__in=[groupe.meilleur for groupe in groupes])
    par_pk = {pk: Trouvaille(*reste) for pk, *reste in lus.values_list(*colonnes)} if groupes else {}
    return [par_pk[groupe.meilleur] for groupe in groupes if groupe.meilleur in par_pk]
