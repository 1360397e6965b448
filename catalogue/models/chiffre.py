"""A figure that knows where it comes from."""

from __future__ import annotations

from decimal import Decimal

from django.db import models


class Chiffre(models.Model):
    """A value with unit, source, vintage, territory and method.

    `valeur` is the raw value (T15: 4.38), `valeur_affichee` what the source prints when it differs (« 4,4 »), and
    `valeur_texte` a value given in words only (T21: « variable selon le statut »), which no sort and no filter uses.
    An unknown value is no row, never a 0.
    """

    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=4, null=True, blank=True)
    valeur_affichee = models.CharField("valeur affichée par la source", max_length=60, blank=True)
    valeur_texte = models.CharField("valeur en toutes lettres", max_length=300, blank=True)
    unite = models.CharField(
        "unité", max_length=60, blank=True, help_text="« € brut par mois », « / 10 », « % »."
    )
    echelle = models.PositiveSmallIntegerField(
        "échelle",
        null=True,
        blank=True,
        help_text="Maximum de l'échelle d'un score : 10 ou 5. Vide pour une quantité.",
    )
    sens = models.CharField(
        "sens de lecture",
        max_length=200,
        blank=True,
        help_text="Ce que veut dire une valeur haute, si la source le dit.",
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    millesime = models.CharField(
        "millésime",
        max_length=60,
        blank=True,
        help_text="Année ou période décrite, telle que la source la donne.",
    )
    territoire = models.CharField("territoire", max_length=100, default="France")
    methode = models.TextField(
        "méthode", blank=True, help_text="Définition ou mode de calcul donné par la source."
    )
    effectif = models.PositiveIntegerField(
        "effectif", null=True, blank=True, help_text="Nombre de personnes derrière un taux."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valeur__isnull=False)
                | ~models.Q(valeur_texte="")
                | ~models.Q(valeur_affichee=""),
                name="%(app_label)s_%(class)s_a_une_valeur",
                violation_error_message="Un chiffre a une valeur, ou il n'existe pas.",
            )
        ]

    def __str__(self) -> str:
        return self.en_clair

    @property
    def en_clair(self) -> str:
        """The value as a reader meets it: « 1 747 € brut par mois », « 4,4 / 10 »."""
        if self.valeur_texte:
            return self.valeur_texte
        nombre = self.valeur_affichee or nombre_en_francais(self.valeur)
        if self.echelle:
            return f"{nombre} / {self.echelle}"
        return f"{nombre} {self.unite}".strip()

    @property
    def millesime_en_clair(self) -> str:
        return self.millesime or "millésime non renseigné"


def nombre_en_francais(valeur: Decimal | int | None) -> str:
    """`Decimal("47300.0000")` → « 47 300 » (narrow no-break spaces), `Decimal("4.38")` → « 4,38 »."""
    if valeur is None:
        return "non renseigné"
    texte = f"{valeur:,f}"
    if "." in texte:
        texte = texte.rstrip("0").rstrip(".")
    return texte.replace(",", "\u202f").replace(".", ",")
