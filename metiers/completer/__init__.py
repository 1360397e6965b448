"""Complete what a JSON delivery of the ROME says with what is already known, into a whole version of the ROME.

The JSON form says less than the CSV tables: no flag, no RIASEC, no theme, no sous-secteur, a part of the référentiels. What
it does not say is not « none »: it is taken from the database, so that the import that follows, the same for both
forms, changes what the file says and nothing else. Three rules:

- a column, a list or a level that the file does not hold keeps the value it has;
- a file of the version in place withdraws nothing: what that version's other form brought and this one leaves out stays;
- what the database knows of a fiche that was given to another job is not said of the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.completer.fiches import completer_fiches
from metiers.completer.liens import Liens
from metiers.completer.referentiels import completer_competences, completer_contextes, completer_savoirs
from metiers.importers.rome import Rome
from metiers.importers.rome.controle import Controle
from metiers.importers.rome_json import RomeDit


@dataclass(frozen=True)
class RomeComplet:
    """`rome` as if read from the tables; `enjeux` is the label of the enjeu of each savoir-faire, by OGR number."""

    rome: Rome
    enjeux: dict[str, str]


def completer(dit: RomeDit, rejeter: Callable[[Rejet], None]) -> RomeComplet:
    """Raises FichierRefuse when nothing in the file can be kept."""
    controle = Controle(rejeter)
    lues = completer_fiches(dit, controle)
    if not lues.fiches:
        raise FichierRefuse("Aucune de ses fiches métiers ne peut être gardée.")
    competences = completer_competences(dit, controle)
    savoirs = completer_savoirs(dit, controle)
    contextes = completer_contextes(dit, controle)
    liens = Liens(dit, lues, controle)
    secteurs = liens.secteurs()
    rome = Rome(
        version=dit.version,
        date_publication=dit.date_publication,
        grands_domaines=lues.grands_domaines,
        domaines=lues.domaines,
        fiches=lues.fiches,
        appellations=lues.appellations,
        competences=competences,
        profils_de_macros=False,
        savoirs=savoirs,
        contextes=contextes,
        liens_competences=liens.competences({c.code_ogr: c.categorie for c in competences}),
        liens_savoirs=liens.savoirs({s.code_ogr for s in savoirs}),
        liens_contextes=liens.contextes({c.code_ogr for c in contextes}),
        mobilites=liens.mobilites(),
        arborescence_competences=dit.arborescence_competences,
        centres_interet=None,
        liens_centres_interet=None,
        secteurs=secteurs.secteurs if secteurs else None,
        sous_secteurs=secteurs.sous_secteurs if secteurs else None,
        liens_secteurs=secteurs.liens if secteurs else None,
        themes=None,
        liens_themes=None,
        secteurs_naf=None,
        liens_naf=None,
    )
    gardees = {c.code_ogr for c in competences}
    return RomeComplet(
        rome, {ogr: c.enjeu for ogr, c in dit.fiches.competences.items() if c.enjeu and ogr in gardees}
    )
