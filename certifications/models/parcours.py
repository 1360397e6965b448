"""How one obtains a certification, what became of those who did, and what made it official."""

from __future__ import annotations

from django.db import models


class VoieDAccesCertification(models.Model):
    """SI_JURY_*: a way to the certification, open or not, with its jury."""

    class Voie(models.TextChoices):
        FORMATION_INITIALE = "FI", "Formation initiale (élève ou étudiant)"
        APPRENTISSAGE = "CA", "Contrat d'apprentissage"
        FORMATION_CONTINUE = "FC", "Formation continue"
        PROFESSIONNALISATION = "CQ", "Contrat de professionnalisation"
        CANDIDATURE = "CL", "Candidature individuelle"
        VAE = "VAE", "Expérience (VAE)"

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="voies",
        verbose_name="certification",
        db_index=False,
    )
    voie = models.CharField("voie", max_length=3, choices=Voie)
    ouverte = models.BooleanField("ouverte", null=True, blank=True)
    composition_jury = models.TextField("composition du jury", blank=True)
    modifiee_le = models.DateField("modifiée le", null=True, blank=True)

    class Meta:
        verbose_name = "voie d'accès"
        verbose_name_plural = "voies d'accès"
        constraints = [
            models.UniqueConstraint(fields=["certification", "voie"], name="voie_unique_par_fiche")
        ]

    def __str__(self) -> str:
        return f"{self.certification_id} : {self.get_voie_display()}"


class StatistiquePromotion(models.Model):
    """A year's results. Rates are percentages; an unknown one is null, a zero is a real zero (T10)."""

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="statistiques",
        verbose_name="certification",
        db_index=False,
    )
    annee = models.PositiveSmallIntegerField("année")
    certifies = models.PositiveIntegerField("certifiés", null=True, blank=True)
    certifies_vae = models.PositiveIntegerField("dont par VAE", null=True, blank=True)
    taux_insertion_6_mois = models.DecimalField(
        "insertion globale à 6 mois (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    taux_metier_6_mois = models.DecimalField(
        "insertion dans le métier visé à 6 mois (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    taux_metier_2_ans = models.DecimalField(
        "insertion dans le métier visé à 2 ans (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "statistique de promotion"
        verbose_name_plural = "statistiques de promotion"
        ordering = ["-annee"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "annee"], name="statistique_unique_par_annee"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{champ}__isnull": True})
                    | models.Q(**{f"{champ}__range": (0, 100)}),
                    name=f"{champ}_en_pourcent",
                )
                for champ in ("taux_insertion_6_mois", "taux_metier_6_mois", "taux_metier_2_ans")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification_id}, {self.annee}"


class PublicationOfficielle(models.Model):
    """PUBLICATION_DECRET_*: a text of the Journal officiel."""

    class Nature(models.TextChoices):
        GENERAL = "general", "Référence au Journal officiel (décret général)"
        CREATION = "creation", "Décret de création du diplôme"
        AUTRE = "autre", "Autre texte"

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="publications",
        verbose_name="certification",
        db_index=False,
    )
    nature = models.CharField("nature", max_length=10, choices=Nature)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.TextField("titre", blank=True)
    date_jo = models.DateField("Journal officiel du", null=True, blank=True)

    class Meta:
        verbose_name = "publication officielle"
        verbose_name_plural = "publications officielles"
        ordering = ["nature", "ordre"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "nature", "ordre"], name="publication_unique")
        ]

    def __str__(self) -> str:
        return self.titre
