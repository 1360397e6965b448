"""The titles under which a métier is known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from catalogue.models import Officiel
from metiers.appellations import Formes, formes


class Appellation(Officiel):
    """A title of the ROME (`referentiel_appellation`), with its long and short labels.

    Flags have three states; the empty one is by far the commonest and means « voir la fiche ou non renseigné ».
    `code_rome_parent` may differ from the parent of the fiche (404 rows in version 60): kept as the source's word.
    """

    code_ogr = models.CharField("code OGR", primary_key=True, max_length=10)
    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="appellations", verbose_name="métier"
    )
    libelle = models.CharField("libellé", max_length=300)
    libelle_court = models.CharField("libellé court", max_length=300, blank=True)
    masculin = models.CharField("forme masculine", max_length=300)
    feminin = models.CharField("forme féminine", max_length=300)
    principale = models.BooleanField("principale", default=False)
    peu_usitee = models.BooleanField("peu usitée", null=True)
    transition_ecologique = models.CharField("transition écologique", max_length=100, blank=True)
    transition_numerique = models.BooleanField("transition numérique", null=True)
    transition_demographique = models.BooleanField("transition démographique", null=True)
    emploi_reglemente = models.BooleanField("emploi réglementé", null=True)
    emploi_cadre = models.BooleanField("emploi cadre", null=True)
    code_rome_parent = models.CharField("code ROME parent", max_length=5, blank=True)

    class Meta:
        verbose_name = "appellation"
        ordering = ["-principale", "libelle"]
        indexes = [models.Index(fields=["metier", "-principale", "libelle"], name="appellation_du_metier")]
        constraints = [
            models.UniqueConstraint(
                fields=["metier"],
                condition=Q(principale=True, retire_le__isnull=True),
                name="une_appellation_principale_par_metier",
                violation_error_message="Ce métier a déjà une appellation principale.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def formes(self) -> Formes:
        return formes(self.libelle)
