"""What every source of the offer is read into: one session, with its formation, its organisme and its place.

Field names are the columns of the models, so that writing needs no table of correspondence. "" and None say « not
given ». Each source fills what it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol


class OrganismeLu(NamedTuple):
    """Known by its SIRET or its UAI: at least one of the two, never by its name."""

    siret: str
    uai: str
    nom: str
    raison_sociale: str = ""
    statut: str = ""
    numero_activite: str = ""
    site_internet: str = ""
    telephone: str = ""


class LieuLu(NamedTuple):
    nom: str = ""
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    code_insee: str = ""
    code_departement: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True)
class FormationLue:
    identifiant: str
    intitule: str
    numero_certification: str = ""
    code_certifinfo: str = ""
    niveau_sortie: int | None = None
    niveau_entree: int | None = None
    certifiante: bool | None = None
    duree: str = ""
    duree_heures: int | None = None
    objectif: str = ""
    contenu: str = ""
    resultats_attendus: str = ""
    points_forts: str = ""
    acces: str = ""
    parcours: str = ""
    contact: str = ""
    url: str = ""
    type: str = ""
    codes_rome: list[str] = field(default_factory=list)
    codes_nsf: list[str] = field(default_factory=list)
    formacodes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SessionLue:
    identifiant: str
    debut: date | None = None
    fin: date | None = None
    entrees_permanentes: bool | None = None
    voie: str = ""
    modalite: str = ""
    duree_heures: int | None = None
    duree: str = ""
    prix: Decimal | None = None
    prix_note: str = ""
    places: int | None = None
    eligible_cpf: bool | None = None
    url: str = ""
    etat_recrutement: str = ""
    rythme: str = ""
    alternance: str = ""
    conditions: str = ""
    publics_vises: list[str] = field(default_factory=list)
    prise_en_charge: bool | None = None
    inscription: str = ""
    sessions_regroupees: int | None = None


class ChiffreLu(NamedTuple):
    """A yearly figure; `nature` is one of `ChiffreSession.Nature`."""

    nature: str
    valeur: Decimal
    unite: str
    methode: str


@dataclass(slots=True)
class Offre:
    """`lieu` is None for a session held remotely, or nowhere known; `session` for a formation without any."""

    organisme: OrganismeLu
    formation: FormationLue
    lieu: LieuLu | None = None
    session: SessionLue | None = None
    chiffres: tuple[ChiffreLu, ...] = ()


class Lecture(Protocol):
    """A file open for reading. `version` and `publiee_le` are known before the first offer is."""

    version: str
    publiee_le: date | None

    def __iter__(self) -> Iterator[Offre]: ...

    def remarques(self) -> list[str]:
        """What deserves to be said of the whole file, once read."""
        ...


def colonnes(lue: FormationLue | SessionLue) -> dict[str, Any]:
    return {nom: getattr(lue, nom) for nom in lue.__slots__}
