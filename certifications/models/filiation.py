"""Which certification replaces which, both ways, whether or not the other fiche is known here."""

from __future__ import annotations

from typing import Self

from django.db import models


class FiliationQuerySet(models.QuerySet):
    def touchant(self, numeros) -> Self:
        """Every link one end of which is among `numeros`."""
        return self.filter(models.Q(ancienne__in=numeros) | models.Q(nouvelle__in=numeros))


class Filiation(models.Model):
    """`ancienne` is replaced by `nouvelle`. Numbers are text: chains point outside the file as well as inside.

    A link may be stated by either fiche, or by both; `declaree_par` are the numbers of the fiches that state it, so
    that an import withdraws only what its own fiches no longer say.
    """

    ancienne = models.CharField("ancienne", max_length=12, db_index=True)
    nouvelle = models.CharField("nouvelle", max_length=12, db_index=True)
    declaree_par = models.CharField("déclarée par", max_length=12, db_index=True)

    objects = FiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "filiation"
        ordering = ["ancienne", "nouvelle"]
        constraints = [
            models.UniqueConstraint(fields=["ancienne", "nouvelle", "declaree_par"], name="filiation_unique"),
            models.CheckConstraint(
                condition=~models.Q(ancienne=models.F("nouvelle")), name="filiation_entre_deux_fiches"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancienne} → {self.nouvelle}"
