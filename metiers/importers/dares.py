"""Read the Dares's delivery on familles professionnelles (`dares-statdares-2021.zip`, or a folder of its tables).

`tensions.csv` (UTF-8, comma), one row per family and territory; regions and marks are written as decimals::

    fap,Emploi moyen,Tension ,Catégorie Tension,…,Année,niveau_geo,niveau_fap,reg,dep
    L0Z60,414600,-0.3081415271351954,2.0,…,2019,nat,fap 225,,
    A0Z,3000,0.05066430441977921,3.0,…,2019,reg ,fap 87,27.0,

`fap225_rome.csv` and `FAP_PCS.csv` (cp1252, semicolon): `Fap;Rome;intitule_rome`, `Fap;PCS;intitule_PCS`. `salaire_median_3niv.csv` (UTF-8) and `salaires_3niv.csv`
(cp1252), commas. A table of FAP 2021 (`…FAP2021…ROME….csv`, UTF-8, semicolon) may come with them or alone:
`rome;intitule_rome;qualification;fap_2021;intitule_fap`. A table that is not there says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import lire_table

Rejeter = Callable[[Rejet], None]

TABLES = TENSIONS, PASSAGE, PROFESSIONS, MEDIANS, TRANCHES = (
    "tensions.csv",
    "fap225_rome.csv",
    "FAP_PCS.csv",
    "salaire_median_3niv.csv",
    "salaires_3niv.csv",
)
_PASSAGE_2021 = re.compile(r".*fap_?2021.*rome.*\.csv", re.IGNORECASE)
_CODE_ROME = re.compile(r"[A-Z]\d{4}")
_CODE_PCS = re.compile(r"\d{3}[a-z]", re.ASCII)
# The length of a code tells its nomenclature.
_NOMENCLATURES = {5: "fap-225", 3: "fap-87", 1: "fap-22"}
_NIVEAUX_FAP = {"fap 225": "fap-225", "fap 87": "fap-87"}
# The columns of the six factors that explain the tension, in the order of `Tension.facteurs`.
FACTEURS = (
    "Intensité d'embauches",
    "Lien formation-emploi",
    "Manque de main-d'œuvre disponible",
    "Non-durabilité de l'emploi",
    "Conditions de travail contraignantes",
    "Inadéquation géographique",
)
_MANQUANTS = ("", "NA")


class Famille(NamedTuple):
    """`nomenclature` is « fap-225 », « fap-87 », « fap-22 », « ensemble » or « fap-2021 »."""

    nomenclature: str
    code: str


class Tension(NamedTuple):
    """`niveau` is « nat », « reg » or « dep »; `code_territoire` an Insee code, empty for the country."""

    famille: Famille
    annee: int
    niveau: str
    code_territoire: str
    emploi_moyen: int | None
    indice: Decimal | None
    categorie: int | None
    facteurs: tuple[int | None, ...]


class Passage(NamedTuple):
    """`qualifications` are digits, empty for all; `libelle_famille` is empty in the table of FAP 225."""

    famille: Famille
    code_rome: str
    libelle_rome: str
    qualifications: str = ""
    libelle_famille: str = ""


class Profession(NamedTuple):
    """What a family is made of: a profession of Insee (PCS)."""

    famille: Famille
    code: str
    libelle: str


class Median(NamedTuple):
    famille: Famille
    periode: str
    montant: int


class Tranche(NamedTuple):
    famille: Famille
    tranche: str
    milliers: Decimal | None
    pourcentage: Decimal | None


@dataclass(frozen=True, slots=True)
class Dares:
    """What the delivery holds; None is a table that is not in it. `annee` is that of the tensions."""

    annee: int | None
    tensions: list[Tension] | None
    passages: list[Passage] | None
    professions: list[Profession] | None
    medians: list[Median] | None
    tranches: list[Tranche] | None
    passages_2021: list[Passage] | None


def lire_dares(chemin: Path, rejeter: Rejeter) -> Dares:
    """Read every known table, whole, before anything is written. Raises FichierRefuse."""
    with ouvrir(chemin) as dossier:
        noms = dossier.noms()
        de_2021 = [nom for nom in noms if _PASSAGE_2021.fullmatch(nom)]
        if len(de_2021) > 1:
            raise FichierRefuse(
                f"{dossier.nom} contient plusieurs tables de passage FAP 2021 : {', '.join(de_2021)}."
            )
        if not de_2021 and not {*TABLES} & {*noms}:
            raise FichierRefuse(
                f"{dossier.nom} ne contient aucune table connue de la Dares "
                f"({', '.join(TABLES)} ou une table de passage FAP 2021)."
            )
        tensions = list(_tensions(dossier, rejeter)) if TENSIONS in noms else None
        annees = {tension.annee for tension in tensions or ()}
        if tensions is not None and len(annees) != 1:
            raise FichierRefuse(f"Le fichier {TENSIONS} doit décrire une année, et une seule.")
        return Dares(
            annee=annees.pop() if annees else None,
            tensions=tensions,
            passages=list(_passages(dossier, rejeter)) if PASSAGE in noms else None,
            professions=list(_professions(dossier, rejeter)) if PROFESSIONS in noms else None,
            medians=list(_medians(dossier, rejeter)) if MEDIANS in noms else None,
            tranches=list(_tranches(dossier, rejeter)) if TRANCHES in noms else None,
            passages_2021=list(_passages_2021(dossier, de_2021[0], rejeter)) if de_2021 else None,
        )


def _lignes(
    dossier: Dossier,
    nom: str,
    colonnes: Collection[str],
    rejeter: Rejeter,
    *,
    separateur: str = ",",
    encodage: str = "utf-8",
) -> Iterator[dict[str, str]]:
    """The rows of a table, every value stripped: some end with a blank (« reg »)."""
    with dossier.ouvrir(nom) as flux:
        for ligne in lire_table(
            flux, nom, colonnes, separateur=separateur, encodage=encodage, rejeter=rejeter
        ):
            yield {colonne: valeur.strip() for colonne, valeur in ligne.items()}


def _tensions(dossier: Dossier, rejeter: Rejeter) -> Iterator[Tension]:
    colonnes = (
        *("fap", "Emploi moyen", "Tension", "Catégorie Tension", *FACTEURS),
        *("Année", "niveau_geo", "niveau_fap", "reg", "dep"),
    )
    for ligne in _lignes(dossier, TENSIONS, colonnes, rejeter):
        territoire = _territoire(ligne)
        nomenclature = _NIVEAUX_FAP.get(ligne["niveau_fap"])
        cle = " ".join(filter(None, (ligne["fap"], ligne["niveau_geo"], ligne["reg"], ligne["dep"])))
        if territoire is None or nomenclature is None or not ligne["fap"] or not ligne["Année"].isdecimal():
            rejeter(Rejet("tension", cle, "famille, territoire ou année inconnus"))
            continue
        try:
            yield Tension(
                Famille(nomenclature, ligne["fap"]),
                int(ligne["Année"]),
                *territoire,
                emploi_moyen=_entier(ligne["Emploi moyen"]),
                indice=_nombre(ligne["Tension"]),
                categorie=_note(ligne["Catégorie Tension"]),
                facteurs=tuple(_note(ligne[facteur]) for facteur in FACTEURS),
            )
        except ValueError as erreur:
            rejeter(Rejet("tension", cle, str(erreur)))


def _territoire(ligne: dict[str, str]) -> tuple[str, str] | None:
    """The level and the Insee code; a region is written « 11.0 » or « 1.0 », a département « 01 » or « 2A »."""
    niveau = ligne["niveau_geo"]
    region = ligne["reg"].removesuffix(".0").zfill(2) if ligne["reg"] else ""
    code = {"nat": "", "reg": region, "dep": ligne["dep"]}.get(niveau)
    if code is None or (niveau != "nat" and not re.fullmatch(r"[0-9][0-9AB][0-9]?", code)):
        return None
    return niveau, code


def _passages(dossier: Dossier, rejeter: Rejeter) -> Iterator[Passage]:
    """Families without a ROME code (« NA ») and blank rows are left out in silence: they link nothing."""
    colonnes = ("Fap", "Rome", "intitule_rome")
    for ligne in _lignes(dossier, PASSAGE, colonnes, rejeter, separateur=";", encodage="cp1252"):
        if ligne["Rome"] in _MANQUANTS:
            continue
        if not _CODE_ROME.fullmatch(ligne["Rome"]) or len(ligne["Fap"]) != 5:
            rejeter(
                Rejet("passage", f"{ligne['Fap']} {ligne['Rome']}", "code FAP 225 ou code ROME mal formé")
            )
            continue
        yield Passage(Famille("fap-225", ligne["Fap"]), ligne["Rome"], _sans_renvoi(ligne["intitule_rome"]))


def _professions(dossier: Dossier, rejeter: Rejeter) -> Iterator[Profession]:
    colonnes = ("Fap", "PCS", "intitule_PCS")
    for ligne in _lignes(dossier, PROFESSIONS, colonnes, rejeter, separateur=";", encodage="cp1252"):
        fap, code, libelle = (ligne[colonne] for colonne in colonnes)
        if len(fap) == 5 and _CODE_PCS.fullmatch(code) and 0 < len(libelle) <= 300:
            yield Profession(Famille("fap-225", fap), code, libelle)
        else:
            rejeter(Rejet("profession", f"{fap} {code}"[:40], "code FAP 225, code PCS ou intitulé mal formé"))


def _passages_2021(dossier: Dossier, nom: str, rejeter: Rejeter) -> Iterator[Passage]:
    colonnes = ("rome", "intitule_rome", "qualification", "fap_2021", "intitule_fap")
    for ligne in _lignes(dossier, nom, colonnes, rejeter, separateur=";"):
        # « Q_0123456 » lists the digits of the qualifications, nothing means all of them.
        qualifications = ligne["qualification"].removeprefix("Q_")
        # A family may be split by a small letter: R1X62b.
        famille_lisible = re.fullmatch(r"[A-Z][0-9A-Z]{2}\d\d[a-z]?", ligne["fap_2021"])
        if (
            not _CODE_ROME.fullmatch(ligne["rome"])
            or not famille_lisible
            or not re.fullmatch(r"\d{0,10}", qualifications)
        ):
            rejeter(
                Rejet(
                    "passage",
                    f"{ligne['fap_2021']} {ligne['rome']}",
                    "code ROME, FAP 2021 ou qualification mal formé",
                )
            )
            continue
        yield Passage(
            Famille("fap-2021", ligne["fap_2021"]),
            ligne["rome"],
            _sans_renvoi(ligne["intitule_rome"]),
            qualifications,
            _sans_renvoi(ligne["intitule_fap"]),
        )


def _medians(dossier: Dossier, rejeter: Rejeter) -> Iterator[Median]:
    """`Fap3` holds codes of every level, despite its name; an amount that is not known (« NA ») is no row."""
    for ligne in _lignes(dossier, MEDIANS, ("Fap3", "Annee", "Salaire_median"), rejeter):
        if ligne["Salaire_median"] in _MANQUANTS:
            continue
        famille, cle = _famille(ligne["Fap3"]), f"{ligne['Fap3']} {ligne['Annee']}"
        try:
            montant = _entier(ligne["Salaire_median"])
        except ValueError as erreur:
            rejeter(Rejet("salaire médian", cle, str(erreur)))
            continue
        if famille is None or not ligne["Annee"] or not montant:
            rejeter(Rejet("salaire médian", cle, "famille, période ou montant inconnus"))
            continue
        yield Median(famille, ligne["Annee"], montant)


def _tranches(dossier: Dossier, rejeter: Rejeter) -> Iterator[Tranche]:
    colonnes = ("Fap", "Salaire", "Milliers", "Pourcentage")
    for ligne in _lignes(dossier, TRANCHES, colonnes, rejeter, encodage="cp1252"):
        famille, cle = _famille(ligne["Fap"]), f"{ligne['Fap']} {ligne['Salaire']}"
        if famille is None or not ligne["Salaire"]:
            rejeter(Rejet("tranche de salaire", cle, "famille ou tranche inconnue"))
            continue
        try:
            yield Tranche(
                famille, ligne["Salaire"], _nombre(ligne["Milliers"]), _nombre(ligne["Pourcentage"])
            )
        except ValueError as erreur:
            rejeter(Rejet("tranche de salaire", cle, str(erreur)))


def _famille(code: str) -> Famille | None:
    if code == "Ensemble":
        return Famille("ensemble", code)
    nomenclature = _NOMENCLATURES.get(len(code))
    return Famille(nomenclature, code) if nomenclature else None


def _sans_renvoi(libelle: str) -> str:
    """Labels may end with the mark of a note: « Architecture du BTP* »."""
    return libelle.rstrip("* ")


def _nombre(texte: str) -> Decimal | None:
    """To four decimals; None when not given. ValueError otherwise."""
    if texte in _MANQUANTS:
        return None
    try:
        nombre = Decimal(texte)
        if not nombre.is_finite() or abs(nombre) >= 10_000_000:
            raise InvalidOperation
        return nombre.quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise ValueError(f"« {texte[:40]} » n'est pas un nombre attendu") from None


def _entier(texte: str) -> int | None:
    nombre = _nombre(texte)
    if nombre is not None and (nombre != int(nombre) or nombre < 0):
        raise ValueError(f"« {texte[:40]} » n'est pas un nombre entier")
    return None if nombre is None else int(nombre)


def _note(texte: str) -> int | None:
    """A mark from 1 to 5, written « 3.0 »."""
    note = _entier(texte)
    if note is not None and not 1 <= note <= 5:
        raise ValueError(f"« {texte[:40]} » n'est pas une note de 1 à 5")
    return note
