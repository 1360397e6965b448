"""What can be found, kept in step with the data it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from catalogue.models.recherche import DocumentDeRecherche, MotConnu
from catalogue.recherche.mots import contient_un_chiffre, mots, mots_distincts
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
# SQLite's full-text tables; PostgreSQL keeps its columns and partial indexes by itself.
_TABLES_FTS = {False: "catalogue_recherche_fts", True: "catalogue_recherche_nombreux_fts"}


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
    """Write anew the documents of these genres (all, when none is named); return how many there are.

    The caller advances the catalogue, which is how other processes learn of it. In the caller's transaction: readers find the old titles until the new ones are all there.
    """
    choisis = choisis or tuple(_FOURNISSEURS)
    _retirer(DocumentDeRecherche.objects.filter(genre__in=choisis))
    total = sum(len(_ecrire(lot)) for genre in choisis for lot in _lots(_rangees(genre, None)))
    frequences: Counter[str] = Counter()
    for texte in DocumentDeRecherche.objects.values_list("mots", flat=True).iterator(chunk_size=LOT):
        frequences.update(texte.split())
    MotConnu.objects.all().delete()
    _compter_mots(frequences)
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            # The planner would guess wrong until the server's own housekeeping comes by.
            curseur.execute("ANALYZE catalogue_documentderecherche")
    oublier()
    return total


@transaction.atomic
def actualiser(genre: str, cles: Iterable[str] | None = None) -> None:
    """Write anew the documents that lead to these keys only (all of a small genre): what an editorial save costs."""
    choisies = None if cles is None else set(cles)
    anciens = DocumentDeRecherche.objects.filter(genre=genre)
    if choisies is not None:
        anciens = anciens.filter(cle__in=choisies)
    ecart: Counter[str] = Counter()
    for texte in anciens.values_list("mots", flat=True):
        ecart.subtract(texte.split())
    _retirer(anciens)
    for lot in _lots(_rangees(genre, choisies)):
        for document in _ecrire(lot):
            ecart.update(document.mots.split())
    changes = {mot: n for mot, n in ecart.items() if n}
    connus = dict(MotConnu.objects.filter(pk__in=changes).values_list("mot", "frequence"))
    MotConnu.objects.filter(pk__in=changes).delete()
    _compter_mots({mot: n + connus.get(mot, 0) for mot, n in changes.items()})
    oublier()


def _compter_mots(frequences: Mapping[str, int]) -> None:
    """Numbers and codes stay out: nobody means one by another, and an offer has hundreds of thousands of them."""
    comptes = (
        MotConnu(mot=m, frequence=n)
        for m, n in frequences.items()
        if n > 0 and len(m) <= LONGUEUR_MOT and not contient_un_chiffre(m)
    )
    MotConnu.objects.bulk_create(comptes, batch_size=LOT)


def _rangees(genre: str, cles: Collection[str] | None) -> Iterator[DocumentDeRecherche]:
    for document in _FOURNISSEURS[genre](cles):
        ordre = mots_distincts(document.texte or document.appellation or document.titre)
        yield DocumentDeRecherche(
            genre=genre,
            cle=document.cle,
            titre=document.titre,
            appellation=document.appellation,
            url=document.url,
            mots=" ".join(dict.fromkeys([*ordre, *mots(document.autres_mots)])),
            debut=" ".join(ordre)[:200],
            nb_mots=len(ordre),
            poids=document.poids,
            niveau=document.niveau,
            nombreux=genre in _NOMBREUX,
        )


def _lots(rangees: Iterator[DocumentDeRecherche]) -> Iterator[list[DocumentDeRecherche]]:
    lot: list[DocumentDeRecherche] = []
    for rangee in rangees:
        lot.append(rangee)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _ecrire(lot: list[DocumentDeRecherche]) -> list[DocumentDeRecherche]:
    ecrits = DocumentDeRecherche.objects.bulk_create(lot)
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            for nombreux, table in _TABLES_FTS.items():
                curseur.executemany(
                    f"INSERT INTO {table}(rowid, mots) VALUES (%s, %s)",  # noqa: S608
                    [(d.pk, d.mots) for d in ecrits if d.nombreux == nombreux],
                )
    return ecrits


def _retirer(documents: QuerySet[DocumentDeRecherche]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            for nombreux, table in _TABLES_FTS.items():
                pks = list(documents.filter(nombreux=nombreux).values_list("pk"))
                curseur.executemany(f"DELETE FROM {table} WHERE rowid = %s", pks)  # noqa: S608
    documents.delete()
