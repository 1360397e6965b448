"""Which rubriques of a fiche come from another edition than the fiche itself, to be said on its page."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.models import VersionReferentiel
from certifications.models import Certification

_TABLES = {
    "blocs": "blocs de compétences",
    "certificateurs": "certificateurs",
    "partenaires": "partenaires",
    "debouches": "codes ROME",
    "nsf": "spécialités NSF",
    "formacodes": "formacodes",
    "conventions": "conventions collectives",
    "voies": "voies d'accès",
    "filiations": "filiation",
}


@dataclass(frozen=True)
class AutreEdition:
    """An edition that gave some rubriques of a fiche, and their names in French."""

    mention: str
    rubriques: tuple[str, ...]
    cles: frozenset[str]


def autres_editions(certification: Certification) -> list[AutreEdition]:
    """The last one first; no query for the fiches that come whole from one edition."""
    if not certification.apports:
        return []
    par_edition: dict[int, list[str]] = {}
    for rubrique, pk in certification.apports.items():
        par_edition.setdefault(pk, []).append(rubrique)
    editions = VersionReferentiel.objects.select_related("source").in_bulk(par_edition)
    return [
        AutreEdition(
            editions[pk].mention, tuple(sorted(map(_nom, par_edition[pk]))), frozenset(par_edition[pk])
        )
        for pk in sorted(editions, key=lambda pk: (str(editions[pk].publiee_le or ""), pk), reverse=True)
    ]


def _nom(rubrique: str) -> str:
    return _TABLES.get(rubrique) or str(Certification._meta.get_field(rubrique).verbose_name)  # type: ignore[union-attr]
