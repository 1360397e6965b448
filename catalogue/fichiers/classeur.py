"""Read a sheet of an official Excel workbook (.xlsx), refusing what is not one.

A workbook is a zip of XML files: the zip goes through the guards of `dossier`, every XML is refused when it declares a
DOCTYPE, and macros are refused, before openpyxl streams the sheet.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalogue.fichiers.dossier import MEBI, ouvrir
from catalogue.fichiers.lisible import est_illisible, relire
from catalogue.fichiers.refus import FichierRefuse, Rejet

TAILLE_MAX = 256 * MEBI
"""Bytes of the whole workbook, uncompressed (BMO 2025: 26 MB): openpyxl keeps the shared texts in memory."""
LIGNES_AVANT_ENTETE = 30
"""Rows looked at for the header: producers put a title above it."""
# What openpyxl and zipfile raise on a damaged workbook, NotImplementedError (an unknown compression) among others.
_ERREURS = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError),
    *(
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
        NotImplementedError,
        RuntimeError,
    ),
)


def lire_feuille(
    chemin: Path,
    est_entete: Callable[[list[str]], bool],
    rejeter: Callable[[Rejet], None] | None = None,
) -> Iterator[tuple[list[str], tuple[Any, ...]]]:
    """The rows below the header of the first sheet that has one, each with the header: (titles, values).

    Titles are stripped texts. Values are as stored (text, number, date, None); of a formula, the last result. Empty rows
    are skipped. A text whose encoding was lost is told to `rejeter`, and emptied unless it is long. Raises FichierRefuse, while iterating.
    """
    _verifier(chemin)
    try:
        # Opened here: of a damaged workbook, openpyxl forgets to close the file.
        with chemin.open("rb") as flux:
            classeur = load_workbook(flux, read_only=True, data_only=True, keep_links=False)
            for feuille in classeur.worksheets:
                lignes = feuille.iter_rows(values_only=True)
                entete = _entete(lignes, est_entete)
                if entete:
                    for numero, ligne in enumerate(lignes, 1):
                        if any(v is not None for v in ligne):
                            yield entete, _relue(ligne, f"ligne {numero} sous l’en-tête", rejeter)
                    return
    except _ERREURS:
        raise FichierRefuse(f"Le fichier {chemin.name} n’est pas un classeur Excel lisible.") from None
    raise FichierRefuse(
        f"Le fichier {chemin.name} n’a pas le format attendu : aucune feuille n’a l’en-tête attendu."
    )


def _entete(lignes: Iterator[tuple[Any, ...]], est_entete: Callable[[list[str]], bool]) -> list[str]:
    for rang, ligne in enumerate(lignes):
        titres = ["" if valeur is None else str(valeur).strip() for valeur in ligne]
        if est_entete(titres):
            return titres
        if rang + 1 >= LIGNES_AVANT_ENTETE:
            break
    return []


def _relue(ligne: tuple[Any, ...], cle: str, rejeter: Callable[[Rejet], None] | None) -> tuple[Any, ...]:
    """The row without the texts that lost their encoding, told to `rejeter`."""
    if not any(isinstance(valeur, str) and est_illisible(valeur) for valeur in ligne):
        return ligne
    relues = [relire(valeur) if isinstance(valeur, str) else (valeur, "") for valeur in ligne]
    if rejeter:
        for _, raison in relues:
            if raison:
                rejeter(Rejet("valeur", cle, raison))
    return tuple(valeur for valeur, _ in relues)


def _verifier(chemin: Path) -> None:
    with ouvrir(chemin) as dossier:
        noms = dossier.noms()
        if "workbook.xml" not in noms:
            raise FichierRefuse(f"Le fichier {chemin.name} n’est pas un classeur Excel (.xlsx).")
        if any(nom.lower().startswith("vbaproject") for nom in noms):
            raise FichierRefuse(f"Le fichier {chemin.name} contient des macros : il est refusé par sécurité.")
        for nom in noms:
            if nom.endswith((".xml", ".rels", ".vml")):
                with dossier.ouvrir(nom) as flux:
                    _refuser_doctype(flux, nom)
    with zipfile.ZipFile(chemin) as archive:
        if sum(membre.file_size for membre in archive.infolist()) > TAILLE_MAX:
            raise FichierRefuse(f"Le fichier {chemin.name} est trop gros pour un classeur.")


class _RacineAtteinte(Exception):
    """Stops the reading where a DOCTYPE can no longer come."""


def _refuser_doctype(flux: BinaryIO, nom: str) -> None:
    """So no entity is ever declared: openpyxl leaves that to the XML parser it finds."""

    def doctype(*_: object) -> None:
        raise FichierRefuse(f"Le fichier {nom} contient un DOCTYPE : il est refusé par sécurité.")

    def racine(*_: object) -> None:
        raise _RacineAtteinte

    analyseur = expat.ParserCreate()
    analyseur.StartDoctypeDeclHandler = doctype
    analyseur.StartElementHandler = racine
    try:
        while morceau := flux.read(MEBI):
            analyseur.Parse(morceau, False)
    except _RacineAtteinte:
        pass
    except (expat.ExpatError, LookupError, ValueError):
        raise FichierRefuse(f"Le fichier {nom} est un XML mal formé.") from None
