"""Tell the form of a delivery of the RNCP from what it holds, and open it: XML, export in CSV tables, older kit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from certifications.importers.compagnons import Lecture, lire_export_csv, lire_kit
from certifications.importers.compagnons.kit import LectureKit
from certifications.importers.compagnons.tables import entete, nu, trouver
from certifications.importers.rncp import LectureRncp, lire_rncp

_COLONNES_DU_CSV = {"numerofiche", "intitule", "nomenclatureeuropeniveau"}


def lire(chemin: Path, rejeter: Callable[[Rejet], None], connues: Mapping[str, str]) -> LectureRncp | Lecture:
    """Open an export of France compétences in any of its forms; iterate over the result for its fiches.

    `connues` are the fingerprints of the fiches that an XML need not repeat: see `lire_rncp`.
    What cannot be kept is given to `rejeter`. Raises FichierRefuse when it is none of them, or is damaged.
    """
    with ouvrir(chemin) as dossier:
        tables = _tables(dossier)
        entetes = [{nu(titre) for titre in entete(dossier, nom)} for nom in tables]
        du_kit = trouver(dossier, LectureKit.TABLES)
    if not tables:
        return lire_rncp(chemin, rejeter, connues)
    if any(colonnes >= _COLONNES_DU_CSV for colonnes in entetes):
        return lire_export_csv(chemin, rejeter)
    if any("csv" in nu(Path(nom).stem) and "fiches" in nu(nom) for nom in tables):
        raise FichierRefuse(
            f"{chemin.name} ne contient pas la table Standard de l'export CSV, qui décrit les fiches."
        )
    if not du_kit:
        raise FichierRefuse(
            f"{chemin.name} ne contient aucun export du RNCP ou du RS : ni XML, ni tables CSV, ni ancien kit national."
        )
    return lire_kit(chemin, rejeter)


def _tables(dossier: Dossier) -> list[str]:
    """The tables of the delivery; none when it has an XML, which says more, or is a bare file that is not a table."""
    noms = dossier.noms()
    if any(nom.lower().endswith(".xml") for nom in noms):
        return []
    if len(noms) == 1 and not noms[0].lower().endswith((".csv", ".txt")):
        return [noms[0]] if len(entete(dossier, noms[0])) > 2 else []
    return [nom for nom in noms if nom.lower().endswith((".csv", ".txt"))]
