"""Answer a search: three queries (version of the catalogue, documents that match, titles of the best ones)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, Value, When

from catalogue.models.recherche import DocumentDeRecherche
from catalogue.recherche.classement import Groupe, Ligne, classer, classer_elargi
from catalogue.recherche.requete import Requete, comprendre
from catalogue.recherche.vocabulaire import vocabulaire

PAR_GENRE = 10
PLAFOND = 3_000
"""Documents read at most: beyond, those with the longest titles are only counted."""
COLONNES = ("pk", "genre", "cle", "debut", "nb_mots", "poids", "officiel")
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
    documents = _correspondants(requete)
    lignes = _lire(documents)
    groupes = classer(lignes, requete, _du_diplome(requete) if lignes else frozenset())
    if not groupes:
        # « infirmier salaire »: no title says so, the word may have been said in passing.
        sans_passage = comprendre(requete.texte, sans_passage=True)
        if sans_passage.mots != requete.mots:
            return _repondre(sans_passage, elargir=elargir)
    if not groupes and elargir and max(map(len, requete.lectures), default=0) > 1:
        documents = DocumentDeRecherche.objects.filter(
            mots__correspond=[[groupe] for lecture in requete.lectures for groupe in lecture]
        )
        lues = list(
            documents.annotate(officiel=OFFICIEL)
            .order_by("nb_mots", "pk")
            .values_list(*COLONNES, "mots")[:PLAFOND]
        )
        lignes = [Ligne(*colonnes[:-1]) for colonnes in lues]
        groupes = classer_elargi(
            zip(lignes, (colonnes[-1] for colonnes in lues), strict=True), requete, vocabulaire()
        )
        resultats.elargie = bool(groupes)
    comptes = Counter(groupe.genre for groupe in groupes)
    if len(lignes) == PLAFOND:
        comptes = Counter(
            dict(documents.order_by().values_list("genre").annotate(n=Count("cle", distinct=True)))
        )
    # In the order of the groups: the genre of the best answer first.
    resultats.par_genre = {g: comptes[g] for g in dict.fromkeys(groupe.genre for groupe in groupes)}
    resultats.par_genre |= {g: n for g, n in comptes.items() if g not in resultats.par_genre}
    resultats.total = sum(comptes.values())
    return resultats, groupes


def _correspondants(requete: Requete) -> QuerySet[DocumentDeRecherche]:
    """Documents that hold every word, at the level asked for or naming the diploma asked for."""
    documents = DocumentDeRecherche.objects.all()
    if requete.lectures:
        documents = documents.filter(mots__correspond=requete.lectures)
    if requete.diplome is None:
        return documents
    noms = [[mot] for mot in requete.diplome.mots]
    if requete.niveau is None:
        return documents if requete.lectures else documents.filter(mots__correspond=[noms])
    au_niveau = Q(niveau=requete.niveau)
    return documents.filter(au_niveau | Q(mots__correspond=[noms]) if noms else au_niveau)


def _du_diplome(requete: Requete) -> frozenset[int]:
    """The documents that name the diploma asked for, among those that hold every word."""
    if requete.diplome is None or not requete.diplome.mots:
        return frozenset()
    noms = [[mot] for mot in requete.diplome.mots]
    lectures = [[*lecture, *noms] for lecture in requete.lectures] or [noms]
    documents = DocumentDeRecherche.objects.filter(mots__correspond=lectures)
    return frozenset(documents.order_by("nb_mots", "pk").values_list("pk", flat=True)[:PLAFOND])


def _lire(documents: QuerySet[DocumentDeRecherche]) -> list[Ligne]:
    lues = documents.annotate(officiel=OFFICIEL).order_by("nb_mots", "pk").values_list(*COLONNES)[:PLAFOND]
    return [Ligne._make(colonnes) for colonnes in lues]


def _montrer(groupes: list[Groupe]) -> list[Trouvaille]:
    colonnes = ("pk", "genre", "cle", "titre", "appellation", "url")
    lus = DocumentDeRecherche.objects.filter(pk__in=[groupe.meilleur for groupe in groupes])
    par_pk = {pk: Trouvaille(*reste) for pk, *reste in lus.values_list(*colonnes)} if groupes else {}
    return [par_pk[groupe.meilleur] for groupe in groupes if groupe.meilleur in par_pk]
