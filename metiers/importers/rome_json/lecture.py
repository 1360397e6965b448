"""Read a whole JSON delivery of the ROME: the fiches, and the files beside them when they are there."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.flux_json import objets
from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.rome.controle import Controle
from metiers.importers.rome.lecture import Rome, lire_tables
from metiers.importers.rome.records import ArborescenceCompetence, DomaineProfessionnel, GrandDomaine
from metiers.importers.rome.tables import est_une_table
from metiers.importers.rome.version import lire_version
from metiers.importers.rome_json import arborescences
from metiers.importers.rome_json.fiches import Fiches

FICHES = "fiche_emploi_metier"
_NOM = re.compile(r"unix_(\w+?)_v(\d{1,6})(?!\d)[\w.-]*\.json", re.IGNORECASE)
_ASSEZ = 50
"""Objects after which a file without one fiche is left."""


@dataclass(frozen=True, slots=True)
class RomeDit:
    """What one JSON delivery says of the ROME.

    `fiches` holds the fiches, and the appellations and items they cite; `rejetees` in it are the OGR numbers of those left
    out. `grands_domaines`, `domaines` and `arborescence_competences` are None when their file is not there.
    """

    version: str
    date_publication: date | None
    fiches: Fiches
    grands_domaines: list[GrandDomaine] | None
    domaines: list[DomaineProfessionnel] | None
    arborescence_competences: list[ArborescenceCompetence] | None


def lire_livraison(chemin: Path, rejeter: Callable[[Rejet], None]) -> tuple[Rome | None, RomeDit | None]:
    """Read the CSV tables at `chemin`, the JSON fiches, or both when both are there. Raises FichierRefuse."""
    with ouvrir(chemin) as dossier:
        noms = dossier.noms()
        en_json = any((trouve := _NOM.fullmatch(nom)) and trouve[1].lower() == FICHES for nom in noms)
        en_csv = not en_json or any(est_une_table(nom) for nom in noms)
        tables = lire_tables(dossier, rejeter) if en_csv else None
        return tables, lire_rome_json(dossier, rejeter) if en_json else None


def lire_rome_json(dossier: Dossier, rejeter: Callable[[Rejet], None]) -> RomeDit:
    """Read all of it, so that a bad file is refused before anything is written. Raises FichierRefuse."""
    noms: dict[str, str] = {}
    versions = set()
    for nom in dossier.noms():
        if trouve := _NOM.fullmatch(nom):
            if trouve[1].lower() in noms and trouve[2] in versions:
                raise FichierRefuse(
                    f"{dossier.nom} contient deux fois la même table : {noms[trouve[1].lower()]} et {nom}."
                )
            noms[trouve[1].lower()] = nom
            versions.add(trouve[2])
    version, publication = lire_version(dossier, versions, rejeter)
    controle = Controle(rejeter)
    fiches = _lire_fiches(dossier, noms[FICHES], controle)
    grands = domaines = arborescence = None
    if nom_principale := noms.get("arborescence_principale"):
        grands, domaines = arborescences.lire_principale(controle, _entier(dossier, nom_principale))
    if nom_competences := noms.get("arborescence_competence", noms.get("arborescence_competences")):
        arborescence = arborescences.lire_competences(
            controle, _entier(dossier, nom_competences), fiches.competences
        )
    arborescences.lire_attributs(
        controle,
        fiches.fiches,
        fiches.appellations,
        _lignes(dossier, noms.get("referentiel_code_rome")),
        _lignes(dossier, noms.get("referentiel_appellation")),
    )
    return RomeDit(
        version=version,
        date_publication=publication,
        fiches=fiches,
        grands_domaines=grands or None,
        domaines=domaines or None,
        arborescence_competences=arborescence or None,
    )


def _lire_fiches(dossier: Dossier, nom: str, controle: Controle) -> Fiches:
    fiches = Fiches(controle)
    etrangers = rang = 0
    for rang, objet in enumerate(_lignes(dossier, nom), 1):
        etrangers += not fiches.lire(objet, rang)
        if etrangers == rang == _ASSEZ:
            break
    if etrangers > rang / 2:
        raise FichierRefuse(
            f"Le fichier {nom} n’a pas le format attendu : {etrangers} de ses objets sur {rang} ne sont pas des fiches métiers."
        )
    if not fiches.fiches:
        raise FichierRefuse(f"{dossier.nom} ne contient aucune fiche métier valable.")
    if not fiches.appellations and any("appellations" in fiche.parties for fiche in fiches.fiches.values()):
        raise FichierRefuse(f"{dossier.nom} ne contient aucune appellation valable.")
    return fiches


def _lignes(dossier: Dossier, nom: str | None) -> Iterator[dict[str, Any]]:
    """The objects of a list; none when the file is not there."""
    if nom is None:
        return
    with dossier.ouvrir(nom) as flux:
        yield from objets(flux, nom, octet_par_octet=True)


def _entier(dossier: Dossier, nom: str) -> Any:
    """A tree is one object: the largest, of compétences, has some five million characters."""
    texte = dossier.texte(nom, "latin-1").removeprefix("\xef\xbb\xbf")
    try:
        return json.loads(texte)
    except (ValueError, RecursionError):
        raise FichierRefuse(f"Le fichier {nom} est tronqué ou mal formé.") from None
