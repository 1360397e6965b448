"""What is kept of the index of the sessions: see `formations.index`."""

from __future__ import annotations

from django.db import models


class ColonneIndexee(models.Model):
    """A column of the index, made by the import that last changed the offer; derived, and never edited.

    `marque` is that of the offer it was made from; the row named « offre » bears the mark of the offer as it is now. An
    index with another mark is not read.
    """

    nom = models.CharField(primary_key=True, max_length=30)
    marque = models.CharField(max_length=32)
    contenu = models.BinaryField()

    class Meta:
        verbose_name = "colonne de l'index de l'offre"
        verbose_name_plural = "colonnes de l'index de l'offre"

    def __str__(self) -> str:
        return self.nom
