"""Onisep's fiches métiers: ODbL data, in tables of their own, linked many-to-many to the ROME."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse

from catalogue.ecriture import modifier
from catalogue.models import Officiel
from catalogue.niveaux import CHOIX as NIVEAUX


class FicheOnisep(Officiel):
    """A fiche métier of Onisep (Idéo): identity is the identifier, the name changes (T6).

    `version` is the last edition of the fiches (XML) that held it, `version_liste` the last list of the métiers that named
    it; it is in force as long as one of the two holds it. Long texts are plain: a blank line between paragraphs, « ## »
    before a heading, « - » before an item.
    """

    identifiant = models.CharField("identifiant", primary_key=True, max_length=20)
    nom = models.CharField("nom", max_length=300)
    libelle_feminin = models.CharField("libellé féminin", max_length=300, blank=True)
    libelle_masculin = models.CharField("libellé masculin", max_length=300, blank=True)
    accroche = models.TextField("accroche", blank=True)
    resume = models.TextField("résumé", blank=True)
    format_court = models.TextField("en bref", blank=True)
    duree_etudes = models.TextField("durée des études", blank=True)
    nature_travail = models.TextField("nature du travail", blank=True)
    competences = models.TextField("compétences requises", blank=True)
    condition_travail = models.TextField("conditions de travail", blank=True)
    vie_professionnelle = models.TextField("vie professionnelle", blank=True)
    acces_metier = models.TextField("accès au métier", blank=True)
    niveau_acces_libelle = models.CharField("niveau d'accès minimum", max_length=100, blank=True)
    niveau_acces = models.PositiveSmallIntegerField("niveau", null=True, blank=True, choices=NIVEAUX)
    statuts = models.JSONField("statuts possibles", default=list, blank=True)
    centres_interet = models.JSONField("centres d'intérêt", default=list, blank=True)
    secteurs = models.JSONField("secteurs", default=list, blank=True)
    metier_transverse = models.BooleanField(
        "présent dans tous les secteurs", null=True, blank=True, help_text="La source dit oui ou rien."
    )
    domaines = models.JSONField(
        "domaines", default=list, blank=True, help_text="« domaine/sous-domaine » du site de l'Onisep."
    )
    publications = models.JSONField("publications", default=list, blank=True)
    sources_numeriques = models.JSONField("sites conseillés", default=list, blank=True)
    metiers_associes = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name="métiers associés"
    )
    url = models.URLField("adresse", blank=True)
    version_liste = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="édition de la liste",
    )
    # Editorial.
    note = models.TextField(
        "note de la rédaction", blank=True, help_text="Affichée au-dessus du texte : droit dépassé, nuance."
    )

    class Meta:
        verbose_name = "fiche Onisep"
        verbose_name_plural = "fiches Onisep"
        ordering = ["nom"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.identifiant})"

    def get_absolute_url(self) -> str:
        return reverse("metiers:onisep", args=[self.identifiant])


class AppellationOnisep(models.Model):
    """Another name of the métier; `ancien_nom` for the name the fiche itself bore in an earlier edition."""

    fiche = models.ForeignKey(FicheOnisep, models.CASCADE, related_name="synonymes", verbose_name="fiche")
    nom = models.CharField("nom", max_length=300)
    libelle_feminin = models.CharField("libellé féminin", max_length=300, blank=True)
    libelle_masculin = models.CharField("libellé masculin", max_length=300, blank=True)
    ancien_nom = models.BooleanField("ancien nom de la fiche", default=False)

    class Meta:
        verbose_name = "appellation Onisep"
        verbose_name_plural = "appellations Onisep"
        ordering = ["nom"]
        constraints = [models.UniqueConstraint(fields=["fiche", "nom"], name="appellation_onisep_unique")]

    def __str__(self) -> str:
        return self.nom


class LienOnisepRomeQuerySet(models.QuerySet["LienOnisepRome"]):
    def inconnus(self) -> Self:
        """Citing a code that designates no métier in force: unknown, truncated or withdrawn."""
        return self.filter(metier__isnull=True)

    def rattacher(self) -> int:
        """Attach each link to the métier in force that bears its code, else to the one that bore it.

        Run after each import of Onisep or of the ROME; returns the number of links changed.
        """
        from metiers.models.metier import AncienCode, Metier

        actuels = dict(Metier.objects.publies().values_list("code_rome", "pk"))
        anciens = dict(
            AncienCode.objects.filter(metier__retire_le__isnull=True)
            .order_by("pk")
            .values_list("code_rome", "metier")
        )
        changes = []
        for lien in self.only("pk", "code_rome", "metier_id"):
            metier_id = actuels.get(lien.code_rome) or anciens.get(lien.code_rome)
            if metier_id != lien.metier_id:
                lien.metier_id = metier_id
                changes.append(lien)
        modifier(LienOnisepRome, ["metier_id"], ((lien.pk, (lien.metier_id,)) for lien in changes))
        return len(changes)


class LienOnisepRome(models.Model):
    """The ROME code an Onisep fiche cites (V3 era); kept even when the code is unknown or withdrawn."""

    fiche = models.ForeignKey(FicheOnisep, models.CASCADE, related_name="liens_rome", verbose_name="fiche")
    code_rome = models.CharField("code ROME cité", max_length=5)
    metier = models.ForeignKey(
        "metiers.Metier",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="liens_onisep",
        verbose_name="métier",
    )

    objects = LienOnisepRomeQuerySet.as_manager()

    class Meta:
        verbose_name = "lien Onisep vers ROME"
        verbose_name_plural = "liens Onisep vers ROME"
        constraints = [models.UniqueConstraint(fields=["fiche", "code_rome"], name="lien_onisep_rome_unique")]

    def __str__(self) -> str:
        return f"{self.fiche_id} → {self.code_rome}"


class FormationRequiseOnisep(models.Model):
    """A formation that Onisep names for the métier, by its FOR identifier."""

    fiche = models.ForeignKey(
        FicheOnisep, models.CASCADE, related_name="formations_requises", verbose_name="fiche"
    )
    identifiant = models.CharField("identifiant FOR", max_length=20, db_index=True)
    libelle = models.CharField("libellé", max_length=400)

    class Meta:
        verbose_name = "formation requise selon l'Onisep"
        verbose_name_plural = "formations requises selon l'Onisep"
        ordering = ["libelle"]
        constraints = [
            models.UniqueConstraint(fields=["fiche", "identifiant"], name="formation_requise_onisep_unique")
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({self.identifiant})"
