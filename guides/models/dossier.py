"""The dossier about a sector: families of roles, what changes, where one can go from there."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from simple_history.models import HistoricalRecords

UNE_LIGNE_CHACUN = "Un par ligne."
# The Source that stands for the portal's own editors (fixtures/10_sources.json).
SOURCE_MAISON = "redaction"


class DossierQuerySet(models.QuerySet):
    """The words used to speak of dossiers."""

    def publies(self) -> Self:
        """What visitors read."""
        return self.filter(publie=True)

    def recents_dabord(self) -> Self:
        """By the date the source gives, newest first; dossiers without a date come last."""
        return self.order_by(models.F("date").desc(nulls_last=True), "titre")

    def for_detail(self) -> Self:
        """Everything the page shows, in a constant number of queries."""
        from guides.models.chiffre import ChiffreDuDossier
        from guides.models.lien import LienRoleMetier
        from guides.models.parcours import EtapeDeParcours, ParcoursEvolution

        roles = Role.objects.prefetch_related(
            Prefetch(
                "liens_metiers", LienRoleMetier.objects.affichables().for_detail(), to_attr="liens_affiches"
            )
        )
        etapes = EtapeDeParcours.objects.select_related("role", "metier")
        return self.select_related("source").prefetch_related(
            Prefetch("familles__roles", roles),
            "tendances",
            "citations",
            Prefetch("chiffres", ChiffreDuDossier.objects.select_related("source")),
            Prefetch("parcours", ParcoursEvolution.objects.select_related("source")),
            Prefetch("parcours__etapes", etapes),
        )


class Dossier(models.Model):
    """An article about a sector, told in the editors' words from the facts of a stated source.

    `date` is the date the source bears, never the date of today; author and publisher stay empty when it names none.
    """

    titre = models.CharField("titre", max_length=200)
    slug = models.SlugField(
        "adresse", max_length=100, unique=True, help_text="La fin de l'adresse de la page."
    )
    publie = models.BooleanField("publié", default=True)
    rubrique = models.CharField(
        "rubrique", max_length=100, blank=True, help_text="Celle de la source : « Blog »."
    )
    date = models.DateField("date de la source", null=True, blank=True)
    auteur = models.CharField("auteur", max_length=200, blank=True)
    editeur = models.CharField("éditeur", max_length=200, blank=True)
    accroche = models.CharField(
        "accroche", max_length=300, blank=True, help_text="Une phrase, pour la liste des dossiers."
    )
    introduction = models.TextField("introduction", help_text="Une ligne vide sépare les paragraphes.")
    competences_introduction = models.TextField("compétences : introduction", blank=True)
    avenir_introduction = models.TextField("avenir : introduction", blank=True)
    conclusion = models.TextField("conclusion", blank=True)
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    laisse_de_cote = models.TextField(
        "laissé de côté",
        blank=True,
        help_text=f"Ce que la source contient et que le dossier ne reprend pas, avec la raison. {UNE_LIGNE_CHACUN}",
    )
    verifie_le = models.DateField("vérifié le", null=True, blank=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = DossierQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "dossier"
        ordering = ["titre"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("dossiers:detail", args=[self.slug])

    @property
    def est_de_la_redaction(self) -> bool:
        """Whether the portal wrote it on its own, from nobody's article."""
        return self.source_id == SOURCE_MAISON


class Famille(models.Model):
    """Roles that go together: « métiers opérationnels », « encadrement et support »."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="familles", verbose_name="dossier")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("famille", max_length=200)
    introduction = models.TextField("introduction", blank=True)

    class Meta:
        verbose_name = "famille de rôles"
        verbose_name_plural = "familles de rôles"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class Role(models.Model):
    """A job as the source names it: a title of the field, which need not be a métier of the ROME."""

    famille = models.ForeignKey(Famille, models.CASCADE, related_name="roles", verbose_name="famille")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("rôle", max_length=200)
    accroche = models.CharField("accroche", max_length=300, blank=True)
    missions = models.TextField("missions", blank=True, help_text=UNE_LIGNE_CHACUN)
    qualites = models.TextField("qualités demandées", blank=True, help_text=UNE_LIGNE_CHACUN)
    remarque = models.TextField("remarque", blank=True)
    note_interne = models.TextField(
        "note de travail",
        blank=True,
        help_text="Pour la rédaction seulement : jamais affichée aux visiteurs.",
    )

    class Meta:
        verbose_name = "rôle"
        ordering = ["famille", "ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class Tendance(models.Model):
    """A list with the remark that goes with it: skills that change, openings, what tools take over."""

    class Volet(models.TextChoices):
        COMPETENCES = "competences", "Les compétences évoluent"
        AVENIR = "avenir", "Les perspectives"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tendances", verbose_name="dossier")
    volet = models.CharField("volet", max_length=15, choices=Volet, default=Volet.COMPETENCES)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("titre", max_length=200)
    introduction = models.TextField("introduction", blank=True)
    elements = models.TextField("éléments", blank=True, help_text=UNE_LIGNE_CHACUN)
    remarque = models.TextField("remarque", blank=True)

    class Meta:
        verbose_name = "tendance"
        ordering = ["volet", "ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class Citation(models.Model):
    """Words attributed to somebody, as the source attributes them.

    `litterale` says whether `texte` is the words themselves (printed between « ») or what they mean, told by us.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="citations", verbose_name="dossier")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    texte = models.TextField("propos")
    litterale = models.BooleanField("mot pour mot", default=True)
    auteur = models.CharField("attribués à", max_length=200)
    qualite = models.CharField("en qualité de", max_length=200, blank=True)
    a_verifier = models.BooleanField(
        "à vérifier",
        default=True,
        help_text="Vrai tant que l'attribution n'a pas été retrouvée à son origine.",
    )

    class Meta:
        verbose_name = "propos rapporté"
        verbose_name_plural = "propos rapportés"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.auteur} : {self.texte[:60]}"
