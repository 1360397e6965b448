"""Read an official CSV table, columns by name, refusing what is not one."""

import codecs
import csv
from collections.abc import Callable, Collection, Iterator
from operator import itemgetter
from typing import BinaryIO

from catalogue.fichiers.lisible import est_illisible, est_suspecte, relire
from catalogue.fichiers.refus import FichierRefuse, Rejet

LIGNE_MAX = 8 * 1024 * 1024
"""Bytes of one line."""


class _Lignes:
    """Decoded lines of a stream, and what must be remembered of the last one."""

    def __init__(self, flux: BinaryIO, nom: str, encodage: str):
        self._flux = flux
        self._nom = nom
        self._encodage = encodage
        self._utf8 = self._encodage in ("utf-8", "utf8")
        self.numero = 0
        self.terminee = True
        self.suspecte = False
        """Whether a line read since this was last put down may have lost its encoding."""

    def __iter__(self) -> Iterator[str]:
        while octets := self._flux.readline(LIGNE_MAX):
            self.numero += 1
            self.terminee = octets.endswith(b"\n")
            if len(octets) == LIGNE_MAX and not self.terminee:
                raise FichierRefuse(
                    f"Le fichier {self._nom} n’est pas une table : ligne {self.numero} trop longue."
                )
            if self.numero == 1:
                octets = octets.removeprefix(codecs.BOM_UTF8)
            if b"\0" in octets:
                raise FichierRefuse(
                    f"Le fichier {self._nom} n’est pas un texte : octet nul à la ligne {self.numero}."
                )
            ligne = self._decoder(octets)
            if est_suspecte(ligne):
                self.suspecte = True
            yield ligne

    def _decoder(self, octets: bytes) -> str:
        if not self._utf8:
            # A later vintage may be in UTF-8 at last; nothing French in a Latin encoding reads as UTF-8 by accident.
            try:
                return octets.decode()
            except UnicodeDecodeError:
                pass
        try:
            return octets.decode(self._encodage)
        except UnicodeDecodeError:
            raise FichierRefuse(
                f"Le fichier {self._nom} n’est pas en {self._encodage.upper()} : "
                f"octet illisible à la ligne {self.numero}."
            ) from None


def lire_table(
    flux: BinaryIO,
    nom: str,
    colonnes: Collection[str],
    *,
    facultatives: Collection[str] = (),
    separateur: str = ",",
    encodage: str = "utf-8",
    rejeter: Callable[[Rejet], None] | None = None,
) -> Iterator[dict[str, str]]:
    """The rows of a CSV table as dicts of the wanted columns, whatever their order; other columns are ignored.

    The header is checked at once, the rows as they are read. A column of `facultatives` that the file lacks gives "".
    Empty lines are skipped (official files have some). A row with too few or too many fields is given to `rejeter`;
    when more than half of the rows are so, the file is refused at its end; when they are where the encoding was lost, too.
    `encodage` is any that keeps ASCII bytes (UTF-8, with or without BOM, ISO-8859-15, cp1252), decoded strictly; lines in
    UTF-8 are read as such under any. Raises FichierRefuse, in the call or while iterating.
    """
    lignes = _Lignes(flux, nom, encodage.lower())
    lecteur = csv.reader(lignes, delimiter=separateur, strict=True)
    entete = next(_rangees(lecteur, lignes, nom), None)
    if entete is None:
        raise FichierRefuse(f"Le fichier {nom} est vide.")
    entete = [titre.strip() for titre in entete]
    absentes = [colonne for colonne in colonnes if colonne not in entete]
    if absentes:
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : colonne absente, {', '.join(absentes)}."
            if len(absentes) == 1
            else f"Le fichier {nom} n’a pas le format attendu : colonnes absentes, {', '.join(absentes)}."
        )
    voulues = [*colonnes, *(colonne for colonne in facultatives if colonne not in colonnes)]
    doublees = [colonne for colonne in voulues if entete.count(colonne) > 1]
    if doublees:
        raise FichierRefuse(f"Le fichier {nom} n’a pas le format attendu : colonne en double, {doublees[0]}.")
    positions = [(colonne, entete.index(colonne)) for colonne in voulues if colonne in entete]
    vides = {colonne: "" for colonne in voulues if colonne not in entete}
    return _enregistrements(lecteur, lignes, nom, len(entete), positions, vides, rejeter)


def _rangees(lecteur: Iterator[list[str]], lignes: _Lignes, nom: str) -> Iterator[list[str]]:
    """Rows that hold something; csv's errors told as FichierRefuse."""
    while True:
        try:
            rangee = next(lecteur)
        except StopIteration:
            return
        except csv.Error as erreur:
            if "unexpected end of data" in str(erreur):
                raise FichierRefuse(
                    f"Le fichier {nom} est tronqué : un guillemet reste ouvert à la fin."
                ) from None
            raise FichierRefuse(f"Le fichier {nom} est mal formé à la ligne {lignes.numero}.") from None
        if any(rangee):
            yield rangee


def _enregistrements(
    lecteur: Iterator[list[str]],
    lignes: _Lignes,
    nom: str,
    largeur: int,
    positions: list[tuple[str, int]],
    vides: dict[str, str],
    rejeter: Callable[[Rejet], None] | None,
) -> Iterator[dict[str, str]]:
    bonnes = mauvaises = perdues = 0
    noms = [colonne for colonne, _ in positions]
    prendre = itemgetter(*(rang for _, rang in positions)) if len(positions) > 1 else None
    for rangee in _rangees(lecteur, lignes, nom):
        if len(rangee) == largeur:
            bonnes += 1
            if lignes.suspecte:
                lignes.suspecte = False
                if any(map(est_illisible, rangee)):
                    perdues += 1
                    rangee = _relire(rangee, positions, f"{nom}, ligne {lignes.numero}", rejeter)
            if prendre:
                enregistrement = dict(zip(noms, prendre(rangee), strict=True))
            else:
                enregistrement = {colonne: rangee[i] for colonne, i in positions}
            yield enregistrement | vides if vides else enregistrement
            continue
        if len(rangee) < largeur and not lignes.terminee:
            raise FichierRefuse(f"Le fichier {nom} est tronqué : sa dernière ligne est incomplète.")
        mauvaises += 1
        if rejeter is not None:
            rejeter(
                Rejet("ligne", f"{nom}, ligne {lignes.numero}", f"{len(rangee)} champs au lieu de {largeur}")
            )
    if perdues * 2 > bonnes:
        raise FichierRefuse(
            f"Le fichier {nom} a perdu son encodage : des caractères sont illisibles dans {perdues} lignes sur "
            f"{bonnes + mauvaises}."
        )
    if mauvaises > bonnes:
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : {mauvaises} lignes sur {bonnes + mauvaises} sont illisibles."
        )


def _relire(
    rangee: list[str], positions: list[tuple[str, int]], ou: str, rejeter: Callable[[Rejet], None] | None
) -> list[str]:
    """The row without the values that lost their encoding."""
    relue = list(rangee)
    for colonne, rang in positions:
        relue[rang], raison = relire(rangee[rang])
        if raison and rejeter is not None:
            rejeter(Rejet("valeur", f"{ou}, {colonne}", raison))
    return relue
