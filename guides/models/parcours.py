"""Paths from a first job to others, as a source tells them."""

from __future__ import annotations

from typing import Any

from django.db import models

from guides.models.lien import LienConfirme, LienQuerySet


class ParcoursEvolution(models.Model):
    """Steps in order; two of them may be one métier of the ROME (superviseur, then chef de plateau)."""

    dossier = models.ForeignKey(
        "guides.Dossier", models.CASCADE, related_name="parcours", verbose_name="dossier"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("parcours", max_length=200)
    remarque = models.TextField("remarque", blank=True)
    source = models.ForeignKey(
        "catalogue.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="source",
        help_text="Vide : celle du dossier.",
    )

    class Meta:
        verbose_name = "parcours d'évolution"
        verbose_name_plural = "parcours d'évolution"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class EtapeDeParcours(LienConfirme):
    """A step; choosing a métier confirms it for the job that the métier is at that moment."""

    parcours = models.ForeignKey(
        ParcoursEvolution, models.CASCADE, related_name="etapes", verbose_name="parcours"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    libelle = models.CharField("étape", max_length=200)
    role = models.ForeignKey(
        "guides.Role", models.SET_NULL, null=True, blank=True, related_name="etapes", verbose_name="rôle"
    )
    metier = models.ForeignKey(
        "metiers.Metier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="etapes_de_parcours",
        verbose_name="métier",
    )
    duree = models.CharField(
        "durée", max_length=100, blank=True, help_text="Avant l'étape suivante : « après 2 ou 3 ans »."
    )

    objects = LienQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.libelle

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.metier is None:
            self.oublier()
        elif not self.confirme_pour:
            self.confirmer()
        super().save(*args, **kwargs)
