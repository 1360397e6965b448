"""Contextes de travail: hours, risks, places, structures, publics, status."""

from __future__ import annotations

from typing import Self

from django.db import models

from catalogue.models import Officiel


class ContexteDeTravail(Officiel):
    """A context of `referentiel_contexte_travail`, filed under one of six types."""

    code_ogr = models.CharField("code OGR", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=300)
    code_type = models.CharField("code du type", max_length=5)
    type = models.CharField("type", max_length=100)

    class Meta:
        verbose_name = "contexte de travail"
        verbose_name_plural = "contextes de travail"
        ordering = ["code_type", "libelle"]

    def __str__(self) -> str:
        return self.libelle


class ContexteDuMetierQuerySet(models.QuerySet):
    def for_detail(self) -> Self:
        return self.select_related("contexte").order_by("contexte__code_type", "contexte__libelle")


class ContexteDuMetier(models.Model):
    """A context in which a métier may be practised (`liens_rome_referentiels` bloc 6)."""

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="contextes_du_metier", verbose_name="métier"
    )
    contexte = models.ForeignKey(
        ContexteDeTravail, models.CASCADE, related_name="metiers_lies", verbose_name="contexte"
    )

    objects = ContexteDuMetierQuerySet.as_manager()

    class Meta:
        verbose_name = "contexte du métier"
        verbose_name_plural = "contextes du métier"
        constraints = [
            models.UniqueConstraint(fields=["metier", "contexte"], name="contexte_du_metier_unique")
        ]

    def __str__(self) -> str:
        return f"{self.metier} : {self.contexte}"
