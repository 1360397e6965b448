"""Excel workbooks to test with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

ENTETE_BMO = (
    *(
        "annee",
        "Code métier BMO",
        "Nom métier BMO",
        "Famille_met",
        "Lbl_fam_met",
        "REG",
        "NOM_REG",
        "Dept",
        "NomDept",
    ),
    *("BE25", "NOMBE25", "met", "xmet", "smet"),
)
LIVREURS, CONSEILLERS = ("Y5X10", "Livreurs à vélo"), ("Y1X62", "Conseillers de boutiques")


def ligne_bmo(
    famille: tuple[str, str],
    bassin: int,
    *effectifs: str,
    departement: str = "01",
    region: str = "84",
    annee: Any = 2025,
) -> tuple[Any, ...]:
    """A row of the BMO: three texts, projects, difficult, seasonal."""
    lieux = (
        region,
        f"Région {region}",
        departement,
        f"Département {departement}",
        bassin,
        f"BASSIN {bassin}",
    )
    return (annee, *famille, "V", "Fonctions de vente", *lieux, *effectifs)


LIGNES_BMO = (
    ligne_bmo(LIVREURS, 8401, "50", "20", "*"),
    # A bassin in two départements.
    ligne_bmo(LIVREURS, 8401, "7", "*", "*", departement="69"),
    ligne_bmo(LIVREURS, 101, "*", "*", "*", departement="971", region="01"),
    ligne_bmo(CONSEILLERS, 8401, "30", "0", "12"),
    ligne_bmo(CONSEILLERS, 8402, "11", "6", "0"),
)


def classeur(
    chemin: Any,
    lignes: Iterable[Sequence[Any]],
    entete: Sequence[str] = ENTETE_BMO,
    feuille: str = "Données",
) -> Any:
    """A workbook, in a file by its path or its stream, whose first sheet describes the variables and whose second holds the data."""
    livre = Workbook()
    livre.active.append(["Variables", "Description"])
    donnees = livre.create_sheet(feuille)
    for ligne in (entete, *lignes):
        donnees.append(list(ligne))
    livre.save(chemin)
    return chemin
