"""What the reader of ROME hands over: one record per row that holds together.

Codes are text, as in the files. A flag is True (« O »), False (« N ») or None (the file does not say).
"""

from typing import NamedTuple


class GrandDomaine(NamedTuple):
    """`grand_domaine`: one letter, A to N."""

    code: str
    libelle: str


class DomaineProfessionnel(NamedTuple):
    """`domaine_professionnel`: A11; its grand domaine is its letter."""

    code: str
    libelle: str
    grand_domaine: str


class Fiche(NamedTuple):
    """`referentiel_code_rome`, with its sentences (`texte`) and its profile (`referentiel_code_rome_riasec`).

    `code_ogr` is the fiche's own, never an appellation's. `code_rome_parent` is its own code when it is a parent fiche.
    `transition_ecologique` is a label (« Emploi Vert »). `definition` and `acces_metier` hold one sentence per line.
    `riasec_majeur` and `riasec_mineur` are one of R, I, A, S, E, C, or "".
    """

    code_ogr: str
    code_fiche_metier: str
    code_rome: str
    libelle: str
    domaine: str
    code_rome_parent: str
    transition_ecologique: str
    transition_numerique: bool | None
    transition_demographique: bool | None
    emploi_reglemente: bool | None
    emploi_cadre: bool | None
    definition: str
    acces_metier: str
    riasec_majeur: str
    riasec_mineur: str


class Appellation(NamedTuple):
    """`referentiel_appellation`. Its flags are mostly None: those of the fiche then hold.

    `code_rome_parent` is not always the parent of its fiche (404 rows of version 60).
    """

    code_ogr: str
    code_rome: str
    libelle: str
    libelle_court: str
    principale: bool
    peu_usitee: bool | None
    transition_ecologique: str
    transition_numerique: bool | None
    transition_demographique: bool | None
    emploi_reglemente: bool | None
    emploi_cadre: bool | None
    code_rome_parent: str


class Competence(NamedTuple):
    """`referentiel_competence`: a compétence, or a macro-compétence (savoir-faire or savoir-être professionnel).

    `code_ogr_macro` is "" for a macro-compétence. The RIASEC letters come from `referentiel_macro_competence_riasec`: "" for
    a compétence or a macro without a letter, None everywhere when that table was not delivered.
    """

    code_ogr: str
    libelle: str
    definition: str
    macro: bool
    categorie: str
    sous_categorie: str
    code_ogr_macro: str
    transition_ecologique: bool | None
    transition_numerique: bool | None
    riasec_majeur: str | None
    riasec_mineur: str | None


class Savoir(NamedTuple):
    """`referentiel_savoir`."""

    code_ogr: str
    libelle: str
    categorie: str
    sous_categorie: str
    transition_ecologique: bool | None
    transition_numerique: bool | None


class Contexte(NamedTuple):
    """`referentiel_contexte_travail`; `type` is the label of its type."""

    code_ogr: str
    libelle: str
    code_type: str
    type: str


class LienCompetence(NamedTuple):
    """`liens_rome_referentiels`, bloc 5, rubriques 1 (savoir-faire) and 2 (savoir-être), with `coherence_item`.

    `coeur_metier` is « Principale », « Émergente » or "".
    """

    code_rome: str
    code_ogr: str
    coeur_metier: str


class LienSavoir(NamedTuple):
    """`liens_rome_referentiels`, bloc 5, rubrique 3, with `coherence_item`."""

    code_rome: str
    code_ogr: str
    coeur_metier: str


class LienContexte(NamedTuple):
    """`liens_rome_referentiels`, bloc 6."""

    code_rome: str
    code_ogr: str


class Mobilite(NamedTuple):
    """`rubrique_mobilite`: a métier one can move to; `ordre` counts from 1, the nearest."""

    code_rome: str
    code_rome_cible: str
    ordre: int


class CentreInteret(NamedTuple):
    """`centre_interet`; the definition may hold several lines."""

    code: str
    libelle: str
    definition: str


class LienCentreInteret(NamedTuple):
    """`arborescence_centre_interet`."""

    code_rome: str
    code: str
    principal: bool


class Secteur(NamedTuple):
    """`secteur_activite`; the definition may hold several lines."""

    code: str
    libelle: str
    definition: str


class SousSecteur(NamedTuple):
    """`sous_secteur_activite`."""

    code: str
    libelle: str
    secteur: str


class LienSecteur(NamedTuple):
    """`arborescence_secteur_activite`; a fiche may have several sous-secteurs of one secteur, or "" for none."""

    code_rome: str
    secteur: str
    sous_secteur: str
    principal: bool


class Theme(NamedTuple):
    """`themes`."""

    code: str
    libelle: str
    definition: str


class LienTheme(NamedTuple):
    """`arborescence_thematique`."""

    code_rome: str
    code: str


class SecteurNaf(NamedTuple):
    """`secteur_naf`: one or two digits, without leading zero."""

    code: str
    libelle: str


class LienNaf(NamedTuple):
    """`arborescence_secteur_naf`."""

    code_rome: str
    code: str


class ArborescenceCompetence(NamedTuple):
    """`arborescence_competences`: domaine › enjeu › objectif of one macro-compétence."""

    code_domaine: str
    domaine: str
    code_enjeu: str
    enjeu: str
    code_objectif: str
    objectif: str
    code_ogr_macro: str
