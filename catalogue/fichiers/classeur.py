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
from catalogue.fichiers.refus import FichierRefuse

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
    chemin: Path, est_entete: Callable[[list[str]], bool]
) -> Iterator[tuple[list[str], tuple[Any, ...]]]:
    """The rows below the header of the first sheet that has one, each with the header: (titles, values).

    Titles are stripped texts. Values are as stored (text, number, date, None); of a formula, the last result. Empty rows
    are skipped. Raises FichierRefuse, while iterating.
    """
    _verifier(chemin)
    try:
        classeur = load_workbook(chemin, read_only=True, data_only=True, keep_links=False)
        try:
            for feuille in classeur.worksheets:
                lignes = feuille.iter_rows(values_only=True)
                entete = _entete(lignes, est_entete)
                if entete:
                    yield from ((entete, ligne) for ligne in lignes if any(v is not None for v in ligne))
                    return
        finally:
            classeur.close()
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
