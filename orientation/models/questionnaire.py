"""The questions of « En moins de cinq minutes », as editors write them. No answer is ever stored."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from simple_history.models import HistoricalRecords

from orientation.questionnaire.criteres import A_PLUSIEURS, AIDE_DES_VALEURS, Critere, faute, lire_valeurs

QUESTIONS_AU_PLUS = 12
RESERVES = frozenset({"resultats", "distance"})
_CLE = RegexValidator(r"^[a-z][a-z0-9-]*\Z", "Des lettres minuscules sans accents, des chiffres, des tirets.")


class QuestionQuerySet(models.QuerySet["Question"]):
    def get_by_natural_key(self, cle: str) -> Question:
        return self.get(cle=cle)

    def publiees(self) -> Self:
        """What visitors are asked, with the options, in order; twelve at most. Two queries."""
        options = Prefetch("options", OptionDeQuestion.objects.filter(publiee=True))
        return self.filter(publiee=True).prefetch_related(options)[:QUESTIONS_AU_PLUS]


class Question(models.Model):
    """A page of the questionnaire. `cle` names it in addresses: changing it breaks the addresses people kept."""

    cle = models.CharField(
        "nom dans l'adresse",
        max_length=20,
        unique=True,
        validators=[_CLE],
        help_text="Ne le changez plus ensuite : les adresses gardées par les visiteurs l'emploient.",
    )
    critere = models.CharField("critère", max_length=12, choices=Critere)
    intitule = models.CharField("question", max_length=200)
    aide = models.TextField("aide", blank=True, help_text="Une ou deux phrases simples, sous la question.")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    publiee = models.BooleanField("publiée", default=True)

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "question"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["critere"],
                condition=Q(publiee=True) & ~Q(critere__in=sorted(A_PLUSIEURS)),
                name="une_question_publiee_par_critere_simple",
                violation_error_message="Une autre question publiée porte déjà sur ce critère.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule

    def natural_key(self) -> tuple[str]:
        return (self.cle,)

    def clean(self) -> None:
        if self.cle in RESERVES:
            raise ValidationError({"cle": "Ce nom est pris par une autre page."})
        if self.publiee:
            autres = type(self).objects.filter(publiee=True).exclude(pk=self.pk).count()
            if autres >= QUESTIONS_AU_PLUS:
                raise ValidationError(
                    {"publiee": "Douze questions sont déjà publiées : retirez-en une d'abord."}
                )

    @property
    def a_plusieurs_reponses(self) -> bool:
        return self.critere in A_PLUSIEURS

    @property
    def est_de_lieu(self) -> bool:
        return self.critere == Critere.LIEU


class OptionDeQuestionQuerySet(models.QuerySet["OptionDeQuestion"]):
    def get_by_natural_key(self, question: str, cle: str) -> OptionDeQuestion:
        return self.get(question__cle=question, cle=cle)


class OptionDeQuestion(models.Model):
    """A possible answer: words for people, codes for the criterion."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name="question")
    cle = models.CharField("nom dans l'adresse", max_length=20, validators=[_CLE])
    libelle = models.CharField("réponse", max_length=150)
    aide = models.CharField("précision", max_length=200, blank=True)
    valeurs = models.CharField("valeurs", max_length=300, help_text=AIDE_DES_VALEURS)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    publiee = models.BooleanField("publiée", default=True)

    objects = OptionDeQuestionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "réponse possible"
        verbose_name_plural = "réponses possibles"
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "cle"],
                name="reponse_unique_par_question",
                violation_error_message="Cette question a déjà une réponse de ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    def natural_key(self) -> tuple[str, str]:
        return (self.question.cle, self.cle)

    natural_key.dependencies = ["orientation.question"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if (
            self.question_id
            and self.question.critere
            and (message := faute(self.question.critere, self.valeurs))
        ):
            raise ValidationError({"valeurs": message})

    @property
    def codes(self) -> tuple[str, ...]:
        return lire_valeurs(self.valeurs)
