"""The métiers near another one, with the reasons."""

from __future__ import annotations

from typing import Self

from django.db import models


class ProximiteQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        """Those still published, the nearest first, with what their card shows."""
        return (
            self.filter(proche__retire_le__isnull=True)
            .select_related("proche__domaine__grand_domaine")
            .order_by("rang", "pk")
        )


class Proximite(models.Model):
    """`proche` is one of the métiers nearest to `metier`: directed, since mobilités are.

    Written by `orientation.calculs` only. `score` goes from 0 to 1 (see `orientation.proximite`); `raisons` are
    `{"genre": "mobilite" | "famille" | "competences" | "onisep", "phrase": …}`, the strongest first.
    """

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="proximites", verbose_name="métier"
    )
    proche = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="proximites_entrantes", verbose_name="métier proche"
    )
    rang = models.PositiveSmallIntegerField("rang", help_text="1 : le plus proche.")
    score = models.DecimalField("score", max_digits=4, decimal_places=3, help_text="De 0 à 1.")
    communes = models.PositiveSmallIntegerField("compétences et savoirs en commun")
    raisons = models.JSONField("raisons", default=list)

    objects = ProximiteQuerySet.as_manager()

    class Meta:
        verbose_name = "métier proche"
        verbose_name_plural = "métiers proches"
        ordering = ["metier", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["metier", "proche"], name="proximite_unique"),
            models.CheckConstraint(
                condition=~models.Q(metier=models.F("proche")), name="proximite_avec_un_autre_metier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metier} → {self.proche}"

    @property
    def raison(self) -> str:
        """Why, in one line: « mobilité proposée par le ROME ; 12 compétences et savoirs en commun »."""
        phrase = " ; ".join(raison["phrase"] for raison in self.raisons)
        return phrase[:1].upper() + phrase[1:]
