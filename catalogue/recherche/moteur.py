"""Answer a search: what matches every word, in an order that can be explained.

An exact title first, then a title that begins with the words, then the fiche that matches under most titles (the
generalist job before its specialisations), then the shortest title. The keys are columns of the index, so that both
databases give the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Value, When

from catalogue.models.recherche import DocumentDeRecherche
from catalogue.recherche.requete import Requete, comprendre

PAR_GENRE = 10


@dataclass(frozen=True)
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
    trouvailles: list[Trouvaille] = field(default_factory=list)
    elargie: bool = False
    """Nothing matched every word: these match some of them."""


def chercher(
    texte: str, genres: Sequence[str] = (), *, limite: int = PAR_GENRE, depuis: int = 0
) -> Resultats:
    """The best `limite` things found after the first `depuis`, and how many there are of each genre.

    `genres` narrows the list, not the counts: they say what the other tabs would give.
    """
    requete = comprendre(texte)
    resultats = Resultats(requete)
    if requete.est_vide:
        return resultats
    documents = _correspondants(requete, tous=True)
    comptes = _compter(documents)
    if not comptes and len(requete.groupes) > 1:
        documents = _correspondants(requete, tous=False)
        comptes = _compter(documents)
        resultats.elargie = bool(comptes)
    resultats.par_genre = comptes
    resultats.total = sum(n for genre, n in comptes.items() if not genres or genre in genres)
    if genres:
        documents = documents.filter(genre__in=genres)
    resultats.trouvailles = _meilleurs(documents, requete, limite, depuis)
    return resultats


def suggerer(texte: str, *, par_genre: int = 5) -> Resultats:
    """The best few of each genre, for someone still typing."""
    requete = comprendre(texte)
    resultats = Resultats(requete)
    if requete.est_vide:
        return resultats
    documents = _correspondants(requete, tous=True)
    resultats.par_genre = _compter(documents)
    resultats.total = sum(resultats.par_genre.values())
    for genre in resultats.par_genre:
        resultats.trouvailles += _meilleurs(documents.filter(genre=genre), requete, par_genre, 0)
    return resultats


def _correspondants(requete: Requete, *, tous: bool) -> QuerySet[DocumentDeRecherche]:
    """Documents that hold every word (or some, when nothing holds them all), and the level asked for."""
    documents = DocumentDeRecherche.objects.all()
    if requete.groupes:
        if tous:
            condition = Q(mots__correspond=requete.groupes)
            for variante in requete.variantes:
                condition |= Q(mots__correspond=variante)
        else:
            condition = Q(mots__correspond=[[mot for groupe in requete.groupes for mot in groupe]])
        documents = documents.filter(condition)
    if requete.niveau is not None:
        documents = documents.filter(niveau=requete.niveau)
    return documents


def _compter(documents: QuerySet[DocumentDeRecherche]) -> dict[str, int]:
    return dict(
        documents.order_by()
        .values_list("genre")
        .annotate(n=Count("cle", distinct=True))
        .order_by("-n", "genre")
    )


def _meilleurs(
    documents: QuerySet[DocumentDeRecherche], requete: Requete, limite: int, depuis: int
) -> list[Trouvaille]:
    """Two queries: the keys in their order, then the title of each that matched best."""
    # The words as they were understood: an unknown word counts as the known one it resembles most.
    lectures = [
        " ".join(groupe[0].rstrip("*") for groupe in lecture)
        for lecture in (requete.groupes, *requete.variantes)
    ]
    exact = Q(debut__in=lectures)
    commence = Q()
    for lecture in lectures:
        commence |= Q(debut__startswith=f"{lecture} ")
    valeur = Case(
        When(exact, then=Value(2)),
        When(commence, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    classes = (
        documents.order_by()
        .values("genre", "cle")
        .annotate(
            justesse=Max(valeur),
            nombre=Count("pk"),
            court=Min("nb_mots"),
            lourd=Max("poids"),
            titre_min=Min("titre"),
        )
        .order_by("-justesse", "-nombre", "-lourd", "court", "titre_min", "genre", "cle")[
            depuis : depuis + limite
        ]
    )
    ordre = [(c["genre"], c["cle"]) for c in classes]
    if not ordre:
        return []
    condition = Q()
    for genre in {g for g, _ in ordre}:
        condition |= Q(genre=genre, cle__in=[c for g, c in ordre if g == genre])
    meilleurs: dict[tuple[str, str], DocumentDeRecherche] = {}
    for document in (
        documents.filter(condition).annotate(justesse=valeur).order_by("justesse", "-nb_mots", "poids", "-pk")
    ):
        meilleurs[document.genre, document.cle] = document
    return [
        Trouvaille(d.genre, d.cle, d.titre, d.appellation, d.url) for d in (meilleurs[cle] for cle in ordre)
    ]
