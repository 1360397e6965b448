"""Tables of the offer: the same columns under several titles, with one separator or another."""

import csv
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import lire_table

ENTETE_MAX = 256 * 1024
"""Bytes of the first line (118 French labels take 9,000)."""


def table_unique(dossier: Dossier) -> str:
    """The name of the only CSV of a delivery; FichierRefuse when there is none, or several."""
    noms = dossier.noms()
    if len(noms) == 1:
        return noms[0]
    tables = [nom for nom in noms if nom.lower().endswith(".csv")]
    if len(tables) != 1:
        raise FichierRefuse(f"{dossier.nom} doit contenir une seule table CSV ({len(tables)} trouvées).")
    return tables[0]


def lire_lignes(
    dossier: Dossier,
    nom: str,
    titres: Mapping[str, Collection[str]],
    *,
    obligatoires: Collection[str],
    encodage: str = "utf-8",
    rejeter: Callable[[Rejet], None] | None = None,
) -> Iterator[dict[str, str]]:
    """The rows of a table, under our names: `titres` gives the titles each may have in the file.

    Titles are compared without case, accents nor punctuation. The separator, « ; » or « , », is the one the header
    uses most. A column that the file lacks gives ""; one of `obligatoires` makes it refused.
    """
    entete, separateur = _entete(dossier, nom, encodage)
    exacts: dict[str, str] = {}
    for colonne, possibles in titres.items():
        plats = {plat(titre) for titre in (colonne, *possibles)}
        # A title that two columns share designates neither: labels of Parcoursup do it.
        trouves = [titre for titre in entete if plat(titre) in plats]
        if len(trouves) == 1:
            exacts[colonne] = trouves[0].strip()
    absentes = [colonne for colonne in obligatoires if colonne not in exacts]
    if absentes:
        pluriel = "s" if len(absentes) > 1 else ""
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : colonne{pluriel} absente{pluriel}, "
            f"{', '.join(absentes)}."
        )
    vides = {colonne: "" for colonne in titres if colonne not in exacts}
    rangees = lire_table(
        dossier.ouvrir(nom),
        nom,
        list(exacts.values()),
        separateur=separateur,
        encodage=encodage,
        rejeter=rejeter,
    )
    return _renommees(rangees, list(exacts.items()), vides)


def plat(titre: str) -> str:
    """« Code départemental de l’établissement » → « code departemental de l etablissement »."""
    sans_accents = unicodedata.normalize("NFKD", titre.lower().replace("’", " "))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", sans_accents.encode("ascii", "ignore").decode()).split())


def _renommees(
    rangees: Iterator[dict[str, str]], exacts: list[tuple[str, str]], vides: dict[str, str]
) -> Iterator[dict[str, str]]:
    memes = all(colonne == titre for colonne, titre in exacts)
    for rangee in rangees:
        renommee = rangee if memes else {colonne: rangee[titre] for colonne, titre in exacts}
        yield renommee | vides if vides else renommee


def _entete(dossier: Dossier, nom: str, encodage: str) -> tuple[list[str], str]:
    with dossier.ouvrir(nom) as flux:
        octets = flux.readline(ENTETE_MAX)
    if octets.startswith(b"\xef\xbb\xbf") and encodage != "utf-8":
        raise FichierRefuse(f"Le fichier {nom} n’est pas en {encodage.upper()}.")
    try:
        ligne = octets.removeprefix(b"\xef\xbb\xbf").decode(encodage)
    except UnicodeDecodeError:
        raise FichierRefuse(
            f"Le fichier {nom} n’est pas en {encodage.upper()} : octet illisible à la ligne 1."
        ) from None
    separateur = ";" if ligne.count(";") >= ligne.count(",") else ","
    try:
        return next(csv.reader([ligne], delimiter=separateur, strict=True), []), separateur
    except csv.Error:
        raise FichierRefuse(f"Le fichier {nom} est mal formé à la ligne 1.") from None
