"""What Onisep says around its formations, kept as it says it: ODbL data, in tables of their own."""

from __future__ import annotations

from django.db import models

from catalogue.models import Officiel
from catalogue.niveaux import CHOIX as NIVEAUX


class MetierCite(models.Model):
    """A métier that the fiche of a formation names, by its MET identifier: kept even when that fiche is not loaded."""

    formation = models.ForeignKey(
        "formations.Formation", models.CASCADE, related_name="metiers_cites", verbose_name="formation"
    )
    identifiant = models.CharField("identifiant MET", max_length=20, db_index=True)

    class Meta:
        verbose_name = "métier cité par l'Onisep"
        verbose_name_plural = "métiers cités par l'Onisep"
        ordering = ["formation", "identifiant"]
        constraints = [
            models.UniqueConstraint(fields=["formation", "identifiant"], name="metier_cite_unique")
        ]

    def __str__(self) -> str:
        return f"{self.formation_id} → {self.identifiant}"


class Passage(Officiel):
    """A row of the « table de passage »: a CertifInfo number, the RNCP fiche and the formation (FOR) it stands for.

    Several numbers may lead to one formation or to one fiche; either may be missing.
    """

    code_certifinfo = models.CharField("code CertifInfo", primary_key=True, max_length=20)
    numero_certification = models.CharField("numéro RNCP", max_length=12, blank=True, db_index=True)
    identifiant_formation = models.CharField("identifiant FOR", max_length=20, blank=True, db_index=True)
    intitule = models.CharField("intitulé", max_length=400, blank=True)
    type_diplome = models.CharField("type de diplôme", max_length=150, blank=True)
    niveau = models.PositiveSmallIntegerField("niveau", null=True, blank=True, choices=NIVEAUX)
    code_scolarite = models.CharField("code scolarité", max_length=20, blank=True)
    certifiante = models.BooleanField("certifiante", null=True, blank=True)
    statut = models.CharField(
        "statut", max_length=60, blank=True, help_text="Depuis l'édition précédente de la table."
    )

    class Meta:
        verbose_name = "correspondance CertifInfo"
        verbose_name_plural = "correspondances CertifInfo"
        ordering = ["code_certifinfo"]

    def __str__(self) -> str:
        return f"{self.code_certifinfo} → {self.numero_certification or '?'}, {self.identifiant_formation or '?'}"
