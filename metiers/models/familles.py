"""Familles professionnelles: the groups of métiers in which labour statistics are counted, and their figures.

A figure belongs to the family. A métier reaches it through a crosswalk (`PassageFapRome`), and its page says so: the
rows of `Indicateur` derived from these tables (`metiers.marche`) quote the family.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum


class FamilleProfessionnelle(models.Model):
    """A family of the FAP. One code names different groups in two nomenclatures: they are kept apart.

    Never deleted: a family that an edition no longer speaks of merely has no figure in it.
    """

    class Nomenclature(models.TextChoices):
        FAP_225 = "fap-225", "FAP 225"
        FAP_87 = "fap-87", "FAP 87"
        FAP_22 = "fap-22", "FAP 22"
        ENSEMBLE = "ensemble", "Ensemble des familles"
        FAP_2021 = "fap-2021", "FAP 2021"

    nomenclature = models.CharField("nomenclature", max_length=10, choices=Nomenclature)
    code = models.CharField("code", max_length=10)
    libelle = models.CharField("libellé", max_length=300, blank=True)

    class Meta:
        verbose_name = "famille professionnelle"
        verbose_name_plural = "familles professionnelles"
        ordering = ["nomenclature", "code"]
        constraints = [
            models.UniqueConstraint(fields=["nomenclature", "code"], name="famille_professionnelle_unique")
        ]

    def __str__(self) -> str:
        """« famille professionnelle L0Z60 (FAP 225) », with the label when the source gives one."""
        nom = f"famille professionnelle {self.code} ({self.get_nomenclature_display()})"
        return f"{nom} : {self.libelle}" if self.libelle else nom


class PassageFapRome(models.Model):
    """A row of a crosswalk: a ROME code, as the source writes it, belongs to a family.

    A code may belong to several families: to all of them at once (FAP 225), or to one for each list of qualifications
    (FAP 2021). The codes are those of the ROME before its version 4; the codes born since go through their parent.
    """

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="passages", verbose_name="famille"
    )
    code_rome = models.CharField("code ROME", max_length=5, db_index=True)
    libelle_rome = models.CharField("libellé du code selon la source", max_length=300, blank=True)
    qualifications = models.CharField(
        "qualifications",
        max_length=10,
        blank=True,
        help_text="Chiffres de qualification, de 0 à 9 : « 0123456 » ; vide pour toutes.",
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")

    class Meta:
        verbose_name = "passage FAP – ROME"
        verbose_name_plural = "passages FAP – ROME"
        ordering = ["code_rome", "famille"]
        constraints = [
            models.UniqueConstraint(fields=["famille", "code_rome"], name="passage_fap_rome_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code_rome} → {self.famille}"

    @property
    def qualifications_en_clair(self) -> str:
        """« cadres », « ouvriers et employés », else « 0, 4, 7, 8 »; empty for all of them."""
        connues = {
            "9": "cadres",
            "78": "techniciens et agents de maîtrise",
            "0123456": "ouvriers et employés",
            "012345678": "hors cadres",
        }
        return connues.get(self.qualifications) or ", ".join(self.qualifications)


class ProfessionDeFamille(models.Model):
    """A profession of Insee (PCS) that a family of the FAP 225 is made of. Sources give these families no other name."""

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="professions", verbose_name="famille"
    )
    code = models.CharField("code PCS", max_length=4)
    libelle = models.CharField("intitulé", max_length=300)
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")

    class Meta:
        verbose_name = "profession d'une famille"
        verbose_name_plural = "professions des familles"
        ordering = ["famille", "code"]
        constraints = [
            models.UniqueConstraint(fields=["famille", "code"], name="profession_de_famille_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.libelle}"


class TensionDeFamille(models.Model):
    """A row of `tensions.csv` (Dares): the market of a family, in France, a region or a département, one year.

    `categorie` and the six factors go from 1 (low) to 5 (high); `indice` is the index behind the category, kept to four
    decimals of the fifteen published. What is null was not published, mostly because the family is too small there.
    """

    class Niveau(models.TextChoices):
        NATIONAL = "nat", "France"
        REGIONAL = "reg", "Région"
        DEPARTEMENTAL = "dep", "Département"

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="tensions", verbose_name="famille"
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    annee = models.PositiveSmallIntegerField("année")
    niveau = models.CharField("niveau géographique", max_length=3, choices=Niveau)
    code_territoire = models.CharField(
        "code du territoire", max_length=3, blank=True, help_text="Code Insee, vide pour la France."
    )
    emploi_moyen = models.PositiveIntegerField("emploi moyen", null=True, help_text="Personnes en emploi.")
    indice = models.DecimalField("indice de tension", max_digits=8, decimal_places=4, null=True)
    categorie = models.PositiveSmallIntegerField("catégorie de tension", null=True)
    intensite_embauches = models.PositiveSmallIntegerField("intensité d'embauches", null=True)
    lien_formation_emploi = models.PositiveSmallIntegerField("lien formation-emploi", null=True)
    manque_main_doeuvre = models.PositiveSmallIntegerField("manque de main-d'œuvre disponible", null=True)
    non_durabilite = models.PositiveSmallIntegerField("non-durabilité de l'emploi", null=True)
    conditions_contraignantes = models.PositiveSmallIntegerField("conditions contraignantes", null=True)
    inadequation_geographique = models.PositiveSmallIntegerField("inadéquation géographique", null=True)

    class Meta:
        verbose_name = "tension d'une famille"
        verbose_name_plural = "tensions des familles"
        ordering = ["famille", "-annee", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["famille", "annee", "niveau", "code_territoire"], name="tension_de_famille_unique"
            ),
            models.CheckConstraint(
                condition=Q(categorie__isnull=True) | Q(categorie__range=(1, 5)), name="tension_de_1_a_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.famille}, {self.annee}, {self.get_niveau_display()} {self.code_territoire}".rstrip()


class SalaireDeFamille(models.Model):
    """A row of `salaire_median_3niv.csv` (Dares): a median net monthly wage in euros, over a period of three years.

    Full-time employees, apprentices and trainees left out, says the dictionary of the delivery.
    """

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="salaires", verbose_name="famille"
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    periode = models.CharField("période", max_length=20, help_text="« 2017-2019 ».")
    median = models.PositiveIntegerField("salaire médian", help_text="Euros nets par mois.")

    class Meta:
        verbose_name = "salaire médian d'une famille"
        verbose_name_plural = "salaires médians des familles"
        ordering = ["famille", "-periode"]
        constraints = [
            models.UniqueConstraint(fields=["famille", "periode"], name="salaire_de_famille_unique")
        ]

    def __str__(self) -> str:
        return f"{self.famille}, {self.periode} : {self.median} €"


class TrancheDeSalaire(models.Model):
    """A row of `salaires_3niv.csv` (Dares): the share of a family's employees in a bracket of net monthly wage.

    Kept as delivered and shown nowhere: the file has no period, and its last two labels look exchanged (28 % of all
    employees « 3000 € ou plus » and 15 % from 2,000 to 3,000, for a median of 1,800).
    """

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="tranches", verbose_name="famille"
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    tranche = models.CharField("tranche", max_length=60, help_text="« De 1250 € à moins de 1500 € ».")
    milliers = models.DecimalField("salariés, en milliers", max_digits=12, decimal_places=4, null=True)
    pourcentage = models.DecimalField("part, en %", max_digits=7, decimal_places=4, null=True)

    class Meta:
        verbose_name = "tranche de salaire d'une famille"
        verbose_name_plural = "tranches de salaire des familles"
        ordering = ["famille", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["famille", "tranche"], name="tranche_de_salaire_unique")
        ]

    def __str__(self) -> str:
        return f"{self.famille}, {self.tranche}"


class ProjetsQuerySet(models.QuerySet):
    def cumuler(self, *champs: str) -> models.QuerySet[Any, dict[str, Any]]:
        """Sums of the published cells by `champs`, and how many cells are secret: no sum here is a total.

        Each row gives `cellules`, then `somme_projets` and `secrets_projets`, and the same for `difficiles` and
        `saisonniers`; a sum is None where every cell is secret.
        """
        mesures = ("projets", "difficiles", "saisonniers")
        sommes = {f"somme_{mesure}": Sum(mesure) for mesure in mesures}
        secrets = {
            f"secrets_{mesure}": Count("pk", filter=Q(**{f"{mesure}__isnull": True})) for mesure in mesures
        }
        return self.order_by().values(*champs).annotate(cellules=Count("pk"), **sommes, **secrets)


class ProjetsDeRecrutement(models.Model):
    """A row of the BMO (France Travail): what employers of a bassin d'emploi plan to recruit in a family, one year.

    Null is the statistical secrecy, the file's `*`, and nothing else: the reader refuses an empty cell. A bassin may
    span two départements, hence the key.
    """

    MASQUE = "secret statistique"

    famille = models.ForeignKey(
        FamilleProfessionnelle, models.CASCADE, related_name="projets", verbose_name="famille"
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    annee = models.PositiveSmallIntegerField("année")
    code_region = models.CharField("code de la région", max_length=3)
    region = models.CharField("région", max_length=100)
    code_departement = models.CharField("code du département", max_length=3)
    departement = models.CharField("département", max_length=100)
    code_bassin = models.CharField("code du bassin", max_length=6)
    bassin = models.CharField("bassin d'emploi", max_length=150)
    projets = models.PositiveIntegerField("projets de recrutement", null=True)
    difficiles = models.PositiveIntegerField("projets jugés difficiles", null=True)
    saisonniers = models.PositiveIntegerField("projets saisonniers", null=True)

    objects = ProjetsQuerySet.as_manager()

    class Meta:
        verbose_name = "projets de recrutement d'un bassin"
        verbose_name_plural = "projets de recrutement des bassins"
        ordering = ["famille", "-annee", "code_bassin", "code_departement"]
        constraints = [
            models.UniqueConstraint(
                fields=["famille", "annee", "code_bassin", "code_departement"],
                name="projets_de_bassin_uniques",
            )
        ]

    def __str__(self) -> str:
        return f"{self.famille}, {self.bassin}, {self.annee} : {self.projets_en_clair}"

    @property
    def projets_en_clair(self) -> str:
        return self.MASQUE if self.projets is None else str(self.projets)
