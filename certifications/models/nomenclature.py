"""Nomenclatures a certification is filed under: NSF, formacode, conventions collectives."""

from typing import Self

from django.db import models


class NsfQuerySet(models.QuerySet["Nsf"]):
    def de_la_nomenclature(self) -> Self:
        """The groups that the nomenclature names, rather than fiches alone."""
        return self.exclude(version=None)


class Nsf(models.Model):
    """A spécialité of formation: three digits (a group of the nomenclature), and a function letter in the RNCP (312t).

    A group is labelled by the nomenclature once it is loaded, which `version` tells; any other code by the first fiche
    that gives it a label, if one does.
    """

    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=300)
    version = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="édition de la nomenclature",
    )

    objects = NsfQuerySet.as_manager()

    class Meta:
        verbose_name = "spécialité NSF"
        verbose_name_plural = "spécialités NSF"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.libelle}"

    @property
    def groupe(self) -> str:
        """The three digits shared by the specialities of one group."""
        return self.code[:3]


class Formacode(models.Model):
    code = models.CharField("code", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "formacode"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.libelle}"


class ConventionCollective(models.Model):
    numero = models.CharField("numéro", primary_key=True, max_length=20)
    libelle = models.CharField("libellé", max_length=500)

    class Meta:
        verbose_name = "convention collective"
        verbose_name_plural = "conventions collectives"
        ordering = ["numero"]

    def __str__(self) -> str:
        return f"{self.numero} {self.libelle}"
