"""Where data come from: the producer, the version loaded, each import made."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import formats


class Source(models.Model):
    """A producer's publication, under a licence: « ROME 4.0 », « RNCP », a study, a website."""

    code = models.SlugField("code", primary_key=True, max_length=40)
    nom = models.CharField("nom", max_length=200)
    producteur = models.CharField("producteur", max_length=200, blank=True)
    licence = models.CharField("licence", max_length=100, blank=True)
    url_licence = models.URLField("adresse de la licence", blank=True)
    url = models.URLField("adresse", blank=True)
    note = models.TextField("note", blank=True, help_text="Ce que la source couvre, ses limites connues.")

    class Meta:
        verbose_name = "source"
        ordering = ["nom"]

    def __str__(self) -> str:
        return f"{self.producteur}, {self.nom}" if self.producteur else self.nom


class VersionReferentiel(models.Model):
    """One edition of a source that was loaded: « version 60 du 18/09/2025 », « export du 16/08/2026 ».

    `version` is the source's own word for the edition, empty when it has none; `publiee_le` is the date the
    source gives, never the date of today.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="versions", verbose_name="source")
    version = models.CharField("version", max_length=60, blank=True)
    publiee_le = models.DateField("publiée le", null=True, blank=True)
    premier_import = models.DateTimeField("premier import", auto_now_add=True)
    dernier_import = models.DateTimeField("dernier import", auto_now=True)

    class Meta:
        verbose_name = "version de référentiel"
        verbose_name_plural = "versions de référentiels"
        ordering = ["source", "-dernier_import", "-pk"]
        constraints = [
            # A missing date is one value among others here: NULLs would let the same edition in twice.
            models.UniqueConstraint(
                "source",
                "version",
                Coalesce("publiee_le", date.min),
                name="version_unique_par_source",
                violation_error_message="Cette version de la source est déjà enregistrée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.nom}, {self.libelle}"

    @property
    def libelle(self) -> str:
        """« version 60 du 18/09/2025 », « export du 16/08/2026 », « version non renseignée »."""
        date = formats.date_format(self.publiee_le, "d/m/Y") if self.publiee_le else ""
        if self.version:
            return (
                f"version {self.version} du {date}"
                if date
                else f"version {self.version}, date non renseignée"
            )
        return f"export du {date}" if date else "version et date non renseignées"

    @cached_property
    def mention(self) -> str:
        """The attribution the licence asks for: producer, work, edition, licence."""
        parts = [self.source.producteur, self.source.nom, self.libelle, self.source.licence]
        return ", ".join(part for part in parts if part)


class ImportEffectue(models.Model):
    """The report of one import, kept for whoever asks later what it did."""

    version = models.ForeignKey(
        VersionReferentiel, models.CASCADE, related_name="imports", verbose_name="version"
    )
    date = models.DateTimeField("date", auto_now_add=True)
    fichier = models.CharField("fichier", max_length=255)
    bilan = models.JSONField(
        "bilan", default=dict, help_text="Par table : créés, modifiés, inchangés, retirés."
    )
    rejets = models.JSONField("rejets", default=list, help_text="Les premiers rejets : objet, clé, raison.")
    nombre_de_rejets = models.PositiveIntegerField("nombre de rejets", default=0)

    class Meta:
        verbose_name = "import effectué"
        verbose_name_plural = "imports effectués"
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.version} ({formats.date_format(self.date, 'd/m/Y H:i')})"
