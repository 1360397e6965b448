"""Blocs de compétences: the parts of a certification that one can earn and keep."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from catalogue.models import Officiel
from catalogue.texte import elements_de_liste


class BlocDeCompetences(Officiel):
    """BLOC_COMPETENCES of a RNCP fiche. The key is (fiche, code): a code alone proves nothing."""

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="blocs",
        verbose_name="certification",
        db_index=False,
    )
    code = models.CharField("code", max_length=40)
    libelle = models.CharField("intitulé", max_length=1000)
    liste_competences = models.TextField("liste de compétences", blank=True)
    modalites_evaluation = models.TextField("modalités d'évaluation", blank=True)
    prerequis_entree_formation = models.TextField("prérequis à l'entrée en formation", blank=True)
    prerequis_validation = models.TextField("prérequis à la validation", blank=True)

    class Meta:
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        ordering = ["certification", "code"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "code"], name="bloc_unique_par_fiche")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.libelle}"

    def get_absolute_url(self) -> str:
        return reverse("certifications:bloc", args=[self.certification_id, self.code])

    @property
    def competences(self) -> list[str]:
        """The skills, one by one, as far as the flattened text lets them be told apart (a heuristic)."""
        return elements_de_liste(self.liste_competences)


class Correspondance(models.Model):
    """One pair of a CORRESPONDANCE: what earning a bloc (or the whole) is worth in another certification.

    The pairs of one `groupe` hold together only: these blocs, together, are worth those.
    """

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="correspondances",
        verbose_name="certification",
        db_index=False,
    )
    groupe = models.PositiveSmallIntegerField("rang de la correspondance", default=1)
    bloc_source = models.CharField("bloc", max_length=40, blank=True)
    numero_destination = models.CharField("certification de destination", max_length=12, db_index=True)
    bloc_destination = models.CharField("bloc de destination", max_length=40, blank=True)

    class Meta:
        verbose_name = "correspondance"
        ordering = ["groupe", "bloc_source", "numero_destination", "bloc_destination"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "groupe", "bloc_source", "numero_destination", "bloc_destination"],
                name="correspondance_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bloc_source or self.certification_id} → {self.bloc_destination or self.numero_destination}"
