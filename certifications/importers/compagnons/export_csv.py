"""Read the export of France compétences in CSV tables (export-fiches-csv-AAAA-MM-JJ.zip, or its folder).

Ten files `export_fiches_CSV_<Nom>_AAAA_MM_JJ.csv`; `;`, every field quoted, CRLF, UTF-8. One row a fiche in Standard, then
tables that each begin with Numero_Fiche, in no sure order::

    "Id_Fiche";"Numero_Fiche";"Intitule";"Abrege_Libelle";…;"Date_Fin_Enregistrement";…;"Actif"
    "12345";"RNCP12345";"Agent de test";"CAP";…;"31/08/2023";…;"INACTIVE"

What is odd in it: accents in the names of the files, a TAB before each SIRET, the code before each label of a nomenclature,
ACTIVE and INACTIVE where the XML has Oui and Non, « (Fiche incomplète) » at the end of titles, and the level REPRISE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import Rejet
from catalogue.niveaux import depuis_rncp
from certifications.importers.compagnons.dates import lecteur_de_dates
from certifications.importers.compagnons.lecture import INFO, Lecture, Parties
from certifications.importers.compagnons.tables import Table
from certifications.importers.compagnons.valeurs import Rangee
from certifications.importers.rncp.fiche import Convention, Fiche, Formacode, Partenaire
from certifications.importers.rncp.lecture import date_du_nom

_INCOMPLETE = re.compile(r"\s*\(fiche incomplète\)$", re.IGNORECASE)
_DATES = ("date_dernier_jo", "date_decision", "date_fin_enregistrement", "date_effet")
_OUI_NON = ("accessible_nouvelle_caledonie", "accessible_polynesie_francaise")
_HABILITATIONS = frozenset(["FORMER", "ORGANISER", "ORGA_FORM"])
_NUMERO = {"numero": ("numerofiche",)}


class LectureExportCsv(Lecture):
    QUOI = "la table Standard de l'export CSV"
    COLONNES = frozenset(
        [
            "intitule", "id_fiche", "abrege_code", "abrege_libelle", "etat_fiche", "niveau", "active_selon_source",
            "type_enregistrement", "validation_partielle", *_DATES, *_OUI_NON,
        ]
    )  # fmt: skip
    TABLES = (
        Table(
            INFO, r"standard",
            {
                **_NUMERO, "intitule": ("intitule",), "id_fiche": ("idfiche",), "abrege_code": ("abregelibelle",),
                "abrege_libelle": ("abregeintitule",), "niveau": ("nomenclatureeuropeniveau",), "actif": ("actif",),
                "type_enregistrement": ("typeenregistrement",), "validation_partielle": ("validationpartielle",),
                "date_dernier_jo": ("datedernierjo",), "date_decision": ("datedecision",),
                "date_fin_enregistrement": ("datefinenregistrement",), "date_effet": ("dateeffet",),
                "accessible_nouvelle_caledonie": ("accessiblenouvellecaledonie",),
                "accessible_polynesie_francaise": ("accessiblepolynesiefrancaise",),
            },
            frozenset(["id_fiche", "abrege_code", "abrege_libelle", "validation_partielle", *_DATES, *_OUI_NON]),
        ),
        Table(
            "blocs", r"blocs",
            {**_NUMERO, "code": ("bloccompetencescode",), "libelle": ("bloccompetenceslibelle",)},
        ),
        Table("rome", r"rome", {**_NUMERO, "code": ("codesromecode",), "libelle": ("codesromelibelle",)}),
        Table("nsf", r"nsf", {**_NUMERO, "code": ("nsfcode",), "libelle": ("nsfintitule",)}),
        Table("formacodes", r"formacode", {**_NUMERO, "code": ("formacodecode",), "libelle": ("formacodelibelle",)}),
        Table(
            "certificateurs", r"certificateurs",
            {**_NUMERO, "siret": ("siretcertificateur",), "nom": ("nomcertificateur",)},
        ),
        Table(
            "partenaires", r"partenaires",
            {
                **_NUMERO, "siret": ("siretpartenaire",), "nom": ("nompartenaire",),
                "habilitation": ("habilitationpartenaire",),
            },
        ),
        Table("voies", r"voi[xe]s?d?acc", {**_NUMERO, "code": ("sijury",), "libelle": ("sijury",)}),
        Table(
            "conventions", r"ccn",
            {
                **_NUMERO,
                **{f"numero_{n}": (f"ccn{n}numero",) for n in "123"},
                **{f"libelle_{n}": (f"ccn{n}libelle",) for n in "123"},
            },
        ),
        Table(
            "filiations", r"anciennenouvelle",
            {**_NUMERO, "ancienne": ("anciennecertification",), "nouvelle": ("nouvellecertification",)},
        ),
    )  # fmt: skip
    PARTIES_DES_TABLES = {
        "blocs": "blocs", "rome": "debouches", "nsf": "nsf", "formacodes": "formacodes",
        "certificateurs": "certificateurs", "partenaires": "partenaires", "voies": "voies",
        "conventions": "conventions", "filiations": "filiations",
    }  # fmt: skip

    edition = "CSV"

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        super().__init__(chemin, rejeter)
        dates = [jour for trouvee in self.trouvees.values() if (jour := date_du_nom(trouvee.fichier))]
        self.date_export = min(dates) if dates else date_du_nom(chemin.name)
        # A column that this delivery lacks is not said to be empty.
        lues = self.trouvees[INFO].entetes
        self.rubriques -= {
            nom for nom in (*_DATES, *_OUI_NON, "id_fiche", "validation_partielle") if nom not in lues
        }

    def _fiches(self, dossier: Dossier, parties: Parties) -> Iterator[Fiche]:
        vues: set[str] = set()
        for numero, valeurs in self._rangees(dossier, INFO):
            rangee = self._rangee(valeurs, numero)
            intitule = _INCOMPLETE.sub("", complet := rangee.ligne("intitule", 800))
            if numero in vues or not intitule:
                rangee.rejeter(
                    "fiche", "numéro déjà lu dans cet export" if numero in vues else "intitulé absent"
                )
                parties.retirer(numero)
                continue
            vues.add(numero)
            yield self.assembler(
                numero,
                parties.retirer(numero),
                intitule=intitule,
                etat_fiche="Fiche incomplète" if intitule != complet else "",
                id_fiche=rangee.ligne("id_fiche", 20),
                abrege_code=rangee.ligne("abrege_code", 60),
                abrege_libelle=rangee.ligne("abrege_libelle", 300),
                niveau=_niveau(rangee),
                active_selon_source=rangee.vrai_faux("actif", "ACTIVE", "INACTIVE"),
                type_enregistrement=rangee.ligne("type_enregistrement", 100),
                validation_partielle=rangee.code("validation_partielle"),
                **{colonne: _date(rangee, colonne) for colonne in _DATES},
                **{colonne: rangee.vrai_faux(colonne, "Oui", "Non") for colonne in _OUI_NON},
            )

    def _formacodes(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        if code := rangee.ligne("code", 10):
            parties.ajouter(numero, "formacodes", code, Formacode(code, rangee.libelle("libelle", code, 300)))
        else:
            rangee.rejeter("formacode", "code absent")

    def _partenaires(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        nom = rangee.ligne("nom", 500)
        if not nom:
            rangee.rejeter("partenaire", "nom absent")
            return
        rangee.cle = f"{numero}, partenaire {nom[:80]}"
        habilitation = rangee.code("habilitation").removeprefix("HABILITATION_")
        if habilitation and habilitation not in _HABILITATIONS:
            rangee.rejeter("habilitation", f"valeur inconnue : « {habilitation[:40]} »")
            habilitation = ""
        siret = rangee.siret("siret")
        parties.ajouter(numero, "partenaires", siret or nom, Partenaire(siret, nom, habilitation))

    def _conventions(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        for rang in "123":
            if code := rangee.ligne(f"numero_{rang}", 20):
                convention = Convention(code, rangee.libelle(f"libelle_{rang}", code, 500))
                parties.ajouter(numero, "conventions", code, convention)

    def _filiations(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        self.filiation(rangee.code("ancienne"), numero, numero, parties)
        self.filiation(numero, rangee.code("nouvelle"), numero, parties)


_lire_date = lecteur_de_dates(["31/12/2024"], "export CSV")  # JJ/MM/AAAA, as in the XML


def _date(rangee: Rangee, colonne: str) -> date | None:
    brute = rangee.code(colonne)
    try:
        return _lire_date(brute)
    except ValueError:
        rangee.rejeter("valeur", f"{colonne} : date impossible : « {brute[:40]} »")
        return None


def _niveau(rangee: Rangee) -> int | None:
    """NIV3 to NIV8; REPRISE (« sans niveau ») and the empty level of the RS are no level."""
    brut = rangee.code("niveau")
    try:
        niveau = depuis_rncp(brut)
    except ValueError:
        rangee.rejeter("niveau", f"niveau inconnu : « {brut[:40]} »")
        return None
    return None if niveau is None else int(niveau)


def lire_export_csv(chemin: Path, rejeter: Callable[[Rejet], None]) -> LectureExportCsv:
    """Open the export in CSV tables; iterate over the result for its fiches, RNCP and RS together.

    What cannot be kept is given to `rejeter` while iterating. Raises FichierRefuse: at once when there is no such file or no
    Standard table, while iterating when a table is malformed or cut.
    """
    return LectureExportCsv(chemin, rejeter)
