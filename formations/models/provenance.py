"""Who says that a session exists, and the figures a source gives about it."""

from __future__ import annotations

from django.db import models

from catalogue.models import Chiffre


class Provenance(models.Model):
    """A session as one source knows it. The same session from two sources has two of them.

    `differences` holds what this source says otherwise than the one that writes the session's columns: column →
    value as text. Two sources that disagree are both kept.
    """

    session = models.ForeignKey(
        "formations.Session", models.CASCADE, related_name="provenances", verbose_name="session"
    )
    source = models.ForeignKey(
        "catalogue.Source", models.PROTECT, related_name="+", verbose_name="source", db_index=False
    )
    identifiant = models.CharField("identifiant dans la source", max_length=120)
    version = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="version de la source",
    )
    differences = models.JSONField("ce que cette source dit d'autre", default=dict, blank=True)

    class Meta:
        verbose_name = "provenance"
        ordering = ["session", "source"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identifiant"], name="provenance_unique_par_source")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.identifiant}"


class ChiffreSession(Chiffre):
    """A yearly figure about a session: how many asked for it, how many were admitted (Parcoursup)."""

    class Nature(models.TextChoices):
        PLACES = "places", "Places"
        VOEUX = "voeux", "Vœux"
        ADMIS = "admis", "Admis"
        TAUX_ACCES = "taux-acces", "Taux d'accès"

    session = models.ForeignKey(
        "formations.Session",
        models.CASCADE,
        related_name="chiffres",
        verbose_name="session",
        db_index=False,
    )
    nature = models.CharField("nature", max_length=15, choices=Nature)

    class Meta(Chiffre.Meta):
        abstract = False
        verbose_name = "chiffre d'une session"
        verbose_name_plural = "chiffres des sessions"
        ordering = ["session", "-millesime", "nature"]
        constraints = [
            *Chiffre.Meta.constraints,
            models.UniqueConstraint(
                fields=["session", "nature", "source", "millesime"], name="chiffre_session_unique"
            ),
        ]
