"""Which bloc de compétences seems to cover a skill of the ROME: suggestions, which editors confirm or refuse."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Q, Value, When


class CouvertureDeBlocQuerySet(models.QuerySet):
    """The words used to speak of coverage."""

    def affichables(self) -> Self:
        """Not refused, of a bloc still in force."""
        return self.exclude(statut=CouvertureDeBloc.Statut.REFUSE).filter(
            bloc__retire_le__isnull=True, bloc__certification__retire_le__isnull=True
        )

    def confirmees_dabord(self) -> Self:
        return self.annotate(
            rang=Case(When(statut=CouvertureDeBloc.Statut.CONFIRME, then=Value(0)), default=Value(1))
        ).order_by("rang", models.F("score").desc(nulls_last=True), "pk")


class CouvertureDeBloc(models.Model):
    """A bloc whose text resembles a compétence or a savoir: a likeness of words, never an equivalence.

    Imports write and erase suggestions only (`orientation.calculs`); what an editor confirmed or refused stays.
    `score` is the share, by weight, of the words of the skill that `phrase`, a skill of the bloc, holds too;
    it is null when an editor made the link by hand.
    """

    class Statut(models.TextChoices):
        SUGGERE = "suggere", "Suggérée"
        CONFIRME = "confirme", "Confirmée par la rédaction"
        REFUSE = "refuse", "Refusée"

    bloc = models.ForeignKey(
        "certifications.BlocDeCompetences", models.CASCADE, related_name="couvertures", verbose_name="bloc"
    )
    competence = models.ForeignKey(
        "metiers.Competence",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="couvertures",
        verbose_name="compétence",
        db_index=False,
    )
    savoir = models.ForeignKey(
        "metiers.Savoir",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="couvertures",
        verbose_name="savoir",
        db_index=False,
    )
    statut = models.CharField("statut", max_length=10, choices=Statut, default=Statut.SUGGERE)
    score = models.DecimalField(
        "ressemblance", max_digits=4, decimal_places=3, null=True, blank=True, help_text="De 0 à 1."
    )
    mots = models.JSONField("mots en commun", default=list, blank=True)
    phrase = models.TextField("compétence du bloc", blank=True)

    objects = CouvertureDeBlocQuerySet.as_manager()

    class Meta:
        verbose_name = "couverture d'une compétence par un bloc"
        verbose_name_plural = "couvertures de compétences par des blocs"
        ordering = ["bloc", "-score", "pk"]
        indexes = [
            models.Index(fields=["competence"], name="couverture_par_competence"),
            models.Index(fields=["savoir"], name="couverture_par_savoir"),
            models.Index(fields=["statut"], name="couverture_par_statut"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(competence__isnull=False, savoir__isnull=True)
                | Q(competence__isnull=True, savoir__isnull=False),
                name="couverture_d_un_seul_item",
                violation_error_message="Choisissez une compétence ou un savoir, l'un ou l'autre.",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 1)), name="couverture_score_de_0_a_1"
            ),
            models.UniqueConstraint(
                fields=["bloc", "competence"],
                condition=Q(competence__isnull=False),
                name="couverture_competence_unique",
                violation_error_message="Ce bloc est déjà rapproché de cette compétence.",
            ),
            models.UniqueConstraint(
                fields=["bloc", "savoir"],
                condition=Q(savoir__isnull=False),
                name="couverture_savoir_unique",
                violation_error_message="Ce bloc est déjà rapproché de ce savoir.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bloc} : {self.item}"

    @property
    def item(self) -> Any:
        """The Competence or the Savoir."""
        return self.competence if self.competence_id else self.savoir

    @property
    def cle(self) -> tuple[str, str]:
        """The key of the item in `orientation.items`."""
        return ("competence", self.competence_id) if self.competence_id else ("savoir", self.savoir_id or "")

    @property
    def est_confirmee(self) -> bool:
        return self.statut == self.Statut.CONFIRME


class PoidsDeMot(models.Model):
    """How much a word says of a skill: the rarer among the labels of the ROME, the heavier.

    Words are as `catalogue.recherche.mots` makes them comparable.
    """

    mot = models.CharField("mot", primary_key=True, max_length=80)
    poids = models.FloatField("poids")

    class Meta:
        verbose_name = "poids d'un mot"
        verbose_name_plural = "poids des mots"

    def __str__(self) -> str:
        return self.mot
