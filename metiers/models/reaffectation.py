"""« Même métier ? »: the question an import leaves to the editors."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import update_change_reason

from catalogue.models import VersionCatalogue
from metiers.models.editorial import FicheEditoriale
from metiers.models.metier import Metier


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

    def textes(self) -> FicheEditoriale | None:
        """The editorial fiche the question is about, as long as it still waits."""
        return self.metier.fiches_editoriales.filter(ecrit_pour=self.ancien_temoin).first()

    def destination(self, decision: str) -> Metier | None:
        """The métier whose identity the texts take with this answer; None when they stay aside."""
        if decision == self.Decision.MEME_METIER:
            return self.metier
        return self.fiche_suivie if decision == self.Decision.SUIVRE else None

    def verifier(self, decision: str) -> None:
        """Raise `ValidationError`, one sentence in French, when this answer cannot be applied."""
        if decision not in self.Decision.values:
            raise ValidationError("Choisissez une des réponses proposées.")
        if self.decision not in ("", self.Decision.AUTRE_METIER, decision):
            raise ValidationError(f"La question a déjà reçu une réponse : « {self.get_decision_display()} ».")
        if decision in (self.decision, self.Decision.AUTRE_METIER):
            return
        destination = self.destination(decision)
        if destination is None:
            raise ValidationError(
                "Aucune fiche ne porte l'ancienne appellation : les textes ne peuvent pas la suivre."
            )
        if destination.est_retire:
            raise ValidationError(
                f"La fiche {destination} est retirée : les textes n'y seraient pas affichés."
            )
        textes = self.textes()
        if textes is None:
            raise ValidationError(
                f"Les textes écrits pour « {self.ancien_libelle} » n'attendent plus de réponse."
            )
        presents = destination.fiches_editoriales.filter(ecrit_pour=destination.temoin).exclude(pk=textes.pk)
        if presents.exists():
            raise ValidationError(f"La fiche {destination} a déjà des textes de la rédaction.")

    @transaction.atomic
    def trancher(self, decision: str) -> None:
        """Apply an editor's answer, a `Decision`; giving the same answer again changes nothing.

        « Autre métier » moves nothing, so it may be reconsidered; the two others are final. Raises `ValidationError`
        as `verifier` does, and then nothing is written.
        """
        # The row is locked and read again: two editors may answer at the same time.
        question = type(self).objects.select_for_update().get(pk=self.pk)
        question.verifier(decision)
        if decision != question.decision:
            destination, textes = question.destination(decision), question.textes()
            if destination is not None and textes is not None:
                _rendre(textes, destination, raison=f"Réponse à « même métier ? » : {question}")
            question.decision = decision
            question.decidee_le = timezone.now()
            question.save(update_fields=["decision", "decidee_le"])
        self.decision, self.decidee_le = question.decision, question.decidee_le


def _rendre(textes: FicheEditoriale, destination: Metier, raison: str) -> None:
    """Tie the texts to the job `destination` is today, so that they are shown there."""
    quittee = textes.metier_id
    textes.metier = destination
    textes.ecrit_pour = destination.temoin
    textes.ecrit_pour_libelle = destination.libelle
    textes.save()
    update_change_reason(textes, raison[:100])
    Metier.objects.filter(pk__in=[quittee, destination.pk]).recalculer_acces()
    VersionCatalogue.avancer()
