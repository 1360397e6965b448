"""What other sources than the ROME say of a métier, each kept apart: labels under a heading, ranked profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalogue.models import Source
from metiers.arbre import par
from metiers.faits import nom
from metiers.hexagone import Hexagone, hexagone
from metiers.models import FicheEditoriale
from metiers.models.profil import DimensionPsychometrique

METHODES = {
    DimensionPsychometrique.Modele.RIASEC: (
        "Le psychologue John Holland range les goûts professionnels en six types : réaliste, investigateur, artistique, "
        "social, entreprenant, conventionnel. Un métier en demande plusieurs à la fois ; on regarde surtout les deux ou "
        "trois premiers."
    ),
    DimensionPsychometrique.Modele.BIG_FIVE: (
        "Ce modèle, aussi appelé OCEAN, décrit les façons d'être par cinq traits : ouverture, conscience, extraversion, "
        "agréabilité, névrosisme. Chacun est une ligne continue : personne n'est tout l'un ou tout l'autre."
    ),
    DimensionPsychometrique.Modele.VALEURS: (
        "Le questionnaire de Shalom Schwartz (SVS) compare dix valeurs qui guident les choix de vie. Il ne dit pas si une "
        "valeur est bonne : il dit laquelle passe avant l'autre quand il faut choisir."
    ),
}
"""What each model is, in our own words (S1-78, S1-85, S1-91)."""


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
    methode: str
    """What the model is, in a few sentences."""
    dessin: Hexagone | None = None
    """For the RIASEC only."""


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
                METHODES[modele],
                _dessin(groupe) if modele == DimensionPsychometrique.Modele.RIASEC else None,
            )
        )
    return affiches


def _dessin(traits: list[Any]) -> Hexagone:
    """The letter of a type is the first of its name."""
    return hexagone({trait.dimension.libelle[:1]: trait.rang for trait in traits})


def _sources(lignes: list[Any]) -> dict[str, Source]:
    return Source.objects.in_bulk({ligne.source_id for ligne in lignes})
