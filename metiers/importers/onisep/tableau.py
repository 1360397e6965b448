"""Read a table of Onisep's open data, published alike in CSV, XML and JSON under names that vary.

CSV (UTF-8 with BOM, « ; », LF), titles in French: « lien site onisep.fr », « code ROME (V.3) »; XML, often on one line::

    <root><item><code_uai>0350029S</code_uai>…</item>…</root>

and JSON, a list of objects. In these two the titles are those of the CSV in technical form (« lien_site_onisepfr »), and an
optional field is left out of the records that lack it. Titles are compared by their letters and digits only, and each
column has several known names: they change with the vintage.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.lisible import assainir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import lire_table
from catalogue.fichiers.xml import elements
from metiers.importers.onisep.texte import ligne

DEBUT = 64 * 1024
"""Bytes looked at to know what a file is."""
_RACINE = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_PROLOGUE = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)

Colonnes = Mapping[str, tuple[str, ...]]
"""Our name of a column → the names it is known under, in the form of `cle()`."""


def cle(titre: str) -> str:
    """« code ROME (V.3) » → « coderomev3 »."""
    decompose = unicodedata.normalize("NFKD", titre).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", decompose.lower())


def racine(dossier: Dossier, nom: str) -> str:
    """The name of the root of an XML file; "[" for JSON, "" for anything else."""
    debut = _debut(dossier, nom).removeprefix(b"\xef\xbb\xbf").lstrip()
    if debut[:1] in (b"[", b"{"):
        return "["
    if debut[:1] != b"<":
        return ""
    trouvee = _RACINE.search(_PROLOGUE.sub(b"", debut))
    return trouvee[1].decode("ascii", "replace") if trouvee else "?"


def lire_tableau(
    dossier: Dossier,
    nom: str,
    obligatoires: Colonnes,
    facultatives: Colonnes,
    rejeter: Callable[[Rejet], None],
) -> Iterator[dict[str, str]]:
    """The records as dicts of one-line texts, "" for what a record lacks.

    Raises FichierRefuse, at the first record at the latest, when an `obligatoires` column is nowhere in the first one.
    """
    nature = racine(dossier, nom)
    if nature == "":
        yield from _lignes_csv(dossier, nom, obligatoires, facultatives, rejeter)
        return
    bruts = (
        _objets_json(dossier, nom, rejeter) if nature == "[" else _objets_xml(dossier, nom, nature, rejeter)
    )
    premier = next(bruts, None)
    if premier is None:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucun enregistrement.")
    _apparier(premier, obligatoires, nom)
    connues = {**obligatoires, **facultatives}
    for brut in chain([premier], bruts):
        objet = {cle(titre): valeur for titre, valeur in brut.items()}
        yield {
            colonne: next((ligne(objet[alias]) for alias in noms if objet.get(alias)), "")
            for colonne, noms in connues.items()
        }


def _debut(dossier: Dossier, nom: str) -> bytes:
    with dossier.ouvrir(nom) as flux:
        return flux.read(DEBUT)


def _apparier(titres: Any, colonnes: Colonnes, nom: str) -> dict[str, str]:
    """Our name → the title in this file; refused when one is missing."""
    presents = {cle(titre): titre for titre in titres}
    paires = {c: presents[alias] for c, noms in colonnes.items() for alias in noms[::-1] if alias in presents}
    absentes = [colonne for colonne in colonnes if colonne not in paires]
    if absentes:
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : il n'a pas de colonne pour {', '.join(absentes)}."
        )
    return paires


def _lignes_csv(
    dossier: Dossier,
    nom: str,
    obligatoires: Colonnes,
    facultatives: Colonnes,
    rejeter: Callable[[Rejet], None],
) -> Iterator[dict[str, str]]:
    entete = _debut(dossier, nom).removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    separateur = max(";,\t", key=entete.count)
    try:
        titres = [titre.strip() for titre in next(csv.reader([entete.strip("\r")], delimiter=separateur), [])]
    except csv.Error:
        raise FichierRefuse(f"Le fichier {nom} n’est pas une table lisible.") from None
    paires = _apparier(titres, obligatoires, nom)
    presents = {cle(titre): titre for titre in titres}
    for colonne, noms in facultatives.items():
        if alias := next((alias for alias in noms if alias in presents), None):
            paires[colonne] = presents[alias]
    with dossier.ouvrir(nom) as flux:
        for rangee in lire_table(
            flux, nom, list(dict.fromkeys(paires.values())), separateur=separateur, rejeter=rejeter
        ):
            yield {c: ligne(rangee[paires[c]]) if c in paires else "" for c in (*obligatoires, *facultatives)}


def _objets_xml(
    dossier: Dossier, nom: str, racine_lue: str, rejeter: Callable[[Rejet], None]
) -> Iterator[dict[str, str]]:
    if racine_lue != "root":
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : sa racine est « {racine_lue[:80]} » et non « root »."
        )
    with dossier.ouvrir(nom) as flux:
        for element in elements(flux, nom, racine="root", balise="item", rejeter=rejeter):
            yield {enfant.tag: enfant.text or "" for enfant in element}


def _objets_json(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Iterator[dict[str, str]]:
    try:
        contenu = json.loads(dossier.texte(nom, "utf-8-sig"))
    except (ValueError, RecursionError):
        raise FichierRefuse(f"Le fichier {nom} est un JSON mal formé ou tronqué.") from None
    if not isinstance(contenu, list) or not all(isinstance(objet, dict) for objet in contenu):
        raise FichierRefuse(f"Le fichier {nom} n’a pas le format attendu : ce n'est pas une liste d'objets.")

    def signaler(titre: str, raison: str) -> None:
        rejeter(Rejet("valeur", f"enregistrement {rang}, {titre}"[:80], raison))

    for rang, brut in enumerate(contenu, 1):  # noqa: B007 - told by `signaler`
        try:
            objet = assainir(brut, signaler)
        except RecursionError:
            raise FichierRefuse(f"Le fichier {nom} est un JSON mal formé : trop d’objets emboîtés.") from None
        yield {str(titre): str(v) for titre, v in objet.items() if isinstance(v, str | int | float)}


def identifiant(adresse: str, prefixe: str) -> str:
    """« …/redirection/metier/slug/MET.762 » → « MET.762 »: the only place where tables give it; "" otherwise."""
    fin = adresse.rstrip("/").rpartition("/")[2]
    return fin if re.fullmatch(rf"{prefixe}\.\d{{1,10}}", fin, re.ASCII) else ""


def liste(valeurs: str) -> list[str]:
    """« a | b », « a| b »: both are met, one after a code, the other after a domaine. In order, each once."""
    return list(dict.fromkeys(v for v in (valeur.strip() for valeur in valeurs.split("|")) if v))
