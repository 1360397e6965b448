"""Who teaches: an organisme de formation (SIRET) or an établissement (UAI), sometimes both."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from catalogue.models import Officiel


class Organisme(Officiel):
    """Matched by SIRET or by UAI, never by name. Each is unique when it is known."""

    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^\d{14}$", "Un SIRET a 14 chiffres.")],
    )
    uai = models.CharField(
        "UAI",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{7}[A-Z]$", "Un code UAI a 7 chiffres et une lettre.")],
    )
    nom = models.CharField("nom", max_length=300)
    raison_sociale = models.CharField("raison sociale", max_length=300, blank=True)
    sigle = models.CharField("sigle", max_length=100, blank=True)
    type = models.CharField("type d'établissement", max_length=150, blank=True)
    statut = models.CharField("statut", max_length=100, blank=True, help_text="Public, privé sous contrat…")
    site_internet = models.URLField("site internet", max_length=500, blank=True)
    numero_activite = models.CharField("numéro de déclaration d'activité", max_length=11, blank=True)
    telephone = models.CharField("téléphone", max_length=40, blank=True)
    source = models.ForeignKey(
        "catalogue.Source", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="source"
    )

    class Meta:
        verbose_name = "organisme"
        ordering = ["nom", "pk"]
        indexes = [models.Index(fields=["nom"], name="organisme_par_nom")]
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="organisme_siret_unique"),
            models.UniqueConstraint(fields=["uai"], condition=~Q(uai=""), name="organisme_uai_unique"),
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return reverse("formations:organisme", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.nom)[:80].strip("-") or "organisme"
