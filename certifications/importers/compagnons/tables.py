"""Find the tables of a delivery by their headers, and read their columns under our own names."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import lire_table
from certifications.importers.compagnons.encodage import EnUtf8, est_en_utf8

_ENTETE_MAX = 64 * 1024


@dataclass(frozen=True)
class Table:
    """A table to look for: what its name holds, and for each of our columns the headers it may have."""

    nom: str
    motif: str
    """Regular expression on the name of the file, without accents: they come composed, decomposed or mistaken."""
    colonnes: Mapping[str, tuple[str, ...]]
    facultatives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trouvee:
    """A table of the delivery: the file it is in, and the header that each of our columns has there."""

    fichier: str
    entetes: Mapping[str, str]


def nu(texte: str) -> str:
    """Lower case letters and digits alone: « Numéro_Fiche » and « numerofiche » are one."""
    sans_accents = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", sans_accents.lower())


def entete(dossier: Dossier, fichier: str) -> list[str]:
    """The titles of the columns, as they are written; none when the file does not begin as a table."""
    with dossier.ouvrir(fichier) as flux:
        ligne = flux.readline(_ENTETE_MAX).removeprefix(b"\xef\xbb\xbf")
    if b"\0" in ligne or ligne.lstrip().startswith((b"<", b"{", b"[")):
        return []
    try:
        return [
            titre.strip() for titre in next(csv.reader([ligne.decode("cp1252", "replace")], delimiter=";"))
        ]
    except (csv.Error, StopIteration):
        return []


def trouver(dossier: Dossier, tables: tuple[Table, ...]) -> dict[str, Trouvee]:
    """The tables of the delivery, by our names: those that have all the columns wanted, told apart by the names of files."""
    trouvees: dict[str, Trouvee] = {}
    for fichier in dossier.noms():
        titres = entete(dossier, fichier)
        nom = nu(fichier)
        for table in tables:
            entetes = _reconnaitre(titres, table) if re.search(table.motif, nom) else None
            if entetes is not None and table.nom not in trouvees:
                trouvees[table.nom] = Trouvee(fichier, entetes)
                break
    return trouvees


def _reconnaitre(titres: list[str], table: Table) -> dict[str, str] | None:
    par_nom: dict[str, str] = {}
    for titre in titres:
        par_nom.setdefault(nu(titre), titre)
    entetes = {
        colonne: par_nom[connu]
        for colonne, connus in table.colonnes.items()
        if (connu := next((c for c in connus if c in par_nom), None))
    }
    return entetes if all(c in entetes or c in table.facultatives for c in table.colonnes) else None


def rangees(
    dossier: Dossier, trouvee: Trouvee, colonnes: Mapping[str, object], rejeter: Callable[[Rejet], None]
) -> Iterator[dict[str, str]]:
    """The rows, under our own names; a column that the file lacks is empty."""
    with dossier.ouvrir(trouvee.fichier) as flux:
        melange = not est_en_utf8(flux)
    with EnUtf8(dossier.ouvrir(trouvee.fichier), melange=melange) as flux_utf8:
        lues = lire_table(
            flux_utf8,  # type: ignore[arg-type]  # a raw stream: only its lines are asked for
            trouvee.fichier,
            list(trouvee.entetes.values()),
            separateur=";",
            rejeter=rejeter,
        )
        noms = [(colonne, trouvee.entetes.get(colonne)) for colonne in colonnes]
        for lue in lues:
            yield {colonne: lue[titre] if titre else "" for colonne, titre in noms}


def exiger(dossier: Dossier, trouvees: Mapping[str, Trouvee], nom: str, quoi: str) -> None:
    if nom not in trouvees:
        raise FichierRefuse(f"{dossier.nom} ne contient pas {quoi}, ou elle n'a pas les colonnes attendues.")
