"""What a JSON delivery of the ROME says. What it does not say is absent, which is not « none ».

Codes are text, as in the CSV form, though the files have numbers. A label that cannot be read is "": what is already
known of the record holds.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

PARTIES = ("appellations", "savoir_faire", "savoir_etre", "savoirs", "contextes", "secteurs", "mobilites")
"""The lists of a fiche; each may be missing from the object."""


@dataclass(slots=True)
class FicheDite:
    """One object of `unix_fiche_emploi_metier_v<NNN>.json`.

    `numero` is the number of the fiche (`code_fiche_metier` in CSV). `definition` and `acces_metier` hold one sentence per
    line, None when not said. `attributs` are the columns of `referentiel_code_rome` that the delivery gives, by the name
    they have in `importers.rome.records.Fiche`. `parties` are those of PARTIES that the object holds, empty or not.
    """

    code_ogr: str
    code_rome: str
    libelle: str
    numero: str
    definition: str | None
    acces_metier: str | None
    attributs: dict[str, bool | str | None] = field(default_factory=dict)
    parties: set[str] = field(default_factory=set)


@dataclass(slots=True)
class AppellationDite:
    """`libelle_court` is "" when not said; `principale` is None when the delivery does not say which is."""

    code_ogr: str
    code_rome: str
    libelle: str
    libelle_court: str
    principale: bool | None = None
    attributs: dict[str, bool | str | None] = field(default_factory=dict)


@dataclass(slots=True)
class CompetenceDite:
    """A savoir-faire or a savoir-être. `macro` is None, and `code_ogr_macro` too, when no tree was delivered."""

    libelle: str
    savoir_etre: bool = False
    enjeu: str = ""
    macro: bool | None = None
    code_ogr_macro: str | None = None


class SavoirDit(NamedTuple):
    libelle: str
    categorie: str


class ContexteDit(NamedTuple):
    libelle: str
    type: str


class LienDit(NamedTuple):
    """`coeur_metier` is « Principale », « Émergente », "" for neither, None when not said."""

    code_rome: str
    code: str
    coeur_metier: str | None


class SecteurDit(NamedTuple):
    """`code` is that of a secteur, or of a sous-secteur; `principal` is None when not said."""

    code_rome: str
    code: str
    principal: bool | None
