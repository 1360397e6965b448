"""Read the places: régions, départements, EPCI and communes (découpage administratif), postal codes and centres (Hexasmal).

Découpage, one object per line: `{"code":"75101","nom":"Paris 1er Arrondissement","type":"arrondissement-municipal",
"commune":"75056","departement":"75","region":"11","codesPostaux":["75001"], …}`. Codes are not unique across types. An EPCI
lists its communes: `{"code":"200046977","nom":"Métropole de Lyon","type":"MET69","membres":[{"code":"69123", …}], …}`; 98 current
communes have none (four islands, and overseas). `ept.json` is no EPCI: the territories inside the métropole du Grand Paris.
Hexasmal: `Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps`, one row per
commune, postal code and lieu-dit; some rows have no coordinates.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.flux_json import objets
from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers.lieux_archive import est_une_archive, lire_archive
from formations.importers.tables import lire_lignes, table_unique
from formations.importers.valeurs import code_postal, coordonnees, ligne

REGIONS, DEPARTEMENTS, COMMUNES = "regions.json", "departements.json", "communes.json"
EPCI = "epci.json"
TABLES = (REGIONS, DEPARTEMENTS, EPCI, COMMUNES)
ACTUELLE = "commune-actuelle"
# The member that names the commune a part belongs to.
PARTIES = {
    "arrondissement-municipal": "commune",
    "commune-deleguee": "chefLieu",
    "commune-associee": "chefLieu",
}
_CODE = re.compile(r"(\d{2}|2[AB])\d{3}", re.ASCII)
_CODE_COURT = re.compile(r"\d{2,3}|2[AB]", re.ASCII)
_SIREN = re.compile(r"\d{9}", re.ASCII)
NATURES_EPCI = ("CC", "CA", "CU", "METRO", "MET69")
_VERSION = re.compile(r"(\d+\.\d+\.\d+)(?=\D|$)", re.ASCII)


@dataclass(slots=True)
class CommuneLue:
    code: str
    nom: str
    departement: str
    codes_postaux: list[str]


@dataclass(slots=True)
class PartieLue:
    code: str
    type: str
    nom: str
    commune: str


@dataclass(slots=True)
class Decoupage:
    """`regions`: code → name; `departements`: code → (name, région); `epci`: SIREN → (name, nature); `membres`: commune → SIREN
    of its EPCI. Empty for a table the delivery lacks."""

    version: str
    regions: dict[str, str] = field(default_factory=dict)
    departements: dict[str, tuple[str, str]] = field(default_factory=dict)
    epci: dict[str, tuple[str, str]] = field(default_factory=dict)
    membres: dict[str, str] = field(default_factory=dict)
    communes: list[CommuneLue] = field(default_factory=list)
    parties: list[PartieLue] = field(default_factory=list)


@dataclass(slots=True)
class CentreLu:
    """What Hexasmal says of one code INSEE, all its rows together."""

    code: str
    nom: str
    codes_postaux: list[str]
    point: tuple[float, float] | None


@dataclass(slots=True)
class Hexasmal:
    centres: list[CentreLu]
    lignes: int


def lire_lieux(chemin: Path, rejeter: Callable[[Rejet], None]) -> Decoupage | Hexasmal:
    """What `chemin` holds: the `.tgz`, its JSON files (or a folder, a zip of them), or the Hexasmal table."""
    version = trouvee[1] if (trouvee := _VERSION.search(chemin.name)) else ""
    if est_une_archive(chemin):
        contenus = lire_archive(chemin, TABLES)
        fichiers = {nom: list(objets(io.BytesIO(octets), nom, rejeter)) for nom, octets in contenus.items()}
        return _decoupage(chemin.name, version, fichiers, rejeter)
    with ouvrir(chemin) as dossier:
        presents = [nom for nom in TABLES if nom in dossier.noms()]
        if presents:
            return _decoupage(
                chemin.name, version, {nom: _objets(dossier, nom, rejeter) for nom in presents}, rejeter
            )
        if any(nom.lower().endswith(".xml") for nom in dossier.noms()):
            raise FichierRefuse(
                f"{dossier.nom} n’est pas un fichier de lieux ; la nomenclature NSF a son import, import_nsf."
            )
        return _hexasmal(dossier, table_unique(dossier), rejeter)


def _objets(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> list[dict[str, Any]]:
    with dossier.ouvrir(nom) as flux:
        return list(objets(flux, nom, rejeter))


def _decoupage(
    nom: str, version: str, fichiers: dict[str, list[dict[str, Any]]], rejeter: Callable[[Rejet], None]
) -> Decoupage:
    if COMMUNES not in fichiers:
        raise FichierRefuse(f"Le fichier {COMMUNES} est absent de {nom}.")
    decoupage = Decoupage(version)
    for region in fichiers.get(REGIONS, ()):
        if _valable(region, _CODE_COURT, "région", rejeter):
            decoupage.regions[region["code"]] = nom_de_lieu(region["nom"])
    for departement in fichiers.get(DEPARTEMENTS, ()):
        if _valable(departement, _CODE_COURT, "département", rejeter, "region"):
            valeurs = nom_de_lieu(departement["nom"]), departement["region"]
            decoupage.departements[departement["code"]] = valeurs
    for epci in fichiers.get(EPCI, ()):
        _ajouter_epci(decoupage, epci, rejeter)
    _ajouter_communes(decoupage, fichiers[COMMUNES], rejeter)
    if not decoupage.communes:
        raise FichierRefuse(f"{nom} ne contient aucune commune actuelle.")
    return decoupage


def _ajouter_communes(
    decoupage: Decoupage, communes: list[dict[str, Any]], rejeter: Callable[[Rejet], None]
) -> None:
    inconnus: Counter[str] = Counter()
    for commune in communes:
        type_ = str(commune.get("type"))
        if type_ == ACTUELLE and _valable(commune, _CODE, "commune", rejeter, "departement"):
            decoupage.communes.append(_commune(commune))
        elif type_ in PARTIES and _valable(commune, _CODE, "partie de commune", rejeter, PARTIES[type_]):
            partie = PartieLue(commune["code"], type_, nom_de_lieu(commune["nom"]), commune[PARTIES[type_]])
            decoupage.parties.append(partie)
        elif type_ != ACTUELLE and type_ not in PARTIES:
            inconnus[type_[:40]] += 1
    for type_, nombre in inconnus.items():
        rejeter(Rejet("type de commune", type_, f"inconnu ({nombre} lignes)"))


def _ajouter_epci(decoupage: Decoupage, objet: dict[str, Any], rejeter: Callable[[Rejet], None]) -> None:
    if not _valable(objet, _SIREN, "intercommunalité", rejeter, "type"):
        return
    code, nature = objet["code"], objet["type"]
    if nature not in NATURES_EPCI:
        rejeter(Rejet("intercommunalité", code, f"nature « {nature[:20]} » inconnue"))
        return
    decoupage.epci[code] = nom_de_lieu(objet["nom"]), nature
    membres = objet.get("membres")
    for membre in membres if isinstance(membres, list) else ():
        commune = membre.get("code") if isinstance(membre, dict) else None
        if not isinstance(commune, str) or not _CODE.fullmatch(commune):
            rejeter(Rejet("membre d'intercommunalité", f"{code} {commune}"[:40], "code INSEE invalide"))
        elif decoupage.membres.setdefault(commune, code) != code:
            autre = decoupage.membres[commune]
            rejeter(Rejet("membre d'intercommunalité", f"{code} {commune}", f"déjà membre de {autre}"))


def _commune(objet: dict[str, Any]) -> CommuneLue:
    postaux = [c for c in objet.get("codesPostaux") or () if isinstance(c, str) and code_postal(c)]
    return CommuneLue(objet["code"], nom_de_lieu(objet["nom"]), objet["departement"], sorted(postaux))


def nom_de_lieu(nom: str) -> str:
    """One spelling for all sources: straight apostrophes, ordinary spaces."""
    return ligne(nom.replace("’", "'"), 100)


def _valable(
    objet: dict[str, Any],
    motif: re.Pattern[str],
    genre: str,
    rejeter: Callable[[Rejet], None],
    lien: str = "",
) -> bool:
    code = objet.get("code")
    champs = ["nom", *([lien] if lien else [])]
    if not isinstance(code, str) or not motif.fullmatch(code):
        rejeter(Rejet(genre, str(code)[:20], "code INSEE invalide"))
        return False
    for champ in champs:
        if not isinstance(objet.get(champ), str) or not objet[champ].strip():
            rejeter(Rejet(genre, code, f"« {champ} » absent"))
            return False
    return True


_HEXASMAL = {
    "code_commune_insee": ("code commune insee",),
    "code_postal": ("code postal",),
    "nom_commune": ("nom de la commune", "nom commune"),
    # The joined coordinates bear one name or the other according to the year.
    "coordonnees_gps": ("coordonnees geographiques", "geopoint", "coordonnees geo"),
}


def _hexasmal(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Hexasmal:
    centres: dict[str, CentreLu] = {}
    lues = 0
    for rangee in _lignes_hexasmal(dossier, nom, rejeter):
        lues += 1
        code = rangee["code_commune_insee"].strip().zfill(5)
        postal = code_postal(rangee["code_postal"])
        if not _CODE.fullmatch(code) or not postal:
            rejeter(Rejet("commune", f"{code} {rangee['code_postal']}"[:40], "code INSEE ou postal invalide"))
            continue
        centre = centres.setdefault(code, CentreLu(code, ligne(rangee["nom_commune"], 100), [], None))
        if postal not in centre.codes_postaux:
            centre.codes_postaux.append(postal)
        centre.point = centre.point or coordonnees(rangee["coordonnees_gps"])
    if not centres:
        raise FichierRefuse(f"{nom} ne contient aucun code postal valable.")
    return Hexasmal(list(centres.values()), lues)


def _lignes_hexasmal(
    dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]
) -> Iterator[dict[str, str]]:
    # La Poste publishes in ISO-8859-1, others in UTF-8: only codes and figures are kept, ASCII in both.
    with dossier.ouvrir(nom) as flux:
        encodage = "utf-8" if flux.read(3) == b"\xef\xbb\xbf" else "iso-8859-15"
    return lire_lignes(
        dossier,
        nom,
        _HEXASMAL,
        obligatoires=("code_commune_insee", "code_postal"),
        encodage=encodage,
        rejeter=rejeter,
    )
