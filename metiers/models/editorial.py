"""What editors say of a métier, and which job they were speaking of.

No import writes here, but for one thing: `ecrit_pour`, the identity of the job, follows when the ROME merely changes
the OGR number of a principal appellation under an unchanged title.
"""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from simple_history.models import HistoricalRecords

from catalogue.models import Chiffre
from catalogue.niveaux import CHOIX as NIVEAUX
from metiers.acces import Experience


class FicheEditorialeQuerySet(models.QuerySet["FicheEditoriale"]):
    def get_by_natural_key(self, code_rome: str) -> FicheEditoriale:
        """Fixtures name the editorial fiche shown on a métier by the code of the métier."""
        return self.get(
            metier__code_rome=code_rome, metier__retire_le__isnull=True, ecrit_pour=F("metier__temoin")
        )

    def affichables(self) -> Self:
        """Published, and written for the job the métier is today."""
        return self.filter(publie=True, ecrit_pour=F("metier__temoin"))

    def mises_de_cote(self) -> Self:
        """Written for another job than the one the fiche now describes: kept, never shown."""
        return self.exclude(ecrit_pour=F("metier__temoin"))

    def for_detail(self) -> Self:
        return self.select_related("source").prefetch_related(
            "missions",
            "voies",
            "extraits",
            models.Prefetch("indicateurs", IndicateurEditorial.objects.select_related("nature", "source")),
            "traits__dimension",
        )


class FicheEditoriale(models.Model):
    """Everything the editors wrote about a job: it hangs together, so that it can be set aside together.

    `ecrit_pour` holds the OGR number of the principal appellation at the time of writing. Where the ROME gives the
    fiche to another job the two differ, and nothing of this fiche is shown until an editor has answered
    « même métier ? » (`Reaffectation`).
    """

    metier = models.ForeignKey(
        "metiers.Metier", models.PROTECT, related_name="fiches_editoriales", verbose_name="métier"
    )
    ecrit_pour = models.CharField("code OGR du métier décrit", max_length=10, editable=False)
    ecrit_pour_libelle = models.CharField("métier décrit", max_length=300, editable=False)
    publie = models.BooleanField("publiée", default=True)
    intitule = models.CharField(
        "intitulé retenu",
        max_length=300,
        blank=True,
        help_text="Remplace l'intitulé officiel, qui reste affiché dessous.",
    )
    accroche = models.TextField("accroche", blank=True, help_text="Une phrase : ce que fait ce métier.")
    en_clair = models.TextField(
        "en clair", blank=True, help_text="Quelques phrases courtes, mots connus, vouvoiement."
    )
    note = models.TextField(
        "note de la rédaction",
        blank=True,
        help_text="Affichée au-dessus des textes officiels : droit dépassé, nuance.",
    )
    niveau_acces = models.PositiveSmallIntegerField("niveau d'accès", null=True, blank=True, choices=NIVEAUX)
    acces_resume = models.TextField("accès en résumé", blank=True)
    experience = models.CharField(
        "expérience demandée", max_length=20, choices=[(e.value, e.libelle) for e in Experience], blank=True
    )
    duree_formation_mois = models.PositiveSmallIntegerField(
        "durée typique de formation (mois)", null=True, blank=True, validators=[MaxValueValidator(180)]
    )
    technicite = models.PositiveSmallIntegerField(
        "technicité (1 à 5)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    reconversion_courte = models.BooleanField("reconversion courte possible", null=True, blank=True)
    reconversion_note = models.TextField("reconversion : comment", blank=True)
    reconversion_points_cles = models.TextField(
        "reconversion : points clés", blank=True, help_text="Un par ligne."
    )
    reconversion_freins = models.TextField("reconversion : freins", blank=True, help_text="Un par ligne.")
    impact_numerique = models.CharField("impact numérique", max_length=300, blank=True)
    impact_social = models.CharField("impact social", max_length=300, blank=True)
    source = models.ForeignKey(
        "catalogue.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="source principale",
    )
    verifie_le = models.DateField("vérifié le", null=True, blank=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = FicheEditorialeQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "fiche éditoriale"
        verbose_name_plural = "fiches éditoriales"
        ordering = ["metier__code_rome"]
        constraints = [
            models.UniqueConstraint(
                fields=["metier", "ecrit_pour"],
                name="une_fiche_editoriale_par_metier_decrit",
                violation_error_message="Ce métier a déjà une fiche éditoriale.",
            ),
            models.CheckConstraint(
                condition=models.Q(technicite__isnull=True) | models.Q(technicite__range=(1, 5)),
                name="technicite_de_1_a_5",
                violation_error_message="La technicité va de 1 à 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ecrit_pour_libelle or self.metier} : textes de la rédaction"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.ecrit_pour:
            self.ecrit_pour = self.metier.temoin
            self.ecrit_pour_libelle = self.metier.libelle
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.metier.code_rome,)

    natural_key.dependencies = ["metiers.metier"]  # type: ignore[attr-defined]  # Django reads it there

    @property
    def est_mise_de_cote(self) -> bool:
        return self.ecrit_pour != self.metier.temoin


class Mission(models.Model):
    fiche = models.ForeignKey(FicheEditoriale, models.CASCADE, related_name="missions", verbose_name="fiche")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    texte = models.CharField("mission", max_length=300)

    class Meta:
        verbose_name = "mission"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.texte


class VoieDAcces(models.Model):
    """A way into the métier, with what it asks for: one block of the « accès » section."""

    fiche = models.ForeignKey(FicheEditoriale, models.CASCADE, related_name="voies", verbose_name="fiche")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("voie", max_length=200)
    duree = models.CharField("durée", max_length=100, blank=True)
    conditions = models.TextField("conditions", blank=True, help_text="Ce qu'il faut avoir ou faire.")
    texte = models.TextField("description", blank=True)

    class Meta:
        verbose_name = "voie d'accès"
        verbose_name_plural = "voies d'accès"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class ExtraitDeSource(models.Model):
    """What a source says under one of its headings, kept apart from the other sources' words.

    Labels only (a context, a skill, a savoir as that source names them): sources drift, and none is silently
    completed with another.
    """

    class Rubrique(models.TextChoices):
        CONDITION = "condition", "Conditions de travail"
        SAVOIR = "savoir", "Savoirs"
        SAVOIR_FAIRE = "savoir_faire", "Savoir-faire"
        INTERET = "interet", "Centres d'intérêt"
        APPELLATION = "appellation", "Appellations"

    fiche = models.ForeignKey(FicheEditoriale, models.CASCADE, related_name="extraits", verbose_name="fiche")
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    rubrique = models.CharField("rubrique", max_length=15, choices=Rubrique)
    chemin = models.CharField(
        "rangement", max_length=400, blank=True, help_text="Rubriques séparées par « › »."
    )
    libelle = models.CharField("libellé", max_length=400)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "libellé d'une autre source"
        verbose_name_plural = "libellés d'une autre source"
        ordering = ["rubrique", "ordre", "pk"]

    def __str__(self) -> str:
        return self.libelle


class IndicateurEditorial(Chiffre):
    """A figure that an editor took from a stated source: it belongs to the job, not to the code."""

    fiche = models.ForeignKey(
        FicheEditoriale, models.CASCADE, related_name="indicateurs", verbose_name="fiche"
    )
    nature = models.ForeignKey(
        "metiers.NatureIndicateur", models.PROTECT, related_name="+", verbose_name="indicateur"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta(Chiffre.Meta):
        verbose_name = "indicateur saisi"
        verbose_name_plural = "indicateurs saisis"
        ordering = ["ordre", "pk"]
