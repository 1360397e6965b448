"""The two upper levels of the ROME: fourteen grands domaines, then domaines professionnels."""

from django.db import models

from catalogue.models import Officiel


class GrandDomaine(Officiel):
    """One of the fourteen letters A to N (ROME, `grand_domaine`)."""

    code = models.CharField("code", primary_key=True, max_length=1)
    libelle = models.CharField("libellé", max_length=200)

    class Meta:
        verbose_name = "grand domaine"
        verbose_name_plural = "grands domaines"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.libelle


class DomaineProfessionnel(Officiel):
    """A group of métiers inside a grand domaine: D14, Force de vente (ROME, `domaine_professionnel`)."""

    code = models.CharField("code", primary_key=True, max_length=3)
    libelle = models.CharField("libellé", max_length=200)
    grand_domaine = models.ForeignKey(
        GrandDomaine, models.PROTECT, related_name="domaines", verbose_name="grand domaine"
    )

    class Meta:
        verbose_name = "domaine professionnel"
        verbose_name_plural = "domaines professionnels"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.libelle
