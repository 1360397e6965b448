"""The métier: a fiche of the ROME, addressed by its code, known by its identity."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, Prefetch, Q, Value, When
from django.urls import reverse
from django.utils.text import slugify

from catalogue.adresses import adresse
from catalogue.models import Officiel, OfficielQuerySet
from catalogue.niveaux import CHOIX as NIVEAUX
from metiers.scores.acces import bande


class Riasec(models.TextChoices):
    """Holland's six types, in the order of the hexagon."""

    REALISTE = "R", "Réaliste"
    INVESTIGATEUR = "I", "Investigateur"
    ARTISTIQUE = "A", "Artistique"
    SOCIAL = "S", "Social"
    ENTREPRENANT = "E", "Entreprenant"
    CONVENTIONNEL = "C", "Conventionnel"


class OrigineDuNiveau(models.TextChoices):
    """Who says which niveau d'accès a métier asks for, by precedence."""

    EDITEUR = "editeur", "retenu par la rédaction"
    ONISEP = "onisep", "donné par l'Onisep"
    ROME = "rome", "lu dans le texte « accès au métier » du ROME"


class MetierQuerySet(OfficielQuerySet["Metier"]):
    """The words used to speak of métiers."""

    def get_by_natural_key(self, code_rome: str) -> Metier:
        """Fixtures name a métier by the code it bears today."""
        return self.publies().get(code_rome=code_rome)

    def recalculer_acces(self) -> int:
        """Compute again niveau d'accès and score of these métiers; return how many changed.

        Run after each import and each editorial save, inside the same transaction.
        """
        from metiers.facilite import facilite
        from metiers.models.competence import Competence
        from metiers.models.editorial import FicheEditoriale

        changes = []
        metiers = (
            self.annotate(
                nb_savoir_faire=Count(
                    "competences_requises",
                    filter=~Q(competences_requises__competence__categorie=Competence.SAVOIR_ETRE),
                )
            )
            .order_by("pk")
            .prefetch_related(
                Prefetch("fiches_editoriales", FicheEditoriale.objects.affichables()), "liens_onisep__fiche"
            )
        )
        for metier in metiers:
            fiche = next(iter(metier.fiches_editoriales.all()), None)
            onisep = [lien.fiche for lien in metier.liens_onisep.all() if not lien.fiche.est_retire]
            # The count is annotated above.
            calcul = facilite(metier, fiche, onisep, metier.nb_savoir_faire)  # type: ignore[attr-defined]
            nouveau = (calcul.niveau, calcul.origine, calcul.score.valeur if calcul.score else None)
            if nouveau != (metier.niveau_acces, metier.niveau_acces_origine, metier.score_acces):
                metier.niveau_acces, metier.niveau_acces_origine, metier.score_acces = nouveau
                changes.append(metier)
        self.model.objects.bulk_update(
            changes, ["niveau_acces", "niveau_acces_origine", "score_acces"], batch_size=200
        )
        return len(changes)

    def for_list(self) -> Self:
        """What a card shows, in the neutral order: by official title."""
        return self.select_related("domaine__grand_domaine").order_by("libelle", "code_rome")

    def for_detail(self) -> Self:
        """Everything the fiche shows of the métier itself, in a constant number of queries."""
        from metiers.models.chiffres import Indicateur
        from metiers.models.competence import CompetenceRequise, SavoirRequis
        from metiers.models.contexte import ContexteDuMetier
        from metiers.models.editorial import FicheEditoriale
        from metiers.models.interet import InteretDuMetier, SecteurDuMetier

        return self.select_related("domaine__grand_domaine", "parent", "version__source").prefetch_related(
            Prefetch("fiches_editoriales", FicheEditoriale.objects.affichables().for_detail()),
            "appellations",
            Prefetch("competences_requises", CompetenceRequise.objects.for_detail()),
            Prefetch("savoirs_requis", SavoirRequis.objects.for_detail()),
            Prefetch("contextes_du_metier", ContexteDuMetier.objects.for_detail()),
            Prefetch("mobilites", Mobilite.objects.for_detail()),
            Prefetch("interets_du_metier", InteretDuMetier.objects.for_detail()),
            Prefetch("secteurs_du_metier", SecteurDuMetier.objects.for_detail()),
            "themes",
            "liens_onisep__fiche",
            Prefetch("indicateurs", Indicateur.objects.for_detail()),
            Prefetch("enfants", Metier.objects.publies().order_by("libelle")),
        )


class Metier(Officiel):
    """A fiche métier of ROME 4.0.

    Official columns come from `referentiel_code_rome`, `cr_gd_dp`, `texte` and `referentiel_code_rome_riasec`.
    The code is an address, not an identity: from one version to the next a fiche moves to another code, or keeps
    code and OGR number while being given to another job. `temoin`, the OGR number of the principal appellation,
    tells what the job is; editors' words are tied to it (see `FicheEditoriale`).
    """

    code_ogr = models.CharField("code OGR de la fiche", max_length=10, unique=True)
    code_rome = models.CharField("code ROME", max_length=5, db_index=True)
    code_fiche_metier = models.CharField("numéro de fiche", max_length=10, blank=True)
    libelle = models.CharField("libellé", max_length=300)
    temoin = models.CharField("code OGR de l'appellation principale", max_length=10, blank=True)
    domaine = models.ForeignKey(
        "metiers.DomaineProfessionnel", models.PROTECT, related_name="metiers", verbose_name="domaine"
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enfants",
        verbose_name="fiche parente",
        help_text="Vide quand la fiche est sa propre parente.",
    )
    definition = models.TextField("définition", blank=True)
    acces_metier = models.TextField("accès au métier", blank=True)
    transition_ecologique = models.CharField("transition écologique", max_length=100, blank=True)
    # Three states in the source: O, N and nothing. Nothing is « non renseigné », not « non ».
    transition_numerique = models.BooleanField("transition numérique", null=True)
    transition_demographique = models.BooleanField("transition démographique", null=True)
    emploi_reglemente = models.BooleanField("emploi réglementé", null=True)
    emploi_cadre = models.BooleanField("emploi cadre", null=True)
    riasec_majeur = models.CharField("RIASEC majeur", max_length=1, choices=Riasec, blank=True)
    riasec_mineur = models.CharField("RIASEC mineur", max_length=1, choices=Riasec, blank=True)
    themes = models.ManyToManyField(
        "metiers.Theme", blank=True, related_name="metiers", verbose_name="thèmes"
    )
    secteurs_naf = models.ManyToManyField(
        "metiers.SecteurNaf", blank=True, related_name="metiers", verbose_name="secteurs NAF"
    )
    successeur = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecesseurs",
        verbose_name="fiche qui lui succède",
        help_text="Pour une fiche retirée : celle qui porte désormais son appellation principale.",
    )

    # Computed after each import and each editorial save (metiers.models.calculs).
    niveau_acces = models.PositiveSmallIntegerField(
        "niveau d'accès", null=True, blank=True, choices=NIVEAUX, db_index=True, editable=False
    )
    niveau_acces_origine = models.CharField(
        "origine du niveau", max_length=10, choices=OrigineDuNiveau, blank=True, editable=False
    )
    score_acces = models.DecimalField(
        "score de facilité d'accès",
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(0), MaxValueValidator(10)],
        help_text="De 0 à 10 ; 10 = le plus facile d'accès. Sans rapport avec le handicap.",
    )
    bande_acces = models.GeneratedField(
        expression=Case(
            When(score_acces__gte=8, then=Value(5)),
            When(score_acces__gte=6, then=Value(4)),
            When(score_acces__gte=4, then=Value(3)),
            When(score_acces__gte=2, then=Value(2)),
            When(score_acces__gte=0, then=Value(1)),
        ),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
        verbose_name="facilité d'accès",
    )

    objects = MetierQuerySet.as_manager()  # type: ignore[misc]  # the words of this model on top of the shared ones

    class Meta:
        verbose_name = "métier"
        ordering = ["code_rome"]
        constraints = [
            models.UniqueConstraint(
                fields=["code_rome"],
                condition=Q(retire_le__isnull=True),
                name="code_rome_unique_en_vigueur",
                violation_error_message="Ce code ROME désigne déjà une fiche en vigueur.",
            ),
            models.CheckConstraint(
                condition=Q(score_acces__isnull=True) | Q(score_acces__range=(0, 10)),
                name="score_acces_sur_dix",
            ),
            models.CheckConstraint(
                condition=Q(niveau_acces__isnull=True) | Q(niveau_acces__range=(0, 8)),
                name="niveau_acces_connu",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="metier_pas_son_propre_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["libelle", "code_rome"], name="metier_ordre_alphabetique"),
            models.Index(fields=["bande_acces"], name="metier_bande_acces"),
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({self.code_rome})"

    def get_absolute_url(self) -> str:
        return adresse("metiers:detail", self.code_rome, self.slug)

    @property
    def url_imprimer(self) -> str:
        """The sheet of one page."""
        return reverse("metiers:imprimer", args=[self.code_rome, self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.code_rome,)

    @property
    def slug(self) -> str:
        """The decoration of the address, from the first form of the title: « chargé de relation client »."""
        return _slug(self.libelle)

    @property
    def libelle_masculin(self) -> str:
        return _masculin(self.libelle)

    @property
    def acces_en_mots(self) -> str:
        """« plutôt facile d'accès », from the score; empty when there is none."""
        return "" if self.score_acces is None else bande(self.score_acces).phrase


def _masculin(libelle: str) -> str:
    from metiers.appellations import formes

    return formes(libelle).masculin


@lru_cache(maxsize=4_096)
def _slug(libelle: str) -> str:
    return slugify(_masculin(libelle))[:80].strip("-") or "metier"


class AncienCode(models.Model):
    """A code that designated a métier in an earlier version of the ROME: its old address still answers."""

    code_rome = models.CharField("ancien code", max_length=5, db_index=True)
    metier = models.ForeignKey(Metier, models.CASCADE, related_name="anciens_codes", verbose_name="métier")
    version = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="version qui a changé le code",
    )

    class Meta:
        verbose_name = "ancien code ROME"
        verbose_name_plural = "anciens codes ROME"
        ordering = ["code_rome", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code_rome", "metier"],
                name="ancien_code_unique",
                violation_error_message="Cet ancien code est déjà connu pour ce métier.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_rome} → {self.metier}"


class MobiliteQuerySet(models.QuerySet["Mobilite"]):
    def for_detail(self) -> Self:
        """The targets still published, in the order of the ROME."""
        return (
            self.filter(cible__retire_le__isnull=True)
            .select_related("cible__domaine__grand_domaine")
            .order_by("ordre", "pk")
        )


class Mobilite(models.Model):
    """A move the ROME suggests from one métier to another (`rubrique_mobilite`); directed, ordered from 1."""

    metier = models.ForeignKey(Metier, models.CASCADE, related_name="mobilites", verbose_name="métier")
    cible = models.ForeignKey(Metier, models.CASCADE, related_name="mobilites_entrantes", verbose_name="vers")
    ordre = models.PositiveSmallIntegerField("ordre")

    objects = MobiliteQuerySet.as_manager()

    class Meta:
        verbose_name = "mobilité"
        ordering = ["metier", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["metier", "cible"],
                name="mobilite_unique",
                violation_error_message="Cette mobilité existe déjà.",
            ),
            models.CheckConstraint(
                condition=~Q(metier=models.F("cible")), name="mobilite_vers_un_autre_metier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metier} → {self.cible}"
