"""What objects of every app hold: a code with its label, where the data come from."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from catalogue.models import Chiffre, Source, VersionReferentiel
from catalogue.niveaux import libelle


class Libelle(Schema):
    code: str = Field(description="Le code, toujours en texte.", examples=["D14"])
    libelle: str = Field(description="Le libellé.", examples=["Force de vente"])


class Provenance(Schema):
    source: str = Field(
        description="Le producteur et le nom de la source.", examples=["France Travail, ROME 4.0"]
    )
    edition: str | None = Field(
        description="L'édition ou le millésime chargé.", examples=["version 60 du 18/09/2025"]
    )
    licence: str | None = Field(description="La licence de réutilisation.", examples=["Licence Ouverte 2.0"])
    url: str | None = Field(
        description="L'adresse de la source.", examples=["https://www.francetravail.org/"]
    )


class ChiffreSource(Schema):
    """A figure, with all that is needed to quote it."""

    nature: Libelle
    valeur: float | None = Field(description="La valeur brute ; null si la source ne donne que des mots.")
    en_clair: str = Field(
        description="La valeur telle qu'elle se lit, avec son unité.", examples=["1 747 € brut par mois"]
    )
    unite: str | None
    echelle: int | None = Field(description="Le maximum de l'échelle pour un score ; null pour une quantité.")
    millesime: str | None
    territoire: str
    methode: str | None
    provenance: Provenance


def provenance(version: VersionReferentiel | None, source: Source | None = None) -> dict[str, Any] | None:
    """From the edition loaded, else from the source alone; None when neither is known."""
    if version is not None:
        return provenance_de_source(version.source, version.libelle)
    return provenance_de_source(source) if source is not None else None


def provenance_de_source(source: Source, edition: str = "") -> dict[str, Any]:
    return {
        "source": str(source),
        "edition": edition or None,
        "licence": source.licence or None,
        "url": source.url or None,
    }


def chiffre(chiffre: Chiffre, nature: dict[str, str]) -> dict[str, Any]:
    return {
        "nature": nature,
        "valeur": None if chiffre.valeur is None else float(chiffre.valeur),
        "en_clair": chiffre.en_clair,
        "unite": chiffre.unite or None,
        "echelle": chiffre.echelle,
        "millesime": chiffre.millesime or None,
        "territoire": chiffre.territoire,
        "methode": chiffre.methode or None,
        "provenance": provenance_de_source(chiffre.source, chiffre.millesime),
    }


def niveau(valeur: int | None) -> dict[str, str] | None:
    return None if valeur is None else {"code": str(valeur), "libelle": libelle(valeur)}
