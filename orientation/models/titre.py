"""Skills as they can be found by their words, and how many métiers ask for each."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q


class TitreDItemQuerySet(models.QuerySet["TitreDItem"]):
    def nommant(self, mots: list[str]) -> Self:
        """Whose label has a word that begins with each of these, made comparable by `catalogue.recherche.mots`."""
        condition = Q()
        for mot in mots:
            condition &= Q(mots__contains=f" {mot}")
        return self.filter(condition)


class TitreDItem(models.Model):
    """The label of a compétence or of a savoir that a métier in force asks for.

    Written by `orientation.competences.titres` only, after each import of the ROME. The table holds some 29,000 short
    rows: reading all of them takes a few milliseconds on both databases, so that no full-text index is needed, and the
    search of the portal keeps a vocabulary of its own.
    """

    code = models.CharField("code OGR", primary_key=True, max_length=10)
    nature = models.CharField("nature", max_length=10)
    """« competence » or « savoir », as in `orientation.items`."""
    famille = models.CharField("famille", max_length=12)
    libelle = models.CharField("libellé", max_length=500)
    mots = models.CharField(
        "mots", max_length=600, help_text="Mots comparables, chacun précédé d'une espace."
    )
    nb_mots = models.PositiveSmallIntegerField("nombre de mots")
    nb_metiers = models.PositiveSmallIntegerField("métiers qui le demandent")

    objects = TitreDItemQuerySet.as_manager()

    class Meta:
        verbose_name = "titre de compétence"
        verbose_name_plural = "titres de compétences"
        ordering = ["libelle", "code"]

    def __str__(self) -> str:
        return self.libelle
