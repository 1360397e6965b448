"""Figures of the labour market about a métier."""

from __future__ import annotations

from typing import Self

from django.db import models

from catalogue.models import Chiffre


class NatureIndicateur(models.Model):
    """What a figure measures: « salaire, 1er décile », « demandeurs sur 12 mois », « tension »."""

    class Theme(models.TextChoices):
        SALAIRE = "salaire", "Salaire"
        MARCHE = "marche", "Marché de l'emploi"
        SCORE = "score", "Scores"
        OFFRE = "offre", "Offre de formation"

    code = models.SlugField("code", primary_key=True, max_length=40)
    libelle = models.CharField("libellé", max_length=200)
    theme = models.CharField("thème", max_length=10, choices=Theme)
    aide = models.TextField("comment lire ce chiffre", blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "nature d'indicateur"
        verbose_name_plural = "natures d'indicateurs"
        ordering = ["theme", "ordre", "libelle"]

    def __str__(self) -> str:
        return self.libelle


class IndicateurQuerySet(models.QuerySet):
    def for_detail(self) -> Self:
        return self.select_related("nature", "source").order_by("nature__theme", "nature__ordre", "pk")


class Indicateur(Chiffre):
    """A figure that an import attached to a métier through an official nomenclature."""

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="indicateurs", verbose_name="métier"
    )
    nature = models.ForeignKey(NatureIndicateur, models.PROTECT, related_name="+", verbose_name="indicateur")
    code_territoire = models.CharField("code du territoire", max_length=10, default="FR")
    code_nomenclature = models.CharField("code dans la nomenclature de la source", max_length=20, blank=True)

    objects = IndicateurQuerySet.as_manager()

    class Meta(Chiffre.Meta):
        verbose_name = "indicateur officiel"
        verbose_name_plural = "indicateurs officiels"
        constraints = [
            *Chiffre.Meta.constraints,
            models.UniqueConstraint(
                fields=["metier", "nature", "source", "millesime", "code_territoire", "code_nomenclature"],
                name="indicateur_unique",
            ),
        ]

    @property
    def groupe(self) -> str:
        """« famille professionnelle L0Z60 » when the figure is that of a whole family, else empty."""
        return f"famille professionnelle {self.code_nomenclature}" if self.code_nomenclature else ""
