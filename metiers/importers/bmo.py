"""Read the open data of the survey « Besoins en main-d'œuvre » (France Travail), an Excel workbook of one year.

The data are in one of its sheets, found by its header; a row is a métier of the survey (a family of the FAP 2021), in the
part of a bassin d'emploi that lies in one département::

    annee | Code métier BMO | Nom métier BMO | Famille_met | Lbl_fam_met | REG | NOM_REG | Dept | NomDept | BE25 | NOMBE25 |
    2025  | R1X67           | Télévendeurs … | V           | …           | 84  | …       | 69   | Rhône   | 8404 | …       |
    met | xmet | smet
    50  | *    | *

The titles of the two columns of the bassin carry the year. `met` (projects), `xmet` (difficult) and `smet` (seasonal) are
texts; `*` is the statistical secrecy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from catalogue.fichiers.classeur import lire_feuille
from catalogue.fichiers.refus import FichierRefuse, Rejet

MASQUE = "*"
COLONNES = (
    *("annee", "Code métier BMO", "Nom métier BMO", "REG", "NOM_REG", "Dept", "NomDept"),
    *("met", "xmet", "smet"),
)
_BASSIN = re.compile(r"BE(\d\d)")


class Projets(NamedTuple):
    """A cell is None when it is secret, and then only."""

    famille: str
    libelle_famille: str
    code_region: str
    region: str
    code_departement: str
    departement: str
    code_bassin: str
    bassin: str
    projets: int | None
    difficiles: int | None
    saisonniers: int | None


@dataclass(frozen=True, slots=True)
class Bmo:
    annee: int
    projets: list[Projets]


def lire_bmo(chemin: Path, rejeter: Callable[[Rejet], None]) -> Bmo:
    """Read the workbook whole (50,000 rows). Raises FichierRefuse; rows left out are told to `rejeter`."""
    projets: list[Projets] = []
    annees: set[str] = set()
    positions: dict[str, int] = {}
    for entete, ligne in lire_feuille(chemin, _est_entete, rejeter):
        positions = positions or _positions(entete)
        valeurs = {
            colonne: _texte(ligne[rang]) if rang < len(ligne) else "" for colonne, rang in positions.items()
        }
        cle = " ".join((valeurs["Code métier BMO"], valeurs["bassin"], valeurs["Dept"]))
        try:
            ligne_lue = _projets(valeurs)
        except ValueError as erreur:
            rejeter(Rejet("ligne de projets", cle, str(erreur)))
            continue
        annees.add(valeurs["annee"])
        projets.append(ligne_lue)
    if len(annees) != 1 or not re.fullmatch(r"20\d\d", annee := next(iter(annees))):
        raise FichierRefuse(f"Le fichier {chemin.name} doit décrire une année, et une seule.")
    return Bmo(int(annee), projets)


def _est_entete(titres: list[str]) -> bool:
    return set(COLONNES) <= set(titres) and any(_BASSIN.fullmatch(titre) for titre in titres)


def _positions(entete: list[str]) -> dict[str, int]:
    """The rank of each column; those of the bassin under the names « bassin » and « nom du bassin »."""
    doublees = [titre for titre in COLONNES if entete.count(titre) > 1]
    bassins = [titre for titre in entete if _BASSIN.fullmatch(titre)]
    if doublees or len(bassins) != 1 or f"NOM{bassins[0]}" not in entete:
        raise FichierRefuse(
            "La feuille des projets n’a pas le format attendu : ses colonnes ne sont pas reconnues."
        )
    return {titre: entete.index(titre) for titre in COLONNES} | {
        "bassin": entete.index(bassins[0]),
        "nom du bassin": entete.index(f"NOM{bassins[0]}"),
    }


def _texte(valeur: Any) -> str:
    """A code may be stored as a number: 1119, or 1119.0."""
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    return "" if valeur is None else str(valeur).strip()


def _projets(valeurs: dict[str, str]) -> Projets:
    """ValueError, with the reason in French, when the row cannot be kept."""
    if not re.fullmatch(r"[A-Z][0-9A-Z]{2}\d\d", valeurs["Code métier BMO"]):
        raise ValueError("code de métier mal formé")
    if not valeurs["bassin"] or not valeurs["Dept"] or not valeurs["REG"]:
        raise ValueError("bassin, département ou région absent")
    return Projets(
        famille=valeurs["Code métier BMO"],
        libelle_famille=valeurs["Nom métier BMO"],
        # A zero lost by a spreadsheet is given back: « 1 » is the region 01 and the département 01.
        code_region=valeurs["REG"].zfill(2),
        region=valeurs["NOM_REG"],
        code_departement=valeurs["Dept"].zfill(2),
        departement=valeurs["NomDept"],
        code_bassin=valeurs["bassin"],
        bassin=valeurs["nom du bassin"],
        projets=_effectif(valeurs["met"]),
        difficiles=_effectif(valeurs["xmet"]),
        saisonniers=_effectif(valeurs["smet"]),
    )


def _effectif(texte: str) -> int | None:
    if texte == MASQUE:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", texte):
        raise ValueError(f"« {texte[:20]} » n'est ni un nombre ni « * »" if texte else "effectif absent")
    return int(texte)
