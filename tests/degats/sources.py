"""What is damaged: one delivery per source and form, of our own small files or of the first records of the official ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from tests.classeurs import LIGNES_BMO, classeur
from tests.degats.archives import Contenus
from tests.livraisons import PETITES_DONNEES
from tests.tables_rncp import export_csv

OFFICIELLES = tuple(
    f"{nom}-officiel"
    for nom in [
        "rome",
        "hexasmal",
        "onisep-metiers",
        "onisep-metiers-liste",
        "rncp",
        "rs",
        "rncp-csv",
        "rncp-kit",
        "passage",
        "onisep-formations",
        "onisep-formations-liste",
        "structures",
        "actions",
        "mcf-rncp",
        "mcf-rs",
        "parcoursup",
        "apprentissage",
        "lheo",
        "dares",
        "dares-2021",
        "bmo",
    ]
)
"""Names of what `officielles` gives, known without reading the files."""
ENREGISTREMENTS = 4
"""Records kept of an official file."""


@dataclass(frozen=True)
class Livraison:
    """The files an import takes, by name. `forme` is that of each: csv, xml, json, xlsx."""

    nom: str
    commande: str
    forme: str
    contenus: Contenus


def petites() -> Iterator[Livraison]:
    """Of the files of tests/data, written for the tests."""
    d = PETITES_DONNEES

    def une(nom: str, commande: str, chemin: str, forme: str = "") -> Livraison:
        fichiers = sorted((d / chemin).iterdir()) if (d / chemin).is_dir() else [d / chemin]
        contenus = {fichier.name: fichier.read_bytes() for fichier in fichiers}
        return Livraison(nom, commande, forme or chemin.rpartition(".")[2], contenus)

    yield une("communes", "import_lieux", "formations/decoupage", "json")
    yield une("hexasmal", "import_lieux", "formations/hexasmal.csv")
    yield une("nsf", "import_nsf", "nsf/lheo-dict-NSF.xml")
    yield une("rome", "import_rome", "rome", "csv")
    yield une("rome-json", "import_rome", "rome-json", "json")
    yield une("onisep-metiers", "import_onisep_metiers", "onisep/Onisep_Ideo_Fiches_metiers_25062024.xml")
    yield une("onisep-metiers-liste", "import_onisep_metiers", "onisep/ideo-metiers_onisep_2025-01.csv")
    yield une("rncp", "import_rncp", "rncp/export_fiches_RNCP_V4_1_2026-08-16.xml")
    yield une("rs", "import_rncp", "rncp/export_fiches_RS_V4_1_2026-08-16.xml")
    yield Livraison("rncp-csv", "import_rncp", "csv", _export_csv())
    yield une("rncp-kit", "import_rncp", "rncp_tables/kit-csv-2019-03_v1.2", "csv")
    yield une("passage", "import_onisep_passage", "onisep/table_de_passage_2025-10.xml")
    yield une(
        "onisep-formations", "import_onisep_formations", "onisep/Onisep_Ideo_Fiches_Formations_25062024.xml"
    )
    yield une(
        "onisep-formations-liste",
        "import_onisep_formations",
        "onisep/ideo-formations_initiales_en_france_2022.csv",
    )
    yield une("structures", "import_onisep_offre", "onisep/structures.xml")
    yield une("actions", "import_onisep_offre", "onisep/actions.xml")
    yield une("mcf", "import_mcf", "formations/mcf.csv")
    yield une("mcf-virgules", "import_mcf", "formations/mcf_resauvegarde.csv")
    yield une("parcoursup", "import_parcoursup", "formations/parcoursup-2025.csv")
    yield une("parcoursup-libelles", "import_parcoursup", "formations/parcoursup-2024-libelles.csv")
    yield une("apprentissage", "import_apprentissage", "formations/apprentissage.json")
    yield une("lheo", "import_lheo", "formations/lheo-2.3.xml")
    yield une("dares", "import_dares", "dares", "csv")
    yield une("dares-2021", "import_dares", "dares/Dares_FAP2021_Table_passage_ROME.csv")
    bmo = io.BytesIO()
    classeur(bmo, LIGNES_BMO)
    yield Livraison("bmo", "import_bmo", "xlsx", {"Base_open_data_BMO_2025.xlsx": bmo.getvalue()})


def officielles(dossier: Path) -> Iterator[Livraison]:
    """Of the official files: their first records, under their names."""

    def du_zip(chemin: str) -> tuple[str, bytes]:
        with zipfile.ZipFile(dossier / chemin) as archive:
            nom = archive.namelist()[0]
            return nom, archive.read(nom)

    def xml(nom: str, commande: str, lu: tuple[str, bytes], balise: str) -> Livraison:
        return Livraison(nom, commande, "xml", {lu[0]: _premiers_elements(lu[1], balise)})

    def table(nom: str, commande: str, lu: tuple[str, bytes]) -> Livraison:
        return Livraison(nom, commande, "csv", {lu[0]: _premieres_lignes(lu[1])})

    def nu(chemin: str) -> tuple[str, bytes]:
        return (dossier / chemin).name, (dossier / chemin).read_bytes()

    yield Livraison(
        "rome-officiel", "import_rome", "csv", _rome(dossier / "rome" / "open-data-rome-v460-csv.zip")
    )
    yield table("hexasmal-officiel", "import_lieux", du_zip("refs/laposte_hexasmal_2020.zip"))
    fiches = du_zip("onisep/5fe0808a2da6f_Ideo-Fiches_metiers_2024-06.zip")
    yield xml("onisep-metiers-officiel", "import_onisep_metiers", fiches, "metier")
    liste = "ideo-metiers_onisep_2025-01.csv", du_zip("onisep/ideo-metiers_onisep_2025-01_csv.zip")[1]
    yield table("onisep-metiers-liste-officiel", "import_onisep_metiers", liste)
    rncp = nu("rncp/export_fiches_RNCP_V4_1_extrait-dev.xml")
    yield Livraison("rncp-officiel", "import_rncp", "xml", {rncp[0]: _une_fiche(rncp[1], b"RNCP36612")})
    rs = nu("rncp/export_fiches_RS_V4_1_extrait-dev.xml")
    yield Livraison("rs-officiel", "import_rncp", "xml", {rs[0]: _une_fiche(rs[1], b"RS6547")})
    with zipfile.ZipFile(dossier / "rncp" / "export-fiches-csv-2024-02-22.zip") as archive:
        yield Livraison("rncp-csv-officiel", "import_rncp", "csv", _membres(archive))
    with zipfile.ZipFile(dossier / "rncp" / "legacy-kit-csv-2021-01_v1.4.zip") as archive:
        yield Livraison("rncp-kit-officiel", "import_rncp", "csv", _kit(_membres(archive)))
    passage = du_zip("onisep/table_de_passage_codes_certifications_et_formations_2025-10_xml.zip")
    yield xml("passage-officiel", "import_onisep_passage", passage, "item")
    fiches = du_zip("onisep/5fe07a9ecc960_Ideo-Fiches_formations_2024-06.zip")
    yield xml("onisep-formations-officiel", "import_onisep_formations", fiches, "formation")
    liste = du_zip("onisep/ideo-formations_initiales_en_france_2022_csv.zip")
    yield table("onisep-formations-liste-officiel", "import_onisep_formations", liste)
    structures = nu("onisep/ideo-structures_d_enseignement.RECONSTRUIT-119.xml")
    yield xml("structures-officiel", "import_onisep_offre", structures, "item")
    actions = nu("onisep/ideo-actions_de_formation_initiale.RECONSTRUIT-120.xml")
    yield xml("actions-officiel", "import_onisep_offre", actions, "item")
    yield table("mcf-rncp-officiel", "import_mcf", nu("formations/mcf_rncp_2024-07-16.csv"))
    yield table("mcf-rs-officiel", "import_mcf", nu("formations/mcf_rs_avec_numero_formation_2024-07-11.csv"))
    yield table(
        "parcoursup-officiel", "import_parcoursup", nu("formations/fr-esr-parcoursup_2025.extrait.csv")
    )
    apprentissage = nu("formations/catalogue-apprentissage-formations.sample.json")
    publie = apprentissage[1].replace(b'"published": false', b'"published": true')
    yield Livraison("apprentissage-officiel", "import_apprentissage", "json", {apprentissage[0]: publie})
    lheo = nu("formations/exemple-bts-onisep.lheo-2.2.xml")
    yield Livraison("lheo-officiel", "import_lheo", "xml", dict([lheo]))
    with zipfile.ZipFile(dossier / "labour" / "dares-statdares-2021.zip") as archive:
        tables = {n: _premieres_lignes(archive.read(n), 8) for n in archive.namelist() if n.endswith(".csv")}
    yield Livraison("dares-officiel", "import_dares", "csv", tables)
    yield table(
        "dares-2021-officiel", "import_dares", nu("labour/Dares_FAP2021_Table_passage_ROME.extrait.csv")
    )
    yield Livraison(
        "bmo-officiel", "import_bmo", "xlsx", _bmo(dossier / "labour" / "Base_open_data_BMO_2025.xlsx")
    )


def _membres(archive: zipfile.ZipFile) -> Contenus:
    """By their bare names, which France compétences writes in UTF-8 without the flag that says so."""
    return {
        PurePosixPath(membre.filename.encode("cp437").decode()).name: archive.read(membre)
        for membre in archive.infolist()
    }


def _export_csv() -> Contenus:
    """Ten tables, written here: two fiches, with something in each table."""
    fiches = [
        {
            "Numero_Fiche": f"RNCP{n}",
            "Intitule": f"Titre {n}",
            "Nomenclature_Europe_Niveau": "NIV5",
            "Actif": "ACTIVE",
        }
        for n in (91, 92)
    ]
    with TemporaryDirectory() as dossier:
        chemin = export_csv(
            Path(dossier),
            fiches,
            Blocs=[("RNCP91", "RNCP91BC01", "Accueillir"), ("RNCP91", "RNCP91BC02", "Conseiller")],
            Rome=[("RNCP91", "D1401", "Assistanat commercial"), ("RNCP92", "D1408", "Téléconseil")],
            Nsf=[("RNCP91", "312", "312 : Commerce, vente")],
            Formacode=[("RNCP92", "34076", "34076 : Centre appel")],
            Certificateurs=[
                ("RNCP91", "\t11004301500012", "MINISTÈRE"),
                ("RNCP92", "", "Chambre de métiers"),
            ],
            Partenaires=[("RNCP92", "Lycée Mégret", "\t33264146300028", "HABILITATION_FORMER")],
            Voix=[("RNCP91", "Par expérience"), ("RNCP92", "En contrat d’apprentissage")],
            Ancienne=[("RNCP92", "RNCP91", "")],
        )
        with zipfile.ZipFile(chemin) as archive:
            return _membres(archive)


def _kit(tables: Contenus) -> Contenus:
    """The six tables of a kit about a few fiches, byte for byte: encodings are mixed from one line to the next."""
    info = next(contenu for nom, contenu in tables.items() if "info" in nom)
    # Some titles hold line ends: those of whole lines only.
    entieres = [
        ligne for ligne in info.split(b"\n")[1:400] if ligne.startswith(b"RNCP") and b'"' not in ligne
    ]
    numeros = {ligne.partition(b";")[0] for ligne in entieres[::60]}
    return {
        nom: b"\n".join(
            ligne
            for rang, ligne in enumerate(contenu.split(b"\n"))
            if rang == 0 or ligne.partition(b";")[0] in numeros
        )
        + b"\n"
        for nom, contenu in tables.items()
    }


def _premieres_lignes(octets: bytes, nombre: int = ENREGISTREMENTS) -> bytes:
    """The header and the first records, which may hold line ends."""
    encodage = "utf-8" if _est_utf8(octets) else "cp1252"
    flux = io.StringIO(octets.decode(encodage), newline="")
    lecteur = csv.reader(iter(flux.readline, ""), delimiter=";" if b";" in octets.split(b"\n", 1)[0] else ",")
    for _ in islice(lecteur, nombre + 1):
        pass
    return flux.getvalue()[: flux.tell()].encode(encodage)


def _est_utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _premiers_elements(octets: bytes, balise: str, nombre: int = ENREGISTREMENTS) -> bytes:
    """The file up to the end of its first records, and the end of its root."""
    fermante = f"</{balise}>".encode()
    fin = 0
    for _ in range(nombre):
        fin = octets.index(fermante, fin) + len(fermante)
    return octets[:fin] + octets[octets.rindex(b"</") :]


def _une_fiche(octets: bytes, numero: bytes) -> bytes:
    debut = octets.index(b"<FICHE>")
    fiche = next(f for f in octets.split(b"<FICHE>")[1:] if b"<NUMERO_FICHE>" + numero + b"<" in f)
    return octets[:debut] + b"<FICHE>" + fiche.partition(b"</FICHE>")[0] + b"</FICHE></FICHES>"


@cache
def _rome(chemin: Path, codes: frozenset[str] = frozenset({"D1401", "D1408", "D1415"})) -> Contenus:
    """Three fiches, with what they link to."""
    with zipfile.ZipFile(chemin) as archive:
        tables = {
            n: list(csv.DictReader(io.StringIO(_texte(archive.read(n)))))
            for n in archive.namelist()
            if n.endswith(".csv")
        }
    gardees, cites = {}, set()
    for nom, lignes in tables.items():
        if lignes and "code_rome" in lignes[0]:
            lignes = [
                x for x in lignes if x["code_rome"] in codes and x.get("code_rome_cible", "D1401") in codes
            ]
            if "liens_rome" in nom or "coherence" in nom:
                lignes = lignes[:: max(len(lignes) // 25, 1)]
            cites |= {x["code_ogr"] for x in lignes if "code_ogr" in x}
        gardees[nom] = lignes
    competences = next(x for n, x in tables.items() if "referentiel_competence" in n)
    cites |= {x["code_ogr_macro_comp"] for x in competences if x["code_ogr"] in cites}
    contenus = {}
    for nom, lignes in gardees.items():
        if lignes:
            cle = next((c for c in ("code_ogr", "code_ogr_savoir") if c in lignes[0]), "")
            if cle and "code_rome" not in lignes[0]:
                lignes = [x for x in lignes if x[cle] in cites]
        sortie = io.StringIO()
        ecrit = csv.DictWriter(
            sortie,
            list(tables[nom][0]) if tables[nom] else ["vide"],
            quoting=csv.QUOTE_ALL,
            lineterminator="\n",
        )
        ecrit.writeheader()
        ecrit.writerows(lignes[:60])
        contenus[nom] = sortie.getvalue().encode(
            "iso-8859-15" if "secteur_naf_v" in nom and "arbo" in nom else "utf-8"
        )
    return contenus


def _texte(octets: bytes) -> str:
    return octets.decode("utf-8" if _est_utf8(octets) else "iso-8859-15")


def _bmo(chemin: Path) -> Contenus:
    livre = load_workbook(chemin, read_only=True)
    lignes = list(islice(livre["BMO_2025_open_data"].iter_rows(values_only=True), 12))
    livre.close()
    extrait = io.BytesIO()
    classeur(extrait, lignes[1:], lignes[0], "BMO_2025_open_data")
    return {chemin.name: extrait.getvalue()}
