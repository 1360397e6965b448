"""What other sources than the ROME say of a métier, each kept apart: labels under a heading, ranked profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalogue.models import Source
from metiers.arbre import par
from metiers.faits import nom
from metiers.models import FicheEditoriale
from metiers.models.profil import DimensionPsychometrique


@dataclass(frozen=True)
class ExtraitsDUneSource:
    """The labels one source gives under one heading, by its own filing: (path, labels)."""

    source: str
    rangements: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ProfilAffiche:
    """The ranks one source gives in one psychometric model, and the dimensions it leaves out."""

    modele: str
    source: str
    traits: tuple[Any, ...]
    absentes: tuple[str, ...]


def extraits(editorial: FicheEditoriale) -> dict[str, list[ExtraitsDUneSource]]:
    """By heading, a value of `ExtraitDeSource.Rubrique`."""
    lus = list(editorial.extraits.all())
    sources = _sources(lus)
    parts: dict[str, dict[str, dict[str, list[str]]]] = {}
    for extrait in lus:
        rangements = parts.setdefault(extrait.rubrique, {}).setdefault(extrait.source_id, {})
        rangements.setdefault(extrait.chemin, []).append(extrait.libelle)
    return {
        rubrique: [
            ExtraitsDUneSource(
                nom(sources[code]),
                tuple((chemin, tuple(libelles)) for chemin, libelles in rangements.items()),
            )
            for code, rangements in par_source.items()
        ]
        for rubrique, par_source in parts.items()
    }


def profils(editorial: FicheEditoriale) -> list[ProfilAffiche]:
    """RIASEC first, then personality, then values; within a model, by source."""
    modeles = list(DimensionPsychometrique.Modele.values)
    traits = sorted(
        editorial.traits.all(),
        key=lambda t: (modeles.index(t.dimension.modele), t.source_id, t.rang),
    )
    if not traits:
        return []
    sources = _sources(traits)
    toutes: dict[str, list[str]] = {}
    for dimension in DimensionPsychometrique.objects.all():
        toutes.setdefault(dimension.modele, []).append(dimension.libelle)
    affiches = []
    for (modele, source), groupe in par(traits, lambda t: (t.dimension.modele, t.source_id)):
        vues = {trait.dimension.libelle for trait in groupe}
        affiches.append(
            ProfilAffiche(
                DimensionPsychometrique.Modele(modele).label,
                nom(sources[source]),
                tuple(groupe),
                tuple(libelle for libelle in toutes[modele] if libelle not in vues),
            )
        )
    return affiches


def _sources(lignes: list[Any]) -> dict[str, Source]:
    return Source.objects.in_bulk({ligne.source_id for ligne in lignes})
