"""The métiers a certification leads to, as its fiche cites them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch

from metiers.models import Metier


class DeboucheQuerySet(models.QuerySet["Debouche"]):
    def for_certification(self) -> Self:
        """With the métier and the métiers that inherit the link through their parent code."""
        return self.select_related("metier__domaine__grand_domaine").prefetch_related(
            Prefetch("metier__enfants", Metier.objects.publies().order_by("libelle"))
        )

    def menant_a(self, metier: Metier) -> list[Debouche]:
        """The links to certifications that lead to this métier, active ones first, then by title.

        A fiche created since a certification was written is reached through its parent code: such a link bears
        `herite`, the parent; a certification that cites both codes is not inherited.
        """
        liens = self.filter(
            metier__in=[metier.pk, metier.parent_id or metier.pk], certification__retire_le__isnull=True
        ).select_related("certification")
        retenus: dict[str, Debouche] = {}
        for lien in liens:
            lien.herite = metier.parent if lien.metier_id != metier.pk else None
            if lien.certification_id not in retenus or lien.herite is None:
                retenus[lien.certification_id] = lien
        return sorted(
            retenus.values(),
            key=lambda lien: (
                lien.certification.etat().rang,
                lien.certification.intitule,
                lien.certification_id,
            ),
        )

    def inconnus(self) -> Self:
        """Citing a code that designates no fiche in force: unknown, truncated or withdrawn."""
        return self.filter(metier__isnull=True)

    def rattacher(self) -> int:
        """Attach each link to the fiche in force that bears its code, else to the one that bore it.

        Run after each import of either référentiel; returns the number of links changed. RNCP fiches cite the codes
        of ROME V3 years after: `libelle_source` keeps the label they give, a shared code proves no shared meaning.
        """
        metiers = metiers_par_code()
        changes = 0
        # A few thousand codes for a hundred thousand links.
        for code, attache in list(self.order_by().values_list("code_rome", "metier_id").distinct()):
            if metiers.get(code) != attache:
                changes += self.filter(code_rome=code, metier=attache).update(metier=metiers.get(code))
        return changes


def metiers_par_code() -> dict[str, Any]:
    """The key of the fiche in force that each code designates: the one that bears it, else the one that bore it."""
    from metiers.models import AncienCode

    anciens = AncienCode.objects.filter(metier__retire_le__isnull=True).order_by("pk")
    return {
        **dict(anciens.values_list("code_rome", "metier")),
        **dict(Metier.objects.publies().values_list("code_rome", "pk")),
    }


class Debouche(models.Model):
    """ROME of a fiche: a code as text, the label it had then, and the métier when the code is known."""

    certification = models.ForeignKey(
        "certifications.Certification",
        models.CASCADE,
        related_name="debouches",
        verbose_name="certification",
        db_index=False,
    )
    code_rome = models.CharField("code ROME cité", max_length=5)
    libelle_source = models.CharField("libellé dans la fiche", max_length=300, blank=True)
    metier = models.ForeignKey(
        "metiers.Metier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="debouches",
        verbose_name="métier",
    )

    herite: Metier | None = None
    """Set by `menant_a`: the parent métier through which the certification is reached."""

    objects = DeboucheQuerySet.as_manager()

    class Meta:
        verbose_name = "débouché"
        ordering = ["code_rome"]
        indexes = [models.Index(fields=["code_rome"], name="debouche_par_code")]
        constraints = [models.UniqueConstraint(fields=["certification", "code_rome"], name="debouche_unique")]

    def __str__(self) -> str:
        return f"{self.certification_id} → {self.code_rome}"
