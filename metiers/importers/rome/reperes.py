"""Other ways into the fiches, all optional: centres d'intérêt, secteurs, thèmes, NAF.

Each group is read when all its tables are there, and is None otherwise: the file does not say, which is not « none ».
"""

from collections.abc import Container, Iterator
from typing import NamedTuple

from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import (
    CentreInteret,
    LienCentreInteret,
    LienNaf,
    LienSecteur,
    LienTheme,
    Secteur,
    SecteurNaf,
    SousSecteur,
    Theme,
)
from metiers.importers.rome.tables import Tables


class Secteurs(NamedTuple):
    secteurs: list[Secteur]
    sous_secteurs: list[SousSecteur]
    liens: list[LienSecteur]


def lire_centres_interet(
    tables: Tables, controle: Controle, codes: Container[str]
) -> tuple[list[CentreInteret] | None, list[LienCentreInteret] | None]:
    if not tables.groupe("centre_interet", "arborescence_centre_interet"):
        return None, None
    objet = "centre d’intérêt"
    centres: dict[str, CentreInteret] = {}
    for ligne in tables.lignes("centre_interet"):
        code, libelle = ligne["code_centre_interet"], ligne["libelle_centre_interet"]
        if controle.nouvelle_cle(objet, code, centres, libelle):
            centres[code] = CentreInteret(code, libelle, ligne["definition_centre_interet"])
    liens = [
        LienCentreInteret(
            ligne["code_rome"],
            ligne["code_centre_interet"],
            _principal(controle, f"lien {objet}", ligne, "code_centre_interet"),
        )
        for ligne in _liens(
            tables,
            controle,
            "arborescence_centre_interet",
            objet,
            "code_centre_interet",
            centres,
            codes,
        )
    ]
    return list(centres.values()), liens


def lire_secteurs(tables: Tables, controle: Controle, codes: Container[str]) -> Secteurs | None:
    if not tables.groupe("secteur_activite", "sous_secteur_activite", "arborescence_secteur_activite"):
        return None
    secteurs: dict[str, Secteur] = {}
    for ligne in tables.lignes("secteur_activite"):
        code, libelle = ligne["code_sect_activite"], ligne["libelle_sect_activite"]
        if controle.nouvelle_cle("secteur", code, secteurs, libelle):
            secteurs[code] = Secteur(code, libelle, ligne["definition_sect_activite"])
    sous_secteurs: dict[str, SousSecteur] = {}
    for ligne in tables.lignes("sous_secteur_activite"):
        code, libelle = ligne["code_ss_sect_activite"], ligne["libelle_ss_sect_activite"]
        secteur = ligne["code_sect_activite"]
        if controle.nouvelle_cle("sous-secteur", code, sous_secteurs, libelle) and controle.connu(
            "sous-secteur", code, "secteur", secteur, secteurs
        ):
            sous_secteurs[code] = SousSecteur(code, libelle, secteur)
    liens = [
        LienSecteur(
            ligne["code_rome"],
            ligne["code_sect_activite"],
            ligne["code_ss_sect_activite"],
            _principal(controle, "lien secteur", ligne, "code_sect_activite"),
        )
        for ligne in _liens(
            tables,
            controle,
            "arborescence_secteur_activite",
            "secteur",
            "code_sect_activite",
            secteurs,
            codes,
            precision="code_ss_sect_activite",
        )
        if not ligne["code_ss_sect_activite"]
        or controle.connu(
            "lien secteur",
            _cle(ligne, "code_sect_activite"),
            "sous-secteur",
            ligne["code_ss_sect_activite"],
            sous_secteurs,
        )
    ]
    return Secteurs(list(secteurs.values()), list(sous_secteurs.values()), liens)


def lire_themes(
    tables: Tables, controle: Controle, codes: Container[str]
) -> tuple[list[Theme] | None, list[LienTheme] | None]:
    if not tables.groupe("themes", "arborescence_thematique"):
        return None, None
    themes: dict[str, Theme] = {}
    for ligne in tables.lignes("themes"):
        code, libelle = ligne["code_theme"], ligne["libelle_theme"]
        if controle.nouvelle_cle("thème", code, themes, libelle):
            themes[code] = Theme(code, libelle, ligne["definition_theme"])
    liens = _liens(tables, controle, "arborescence_thematique", "thème", "code_theme", themes, codes)
    return list(themes.values()), [LienTheme(ligne["code_rome"], ligne["code_theme"]) for ligne in liens]


def lire_naf(
    tables: Tables, controle: Controle, codes: Container[str]
) -> tuple[list[SecteurNaf] | None, list[LienNaf] | None]:
    if not tables.groupe("secteur_naf", "arborescence_secteur_naf"):
        return None, None
    secteurs: dict[str, SecteurNaf] = {}
    for ligne in tables.lignes("secteur_naf"):
        code, libelle = ligne["code_secteur_naf"], ligne["libelle_secteur_naf"]
        if controle.nouvelle_cle("secteur NAF", code, secteurs, libelle):
            secteurs[code] = SecteurNaf(code, libelle)
    liens = _liens(
        tables, controle, "arborescence_secteur_naf", "secteur NAF", "code_secteur_naf", secteurs, codes
    )
    return list(secteurs.values()), [
        LienNaf(ligne["code_rome"], ligne["code_secteur_naf"]) for ligne in liens
    ]


def _liens(
    tables: Tables,
    controle: Controle,
    table: str,
    objet: str,
    colonne: str,
    connus: Container[str],
    codes: Container[str],
    precision: str = "",
) -> Iterator[dict[str, str]]:
    """The rows of a link table that cite a known fiche and a known item, once each."""
    vus: set[tuple[str, str, str]] = set()
    for ligne in tables.lignes(table):
        cle = _cle(ligne, colonne)
        if not controle.connu(f"lien {objet}", cle, "code ROME", ligne["code_rome"], codes):
            continue
        if not controle.connu(f"lien {objet}", cle, objet, ligne[colonne], connus):
            continue
        identite = (ligne["code_rome"], ligne[colonne], ligne[precision] if precision else "")
        if identite in vus:
            controle.rejeter(f"lien {objet}", cle, "lien en double")
            continue
        vus.add(identite)
        yield ligne


def _cle(ligne: dict[str, str], colonne: str) -> str:
    return f"{ligne['code_rome']} – {ligne[colonne]}"


def _principal(controle: Controle, objet: str, ligne: dict[str, str], colonne: str) -> bool:
    return (
        controle.parmi(objet, _cle(ligne, colonne), "principal", ligne["principal"], ("oui", "non")) == "oui"
    )
