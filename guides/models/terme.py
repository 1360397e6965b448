"""The terms of the glossary."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from simple_history.models import HistoricalRecords

from guides.liens import Entree
from guides.models.dossier import SOURCE_MAISON, UNE_LIGNE_CHACUN


class TermeQuerySet(models.QuerySet):
    """The words used to speak of terms."""

    def publies(self) -> Self:
        """What visitors read."""
        return self.filter(publie=True)

    def for_detail(self) -> Self:
        """Everything the page shows, in a constant number of queries."""
        return self.select_related("source").prefetch_related(
            "types", Prefetch("termes_lies", Terme.objects.publies())
        )

    def entrees(self) -> list[Entree]:
        """What `guides.liens` looks for in texts, in one query."""
        termes: Any = self.publies().filter(a_lier=True).only("slug", "terme", "autres_noms").order_by("slug")
        return [Entree(terme.slug, terme.formes) for terme in termes]


class Terme(models.Model):
    """A word that visitors meet on the portal, explained; either a short definition or a whole article.

    `autres_noms` are names of the same notion: they lead here from searches and texts, and prove no link to a métier
    or to a certification of that name.
    """

    terme = models.CharField("terme", max_length=150)
    slug = models.SlugField(
        "adresse", max_length=150, unique=True, help_text="La fin de l'adresse de la page."
    )
    publie = models.BooleanField("publié", default=True)
    definition_courte = models.CharField(
        "définition courte",
        max_length=400,
        help_text="Une ou deux phrases, que lit aussi la liste du glossaire.",
    )
    autres_noms = models.TextField(
        "autres noms", blank=True, help_text=f"Synonymes, sigle développé. {UNE_LIGNE_CHACUN}"
    )
    a_lier = models.BooleanField(
        "repéré dans les textes",
        default=True,
        help_text="Décochez pour un mot trop courant, que les textes emploient dans un autre sens.",
    )
    definition = models.TextField(
        "définition", blank=True, help_text="Une ligne vide sépare les paragraphes."
    )
    competences = models.TextField("comprendre : les compétences", blank=True)
    diplomes = models.TextField("comprendre : les diplômes", blank=True)
    equipe = models.TextField("comprendre : le travail d'équipe", blank=True)
    analyse = models.TextField("comprendre : l'analyse", blank=True)
    types_introduction = models.TextField("types : introduction", blank=True)
    phrase_cle = models.CharField("phrase mise en avant", max_length=300, blank=True)
    points_forts = models.TextField("points forts", blank=True, help_text=UNE_LIGNE_CHACUN)
    termes_lies = models.ManyToManyField("self", blank=True, verbose_name="termes liés")
    mots_cles = models.CharField("mots-clés de la source", max_length=200, blank=True)
    note = models.TextField(
        "note de la rédaction",
        blank=True,
        help_text="Affichée en tête : « traduction automatique, niveau à vérifier ».",
    )
    source = models.ForeignKey("catalogue.Source", models.PROTECT, related_name="+", verbose_name="source")
    verifie_le = models.DateField("vérifié le", null=True, blank=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    objects = TermeQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="historique")

    class Meta:
        verbose_name = "terme"
        ordering = ["terme"]

    def __str__(self) -> str:
        return self.terme

    def get_absolute_url(self) -> str:
        return reverse("glossaire:detail", args=[self.slug])

    @property
    def est_de_la_redaction(self) -> bool:
        """Whether the portal wrote it on its own, from nobody's article."""
        return self.source_id == SOURCE_MAISON

    @property
    def formes(self) -> tuple[str, ...]:
        """Every name of the term, its own first."""
        return (self.terme, *(nom.strip() for nom in self.autres_noms.splitlines() if nom.strip()))


class TypeDeTerme(models.Model):
    """A kind of what the term names: « responsable de la relation client »."""

    terme = models.ForeignKey(Terme, models.CASCADE, related_name="types", verbose_name="terme")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    titre = models.CharField("type", max_length=200)
    texte = models.TextField("texte", help_text="Une ligne vide sépare les paragraphes.")

    class Meta:
        verbose_name = "type"
        ordering = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.titre


class LienDeSource(models.Model):
    """A link found in the source of a term; without `cible` it is a broken one, and its words are plain text here."""

    terme = models.ForeignKey(Terme, models.CASCADE, related_name="liens_de_source", verbose_name="terme")
    libelle = models.CharField("texte du lien", max_length=200)
    adresse = models.CharField("adresse dans la source", max_length=300)
    cible = models.ForeignKey(
        Terme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="terme du glossaire",
        help_text="Vide : le glossaire n'a pas cette notion.",
    )
    remarque = models.CharField("remarque", max_length=300, blank=True)

    class Meta:
        verbose_name = "lien de la source"
        verbose_name_plural = "liens de la source"
        ordering = ["terme", "pk"]

    def __str__(self) -> str:
        return f"{self.libelle} → {self.adresse}"
