"""What a métier asks one to know how to do, to be and to know.

The tree of the ROME: domaine de compétences › enjeu › objectif › macro-compétence › compétence. The upper three
levels come from `arborescence_competences`, a table that some editions leave out: a macro-compétence may have no
objectif. The fiches of the JSON form name the enjeu of each savoir-faire without the levels around it. Savoir-être are
sixteen macro-compétences.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When

from catalogue.models import Officiel
from metiers.models.metier import Riasec


class CoeurDeMetier(models.TextChoices):
    """What `coherence_item.coeur_metier` says of an item in a fiche."""

    PRINCIPALE = "P", "Cœur de métier"
    EMERGENTE = "E", "Émergente"


class DomaineDeCompetences(Officiel):
    code = models.CharField("code", primary_key=True, max_length=20)
    libelle = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "domaine de compétences"
        verbose_name_plural = "domaines de compétences"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class Enjeu(Officiel):
    """What the ROME uses savoir-faire for: « Conception », « Soin ».

    Those of the JSON form have a label alone: their code is made from it, and they have no domaine, until a table or a
    tree brings the same label with its code.
    """

    code = models.CharField("code", primary_key=True, max_length=60)
    libelle = models.CharField("libellé", max_length=300)
    domaine = models.ForeignKey(
        DomaineDeCompetences,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enjeux",
        verbose_name="domaine de compétences",
    )

    class Meta:
        verbose_name = "enjeu"
        verbose_name_plural = "enjeux"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle

    @property
    def chemin(self) -> tuple[str, ...]:
        """Its domaine, when known, then itself."""
        return (self.domaine.libelle, self.libelle) if self.domaine is not None else (self.libelle,)


class Objectif(Officiel):
    code = models.CharField("code", primary_key=True, max_length=20)
    libelle = models.CharField("libellé", max_length=300)
    enjeu = models.ForeignKey(Enjeu, models.PROTECT, related_name="objectifs", verbose_name="enjeu")

    class Meta:
        verbose_name = "objectif"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle


class Competence(Officiel):
    """A macro-compétence or a compétence of `referentiel_competence`.

    Fiches require both: savoir-être are always macros, savoir-faire are mostly compétences, sometimes macros.
    RIASEC is given for macros only, often without mineur, sometimes without majeur.
    """

    code_ogr = models.CharField("code OGR", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=500)
    definition = models.TextField("définition", blank=True)
    est_macro = models.BooleanField("macro-compétence", default=False)
    macro = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="competences",
        verbose_name="macro-compétence",
    )
    objectif = models.ForeignKey(
        Objectif, models.SET_NULL, null=True, blank=True, related_name="macros", verbose_name="objectif"
    )
    enjeu = models.ForeignKey(
        Enjeu,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="competences",
        verbose_name="enjeu",
        help_text="Celui que nomment les fiches en JSON ; celui de l'objectif, quand il est connu, passe avant.",
    )
    categorie = models.CharField("catégorie", max_length=100, blank=True)
    sous_categorie = models.CharField("sous-catégorie", max_length=100, blank=True)
    transition_ecologique = models.BooleanField("transition écologique", null=True)
    transition_numerique = models.BooleanField("transition numérique", null=True)
    riasec_majeur = models.CharField("RIASEC majeur", max_length=1, choices=Riasec, blank=True)
    riasec_mineur = models.CharField("RIASEC mineur", max_length=1, choices=Riasec, blank=True)

    SAVOIR_ETRE = "Savoir-être professionnel"

    class Meta:
        verbose_name = "compétence"
        ordering = ["libelle"]
        constraints = [
            models.CheckConstraint(
                condition=Q(est_macro=False) | Q(macro__isnull=True), name="une_macro_n_a_pas_de_macro"
            ),
            models.CheckConstraint(
                condition=Q(est_macro=True) | Q(objectif__isnull=True), name="l_objectif_porte_la_macro"
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def enjeu_connu(self) -> Enjeu | None:
        """That of its objectif, else the one the fiches name."""
        return self.objectif.enjeu if self.objectif is not None else self.enjeu

    @property
    def est_savoir_etre(self) -> bool:
        return self.categorie == self.SAVOIR_ETRE


class Savoir(Officiel):
    """A piece of knowledge of `referentiel_savoir`, filed by the ROME in a category.

    Official filing is sometimes surprising (« Capacité à travailler sous pression » under medical expertise): the
    official category is kept, and an editor's category, when there is one, is shown instead of it.
    """

    code_ogr = models.CharField("code OGR", primary_key=True, max_length=10)
    libelle = models.CharField("libellé", max_length=500)
    categorie = models.CharField("catégorie officielle", max_length=200, blank=True)
    sous_categorie = models.CharField("sous-catégorie officielle", max_length=200, blank=True)
    transition_ecologique = models.BooleanField("transition écologique", null=True)
    transition_numerique = models.BooleanField("transition numérique", null=True)
    # Editorial.
    categorie_editoriale = models.CharField("catégorie retenue par la rédaction", max_length=200, blank=True)

    # The ROME files diplomas and authorisations among savoirs (T30): they are links, not knowledge to count.
    CERTIFICATIONS = "Normes et procédés"

    class Meta:
        verbose_name = "savoir"
        ordering = ["libelle"]

    def __str__(self) -> str:
        return self.libelle

    @property
    def rangement(self) -> str:
        """Where the pages file it: the editor's category, else the finest official one."""
        return self.categorie_editoriale or self.sous_categorie or self.categorie or "Autres savoirs"


class ItemRequisQuerySet(models.QuerySet):
    def par_importance(self) -> Self:
        """Cœur de métier first, then emerging, then the others."""
        return self.annotate(
            rang_coeur=Case(
                When(coeur_metier=CoeurDeMetier.PRINCIPALE, then=Value(0)),
                When(coeur_metier=CoeurDeMetier.EMERGENTE, then=Value(1)),
                default=Value(2),
            )
        )


class CompetenceRequiseQuerySet(ItemRequisQuerySet):
    def for_detail(self) -> Self:
        return (
            self.par_importance()
            .select_related(
                "competence__macro__objectif__enjeu__domaine",
                "competence__objectif__enjeu__domaine",
                "competence__macro__enjeu__domaine",
                "competence__enjeu__domaine",
            )
            .order_by("rang_coeur", "competence__libelle")
        )


class CompetenceRequise(models.Model):
    """A savoir-faire or savoir-être that a métier asks for (`liens_rome_referentiels` 5/1 and 5/2)."""

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="competences_requises", verbose_name="métier"
    )
    competence = models.ForeignKey(
        Competence, models.CASCADE, related_name="metiers_lies", verbose_name="compétence"
    )
    coeur_metier = models.CharField("cœur de métier", max_length=1, choices=CoeurDeMetier, blank=True)

    objects = CompetenceRequiseQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence requise"
        verbose_name_plural = "compétences requises"
        constraints = [
            models.UniqueConstraint(fields=["metier", "competence"], name="competence_requise_unique")
        ]

    def __str__(self) -> str:
        return f"{self.metier} : {self.competence}"


class SavoirRequisQuerySet(ItemRequisQuerySet):
    def for_detail(self) -> Self:
        return self.par_importance().select_related("savoir").order_by("rang_coeur", "savoir__libelle")


class SavoirRequis(models.Model):
    """A savoir that a métier asks for (`liens_rome_referentiels` 5/3)."""

    metier = models.ForeignKey(
        "metiers.Metier", models.CASCADE, related_name="savoirs_requis", verbose_name="métier"
    )
    savoir = models.ForeignKey(Savoir, models.CASCADE, related_name="metiers_lies", verbose_name="savoir")
    coeur_metier = models.CharField("cœur de métier", max_length=1, choices=CoeurDeMetier, blank=True)

    objects = SavoirRequisQuerySet.as_manager()

    class Meta:
        verbose_name = "savoir requis"
        verbose_name_plural = "savoirs requis"
        constraints = [models.UniqueConstraint(fields=["metier", "savoir"], name="savoir_requis_unique")]

    def __str__(self) -> str:
        return f"{self.metier} : {self.savoir}"
