"""The tables of a ROME delivery: their names, their columns, their version.

A delivery is a zip or a folder of `unix_<table>_v<NNN>_utf8.csv` (comma, every field quoted, LF) with a `version.txt`:

    "code_rome","code_rome_cible","numero_ordre"
    "A1101","A1102","6"

Documented by France Travail, « ROME 4.0 », open data. NNN is 4 for ROME 4.0, then the version: v460 is version 60.
"""

import re
from collections.abc import Callable, Iterator

from catalogue.fichiers.caracteres import sans_controles
from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import lire_table
from metiers.importers.rome.version import lire_version

OBLIGATOIRES = {
    "grand_domaine": ("code_grand_domaine", "libelle_grand_domaine"),
    "domaine_professionnel": ("code_domaine_professionnel", "libelle_domaine_professionnel"),
    "referentiel_code_rome": (
        "code_rome",
        "code_fiche_metier",
        "code_ogr",
        "libelle_rome",
        "transition_eco",
        "transition_num",
        "transition_demo",
        "emploi_reglemente",
        "emploi_cadre",
        "code_rome_parent",
    ),
    "referentiel_code_rome_riasec": ("code_rome", "riasec_majeur", "riasec_mineur"),
    "texte": ("code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"),
    "referentiel_appellation": (
        "code_ogr",
        "libelle_appellation_long",
        "libelle_appellation_court",
        "code_rome",
        "transition_eco",
        "transition_num",
        "transition_demo",
        "emploi_reglemente",
        "emploi_cadre",
        "classification",
        "code_rome_parent",
        "peu_usite",
    ),
    "referentiel_competence": (
        "code_ogr",
        "nature",
        "libelle_competence",
        "definition",
        "code_ogr_macro_comp",
        "cat_comp",
        "sous_cat_comp",
        "transition_eco",
        "transition_num",
    ),
    "referentiel_savoir": (
        "code_ogr_savoir",
        "libelle_savoir",
        "categorie_savoir",
        "sous_categorie_savoir",
        "transition_eco",
        "transition_num",
    ),
    "referentiel_contexte_travail": (
        "code_ogr",
        "libelle_cont_travail",
        "code_type_cont_trav",
        "libelle_type_cont_trav",
    ),
    "liens_rome_referentiels": ("code_rome", "code_compo_bloc", "code_rubrique", "code_ogr"),
    "coherence_item": ("code_rome", "code_ogr", "coeur_metier"),
    "rubrique_mobilite": ("code_rome", "code_rome_cible", "numero_ordre"),
}
FACULTATIVES = {
    "referentiel_macro_competence_riasec": ("code_ogr", "riasec_majeur", "riasec_mineur"),
    "arborescence_competences": (
        "code_domaine_competence",
        "domaine_competence",
        "code_enjeu",
        "enjeu",
        "code_objectif",
        "objectif",
        "code_ogr_macro_competence",
    ),
    "centre_interet": ("code_centre_interet", "libelle_centre_interet", "definition_centre_interet"),
    "arborescence_centre_interet": ("code_centre_interet", "code_rome", "principal"),
    "secteur_activite": ("code_sect_activite", "libelle_sect_activite", "definition_sect_activite"),
    "sous_secteur_activite": ("code_ss_sect_activite", "libelle_ss_sect_activite", "code_sect_activite"),
    "arborescence_secteur_activite": (
        "code_sect_activite",
        "code_ss_sect_activite",
        "code_rome",
        "principal",
    ),
    "themes": ("code_theme", "libelle_theme", "definition_theme"),
    "arborescence_thematique": ("code_theme", "code_rome"),
    "secteur_naf": ("code_secteur_naf", "libelle_secteur_naf"),
    "arborescence_secteur_naf": ("code_secteur_naf", "code_rome"),
}
# In spite of its name, this file of version 60 is not in UTF-8. Only codes are taken from it, so that a
# later one really in UTF-8 reads the same.
ENCODAGES = {"arborescence_secteur_naf": "iso-8859-15"}
_NOM = re.compile(r"unix_(\w+)_v(\d{1,6})_utf8\.csv", re.IGNORECASE)


def est_une_table(nom: str) -> bool:
    return _NOM.fullmatch(nom) is not None


class Tables:
    """The tables of one delivery, found by name; `version` is « 60 », `date_publication` may be unknown."""

    def __init__(self, dossier: Dossier, rejeter: Callable[[Rejet], None]):
        self._dossier = dossier
        self._rejeter = rejeter
        self._noms: dict[str, str] = {}
        versions = set()
        for nom in dossier.noms():
            if trouve := _NOM.fullmatch(nom):
                self._noms[trouve[1].lower()] = nom
                versions.add(trouve[2])
        if not versions:
            raise FichierRefuse(
                f"{dossier.nom} n’est pas un export du ROME 4.0 : aucune table unix_…_v4NN_utf8.csv, "
                "ni fiches unix_fiche_emploi_metier_v4NN.json."
            )
        self.version, self.date_publication = lire_version(dossier, versions, rejeter)
        absentes = [table for table in OBLIGATOIRES if table not in self._noms]
        if absentes:
            raise FichierRefuse(f"{dossier.nom} est incomplet : tables absentes, {', '.join(absentes)}.")

    def groupe(self, *tables: str) -> bool:
        """Whether these optional tables, which only make sense together, are all there."""
        absentes = [table for table in tables if table not in self._noms]
        if absentes and len(absentes) < len(tables):
            for table in tables:
                if table in self._noms:
                    self._rejeter(
                        Rejet("table", table, f"laissée de côté, car il manque {', '.join(absentes)}")
                    )
        return not absentes

    def lignes(self, table: str) -> Iterator[dict[str, str]]:
        """The rows of one table present, its known columns only, without the white space around the values."""
        nom = self._noms[table]
        colonnes = OBLIGATOIRES.get(table) or FACULTATIVES[table]
        with self._dossier.ouvrir(nom) as flux:
            for ligne in lire_table(
                flux, nom, colonnes, encodage=ENCODAGES.get(table, "utf-8"), rejeter=self._rejeter
            ):
                # Version 60 has « gros œuvre » with the byte of Windows-1252 in a file that is in UTF-8.
                yield {colonne: sans_controles(valeur).strip() for colonne, valeur in ligne.items()}
