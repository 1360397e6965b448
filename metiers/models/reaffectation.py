"""« Même métier ? »: the question an import leaves to the editors."""

from __future__ import annotations

from typing import Self

from django.db import models


class ReaffectationQuerySet(models.QuerySet):
    def a_trancher(self) -> Self:
        """Not answered yet."""
        return self.filter(decision="")


class Reaffectation(models.Model):
    """A fiche whose principal appellation and title both changed: perhaps given to another job.

    The official columns already follow the source. The editorial fiche waits, unshown, for an answer:
    the same job (it is shown again), another job (it stays aside for good), or moved (it goes to the fiche that now
    bears the former principal appellation).
    """

    class Decision(models.TextChoices):
        MEME_METIER = "meme", "Même métier : réafficher les textes"
        AUTRE_METIER = "autre", "Autre métier : laisser les textes de côté"
        SUIVRE = "suivre", "Les textes suivent l'ancienne appellation"

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="reaffectations", verbose_name="métier"
    )
    ancien_temoin = models.CharField("ancienne appellation principale (OGR)", max_length=10)
    ancien_libelle = models.CharField("ancien libellé", max_length=300)
    nouveau_temoin = models.CharField("nouvelle appellation principale (OGR)", max_length=10)
    nouveau_libelle = models.CharField("nouveau libellé", max_length=300)
    fiche_suivie = models.ForeignKey(
        "metiers.Metier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fiche qui porte l'ancienne appellation",
    )
    version = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="version qui a changé la fiche",
    )
    decision = models.CharField("même métier ?", max_length=10, choices=Decision, blank=True)
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True, editable=False)

    objects = ReaffectationQuerySet.as_manager()

    class Meta:
        verbose_name = "réaffectation à trancher"
        verbose_name_plural = "réaffectations à trancher"
        ordering = ["decision", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metier", "ancien_temoin", "nouveau_temoin"],
                condition=models.Q(decision=""),
                name="une_question_a_la_fois",
            )
        ]

    def __str__(self) -> str:
        return f"{self.metier.code_rome} : « {self.ancien_libelle} » → « {self.nouveau_libelle} »"
