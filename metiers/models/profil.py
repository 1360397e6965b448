"""Psychometric profiles: hypotheses to discuss, never a verdict."""

from __future__ import annotations

from typing import Self

from django.db import models

from metiers.models.editorial import FicheEditoriale


class DimensionQuerySet(models.QuerySet["DimensionPsychometrique"]):
    def get_by_natural_key(self, modele: str, code: str) -> DimensionPsychometrique:
        return self.get(modele=modele, code=code)


class DimensionPsychometrique(models.Model):
    """A type, trait or value of one of three models, with what a high and a low reading mean."""

    class Modele(models.TextChoices):
        RIASEC = "riasec", "Intérêts professionnels (RIASEC)"
        BIG_FIVE = "big-five", "Personnalité (Big Five)"
        VALEURS = "valeurs", "Valeurs (Schwartz)"

    modele = models.CharField("modèle", max_length=10, choices=Modele)
    code = models.SlugField("code", max_length=30)
    libelle = models.CharField("libellé", max_length=60)
    definition = models.TextField("définition", blank=True)
    lecture_haute = models.TextField("quand elle est marquée", blank=True)
    lecture_basse = models.TextField("quand elle l'est peu", blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = DimensionQuerySet.as_manager()

    class Meta:
        verbose_name = "dimension psychométrique"
        verbose_name_plural = "dimensions psychométriques"
        ordering = ["modele", "ordre"]
        constraints = [
            models.UniqueConstraint(fields=["modele", "code"], name="dimension_unique_par_modele"),
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({self.get_modele_display()})"

    def natural_key(self) -> tuple[str, str]:
        return (self.modele, self.code)


class TraitDeProfilQuerySet(models.QuerySet["TraitDeProfil"]):
    def for_detail(self) -> Self:
        return self.select_related("dimension", "source").order_by("dimension__modele", "rang")


class TraitDeProfil(models.Model):
    """The rank a source gives to a dimension for a métier; most sources keep an order only, hence no score."""

    fiche = models.ForeignKey(FicheEditoriale, models.CASCADE, related_name="traits", verbose_name="fiche")
    dimension = models.ForeignKey(
        DimensionPsychometrique, models.PROTECT, related_name="+", verbose_name="dimension"
    )
    rang = models.PositiveSmallIntegerField("rang")
    score = models.DecimalField("score", max_digits=5, decimal_places=2, null=True, blank=True)
    echelle = models.PositiveSmallIntegerField("échelle du score", null=True, blank=True)
    justification = models.TextField("justification", blank=True)
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")

    objects = TraitDeProfilQuerySet.as_manager()

    class Meta:
        verbose_name = "trait de profil"
        verbose_name_plural = "traits de profil"
        ordering = ["dimension__modele", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiche", "dimension", "source"],
                name="trait_unique_par_source",
                violation_error_message="Cette dimension est déjà renseignée pour cette source.",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(echelle__isnull=False),
                name="un_score_a_une_echelle",
                violation_error_message="Indiquez l'échelle du score.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} : rang {self.rang}"
