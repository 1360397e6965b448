"""What can be found, kept in step with the data it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from catalogue.models.recherche import DocumentDeRecherche, MotConnu
from catalogue.recherche.mots import mots, mots_distincts

LOT = 2_000


@dataclass(frozen=True, slots=True)
class Document:
    """A title that leads somewhere; `autres_mots` can be found too, without being shown."""

    cle: str
    titre: str
    url: str
    appellation: str = ""
    autres_mots: str = ""
    poids: int = 0
    niveau: int | None = None


Fournisseur = Callable[[], Iterable[Document]]
_FOURNISSEURS: dict[str, Fournisseur] = {}


def declarer(genre: str, fournisseur: Fournisseur) -> None:
    """Each package says, when it starts, what of its own can be found."""
    _FOURNISSEURS[genre] = fournisseur


def genres() -> list[str]:
    return list(_FOURNISSEURS)


@transaction.atomic
def reindexer(*choisis: str) -> int:
    """Write anew the documents of these genres (all, when none is named); return how many there are.

    In the caller's transaction: readers find the old titles until the new ones are all there.
    """
    choisis = choisis or tuple(_FOURNISSEURS)
    DocumentDeRecherche.objects.filter(genre__in=choisis).delete()
    total = 0
    for genre in choisis:
        for lot in _lots(_rangees(genre)):
            DocumentDeRecherche.objects.bulk_create(lot)
            total += len(lot)
    _refaire_index_sqlite()
    _refaire_vocabulaire()
    return total


def _rangees(genre: str) -> Iterator[DocumentDeRecherche]:
    for document in _FOURNISSEURS[genre]():
        montre = document.appellation or document.titre
        ordre = mots_distincts(montre)
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


def _refaire_index_sqlite() -> None:
    """PostgreSQL keeps its generated column by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM catalogue_recherche_fts")
        curseur.execute(
            "INSERT INTO catalogue_recherche_fts(rowid, mots) SELECT id, mots FROM catalogue_documentderecherche"
        )


def _refaire_vocabulaire() -> None:
    frequences: Counter[str] = Counter()
    for texte in DocumentDeRecherche.objects.values_list("mots", flat=True).iterator(chunk_size=LOT):
        frequences.update(texte.split())
    MotConnu.objects.all().delete()
    MotConnu.objects.bulk_create(
        (MotConnu(mot=mot, frequence=n) for mot, n in frequences.items() if len(mot) <= 60), batch_size=LOT
    )
