"""What can be found, kept in step with the data it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from catalogue.ecriture import inserer
from catalogue.models.recherche import DocumentDeRecherche
from catalogue.models.version import VersionCatalogue
from catalogue.recherche.mots import mots, mots_distincts
from catalogue.recherche.repertoire import conserver

LOT = 2_000


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


@transaction.atomic
def reindexer(*choisis: str) -> int:
    """Bring the documents of these genres (all, when none is named) in line with the data; return how many there are.

    Only those that changed are written. The catalogue advances, which is how the other processes learn of it: readers find
    the old titles until the new ones are all there.
    """
    _prendre_son_tour()
    total = 0
    for genre in choisis or tuple(_FOURNISSEURS):
        total += _remplacer(DocumentDeRecherche.objects.filter(genre=genre), _rangees(genre, None))
        conserver(genre)
    return total


@transaction.atomic
def actualiser(genre: str, cles: Iterable[str] | None = None) -> None:
    """The same for the documents that lead to these keys only (all of a small genre): what an editorial save costs."""
    _prendre_son_tour()
    choisies = None if cles is None else set(cles)
    en_place = DocumentDeRecherche.objects.filter(genre=genre)
    if choisies is not None:
        en_place = en_place.filter(cle__in=choisies)
    _remplacer(en_place, _rangees(genre, choisies))
    conserver(genre)


def _prendre_son_tour() -> None:
    """Wait for whoever is changing what can be found, until the end of the transaction: the row of the version is one.

    On PostgreSQL two editors, or an editor and an import, would else each write what can be found without what the other adds.
    """
    VersionCatalogue.avancer()


_COLONNES = ("genre", "cle", "titre", "appellation", "url", "mots", "nb_mots", "poids", "niveau")


def _rangees(genre: str, cles: Collection[str] | None) -> Iterator[tuple]:
    for document in _FOURNISSEURS[genre](cles):
        titre = mots_distincts(document.texte or document.appellation or document.titre)
        yield (
            genre,
            document.cle,
            document.titre,
            document.appellation,
            document.url,
            " ".join(dict.fromkeys([*titre, *mots(document.autres_mots)])),
            len(titre),
            document.poids,
            document.niveau,
        )


def _remplacer(documents: QuerySet[DocumentDeRecherche], rangees: Iterable[tuple]) -> int:
    """Make `documents` say what `rangees` say. Their number."""
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
                inserer(DocumentDeRecherche, _COLONNES, nouvelles)
                nouvelles = []
    inserer(DocumentDeRecherche, _COLONNES, nouvelles)
    perimes = list(en_place.values())
    for debut in range(0, len(perimes), LOT):
        DocumentDeRecherche.objects.filter(pk__in=perimes[debut : debut + LOT]).delete()
    return total
