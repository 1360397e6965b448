"""Onisep's fiches métiers: ODbL data, in tables of their own, linked many-to-many to the ROME."""

from __future__ import annotations

from django.db import models

from catalogue.models import Officiel
from catalogue.niveaux import CHOIX as NIVEAUX


class FicheOnisep(Officiel):
    """A fiche métier of Onisep (Idéo): identity is the identifier, the name changes (T6)."""

    identifiant = models.CharField("identifiant", primary_key=True, max_length=20)
    nom = models.CharField("nom", max_length=300)
    libelle_feminin = models.CharField("libellé féminin", max_length=300, blank=True)
    libelle_masculin = models.CharField("libellé masculin", max_length=300, blank=True)
    accroche = models.TextField("accroche", blank=True)
    format_court = models.TextField("en bref", blank=True)
    duree_etudes = models.TextField("durée des études", blank=True)
    nature_travail = models.TextField("nature du travail", blank=True)
    competences = models.TextField("compétences requises", blank=True)
    condition_travail = models.TextField("conditions de travail", blank=True)
    vie_professionnelle = models.TextField("vie professionnelle", blank=True)
    acces_metier = models.TextField("accès au métier", blank=True)
    niveau_acces_libelle = models.CharField("niveau d'accès minimum", max_length=100, blank=True)
    niveau_acces = models.PositiveSmallIntegerField("niveau", null=True, blank=True, choices=NIVEAUX)
    statuts = models.JSONField("statuts possibles", default=list, blank=True)
    centres_interet = models.JSONField("centres d'intérêt", default=list, blank=True)
    secteurs = models.JSONField("secteurs", default=list, blank=True)
    metiers_associes = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name="métiers associés"
    )
    url = models.URLField("adresse", blank=True)
    # Editorial.
    note = models.TextField(
        "note de la rédaction", blank=True, help_text="Affichée au-dessus du texte : droit dépassé, nuance."
    )

    class Meta:
        verbose_name = "fiche Onisep"
        verbose_name_plural = "fiches Onisep"
        ordering = ["nom"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.identifiant})"


class AppellationOnisep(models.Model):
    fiche = models.ForeignKey(FicheOnisep, models.CASCADE, related_name="synonymes", verbose_name="fiche")
    nom = models.CharField("nom", max_length=300)
    libelle_feminin = models.CharField("libellé féminin", max_length=300, blank=True)
    libelle_masculin = models.CharField("libellé masculin", max_length=300, blank=True)

    class Meta:
        verbose_name = "appellation Onisep"
        verbose_name_plural = "appellations Onisep"
        ordering = ["nom"]
        constraints = [models.UniqueConstraint(fields=["fiche", "nom"], name="appellation_onisep_unique")]

    def __str__(self) -> str:
        return self.nom


class LienOnisepRome(models.Model):
    """The ROME code an Onisep fiche cites (V3 era); kept even when the code is unknown or withdrawn."""

    fiche = models.ForeignKey(FicheOnisep, models.CASCADE, related_name="liens_rome", verbose_name="fiche")
    code_rome = models.CharField("code ROME cité", max_length=5)
    metier = models.ForeignKey(
        "metiers.Metier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="liens_onisep",
        verbose_name="métier",
    )

    class Meta:
        verbose_name = "lien Onisep vers ROME"
        verbose_name_plural = "liens Onisep vers ROME"
        constraints = [models.UniqueConstraint(fields=["fiche", "code_rome"], name="lien_onisep_rome_unique")]

    def __str__(self) -> str:
        return f"{self.fiche_id} → {self.code_rome}"


class FormationRequiseOnisep(models.Model):
    """A formation that Onisep names for the métier, by its FOR identifier."""

    fiche = models.ForeignKey(
        FicheOnisep, models.CASCADE, related_name="formations_requises", verbose_name="fiche"
    )
    identifiant = models.CharField("identifiant FOR", max_length=20, db_index=True)
    libelle = models.CharField("libellé", max_length=400)

    class Meta:
        verbose_name = "formation requise selon l'Onisep"
        verbose_name_plural = "formations requises selon l'Onisep"
        ordering = ["libelle"]
        constraints = [
            models.UniqueConstraint(fields=["fiche", "identifiant"], name="formation_requise_onisep_unique")
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({self.identifiant})"
