"""What can be found, kept in step with the data it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from catalogue.models.recherche import DocumentDeRecherche, MotConnu
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


def declarer(genre: str, fournisseur: Fournisseur) -> None:
    """Each package says, when it starts, what of its own can be found."""
    _FOURNISSEURS[genre] = fournisseur


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
    comptes = (
        MotConnu(mot=m, frequence=n) for m, n in frequences.items() if n > 0 and len(m) <= LONGUEUR_MOT
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
    """PostgreSQL keeps its generated column by itself; SQLite's index is a table apart."""
    ecrits = DocumentDeRecherche.objects.bulk_create(lot)
    if connection.vendor == "sqlite":
        with connection.cursor() as curseur:
            curseur.executemany(
                "INSERT INTO catalogue_recherche_fts(rowid, mots) VALUES (%s, %s)",
                [(d.pk, d.mots) for d in ecrits],
            )
    return ecrits


def _retirer(documents: QuerySet[DocumentDeRecherche]) -> None:
    if connection.vendor == "sqlite":
        pks = list(documents.values_list("pk", flat=True))
        with connection.cursor() as curseur:
            curseur.executemany("DELETE FROM catalogue_recherche_fts WHERE rowid = %s", [(pk,) for pk in pks])
    documents.delete()
