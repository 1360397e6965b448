"""Read a whole ROME delivery."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.rome import competences, fiches, reperes
from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import (
    Appellation,
    ArborescenceCompetence,
    CentreInteret,
    Competence,
    Contexte,
    DomaineProfessionnel,
    Fiche,
    GrandDomaine,
    LienCentreInteret,
    LienCompetence,
    LienContexte,
    LienNaf,
    LienSavoir,
    LienSecteur,
    LienTheme,
    Mobilite,
    Savoir,
    Secteur,
    SecteurNaf,
    SousSecteur,
    Theme,
)
from metiers.importers.rome.tables import Tables


@dataclass(frozen=True, slots=True)
class Rome:
    """One version of ROME 4.0, read whole: every link resolves, every key is unique.

    `version` is « 60 ». What is None was not in the delivery: keep what is already known of it. `profils_de_macros` says
    whether the RIASEC letters of the macro-compétences were delivered.
    """

    version: str
    date_publication: date | None
    grands_domaines: list[GrandDomaine]
    domaines: list[DomaineProfessionnel]
    fiches: list[Fiche]
    appellations: list[Appellation]
    competences: list[Competence]
    profils_de_macros: bool
    savoirs: list[Savoir]
    contextes: list[Contexte]
    liens_competences: list[LienCompetence]
    liens_savoirs: list[LienSavoir]
    liens_contextes: list[LienContexte]
    mobilites: list[Mobilite]
    arborescence_competences: list[ArborescenceCompetence] | None
    centres_interet: list[CentreInteret] | None
    liens_centres_interet: list[LienCentreInteret] | None
    secteurs: list[Secteur] | None
    sous_secteurs: list[SousSecteur] | None
    liens_secteurs: list[LienSecteur] | None
    themes: list[Theme] | None
    liens_themes: list[LienTheme] | None
    secteurs_naf: list[SecteurNaf] | None
    liens_naf: list[LienNaf] | None


def lire_rome(chemin: Path, rejeter: Callable[[Rejet], None]) -> Rome:
    """Read the zip, or the folder of CSV files, at `chemin`."""
    with ouvrir(chemin) as dossier:
        return lire_tables(dossier, rejeter)


def lire_tables(dossier: Dossier, rejeter: Callable[[Rejet], None]) -> Rome:
    """Read the CSV tables of a zip or of a folder; the rows left out or mended are told to `rejeter`.

    Everything is read before it returns (about 250,000 rows), so that a bad file is refused before anything
    is written. Raises FichierRefuse.
    """
    controle = Controle(rejeter)
    tables = Tables(dossier, rejeter)
    grands = fiches.lire_grands_domaines(tables, controle)
    domaines = fiches.lire_domaines(tables, controle, {g.code for g in grands})
    lues = fiches.lire_fiches(tables, controle, {d.code for d in domaines})
    if not lues:
        raise FichierRefuse(f"{dossier.nom} ne contient aucune fiche métier valable.")
    codes = {fiche.code_rome: fiche for fiche in lues}
    appellations = fiches.lire_appellations(tables, controle, codes)
    if not appellations:
        raise FichierRefuse(f"{dossier.nom} ne contient aucune appellation valable.")
    comp = competences.lire_competences(tables, controle)
    savoirs = competences.lire_savoirs(tables, controle)
    contextes = competences.lire_contextes(tables, controle)
    liens = competences.lire_liens(
        tables,
        controle,
        codes,
        {c.code_ogr for c in comp},
        {s.code_ogr for s in savoirs},
        {c.code_ogr for c in contextes},
    )
    centres, liens_centres = reperes.lire_centres_interet(tables, controle, codes)
    secteurs = reperes.lire_secteurs(tables, controle, codes)
    themes, liens_themes = reperes.lire_themes(tables, controle, codes)
    naf, liens_naf = reperes.lire_naf(tables, controle, codes)
    return Rome(
        version=tables.version,
        date_publication=tables.date_publication,
        grands_domaines=grands,
        domaines=domaines,
        fiches=lues,
        appellations=appellations,
        competences=comp,
        profils_de_macros=tables.groupe("referentiel_macro_competence_riasec"),
        savoirs=savoirs,
        contextes=contextes,
        liens_competences=liens.competences,
        liens_savoirs=liens.savoirs,
        liens_contextes=liens.contextes,
        mobilites=fiches.lire_mobilites(tables, controle, codes),
        arborescence_competences=competences.lire_arborescence(
            tables, controle, {c.code_ogr for c in comp if c.macro}
        ),
        centres_interet=centres,
        liens_centres_interet=liens_centres,
        secteurs=secteurs.secteurs if secteurs else None,
        sous_secteurs=secteurs.sous_secteurs if secteurs else None,
        liens_secteurs=secteurs.liens if secteurs else None,
        themes=themes,
        liens_themes=liens_themes,
        secteurs_naf=naf,
        liens_naf=liens_naf,
    )
