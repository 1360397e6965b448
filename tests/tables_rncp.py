"""Exports of the RNCP in tables, written as France compétences wrote them: the export in CSV, and an older kit."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

STANDARD = [
    "Id_Fiche",
    "Numero_Fiche",
    "Intitule",
    "Abrege_Libelle",
    "Abrege_Intitule",
    "Nomenclature_Europe_Niveau",
    "Nomenclature_Europe_Intitule",
    "Accessible_Nouvelle_Caledonie",
    "Accessible_Polynesie_Francaise",
    "Date_dernier_jo",
    "Date_Decision",
    "Date_Fin_Enregistrement",
    "Date_Effet",
    "Type_Enregistrement",
    "Validation_Partielle",
    "Actif",
]
TABLES_CSV = {
    "Blocs_De_Compétences": "Numero_Fiche;Bloc_Competences_Code;Bloc_Competences_Libelle",
    "Rome": "Numero_Fiche;Codes_Rome_Code;Codes_Rome_Libelle",
    "Nsf": "Numero_Fiche;Nsf_Code;Nsf_Intitule",
    "Formacode": "Numero_Fiche;Formacode_Code;Formacode_Libelle",
    "Certificateurs": "Numero_Fiche;Siret_Certificateur;Nom_Certificateur",
    "Partenaires": "Numero_Fiche;Nom_Partenaire;Siret_Partenaire;Habilitation_Partenaire",
    "VoixdAccès": "Numero_Fiche;Si_Jury",
    "CCN": "Numero_Fiche;Ccn_1_Numero;Ccn_1_Libelle;Ccn_2_Numero;Ccn_2_Libelle;Ccn_3_Numero;Ccn_3_Libelle",
    "Ancienne_Nouvelle_Certification": "Numero_Fiche;Ancienne_Certification;Nouvelle_Certification",
}
INFO = [
    "CodeRNCP",
    "intituleDiplome",
    "date_fin_validite_enregistrement",
    "ActiveInactive",
    "EtatFiche",
    "NiveauEurope",
    "CodeTypeCertif",
    "TypeCertif",
    "AncienneFiche",
    "NouvelleFiche",
    "TypeEnregistrement",
]
TABLES_KIT = {
    "blocs_competences": "CodeRNCP;numero_bloc;intitule;;",
    "certificateurs": "CodeRNCP;Certificateur;siret_organisme;",
    "nsf": "CodeRNCP;code;Libelle;;",
    "rome": "CodeRNCP;EtatFiche;Rome;libelle;;",
    "voix_acces": "CodeRNCP;code_libelle;intitule;;",
}
VOIES = {
    "FI": ("ELEVE", "Après un parcours de formation sous statut d’élève ou d’étudiant"),
    "CA": ("CONTRATA", "En contrat d’apprentissage"),
    "FC": ("PFC", "Après un parcours de formation continue"),
    "CQ": ("CONTRATP", "En contrat de professionnalisation"),
    "CL": ("CANDIDATURE", "Par candidature individuelle"),
    "VAE": ("EXP", "Par expérience"),
}
Lignes = Iterable[Iterable[str]]


class _SansDrapeau(zipfile.ZipInfo):
    """A member whose name is in UTF-8 without the flag that says so, as in the official zip."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name zipfile calls
        return self.filename.encode(), self.flag_bits


def export_csv(
    racine: Path,
    standard: Iterable[Mapping[str, str]],
    *,
    date: str = "2026-06-01",
    forme: str = "NFC",
    **tables: Lignes,
) -> Path:
    """The zip of ten tables; a table is given by the beginning of its name: `Rome=[("RNCP1", "D1401", "")]`.

    The names of the members are in UTF-8 without the flag that says so, in the Unicode form asked for.
    """
    chemin = racine / f"export-fiches-csv-{date}.zip"
    contenus = {"Standard": (STANDARD, [[ligne.get(c, "") for c in STANDARD] for ligne in standard])}
    for nom, entete in TABLES_CSV.items():
        contenus[nom] = (entete.split(";"), next((t for d, t in tables.items() if nom.startswith(d)), ()))
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, (entete, lignes) in contenus.items():
            membre = unicodedata.normalize(forme, f"export_fiches_CSV_{nom}_{date.replace('-', '_')}.csv")
            archive.writestr(_SansDrapeau(membre), _table(entete, lignes, csv.QUOTE_ALL, "\r\n").encode())
    return chemin


def kit(
    racine: Path,
    info: Iterable[Mapping[str, str]],
    *,
    nom: str = "kit-csv-2021-01_v1.4",
    encodage: str = "cp1252",
    **tables: Lignes,
) -> Path:
    """The folder of six tables; `tables` are named after their files: `rome=[("RNCP1", "", "D1401", "")]`."""
    chemin = racine / nom
    chemin.mkdir()
    lignes = [[ligne.get(c, "") for c in INFO] for ligne in info]
    (chemin / "rncp_info.v1.4.csv").write_bytes(
        _table(INFO, lignes, csv.QUOTE_MINIMAL, "\n").encode(encodage)
    )
    for table, entete in TABLES_KIT.items():
        colonnes = entete.split(";")
        completes = [[*ligne, *[""] * (len(colonnes) - len(list(ligne)))] for ligne in tables.get(table, ())]
        texte = _table(colonnes, completes, csv.QUOTE_MINIMAL, "\n")
        (chemin / f"rncp_{table}.v1.4.csv").write_bytes(texte.encode(encodage))
    return chemin


def _table(entete: Iterable[str], lignes: Lignes, guillemets: int, fin: str) -> str:
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", quoting=guillemets, lineterminator=fin)
    ecrivain.writerows([list(entete), *map(list, lignes)])
    return sortie.getvalue()
