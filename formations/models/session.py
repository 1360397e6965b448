"""A session: a formation given by an organisme, at a place, at a time, at a price."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class SessionQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        """With what a line shows: when, where, by whom; dated ones first, in order."""
        return self.select_related(
            "formation", "organisme", "lieu__commune__epci", "lieu__departement__region", "source"
        ).order_by(F("debut").asc(nulls_last=True), "lieu__ville", "pk")


class Session(models.Model):
    """Known by its identifier in its source. Unknown dates, prices and durations are null, never 0.

    `source` and `identifiant` are those of the source that writes its columns; every source that gives the session,
    this one included, has a `Provenance`.
    """

    class Voie(models.TextChoices):
        SCOLAIRE = "scolaire", "Voie scolaire"
        APPRENTISSAGE = "apprentissage", "Apprentissage"
        PROFESSIONNALISATION = "professionnalisation", "Contrat de professionnalisation"
        CONTINUE = "continue", "Formation continue"
        VAE = "vae", "VAE"

    class Modalite(models.TextChoices):
        PRESENTIEL = "presentiel", "En présentiel"
        MIXTE = "mixte", "Mixte"
        DISTANCE = "distance", "À distance"

    class Recrutement(models.TextChoices):
        OUVERT = "ouvert", "Inscriptions ouvertes"
        FERME = "ferme", "Inscriptions fermées"
        SUSPENDU = "suspendu", "Inscriptions suspendues"

    identifiant = models.CharField("identifiant dans la source", max_length=120)
    source = models.ForeignKey(
        "catalogue.Source", models.PROTECT, related_name="+", verbose_name="source", db_index=False
    )
    formation = models.ForeignKey(
        "formations.Formation",
        models.CASCADE,
        related_name="sessions",
        verbose_name="formation",
        db_index=False,
    )
    organisme = models.ForeignKey(
        "formations.Organisme", models.CASCADE, related_name="sessions", verbose_name="organisme"
    )
    lieu = models.ForeignKey(
        "formations.Lieu",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="lieu",
    )
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    entrees_permanentes = models.BooleanField("entrées et sorties permanentes", null=True, blank=True)
    voie = models.CharField("voie", max_length=25, choices=Voie, blank=True)
    modalite = models.CharField("modalité", max_length=15, choices=Modalite, blank=True)
    duree_heures = models.PositiveIntegerField("durée (heures)", null=True, blank=True)
    duree = models.CharField("durée", max_length=100, blank=True)
    prix = models.DecimalField("prix TTC (€)", max_digits=9, decimal_places=2, null=True, blank=True)
    prix_note = models.CharField("prix en toutes lettres", max_length=300, blank=True)
    places = models.PositiveIntegerField("places", null=True, blank=True)
    eligible_cpf = models.BooleanField("éligible au CPF", null=True, blank=True)
    url = models.URLField("adresse", max_length=500, blank=True)
    etat_recrutement = models.CharField("inscriptions", max_length=10, choices=Recrutement, blank=True)
    rythme = models.CharField("rythme", max_length=300, blank=True)
    alternance = models.TextField("modalités de l'alternance", blank=True)
    conditions = models.TextField("conditions spécifiques", blank=True)
    publics_vises = models.JSONField("publics visés (formacodes)", default=list, blank=True)
    prise_en_charge = models.BooleanField("prise en charge des frais possible", null=True, blank=True)
    inscription = models.CharField("adresse d'inscription", max_length=500, blank=True)
    # Mon Compte Formation counts sessions without saying which: one line stands for several.
    sessions_regroupees = models.PositiveIntegerField("sessions regroupées", null=True, blank=True)

    # Said of a session by `formations.fiche`, around a commune.
    distance_km: float | None

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["formation", F("debut").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["formation", "debut"], name="session_par_date")]
        constraints = [
            models.UniqueConstraint(fields=["source", "identifiant"], name="session_unique_par_source"),
            models.CheckConstraint(
                condition=Q(debut__isnull=True) | Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="session_finit_apres_son_debut",
                violation_error_message="La session finit avant de commencer.",
            ),
            models.CheckConstraint(condition=Q(prix__isnull=True) | Q(prix__gte=0), name="prix_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.formation_id}, {self.organisme_id}, {self.debut or 'date non renseignée'}"

    def get_absolute_url(self) -> str:
        return reverse("formations:session", args=[self.formation_id, self.pk])
