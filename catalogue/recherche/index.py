"""What can be found, kept in step with the data it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from catalogue.ecriture import inserer
from catalogue.models.recherche import DocumentDeRecherche, MotConnu
from catalogue.recherche.lecture import TABLES_FTS
from catalogue.recherche.mots import mots, mots_distincts
from catalogue.recherche.vocabulaire import oublier

LOT = 2_000
LONGUEUR_MOT = 60


@dataclass(frozen=True, slots=True)
class Document:
    """A title that leads somewhere."""

    cle: str
    titre: str
    url: str
    appellation: str = ""
    """The other title that this document matches, when it is another."""
    texte: str = ""
    """What is compared with the words typed, when it is not the title shown: one gender of « Valet / Femme de … »."""
    autres_mots: str = ""
    """Words that find it too, without being shown."""
    poids: int = 0
    niveau: int | None = None


Fournisseur = Callable[[Collection[str] | None], Iterable[Document]]
"""Gives the documents of these keys, or all of them when it is given None."""
_FOURNISSEURS: dict[str, Fournisseur] = {}
_NOMBREUX: set[str] = set()


def declarer(genre: str, fournisseur: Fournisseur, *, nombreux: bool = False) -> None:
    """Each package says, when it starts, what of its own can be found.

    A `nombreux` genre may have hundreds of thousands of titles: it has an index apart, so that it never slows the others,
    and a search reads only its first ones. Its provider gives the documents that matter most first.
    """
    _FOURNISSEURS[genre] = fournisseur
    if nombreux:
        _NOMBREUX.add(genre)


def genres() -> list[str]:
    return list(_FOURNISSEURS)


@transaction.atomic
def reindexer(*choisis: str) -> int:
    """Bring the documents of these genres (all, when none is named) in line with the data; return how many there are.

    Only those that changed are written. In the caller's transaction, which advances the catalogue (that is how other
    processes learn of it): readers find the old titles until the new ones are all there.
    """
    total, ecart = 0, Counter[str]()
    for genre in choisis or tuple(_FOURNISSEURS):
        en_place = DocumentDeRecherche.objects.filter(genre=genre)
        if genre in _NOMBREUX:  # read in the order they are written: one that changes may move them all
            _retirer(list(en_place.values_list("pk", flat=True)), ecart)
        total += _remplacer(en_place, _rangees(genre, None), ecart)
    if choisis:
        _ajuster_frequences(ecart)
    else:
        _compter_de_nouveau()
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            # The planner would guess wrong until the server's own housekeeping comes by.
            curseur.execute("ANALYZE catalogue_documentderecherche")
        else:
            # What was removed stays in the index until it is merged, and the beginning of a word is looked for in all of it:
            # five times as long, for two seconds of an import at the size of France.
            for table in TABLES_FTS.values():
                curseur.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
    oublier()
    return total


@transaction.atomic
def actualiser(genre: str, cles: Iterable[str] | None = None) -> None:
    """The same for the documents that lead to these keys only (all of a small genre): what an editorial save costs."""
    choisies = None if cles is None else set(cles)
    en_place = DocumentDeRecherche.objects.filter(genre=genre)
    if choisies is not None:
        en_place = en_place.filter(cle__in=choisies)
    ecart = Counter[str]()
    _remplacer(en_place, _rangees(genre, choisies), ecart)
    _ajuster_frequences(ecart)
    oublier()


_COLONNES = (
    "genre",
    "cle",
    "titre",
    "appellation",
    "url",
    "mots",
    "debut",
    "nb_mots",
    "poids",
    "niveau",
    "nombreux",
)
_MOTS = _COLONNES.index("mots")


def _rangees(genre: str, cles: Collection[str] | None) -> Iterator[tuple]:
    for document in _FOURNISSEURS[genre](cles):
        ordre = mots_distincts(document.texte or document.appellation or document.titre)
        yield (
            genre,
            document.cle,
            document.titre,
            document.appellation,
            document.url,
            " ".join(dict.fromkeys([*ordre, *mots(document.autres_mots)])),
            " ".join(ordre)[:200],
            len(ordre),
            document.poids,
            document.niveau,
            genre in _NOMBREUX,
        )


def _remplacer(
    documents: QuerySet[DocumentDeRecherche], rangees: Iterable[tuple], ecart: Counter[str]
) -> int:
    """Make `documents` say what `rangees` say; add to `ecart` how the count of each word moves. Their number."""
    # A hash for each: a national offer has hundreds of thousands of titles.
    en_place: dict[int, int] = {}
    for pk, *rangee in documents.values_list("pk", *_COLONNES).iterator(chunk_size=LOT):
        marque = hash(tuple(rangee))
        while marque in en_place:
            marque += 1
        en_place[marque] = pk
    total, nouvelles = 0, []
    for rangee in rangees:
        total += 1
        if en_place.pop(hash(rangee), None) is None:
            nouvelles.append(rangee)
            if len(nouvelles) == LOT:
                _ecrire(nouvelles, ecart)
                nouvelles = []
    _ecrire(nouvelles, ecart)
    _retirer(list(en_place.values()), ecart)
    return total


def _ecrire(rangees: list[tuple], ecart: Counter[str]) -> None:
    """PostgreSQL keeps its generated column by itself; SQLite's index is a table apart."""
    if not rangees:
        return
    for rangee in rangees:
        ecart.update(_a_compter(rangee[_MOTS]))
    dernier = DocumentDeRecherche.objects.aggregate(pk=Max("pk"))["pk"] or 0
    inserer(DocumentDeRecherche, _COLONNES, rangees)
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            for nombreux, table in TABLES_FTS.items():
                curseur.execute(
                    f"INSERT INTO {table}(rowid, mots) SELECT id, mots FROM catalogue_documentderecherche "  # noqa: S608
                    "WHERE id > %s AND nombreux = %s",
                    [dernier, nombreux],
                )


def _retirer(pks: list[int], ecart: Counter[str]) -> None:
    for debut in range(0, len(pks), LOT):
        documents = DocumentDeRecherche.objects.filter(pk__in=pks[debut : debut + LOT])
        perimes = list(documents.values_list("pk", "mots", "nombreux"))
        for _, texte, _ in perimes:
            ecart.subtract(_a_compter(texte))
        if connection.vendor == "sqlite":
            with connection.cursor() as curseur:
                curseur.executemany(
                    "DELETE FROM catalogue_recherche_fts WHERE rowid = %s",
                    [(pk,) for pk, _, nombreux in perimes if not nombreux],
                )
                curseur.executemany(
                    "DELETE FROM catalogue_recherche_nombreux_fts WHERE rowid = %s",
                    [(pk,) for pk, _, nombreux in perimes if nombreux],
                )
        documents.delete()


def _ajuster_frequences(ecart: Mapping[str, int]) -> None:
    changes = [mot for mot, n in ecart.items() if n]
    for debut in range(0, len(changes), LOT):
        lot = changes[debut : debut + LOT]
        connus = dict(MotConnu.objects.filter(pk__in=lot).values_list("mot", "frequence"))
        MotConnu.objects.filter(pk__in=lot).delete()
        _compter_mots({mot: ecart[mot] + connus.get(mot, 0) for mot in lot})


def _compter_de_nouveau() -> None:
    frequences = Counter[str]()
    for texte in DocumentDeRecherche.objects.values_list("mots", flat=True).iterator(chunk_size=LOT):
        frequences.update(_a_compter(texte))
    MotConnu.objects.all().delete()
    _compter_mots(frequences)


def _a_compter(texte: str) -> list[str]:
    """The words of a document but numbers and codes: nobody means one by another, and an offer has hundreds of thousands of them."""
    return [mot for mot in texte.split() if mot.isalpha()]


def _compter_mots(frequences: Mapping[str, int]) -> None:
    comptes = ((m, n) for m, n in frequences.items() if n > 0 and len(m) <= LONGUEUR_MOT)
    inserer(MotConnu, ("mot", "frequence"), comptes)
