"""What a fiche of the RNCP or the RS says, in plain records that bear the attribute names of the models.

Unknown is None, or an empty text where the official value is a text. Tags are those of the XML V4.1. Records are named
tuples: a national export has a million of them, and their values go to the database as they are.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class Bloc(NamedTuple):
    """BLOC_COMPETENCES; its key is the fiche and the code."""

    code: str
    libelle: str
    liste_competences: str = ""
    modalites_evaluation: str = ""
    prerequis_entree_formation: str = ""
    prerequis_validation: str = ""


class Certificateur(NamedTuple):
    """CERTIFICATEUR; `siret` is 14 digits or empty. One organisme may come twice, with two SIRET."""

    ordre: int
    siret: str
    nom: str
    nom_commercial: str = ""
    site_internet: str = ""
    etat: str = ""
    date_etat: date | None = None


class Partenaire(NamedTuple):
    """PARTENAIRE; `siret` is 14 digits or empty, `habilitation` FORMER, ORGANISER, ORGA_FORM or empty."""

    siret: str
    nom: str
    habilitation: str = ""
    etat_habilitation: str = ""
    date_actif: date | None = None
    date_etat: date | None = None


class Debouche(NamedTuple):
    """ROME; the label is the one of ROME V3, even where the code has changed its meaning since."""

    code_rome: str
    libelle_source: str = ""


class Nsf(NamedTuple):
    code: str
    libelle: str = ""


class Formacode(NamedTuple):
    code: str
    libelle: str = ""


class Convention(NamedTuple):
    """CCN_1 to CCN_3."""

    numero: str
    libelle: str = ""


class Voie(NamedTuple):
    """SI_JURY_FI, _CA, _FC, _CQ, _CL, _VAE; `voie` is what follows SI_JURY_."""

    voie: str
    ouverte: bool | None = None
    composition_jury: str = ""
    modifiee_le: date | None = None


class Statistique(NamedTuple):
    """STATISTIQUES_PROMOTION: numbers of people, and rates in percent (0 to 100)."""

    annee: int
    certifies: int | None = None
    certifies_vae: int | None = None
    taux_insertion_6_mois: Decimal | None = None
    taux_metier_6_mois: Decimal | None = None
    taux_metier_2_ans: Decimal | None = None


class Publication(NamedTuple):
    """PUBLICATION_JO; `nature` is general, creation or autre, `ordre` its rank there from 0."""

    nature: str
    ordre: int
    titre: str = ""
    date_jo: date | None = None


class Correspondance(NamedTuple):
    """One pair of a CORRESPONDANCE, of which `groupe` is the rank in the fiche, from 1.

    A CORRESPONDANCE says that some blocs together are worth some blocs of another fiche: the pairs of a group only
    hold together. No bloc on a side means the whole fiche.
    """

    groupe: int
    bloc_source: str
    numero_destination: str
    bloc_destination: str


class Filiation(NamedTuple):
    """`ancienne` is replaced by `nouvelle`; one of them is the fiche that says it, `declaree_par`."""

    ancienne: str
    nouvelle: str
    declaree_par: str


class Fiche(NamedTuple):
    """FICHE. Long texts keep the runs of spaces they were flattened with: see `catalogue.texte`."""

    numero: str
    type: str
    intitule: str
    id_fiche: str
    abrege_code: str
    abrege_libelle: str
    etat_fiche: str
    niveau: int | None
    active_selon_source: bool | None
    type_enregistrement: str
    date_decision: date | None
    date_effet: date | None
    date_dernier_jo: date | None
    date_fin_enregistrement: date | None
    date_limite_delivrance: date | None
    date_publication: date | None
    duree_enregistrement: int | None
    annees_promotions_niveau: list[int]
    objectifs_contexte: str
    activites_visees: str
    capacites_attestees: str
    modalites_evaluation: str
    secteurs_activite: str
    type_emploi_accessibles: str
    reglementations_activites: str
    prerequis_entree_formation: str
    prerequis_validation: str
    niveau_maitrise_competences: str
    duree_validite: str
    modalites_renouvellement: str
    validation_partielle: str
    validation_partielle_perimetre: str
    lien_url_description: str
    codes_idcc: str
    existence_partenaires: bool | None
    accessible_nouvelle_caledonie: bool | None
    accessible_polynesie_francaise: bool | None

    blocs: tuple[Bloc, ...]
    certificateurs: tuple[Certificateur, ...]
    partenaires: tuple[Partenaire, ...]
    debouches: tuple[Debouche, ...]
    nsf: tuple[Nsf, ...]
    formacodes: tuple[Formacode, ...]
    conventions: tuple[Convention, ...]
    voies: tuple[Voie, ...]
    statistiques: tuple[Statistique, ...]
    publications: tuple[Publication, ...]
    correspondances: tuple[Correspondance, ...]
    filiations: tuple[Filiation, ...]

    empreinte: str = ""
    """Tells the element read from any other one; empty when something of it could not be kept."""


class Inchangee(NamedTuple):
    """A FICHE whose element is the very one it was last written from."""

    numero: str
    type: str


_DEBUT = Fiche._fields.index("blocs")
COLONNES = Fiche._fields[:_DEBUT]
"""Fields of Fiche that are columns of a certification; they come first."""
PARTIES = frozenset(Fiche._fields[_DEBUT:]) - {"empreinte"}
"""Those that are records of their own."""


def colonnes(enregistrement: Any) -> dict[str, Any]:
    """The own columns of a record, by attribute name, parts left out."""
    noms: Sequence[str] = COLONNES if isinstance(enregistrement, Fiche) else enregistrement._fields
    return dict(zip(noms, enregistrement, strict=False))
