"""What can be imported, in the order in which each finds what it links to, and how each official file is recognised."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse

_DEBUT = 64 * 1024
_EXTENSIONS = {".zip", ".tgz", ".gz", ".xml", ".csv", ".json", ".xlsx"}


@dataclass(frozen=True)
class Importation:
    """One import command; `noms` and `contenus` are regular expressions on what `_simple` and `_signature` give."""

    commande: str
    objet: str
    sources: str  # regular expression on the codes of `Source`
    noms: str
    contenus: str = r"(?!)"


# The order of the lines is that of the imports. Names are tried in the order of `_priorites`.
IMPORTATIONS = (
    Importation(
        "import_lieux", "Communes, départements, régions", r"insee-communes|hexasmal",
        r"decoupage-administratif|hexasmal|base-officielle-codes-postaux|^communes.*\.json",
        r"code_commune_insee|chefLieu|typeLiaison",
    ),
    Importation(
        "import_rome", "ROME 4.0", r"rome",
        r"open-data-rome|^refrome(csv|json)|unix_referentiel_code_rome_v|unix_fiche_emploi_metier_v.*json",
        r"code_fiche_metier|code_rome intitule|savoir_etre_professionnel",
    ),
    Importation(
        "import_onisep_metiers", "Onisep, métiers", r"onisep",
        r"fiches?[-_]metiers|ideo-metiers|metiers_onisep", r"<metiers\b|libelle metier",
    ),
    # By its name alone: the other dictionaries of the LHÉO grammar begin alike.
    Importation("import_nsf", "Spécialités de formation (NSF)", r"nsf", r"^(lheo-)?dict[-_]nsf.*\.(xml|zip)$"),
    Importation(
        "import_rncp", "RNCP et RS", r"rncp|rs",
        r"export[-_]fiches[-_](rncp|rs|csv)[-_]|^rncp_info|kit[-_]csv[-_]20",
        r"<FICHES\b|nomenclature_europe_niveau|coderncp.*intitule",
    ),
    Importation("import_onisep_passage", "Onisep, table de passage", r"onisep", r"^table_de_passage", r"<certif_info_ci_identifiant"),
    Importation(
        "import_onisep_formations", "Onisep, formations", r"onisep",
        r"fiches?[-_]formations|formations[-_]initiales", r"<formations\b",
    ),
    Importation(
        "import_onisep_offre", "Onisep, établissements et actions", r"onisep",
        r"structures[-_]d[-_]?enseignement|actions[-_]de[-_]formation", r"<item.*<code_uai|<action_de_formation",
    ),
    Importation(
        "import_mcf", "Mon Compte Formation", r"mon-compte-formation",
        r"^mcf[-_]|moncompteformation", r"code_inventaire.*code_rncp",
    ),
    Importation("import_parcoursup", "Parcoursup", r"parcoursup", r"parcoursup", r"cod_uai|g_ea_lib_vx"),
    Importation(
        "import_apprentissage", "Apprentissage", r"apprentissage",
        r"apprentissage.*\.(json|zip)$", r"cle_ministere_educatif",
    ),
    Importation("import_lheo", "LHÉO", r"lheo", r"(?!)", r"<lheo\b"),
    Importation(
        "import_dares", "Dares, tensions et salaires", r"dares-.*", r"dares", r"fap2021.*rome|fap.*code_rome"
    ),
    Importation("import_bmo", "Besoins en main-d'œuvre", r"bmo-.*", r"bmo.*\.xlsx$"),
)  # fmt: skip
_MARQUES = (
    ("import_rome", "unix_referentiel_code_rome_v*.csv"),
    # The fiches in JSON may come alone, in a folder of other things: what stands beside them tells.
    ("import_rome", "unix_arborescence_principale_v*.json"),
    ("import_rome", "unix_referentiel_code_rome_v*.json"),
    ("import_lieux", "departements*.json"),
    ("import_dares", "*fap225_rome*.csv"),
    ("import_rncp", "export_fiches_CSV_Standard*.csv"),
    ("import_rncp", "rncp_info*.csv"),
)
# Inside one import, who comes before the others, then the others, then (negative look-ahead) those that complete them.
_TOURS = (
    r"kit[-_]csv|^rncp_info|^20\d\d[-_]\d\d[-_]v\d",
    r"fiches[-_]csv",
    r"^(?!.*(hexasmal|codes-postaux|^ideo-actions|fiches[-_]rs[-_]|fiches?[-_]metiers))",
)
RANGS = {importation.commande: rang for rang, importation in enumerate(IMPORTATIONS)}


def livraisons(dossier: Path) -> Iterator[Path]:
    """What may be a delivery below `dossier`: each file, or a folder that holds the tables of one delivery."""
    if _dossier_entier(dossier):
        yield dossier
        return
    for chemin in sorted(dossier.iterdir()):
        if chemin.name.startswith("."):
            continue
        if chemin.is_dir():
            yield from livraisons(chemin)
        elif chemin.is_file():
            yield chemin


def reconnaitre(chemin: Path) -> Importation | None:
    """The import this file is for: by its name, else by the names it holds, else by how its content starts."""
    if chemin.is_dir():
        return _dossier_entier(chemin)
    if chemin.suffix.lower() not in _EXTENSIONS:
        return None
    if trouvee := _par_le_nom(chemin.name):
        return trouvee
    try:
        with ouvrir(chemin) as contenu:
            noms = contenu.noms()
            for nom in noms:
                if len(noms) > 1 and (trouvee := _par_le_nom(nom)):
                    return trouvee
            return _par_le_contenu(_signature(contenu, noms[0])) if len(noms) == 1 else None
    except FichierRefuse:
        return None


def _dossier_entier(dossier: Path) -> Importation | None:
    """The import that takes this whole folder, told by a table that goes with no other."""
    return next(
        (IMPORTATIONS[RANGS[commande]] for commande, marque in _MARQUES if any(dossier.glob(marque))), None
    )


def cle_de_tri(chemin: Path, importation: Importation) -> tuple[int, int, str, str]:
    """Older editions first; communes before the postal codes that complete them, schools before what they teach, the list of
    Onisep's métiers before the fiches that name some of them as near.

    Of the RNCP, the poorer forms first: each fiche is then written over by what is richer, rather than weighed against it.
    The ROME bears its version in the names of its files: v460 comes before v461, in whichever form.
    """
    nom = _simple(chemin.name)
    tour = next((rang for rang, motif in enumerate(_TOURS) if re.search(motif, nom)), len(_TOURS))
    date = re.search(r"20\d\d[-_]?\d\d[-_]?\d\d|20\d\d([-_]\d\d)?", nom)
    if importation.commande == "import_rome":
        date = next((version for n in (nom, *_noms(chemin)) if (version := re.search(r"v4\d\d", n))), date)
    return RANGS[importation.commande], tour, date[0] if date else "", nom


def _noms(chemin: Path) -> list[str]:
    """Names of what a delivery holds; none when it cannot be opened, which its import will say."""
    try:
        with ouvrir(chemin) as contenu:
            return [_simple(nom) for nom in contenu.noms()]
    except FichierRefuse:
        return []


def _par_le_nom(nom: str) -> Importation | None:
    nom = _simple(nom)
    return next((i for i in IMPORTATIONS if re.search(i.noms, nom)), None)


def _par_le_contenu(signature: str) -> Importation | None:
    return next((i for i in IMPORTATIONS if re.search(i.contenus, signature, re.IGNORECASE)), None)


def _simple(nom: str) -> str:
    sans_accents = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    return sans_accents.lower().replace(" ", "_")


def _signature(contenu: Dossier, nom: str) -> str:
    """What tells the format: the root of an XML, the columns of a table, the first keys of a JSON."""
    with contenu.ouvrir(nom) as flux:
        debut = flux.read(_DEBUT).decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if debut.startswith("<"):
        # Onisep's lists all have the same root, « root » then « item »: what comes after tells them apart.
        return " ".join(re.findall(r"<[A-Za-z][\w.:-]*", debut)[:8])
    if debut.startswith(("[", "{")):
        return " ".join(re.findall(r'"(\w+)"\s*:', debut))
    premiere = next(csv.reader(io.StringIO(debut.split("\n", 1)[0])), [])
    return _simple(" ".join(premiere))
