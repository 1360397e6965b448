"""Who owns a certification, and who prepares for it.

Both are told as the fiche tells them: the same organisme may bear two names, and two SIRET on one fiche. SIRET is
the only safe key, and is sometimes missing; a name alone identifies nobody (T37).
"""

from __future__ import annotations

from django.db import models


class Certificateur(models.Model):
    """CERTIFICATEUR of a fiche: the owner of the certification."""

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="certificateurs",
        verbose_name="certification",
        db_index=False,
    )
    identite = models.CharField("SIRET, ou nom quand il manque", max_length=500, editable=False)
    ordre = models.PositiveSmallIntegerField("ordre dans la fiche", default=0)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    nom = models.CharField("nom légal", max_length=500)
    nom_commercial = models.CharField("nom commercial", max_length=500, blank=True)
    site_internet = models.CharField("site internet", max_length=500, blank=True)
    etat = models.CharField("état", max_length=60, blank=True)
    date_etat = models.DateField("état modifié le", null=True, blank=True)

    class Meta:
        verbose_name = "certificateur"
        ordering = ["ordre", "pk"]
        indexes = [models.Index(fields=["siret"], name="certificateur_par_siret")]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "identite"], name="certificateur_unique_par_certification"
            )
        ]

    def __str__(self) -> str:
        return self.nom_commercial or self.nom


class Partenaire(models.Model):
    """PARTENAIRE of a fiche: allowed to train, to organise the evaluation, or both. Some fiches have hundreds."""

    class Habilitation(models.TextChoices):
        FORMER = "FORMER", "Former"
        ORGANISER = "ORGANISER", "Organiser l'évaluation"
        LES_DEUX = "ORGA_FORM", "Former et organiser l'évaluation"

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="partenaires",
        verbose_name="certification",
        db_index=False,
    )
    identite = models.CharField("SIRET, ou nom quand il manque", max_length=500, editable=False)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    nom = models.CharField("nom", max_length=500)
    habilitation = models.CharField("habilitation", max_length=10, choices=Habilitation, blank=True)
    etat_habilitation = models.CharField("état de l'habilitation", max_length=60, blank=True)
    date_actif = models.DateField("actif depuis le", null=True, blank=True)
    date_etat = models.DateField("état modifié le", null=True, blank=True)

    class Meta:
        verbose_name = "partenaire"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "identite"], name="partenaire_unique_par_certification"
            ),
        ]

    def __str__(self) -> str:
        return self.nom
