"""What can be searched: the label of every skill that a métier in force asks for, diplomas left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from catalogue.recherche.mots import mots_distincts
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.fiche import SAVOIRS_QUI_SONT_DES_DIPLOMES
from metiers.models import Competence, CompetenceRequise, SavoirRequis
from orientation.items import SAVOIR, SAVOIR_ETRE, SAVOIR_FAIRE
from orientation.models import TitreDItem


def actualiser() -> Bilan:
    """Write again the titles that changed; run after each import of the ROME."""
    return synchroniser(TitreDItem.objects.all(), _titres(), cle=("code",), absents=Absents.EFFACER)


def _titres() -> Iterator[dict[str, Any]]:
    competences = (
        CompetenceRequise.objects.filter(metier__retire_le__isnull=True)
        .order_by("competence_id")
        .values_list("competence_id", "competence__libelle", "competence__categorie")
        .annotate(Count("pk"))
    )
    for code, libelle, categorie, nombre in competences:
        famille = SAVOIR_ETRE if categorie == Competence.SAVOIR_ETRE else SAVOIR_FAIRE
        yield _titre(code, "competence", famille, libelle, nombre)
    savoirs = (
        SavoirRequis.objects.filter(metier__retire_le__isnull=True)
        .order_by("savoir_id")
        .values_list(
            "savoir_id",
            "savoir__libelle",
            "savoir__categorie",
            "savoir__sous_categorie",
            "savoir__categorie_editoriale",
        )
        .annotate(Count("pk"))
    )
    for code, libelle, categorie, sous_categorie, retenue, nombre in savoirs:
        if (retenue or sous_categorie or categorie) != SAVOIRS_QUI_SONT_DES_DIPLOMES:
            yield _titre(code, "savoir", SAVOIR, libelle, nombre)


def _titre(code: str, nature: str, famille: str, libelle: str, nombre: int) -> dict[str, Any]:
    mots = mots_distincts(libelle)
    return {
        "code": code,
        "nature": nature,
        "famille": famille,
        "libelle": libelle,
        "mots": "".join(f" {mot}" for mot in mots)[:600],
        "nb_mots": len(mots),
        "nb_metiers": nombre,
    }
