"""What can be found, the words it is made of, and the words that mean the same."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models


class DocumentDeRecherche(models.Model):
    """One title under which something can be found. A métier has one for each appellation.

    `genre` and `cle` say what it leads to; `titre` is the official title, `appellation` the one that this document
    matches when it is another. Rows are derived: they are written anew with the data they come from.
    """

    genre = models.CharField(max_length=20)
    cle = models.CharField(max_length=80)
    titre = models.CharField(max_length=800)
    appellation = models.CharField(max_length=800, blank=True)
    url = models.CharField(max_length=300)
    mots = models.TextField(
        help_text="Les mots comparables du titre, dans l'ordre, puis ceux qui le font trouver sans être montrés."
    )
    nb_mots = models.PositiveSmallIntegerField(help_text="Combien de ces mots sont ceux du titre.")
    poids = models.PositiveSmallIntegerField(
        default=0, help_text="À égalité, ce qui est le plus général d'abord."
    )
    niveau = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "document de recherche"
        verbose_name_plural = "documents de recherche"
        indexes = [models.Index(fields=["genre", "cle"], name="document_genre_cle")]

    def __str__(self) -> str:
        return f"{self.genre} {self.cle} : {self.appellation or self.titre}"


class ColonneDeTitres(models.Model):
    """A column of the documents of one genre, see `catalogue.recherche.colonnes`; derived, and never edited.

    `marque` is that of what all the columns of the genre hold. A genre whose columns are still to be made has one without a name.
    """

    genre = models.CharField(max_length=20)
    nom = models.CharField(max_length=30)
    marque = models.CharField(max_length=32)
    contenu = models.BinaryField()

    class Meta:
        verbose_name = "colonne de l'index des titres"
        verbose_name_plural = "colonnes de l'index des titres"
        constraints = [models.UniqueConstraint(fields=["genre", "nom"], name="colonne_de_titres_unique")]

    def __str__(self) -> str:
        return f"{self.genre} {self.nom}"


class SynonymeManager(models.Manager["Synonyme"]):
    def get_by_natural_key(self, expression: str) -> Synonyme:
        return self.get(expression=expression)


class Synonyme(models.Model):
    """An everyday phrase and what the référentiels call it. A phrase is replaced whole, never one word of it.

    `equivalent` may hold several, separated by semicolons, each tried; a code (« K2107 ») names one fiche.
    """

    expression = models.CharField(
        "expression courante",
        max_length=120,
        unique=True,
        help_text="Telle que les gens la tapent : « prof », « nounou ».",
    )
    equivalent = models.CharField(
        "équivalent",
        max_length=200,
        help_text="Les mots des fiches : « garde d'enfant », ou un code : « K2107 ». Plusieurs : séparez-les par un "
        "point-virgule.",
    )

    objects = SynonymeManager()

    class Meta:
        verbose_name = "synonyme de recherche"
        verbose_name_plural = "synonymes de recherche"
        ordering = ["expression"]

    def __str__(self) -> str:
        return f"{self.expression} → {self.equivalent}"

    def clean(self) -> None:
        from catalogue.recherche.mots import mots

        if not mots(self.expression) or not mots(self.equivalent):
            raise ValidationError("Écrivez au moins un mot de chaque côté.")


class RechercheVaine(models.Model):
    """Words that found nothing, counted by day: which synonyms are missing. Nothing tells who typed them."""

    LONGUEUR = 60

    mots = models.CharField("mots tapés", max_length=LONGUEUR)
    jour = models.DateField("jour")
    nombre = models.PositiveIntegerField("fois", default=1)

    class Meta:
        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        ordering = ["-jour", "-nombre", "mots"]
        constraints = [models.UniqueConstraint(fields=["mots", "jour"], name="recherche_vaine_par_jour")]

    def __str__(self) -> str:
        return self.mots
