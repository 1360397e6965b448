"""The certification: a fiche of the RNCP or of the RS, known by its number."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Case, Prefetch, Q, Value, When
from django.utils import timezone
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

from catalogue.adresses import adresse
from catalogue.models import Officiel, OfficielQuerySet
from catalogue.niveaux import CHOIX as NIVEAUX
from certifications.etat import Etat, etat


class CertificationQuerySet(OfficielQuerySet["Certification"]):
    """The words used to speak of certifications. Status is computed from dates at reading time, never stored."""

    def with_etat(self, on: date | None = None) -> Self:
        """Annotate `etat_du_jour`, an `Etat` value, as of `on` (today by default); same rules as `etat.etat`."""
        jour = on or timezone.localdate()
        return self.annotate(
            etat_du_jour=Case(
                When(date_fin_enregistrement__lt=jour, then=Value(Etat.EXPIREE)),
                When(date_fin_enregistrement__gte=jour, then=Value(Etat.ACTIVE)),
                When(active_selon_source=True, then=Value(Etat.ACTIVE)),
                When(active_selon_source=False, then=Value(Etat.INACTIVE)),
                default=Value(Etat.INCONNU),
                output_field=models.CharField(max_length=10),
            )
        )

    def actives(self, on: date | None = None) -> Self:
        """In force on the day: one may still register for them."""
        return self.with_etat(on).filter(etat_du_jour=Etat.ACTIVE)

    def actives_dabord(self, on: date | None = None) -> Self:
        """Active ones first, then unknown, then the ended ones; by title inside each group."""
        return (
            self.with_etat(on)
            .annotate(
                rang_etat=Case(
                    *(
                        When(etat_du_jour=etat_possible, then=Value(etat_possible.rang))
                        for etat_possible in Etat
                    )
                )
            )
            .order_by("rang_etat", "intitule", "numero")
        )

    def for_detail(self) -> Self:
        """Everything the fiche shows, in a constant number of queries."""
        from certifications.models.debouche import Debouche

        return (
            self.with_etat()
            .select_related("version__source", "editorial")
            .prefetch_related(
                "blocs",
                "nsf",
                "formacodes",
                "conventions",
                "certificateurs",
                "voies",
                "statistiques",
                "publications",
                "correspondances",
                Prefetch("debouches", Debouche.objects.for_certification()),
            )
        )


class Certification(Officiel):
    """A fiche of France compétences (XML V4.1, FICHE), long texts kept as published.

    Texts hold flattened white space in place of line breaks and bullets; `catalogue.texte` gives them back their
    structure when they are shown, the column keeps the original.
    """

    class Type(models.TextChoices):
        RNCP = "RNCP", "RNCP (certification professionnelle)"
        RS = "RS", "RS (répertoire spécifique)"

    numero = models.CharField("numéro de fiche", primary_key=True, max_length=12)
    type = models.CharField("répertoire", max_length=4, choices=Type)
    id_fiche = models.CharField("identifiant de la fiche", max_length=20, blank=True)
    intitule = models.CharField("intitulé", max_length=800)
    abrege_code = models.CharField("abrégé : code", max_length=60, blank=True)
    abrege_libelle = models.CharField("abrégé : libellé", max_length=300, blank=True)
    etat_fiche = models.CharField("état de la fiche selon la source", max_length=100, blank=True)
    # Null for a RS fiche, which has no level, and for « AUCUN », which says that none was given.
    niveau = models.PositiveSmallIntegerField("niveau", null=True, blank=True, choices=NIVEAUX, db_index=True)
    active_selon_source = models.BooleanField("active selon la source", null=True, blank=True)
    type_enregistrement = models.CharField("type d'enregistrement", max_length=100, blank=True)
    date_decision = models.DateField("date de décision", null=True, blank=True)
    date_effet = models.DateField("date d'effet", null=True, blank=True)
    date_dernier_jo = models.DateField("date du dernier Journal officiel", null=True, blank=True)
    date_fin_enregistrement = models.DateField("date d'échéance de l'enregistrement", null=True, blank=True)
    date_limite_delivrance = models.DateField("date limite de délivrance", null=True, blank=True)
    date_publication = models.DateField("date de publication de la fiche", null=True, blank=True)
    duree_enregistrement = models.PositiveSmallIntegerField(
        "durée de l'enregistrement (années)", null=True, blank=True
    )
    annees_promotions_niveau = models.JSONField("années des promotions", default=list, blank=True)
    objectifs_contexte = models.TextField("objectifs et contexte", blank=True)
    activites_visees = models.TextField("activités visées", blank=True)
    capacites_attestees = models.TextField("compétences attestées", blank=True)
    modalites_evaluation = models.TextField("modalités d'évaluation", blank=True)
    secteurs_activite = models.TextField("secteurs d'activité", blank=True)
    type_emploi_accessibles = models.TextField("types d'emplois accessibles", blank=True)
    reglementations_activites = models.TextField("réglementations d'activité", blank=True)
    prerequis_entree_formation = models.TextField("prérequis à l'entrée en formation", blank=True)
    prerequis_validation = models.TextField("prérequis à la validation", blank=True)
    niveau_maitrise_competences = models.TextField("niveau de maîtrise des compétences", blank=True)
    duree_validite = models.CharField("durée de validité", max_length=300, blank=True)
    modalites_renouvellement = models.TextField("modalités de renouvellement", blank=True)
    validation_partielle = models.TextField("validation partielle", blank=True)
    validation_partielle_perimetre = models.TextField("périmètre de la validation partielle", blank=True)
    lien_url_description = models.TextField("liens vers un descriptif", blank=True)
    codes_idcc = models.TextField("codes IDCC", blank=True)
    existence_partenaires = models.BooleanField("partenaires annoncés", null=True, blank=True)
    accessible_nouvelle_caledonie = models.BooleanField("Nouvelle-Calédonie", null=True, blank=True)
    accessible_polynesie_francaise = models.BooleanField("Polynésie française", null=True, blank=True)
    # Another edition than `version`, by rubrique (see `certifications.priorite`): {"voies": 12}, 12 a VersionReferentiel.
    apports = models.JSONField("rubriques d'autres éditions", default=dict, blank=True, editable=False)
    nsf = models.ManyToManyField(
        "certifications.Nsf", blank=True, related_name="certifications", verbose_name="spécialités NSF"
    )
    formacodes = models.ManyToManyField(
        "certifications.Formacode", blank=True, related_name="certifications", verbose_name="formacodes"
    )
    conventions = models.ManyToManyField(
        "certifications.ConventionCollective",
        blank=True,
        related_name="certifications",
        verbose_name="conventions collectives",
    )

    objects = CertificationQuerySet.as_manager()  # type: ignore[misc]  # the words of this model on top of the shared ones

    class Meta:
        verbose_name = "certification"
        ordering = ["numero"]
        constraints = [
            models.CheckConstraint(
                condition=Q(niveau__isnull=True) | Q(niveau__range=(0, 8)), name="niveau_connu"
            ),
            models.CheckConstraint(
                condition=(Q(type="RNCP") & Q(numero__startswith="RNCP"))
                | (Q(type="RS") & Q(numero__startswith="RS")),
                name="numero_de_son_repertoire",
            ),
        ]
        indexes = [
            models.Index(fields=["intitule", "numero"], name="certification_par_intitule"),
            models.Index(fields=["date_fin_enregistrement"], name="certification_echeance"),
        ]

    def __str__(self) -> str:
        return f"{self.intitule} ({self.numero})"

    def get_absolute_url(self) -> str:
        return adresse("certifications:detail", self.numero, self.slug)

    @property
    def slug(self) -> str:
        return _slug(self.intitule)

    @property
    def chiffres(self) -> str:
        """The number without its répertoire: 34809."""
        return self.numero.removeprefix(self.type)

    @property
    def url_officielle(self) -> str:
        """The fiche on the site of France compétences."""
        return f"https://www.francecompetences.fr/recherche/{self.type.lower()}/{self.chiffres}/"

    def etat(self, on: date | None = None) -> Etat:
        """Its state on a day (today by default), from the dates, else from what the source said."""
        return etat(self.date_fin_enregistrement, self.active_selon_source, on or timezone.localdate())


@lru_cache(maxsize=4_096)
def _slug(intitule: str) -> str:
    return slugify(intitule)[:80].strip("-") or "certification"


class EmpreinteDeFiche(models.Model):
    """What tells the element a fiche was last written from: an import passes over those it meets again."""

    certification = models.OneToOneField(
        Certification, models.CASCADE, primary_key=True, related_name="+", verbose_name="certification"
    )
    empreinte = models.CharField("empreinte", max_length=32)

    class Meta:
        verbose_name = "empreinte d'une fiche"
        verbose_name_plural = "empreintes des fiches"

    def __str__(self) -> str:
        return f"{self.certification_id} : {self.empreinte}"


class CertificationEditoriale(models.Model):
    """What editors add to a certification; no import writes here."""

    certification = models.OneToOneField(
        Certification, models.PROTECT, related_name="editorial", verbose_name="certification"
    )
    intitule = models.CharField("intitulé retenu", max_length=800, blank=True)
    en_clair = models.TextField("en clair", blank=True)
    note = models.TextField("note de la rédaction", blank=True)
    preuves_vae = models.TextField("preuves à réunir pour une VAE", blank=True, help_text="Une par ligne.")
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "textes de la rédaction"
        verbose_name_plural = "textes de la rédaction"

    def __str__(self) -> str:
        return f"{self.certification} : textes de la rédaction"
