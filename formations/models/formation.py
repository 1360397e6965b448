"""A formation: a way to learn something, leading to a certification or not, whoever gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from catalogue.adresses import adresse
from catalogue.models import Officiel, OfficielQuerySet
from catalogue.niveaux import CHOIX as NIVEAUX
from certifications.models import Certification

if TYPE_CHECKING:
    from formations.retenues import FormationsLiees


class FormationQuerySet(OfficielQuerySet["Formation"]):
    """The words used to speak of formations."""

    def for_list(self) -> Self:
        """What a card shows, in the neutral order: by title. Its sessions are counted by `formations.retenues`."""
        return self.only("identifiant", "intitule", "sigle", "niveau_sortie", "duree").order_by(
            "intitule", "identifiant"
        )

    def for_certification(self, numero: str) -> FormationsLiees:
        """The published formations that prepare for a certification: the first by title; how many in all."""
        from formations.retenues import formations_de_la_certification

        return formations_de_la_certification(numero)

    def rattacher(self) -> int:
        """Attach each formation to the fiche whose number it cites, once loaded; return how many were changed.

        Run after each import of certifications or of the offer, in whichever order they come.
        """
        citee = Certification.objects.filter(pk=OuterRef("numero_certification"))
        return (
            self.filter(Exists(citee))
            .filter(Q(certification__isnull=True) | ~Q(certification=F("numero_certification")))
            .update(certification_id=F("numero_certification"))
        )

    def for_detail(self) -> Self:
        """Everything the page shows of the formation itself, in a constant number of queries."""
        return self.select_related("certification", "source", "version__source").prefetch_related(
            models.Prefetch(
                "liens_metiers",
                LienFormationMetier.objects.select_related("metier__domaine__grand_domaine").order_by(
                    "metier__libelle", "metier_id", "origine"
                ),
            )
        )


class Formation(Officiel):
    """Known by its identifier in its source: « FOR.2316 » (Onisep), a number of an organisme's catalogue.

    `numero_certification` keeps the number the source cites; `certification` is set when that fiche is loaded.
    """

    identifiant = models.CharField("identifiant", primary_key=True, max_length=80)
    intitule = models.CharField("intitulé", max_length=500)
    sigle = models.CharField("sigle", max_length=60, blank=True)
    numero_certification = models.CharField("certification citée", max_length=12, blank=True)
    certification = models.ForeignKey(
        "certifications.Certification",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="formations",
        verbose_name="certification",
        db_index=False,
    )
    code_certifinfo = models.CharField("code CertifInfo", max_length=20, blank=True)
    niveau_sortie = models.PositiveSmallIntegerField(
        "niveau de sortie", null=True, blank=True, choices=NIVEAUX, db_index=True
    )
    duree = models.CharField(
        "durée", max_length=100, blank=True, help_text="Telle que la source la dit : « 2 ans »."
    )
    duree_heures = models.PositiveIntegerField("durée (heures)", null=True, blank=True)
    objectif = models.TextField("objectif", blank=True)
    contenu = models.TextField("contenu", blank=True)
    acces = models.TextField("conditions d'accès", blank=True)
    poursuite_etudes = models.TextField("poursuite d'études", blank=True)
    resultats_attendus = models.TextField("résultats attendus", blank=True)
    points_forts = models.TextField("points forts selon l'organisme", blank=True)
    certifiante = models.BooleanField("certifiante selon la source", null=True, blank=True)
    niveau_entree = models.PositiveSmallIntegerField(
        "niveau d'entrée", null=True, blank=True, choices=NIVEAUX
    )
    parcours = models.CharField("parcours", max_length=100, blank=True)
    contact = models.CharField("contact", max_length=500, blank=True)
    codes_rome = models.JSONField("codes ROME cités", default=list, blank=True)
    codes_nsf = models.JSONField("codes NSF cités", default=list, blank=True)
    formacodes = models.JSONField("formacodes cités", default=list, blank=True)
    type = models.CharField(
        "type de formation", max_length=150, blank=True, help_text="« brevet de technicien supérieur »."
    )
    niveau_etudes = models.CharField(
        "niveau d'études",
        max_length=60,
        blank=True,
        help_text="En toutes lettres : « Bac + 1 » n'est pas un niveau.",
    )
    sous_domaines = models.JSONField("sous-domaines", default=list, blank=True)
    derniere_session = models.PositiveSmallIntegerField("année de la dernière session", null=True, blank=True)
    url = models.URLField("adresse", max_length=500, blank=True)
    url_referentiel = models.URLField("adresse du texte officiel", max_length=500, blank=True)
    source = models.ForeignKey(
        "catalogue.Source", models.PROTECT, related_name="+", verbose_name="source", db_index=False
    )
    metiers = models.ManyToManyField(
        "metiers.Metier",
        through="formations.LienFormationMetier",
        related_name="formations",
        verbose_name="métiers",
    )

    version_liste = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="édition de la liste",
        help_text="La dernière liste de l'Onisep qui nomme la formation, quand elle n'a pas de fiche ou en plus d'elle.",
    )

    # Editorial.
    note = models.TextField("note de la rédaction", blank=True)

    # Said of a formation by `formations.retenues`, from the index of the sessions.
    nb_sessions: int
    nb_departements: int
    nb_retenues: int
    distance_km: float | None

    objects = FormationQuerySet.as_manager()  # type: ignore[misc]  # the words of this model on top of the shared ones

    class Meta:
        verbose_name = "formation"
        ordering = ["intitule", "identifiant"]
        indexes = [
            models.Index(fields=["intitule", "identifiant"], name="formation_par_intitule"),
            models.Index(
                fields=["certification", "intitule", "identifiant"], name="formation_par_certification"
            ),
            models.Index(fields=["numero_certification"], name="formation_par_numero_cite"),
            models.Index(fields=["source"], name="formation_par_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(niveau_sortie__isnull=True) | models.Q(niveau_sortie__range=(0, 8)),
                name="niveau_sortie_connu",
            )
        ]

    def __str__(self) -> str:
        return f"{self.intitule} ({self.identifiant})"

    def get_absolute_url(self) -> str:
        return adresse("formations:detail", self.identifiant)


class LienFormationMetierQuerySet(models.QuerySet["LienFormationMetier"]):
    def for_metier(self, code_rome: str) -> FormationsLiees:
        """The published formations linked to a métier: the first by title, with their sessions; how many in all."""
        from formations.retenues import formations_du_metier

        return formations_du_metier(code_rome)

    def deriver(self) -> int:
        """Refresh the links that follow from others; return how many were added or removed.

        A formation leads to the métiers of the certification it prepares (origine « certification »: the débouchés of
        the fiche that are attached to a métier in force), and to those whose codes its source cites (origine « source »,
        for the formations that have `codes_rome`; the other links of sources, and the editors', are left as they are).
        Run inside the transaction of every import that touches an end of these links.
        """
        from formations.liens import deriver_des_certifications, deriver_des_codes

        return deriver_des_certifications() + deriver_des_codes()


class LienFormationMetier(models.Model):
    """Why a formation is shown with a métier: said by a source, or derived from its certification."""

    class Origine(models.TextChoices):
        SOURCE = "source", "citée par la source de la formation"
        CERTIFICATION = "certification", "débouché de la certification préparée"
        EDITEUR = "editeur", "lien confirmé par la rédaction"

    formation = models.ForeignKey(
        Formation,
        models.CASCADE,
        related_name="liens_metiers",
        verbose_name="formation",
        db_index=False,
    )
    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="liens_formations", verbose_name="métier"
    )
    origine = models.CharField("origine du lien", max_length=15, choices=Origine)

    objects = LienFormationMetierQuerySet.as_manager()

    class Meta:
        verbose_name = "lien formation – métier"
        verbose_name_plural = "liens formation – métier"
        constraints = [
            models.UniqueConstraint(
                fields=["formation", "metier", "origine"], name="lien_formation_metier_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.formation_id} → {self.metier}"
