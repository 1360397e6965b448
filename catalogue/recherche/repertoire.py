"""All that can be found and the words for it, in memory while the catalogue stays the same.

The columns of the titles of each kind are kept in the database by whoever changes them, under a mark of what they hold. A process
reads again those whose mark has changed. Where they are missing, or of another release, it makes them on the spot and keeps them
in memory alone, since a reader writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Any

from catalogue.models.recherche import ColonneDeTitres, DocumentDeRecherche
from catalogue.models.version import Etat, VersionCatalogue
from catalogue.recherche.colonnes import LUES, Colonnes, construire
from catalogue.recherche.titres import Titres
from catalogue.recherche.vocabulaire import Vocabulaire, synonymes

LOT = 5_000
"""Rows read at a time."""


class Repertoire:
    """The titles of each kind, and the words they are made of with the synonyms."""

    def __init__(self, titres: dict[str, Titres]) -> None:
        self.titres = titres
        self.vocabulaire = Vocabulaire(titres.values(), synonymes())


_verrou = Lock()
_courant: tuple[Etat, Repertoire] | None = None
_lus: dict[str, tuple[str, Titres]] = {}
"""What was last read of each kind, and its mark."""


def repertoire() -> Repertoire:
    """That of the present version of the catalogue. One light query when it is in memory."""
    global _courant
    etat = VersionCatalogue.etat()
    pret = _courant
    if pret is not None and pret[0] == etat:
        return pret[1]
    with _verrou:
        pret = _courant
        if pret is None or pret[0] != etat:
            # Else what is no longer of use would stay in memory beside what takes its place.
            _courant = pret = None
            pret = _courant = (etat, Repertoire(_lire()))
        return pret[1]


def conserver(genre: str) -> None:
    """Make the columns of this kind and keep them, in the transaction of what has just changed its documents.

    No other transaction may be doing so: one that did not see these documents would write its own over them.
    """
    colonnes = construire(_documents(genre))
    marque = colonnes.marque()
    gardees = ColonneDeTitres.objects.filter(genre=genre)
    if gardees.filter(marque=marque).exists():
        return
    gardees.delete()
    # One at a time: all together would take several times their size to be sent.
    for nom in sorted(Colonnes.noms()):
        ColonneDeTitres.objects.create(genre=genre, nom=nom, marque=marque, contenu=colonnes.octets(nom))


def _lire() -> dict[str, Titres]:
    marques = dict(ColonneDeTitres.objects.values_list("genre", "marque").distinct())
    for genre in [genre for genre, (marque, _) in _lus.items() if marques.get(genre) != marque]:
        del _lus[genre]
    for genre in sorted(marques.keys() - _lus.keys()):
        _lus[genre] = (marques[genre], Titres(_conservees(genre) or construire(_documents(genre))))
    return {genre: _lus[genre][1] for genre in sorted(_lus)}


def _conservees(genre: str) -> Colonnes | None:
    lues = ColonneDeTitres.objects.filter(genre=genre).values_list("nom", "contenu")
    gardees = {nom: bytes(contenu) for nom, contenu in lues}
    # Made by another release, it may not have the columns that this one reads.
    return Colonnes.lire(gardees) if gardees.keys() == Colonnes.noms() else None


def _documents(genre: str) -> Iterator[tuple[Any, ...]]:
    return (
        DocumentDeRecherche.objects.filter(genre=genre)
        .order_by("pk")
        .values_list(*LUES)
        .iterator(chunk_size=LOT)
    )
