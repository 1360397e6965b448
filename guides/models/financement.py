"""What an adviser says of money and what to ask a training centre: dated notes written by editors, never a calculation."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

MOIS_DE_CONFIANCE = 6
"""Months after which a note has to be checked again: the rules of financing change about once a year."""


def date_limite(jour: date | None = None) -> date:
    """The oldest day of checking that is still recent, `MOIS_DE_CONFIANCE` months before `jour` (today by default)."""
    jour = jour or timezone.localdate()
    mois = jour.year * 12 + jour.month - 1 - MOIS_DE_CONFIANCE
    # The 28th is in every month: a few days make no difference here.
    return date(mois // 12, mois % 12 + 1, min(jour.day, 28))


class NoteDeFinancementQuerySet(models.QuerySet):
    """The words used to speak of notes."""

    def publies(self) -> Self:
        """What visitors read, in the editors' order."""
        return self.filter(publie=True).order_by("ordre", "dispositif")

    def a_reverifier(self, jour: date | None = None) -> Self:
        """Never checked, or checked too long ago."""
        return self.filter(
            models.Q(date_verification__isnull=True) | models.Q(date_verification__lt=date_limite(jour))
        )


class NoteDeFinancement(models.Model):
    """A way to pay for a training: for whom, on what condition, what it pays. To be confirmed by an adviser, always."""

    dispositif = models.CharField("dispositif", max_length=150)
    public = models.CharField("pour qui", max_length=400)
    condition = models.TextField("à quelle condition", blank=True)
    pris_en_charge = models.TextField(
        "ce qui est pris en charge", blank=True, help_text="Sans montant, sauf certain et daté."
    )
    a_demander = models.TextField(
        "à demander", blank=True, help_text="Les questions à poser à un conseiller : une par ligne."
    )
    source = models.CharField(
        "source officielle", max_length=200, help_text="L'organisme qui fait foi : « France Travail »."
    )
    lien = models.URLField("adresse de la source", max_length=300, blank=True)
    date_verification = models.DateField(
        "vérifié le",
        null=True,
        blank=True,
        help_text=f"Le jour où vous avez relu la source. Passé {MOIS_DE_CONFIANCE} mois, la page dit que la note est à revérifier.",
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    publie = models.BooleanField("publié", default=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = NoteDeFinancementQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "note de financement"
        verbose_name_plural = "notes de financement"
        ordering = ["ordre", "dispositif"]

    def __str__(self) -> str:
        return self.dispositif

    @property
    def est_a_reverifier(self) -> bool:
        return self.date_verification is None or self.date_verification < date_limite()

    @property
    def questions(self) -> list[str]:
        return [ligne.strip() for ligne in self.a_demander.splitlines() if ligne.strip()]


class QuestionAPoserQuerySet(models.QuerySet):
    def publies(self) -> Self:
        """What visitors read, in the editors' order."""
        return self.filter(publie=True).order_by("ordre", "pk")


class QuestionAPoser(models.Model):
    """A question to ask a training centre before signing anything."""

    class Theme(models.TextChoices):
        CONTENU = "contenu", "Le contenu et le diplôme"
        ORGANISATION = "organisation", "L'organisation"
        RESULTATS = "resultats", "Les résultats"
        COUT = "cout", "Le coût"
        APRES = "apres", "L'accompagnement"

    theme = models.CharField("thème", max_length=15, choices=Theme)
    question = models.CharField("question", max_length=250)
    pourquoi = models.CharField("pourquoi la poser", max_length=300, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    publie = models.BooleanField("publié", default=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = QuestionAPoserQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "question à poser"
        verbose_name_plural = "questions à poser"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.question
