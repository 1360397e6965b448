"""Other ways in: centres d'intérêt, secteurs d'activité, thèmes, lines of the NAF."""

from __future__ import annotations

from typing import Self

from django.db import models

from catalogue.models import Officiel


class CentreInteret(Officiel):
    """One of the thirty interests of the ROME: « J'ai le sens du contact »."""

    code = models.CharField("code", primary_key=True, max_length=5)
    libelle = models.CharField("libellé", max_length=200)
    definition = models.TextField("définition", blank=True)

    class Meta:
        verbose_name = "centre d'intérêt"
        verbose_name_plural = "centres d'intérêt"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class InteretDuMetierQuerySet(models.QuerySet):
    def for_detail(self) -> Self:
        return self.select_related("centre_interet").order_by("-principal", "centre_interet__libelle")


class InteretDuMetier(models.Model):
    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="interets_du_metier", verbose_name="métier"
    )
    centre_interet = models.ForeignKey(
        CentreInteret, models.CASCADE, related_name="metiers_lies", verbose_name="centre d'intérêt"
    )
    principal = models.BooleanField("principal", default=False)

    objects = InteretDuMetierQuerySet.as_manager()

    class Meta:
        verbose_name = "centre d'intérêt du métier"
        verbose_name_plural = "centres d'intérêt du métier"
        constraints = [
            models.UniqueConstraint(fields=["metier", "centre_interet"], name="interet_du_metier_unique")
        ]

    def __str__(self) -> str:
        return f"{self.metier} : {self.centre_interet}"


class Secteur(Officiel):
    """A secteur d'activité of the ROME (35 of them), « Commerce et distribution »."""

    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=200)
    definition = models.TextField("définition", blank=True)

    class Meta:
        verbose_name = "secteur d'activité"
        verbose_name_plural = "secteurs d'activité"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class SousSecteur(Officiel):
    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=200)
    secteur = models.ForeignKey(Secteur, models.PROTECT, related_name="sous_secteurs", verbose_name="secteur")

    class Meta:
        verbose_name = "sous-secteur d'activité"
        verbose_name_plural = "sous-secteurs d'activité"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class SecteurDuMetierQuerySet(models.QuerySet):
    def for_detail(self) -> Self:
        return self.select_related("secteur", "sous_secteur").order_by("-principal", "secteur__libelle")


class SecteurDuMetier(models.Model):
    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="secteurs_du_metier", verbose_name="métier"
    )
    secteur = models.ForeignKey(Secteur, models.CASCADE, related_name="metiers_lies", verbose_name="secteur")
    sous_secteur = models.ForeignKey(
        SousSecteur, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="sous-secteur"
    )
    principal = models.BooleanField("principal", default=False)

    objects = SecteurDuMetierQuerySet.as_manager()

    class Meta:
        verbose_name = "secteur du métier"
        verbose_name_plural = "secteurs du métier"
        constraints = [
            models.UniqueConstraint(
                fields=["metier", "secteur"],
                condition=models.Q(sous_secteur__isnull=True),
                name="secteur_du_metier_unique",
            ),
            models.UniqueConstraint(
                fields=["metier", "secteur", "sous_secteur"], name="sous_secteur_du_metier_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metier} : {self.sous_secteur or self.secteur}"


class Theme(Officiel):
    """A theme that gathers métiers across domaines (ROME, `themes`)."""

    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=200)
    definition = models.TextField("définition", blank=True)

    class Meta:
        verbose_name = "thème"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class SecteurNaf(Officiel):
    """A line of the French nomenclature of activities (ROME, `secteur_naf`)."""

    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "secteur NAF"
        verbose_name_plural = "secteurs NAF"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.libelle
