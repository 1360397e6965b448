"""Read the national kits that came before the exports (legacy-kit-csv-2021-01_v1.4.zip, or its folder).

Six tables in `;`, cp1252, LF: info, blocs_competences, certificateurs, nsf, rome, voix_acces. Each kit has its own headers
and its own order of dates; those met, or said to exist, are listed with each column below::

    CodeRNCP;intituleDiplome;date_fin_validite_enregistrement;ActiveInactive;EtatFiche;NiveauEurope;…
    RNCP12345;Agent de test;8/31/23;INACTIVE;Publiée;niveau3;…

A fiche that replaces several, or that several replace, has as many rows, which differ by nothing else. Titles hold line
breaks, most NSF rows come twice, eight bloc codes bear their fiche's number twice, and SIRET went through a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import Rejet
from catalogue.niveaux import depuis_kit, depuis_rncp
from certifications.importers.compagnons.dates import Lecteur, lecteur_de_dates
from certifications.importers.compagnons.lecture import INFO, Lecture, Parties
from certifications.importers.compagnons.tables import Table, rangees
from certifications.importers.compagnons.valeurs import Rangee
from certifications.importers.rncp.fiche import Fiche

_MOIS_DU_NOM = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(\d\d))?(?!\d)", re.ASCII)
_VERSION_DU_NOM = re.compile(r"(?<![a-z])v(\d+(?:\.\d+)*)", re.ASCII | re.IGNORECASE)
_CODE_REDIT = re.compile(r"(?:RNCP|RS)\d+BC((?:RNCP|RS)\d+BC\d+)", re.ASCII)
_NUMERO = {
    "numero": ("coderncp", "numerofiche", "codefiche", "numerorncp", "numrncp", "fiche", "rncp", "coders")
}


class LectureKit(Lecture):
    QUOI = "la table des fiches (info) d'un kit national"
    COLONNES = frozenset(
        [
            "intitule", "date_fin_enregistrement", "active_selon_source", "etat_fiche", "niveau", "abrege_code",
            "abrege_libelle", "type_enregistrement",
        ]
    )  # fmt: skip
    TABLES = (
        Table(
            INFO, r"info|fiche|standard|certifications",
            {
                **_NUMERO,
                "intitule": ("intitulediplome", "intitule", "intitulecertification", "libelle", "libellediplome"),
                "fin": (
                    "datefinvaliditeenregistrement", "datefinenregistrement", "datefinvalidite", "dateecheance",
                    "finvalidite", "datefin",
                ),
                "actif": ("activeinactive", "actif", "active"),
                "etat": ("etatfiche", "etat"),
                "niveau": ("niveaueurope", "niveau", "nomenclatureeuropeniveau", "niveaueuropeen"),
                "abrege_code": ("codetypecertif", "abregecode", "codetypecertification"),
                "abrege_libelle": ("typecertif", "abregelibelle", "typecertification"),
                "ancienne": ("anciennefiche", "anciennecertification", "ancienne"),
                "nouvelle": ("nouvellefiche", "nouvellecertification", "nouvelle"),
                "type_enregistrement": ("typeenregistrement",),
            },
            frozenset(["etat", "abrege_code", "abrege_libelle", "ancienne", "nouvelle", "type_enregistrement"]),
        ),
        Table(
            "blocs", r"bloc",
            {
                **_NUMERO,
                "code": ("numerobloc", "codebloc", "bloccompetencescode", "bloc", "numbloc"),
                "libelle": ("intitule", "libelle", "intitulebloc", "libellebloc", "bloccompetenceslibelle"),
            },
        ),
        Table(
            "certificateurs", r"certificateur",
            {
                **_NUMERO,
                "nom": ("certificateur", "nomcertificateur", "nom", "raisonsociale", "organisme"),
                "siret": ("siretorganisme", "siretcertificateur", "siret"),
            },
        ),
        Table(
            "nsf", r"nsf",
            {**_NUMERO, "code": ("code", "nsfcode", "codensf", "nsf"), "libelle": ("libelle", "intitule", "nsfintitule", "libellensf")},
            frozenset(["libelle"]),
        ),
        Table(
            "rome", r"rome",
            {**_NUMERO, "code": ("rome", "coderome", "codesromecode", "code"), "libelle": ("libelle", "libellerome", "codesromelibelle", "intitule")},
            frozenset(["libelle"]),
        ),
        Table(
            "voies", r"voi[xe]|jury|acces",
            {
                **_NUMERO,
                "code": ("codelibelle", "code", "codevoie", "sijury", "voie"),
                "libelle": ("intitule", "libelle", "sijury", "voie", "libellevoie"),
            },
            frozenset(["libelle"]),
        ),
    )  # fmt: skip
    PARTIES_DES_TABLES = {
        "blocs": "blocs", "certificateurs": "certificateurs", "nsf": "nsf", "rome": "debouches", "voies": "voies",
    }  # fmt: skip

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        super().__init__(chemin, rejeter)
        noms = [chemin.name, *(trouvee.fichier for trouvee in self.trouvees.values())]
        version = next((lue[1] for nom in noms if (lue := _VERSION_DU_NOM.search(nom))), "")
        self.edition = f"kit v{version}" if version else "kit"
        self.date_export = next((jour for nom in noms if (jour := _date_du_nom(nom))), None)
        self._codes_repares = 0
        lues = self.trouvees[INFO].entetes
        if "ancienne" in lues or "nouvelle" in lues:
            self.rubriques |= {"filiations"}
        self.rubriques -= {
            nom for nom in ("abrege_code", "abrege_libelle", "type_enregistrement") if nom not in lues
        }

    def __iter__(self) -> Iterator[Fiche]:
        self._codes_repares = 0
        yield from super().__iter__()
        if self._codes_repares:
            self.constats.append(f"{self._codes_repares} code(s) de bloc au numéro redoublé, réparé(s).")

    def _fiches(self, dossier: Dossier, parties: Parties) -> Iterator[Fiche]:
        """The rows of one fiche together: the first one describes it, all say what it replaces or what replaces it."""
        trouvee = self.trouvees[INFO]
        dates = (
            rangee["fin"]
            for rangee in rangees(dossier, trouvee, {"fin": ()}, lambda rejet: None)
            if rangee["fin"]
        )
        lire_date = lecteur_de_dates(dates, trouvee.fichier)
        premieres: dict[str, dict[str, str]] = {}
        for numero, valeurs in self._rangees(dossier, INFO):
            self.filiation(valeurs["ancienne"], numero, numero, parties)
            self.filiation(numero, valeurs["nouvelle"], numero, parties)
            valeurs = valeurs | {"numero": numero, "ancienne": "", "nouvelle": ""}
            if premieres.setdefault(numero, valeurs) != valeurs:
                self._rejeter(Rejet("fiche", numero, "décrite autrement par une seconde ligne"))
        for numero, valeurs in premieres.items():
            rangee = self._rangee(valeurs, numero)
            if not (intitule := rangee.ligne("intitule", 800)):
                rangee.rejeter("fiche", "intitulé absent")
                parties.retirer(numero)
                continue
            yield self.assembler(
                numero,
                parties.retirer(numero),
                intitule=intitule,
                date_fin_enregistrement=_date(rangee, lire_date),
                active_selon_source=rangee.vrai_faux("actif", "ACTIVE", "INACTIVE"),
                etat_fiche=rangee.ligne("etat", 100),
                niveau=_niveau(rangee),
                abrege_code=rangee.ligne("abrege_code", 60),
                abrege_libelle=rangee.ligne("abrege_libelle", 300),
                type_enregistrement=rangee.ligne("type_enregistrement", 100),
            )

    def code_de_bloc(self, code: str) -> str:
        """RNCP12345BCRNCP12345BC01 is RNCP12345BC01."""
        if redit := _CODE_REDIT.fullmatch(code):
            self._codes_repares += 1
            return redit[1]
        return code


def _date(rangee: Rangee, lire: Lecteur) -> date | None:
    brute = rangee.code("fin")
    try:
        return lire(brute)
    except ValueError:
        rangee.rejeter("valeur", f"fin d'enregistrement : date impossible : « {brute[:40]} »")
        return None


def _niveau(rangee: Rangee) -> int | None:
    brut = rangee.code("niveau")
    for lire in (depuis_kit, depuis_rncp):
        try:
            niveau = lire(brut)
        except ValueError:
            continue
        return None if niveau is None else int(niveau)
    rangee.rejeter("niveau", f"niveau inconnu : « {brut[:40]} »")
    return None


def _date_du_nom(nom: str) -> date | None:
    """The day or the month in a name such as kit-2021-01_v1.4: a month counts from its first day, the oldest it can be."""
    if (lu := _MOIS_DU_NOM.search(nom)) is None:
        return None
    try:
        return date(int(lu[1]), int(lu[2]), int(lu[3] or 1))
    except ValueError:
        return date(int(lu[1]), int(lu[2]), 1)


def lire_kit(chemin: Path, rejeter: Callable[[Rejet], None]) -> LectureKit:
    """Open a national kit; iterate over the result for its fiches.

    What cannot be kept is given to `rejeter` while iterating. Raises FichierRefuse: at once when there is no such file or no
    table of fiches, while iterating when a table is malformed or cut, or when its dates may be read in two ways.
    """
    return LectureKit(chemin, rejeter)
