"""Figures that a dossier reports, with who is said to have measured them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from catalogue.models import Chiffre


class ChiffreDuDossier(Chiffre):
    """A claim of the source: `selon` names the study it invokes, empty when it names none.

    `source` is where the editors read the figure. Two figures of the same `sujet` are shown side by side, never averaged
    (call-centre staff: 350 000 in an article, 27 300 in another).
    """

    dossier = models.ForeignKey(
        "guides.Dossier", models.CASCADE, related_name="chiffres", verbose_name="dossier"
    )
    role = models.ForeignKey(
        "guides.Role",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="chiffres",
        verbose_name="rôle",
        help_text="Si le chiffre parle d'un seul rôle.",
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    sujet = models.CharField(
        "ce qui est compté", max_length=200, help_text="Deux chiffres du même sujet s'affichent côte à côte."
    )
    precision = models.CharField("précision", max_length=300, blank=True)
    selon = models.CharField(
        "selon", max_length=200, blank=True, help_text="L'étude citée. Vide : « source non précisée »."
    )

    class Meta(Chiffre.Meta):
        verbose_name = "chiffre"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.sujet} : {self.en_clair}"

    def clean(self) -> None:
        if self.role and self.role.famille.dossier_id != self.dossier_id:
            raise ValidationError({"role": "Ce rôle appartient à un autre dossier."})

    @property
    def origine(self) -> str:
        """« selon « Observatoire 2024 » », else the producer where the figure was read, else the words for none."""
        if self.selon:
            return f"selon « {self.selon} »"
        return f"selon {self.source.producteur}" if self.source.producteur else "source non précisée"
