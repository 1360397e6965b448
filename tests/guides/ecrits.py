"""Dossiers and terms to test with: each function writes one record, plausible by default, and returns it."""

from __future__ import annotations

from itertools import count
from typing import Any

from guides.models import (
    ChiffreDuDossier,
    Dossier,
    EtapeDeParcours,
    Famille,
    LienRoleMetier,
    ParcoursEvolution,
    Role,
    Terme,
)
from metiers.models import Metier
from tests import objets

_suivant = count(1)


def dossier(**champs: Any) -> Dossier:
    numero = next(_suivant)
    defauts = {
        "titre": f"Dossier {numero}",
        "slug": f"dossier-{numero}",
        "introduction": "Une introduction.",
        "source": objets.source("un-article"),
    }
    return Dossier.objects.create(**{**defauts, **champs})


def famille(de: Dossier | None = None, **champs: Any) -> Famille:
    return Famille.objects.create(dossier=de or dossier(), **{"titre": f"Famille {next(_suivant)}", **champs})


def role(de: Famille | None = None, **champs: Any) -> Role:
    return Role.objects.create(famille=de or famille(), **{"titre": f"Rôle {next(_suivant)}", **champs})


def lien(du_role: Role | None = None, metier: Metier | None = None, **champs: Any) -> LienRoleMetier:
    """A confirmed link, to the job that the métier is at this moment."""
    defauts = {"statut": LienRoleMetier.Statut.CONFIRME, "raison": "Le même intitulé."}
    return LienRoleMetier.objects.create(
        role=du_role or role(), metier=metier or objets.metier(), **{**defauts, **champs}
    )


def chiffre(de: Dossier, **champs: Any) -> ChiffreDuDossier:
    defauts = {"sujet": "Personnes employées", "valeur": 350_000, "source": de.source}
    return ChiffreDuDossier.objects.create(dossier=de, **{**defauts, **champs})


def etape(de: ParcoursEvolution, libelle: str = "Une étape", **champs: Any) -> EtapeDeParcours:
    return EtapeDeParcours.objects.create(parcours=de, libelle=libelle, **champs)


def terme(nom: str = "", **champs: Any) -> Terme:
    numero = next(_suivant)
    defauts = {
        "terme": nom or f"Terme {numero}",
        "slug": f"terme-{numero}",
        "definition_courte": f"Ce que veut dire le terme {numero}.",
        "source": objets.source("redaction"),
    }
    return Terme.objects.create(**{**defauts, **champs})
