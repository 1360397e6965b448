"""What can be found, the words it is made of, and the words that mean the same."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Lookup


class TexteIndexe(models.TextField):
    """Comparable words separated by blanks; the full-text index of each database is built on it."""


@TexteIndexe.register_lookup
class Correspond(Lookup):
    """`mots__correspond=[["infirmier"], ["scolair", "scolair*"]]`: one word of each group, a star for a prefix.

    FTS5 on SQLite (table `catalogue_recherche_fts`, one row per document), `tsvector` on PostgreSQL (generated column
    `mots_tsv`): both made by migration 0002, both fed from the same words, so that they answer alike.
    """

    lookup_name = "correspond"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.query.get_initial_alias()
        expression = " AND ".join(
            "(" + " OR ".join(f'"{mot[:-1]}"*' if mot.endswith("*") else f'"{mot}"' for mot in groupe) + ")"
            for groupe in self.rhs
        )
        sql = (
            f'{connection.ops.quote_name(table)}."id" IN '
            "(SELECT rowid FROM catalogue_recherche_fts WHERE catalogue_recherche_fts MATCH %s)"
        )
        return sql, [expression]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table = compiler.query.get_initial_alias()
        expression = " & ".join(
            "(" + " | ".join(f"'{mot[:-1]}':*" if mot.endswith("*") else f"'{mot}'" for mot in groupe) + ")"
            for groupe in self.rhs
        )
        return f"{connection.ops.quote_name(table)}.\"mots_tsv\" @@ to_tsquery('simple', %s)", [expression]


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
    mots = TexteIndexe()
    debut = models.CharField(
        max_length=200, help_text="Les mots, dans l'ordre, pour reconnaître un titre exact."
    )
    nb_mots = models.PositiveSmallIntegerField()
    poids = models.PositiveSmallIntegerField(
        default=0, help_text="À égalité, ce qui est le plus général d'abord."
    )
    niveau = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "document de recherche"
        verbose_name_plural = "documents de recherche"
        indexes = [
            models.Index(fields=["genre", "cle"], name="document_genre_cle"),
            models.Index(fields=["debut"], name="document_debut"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.cle} : {self.appellation or self.titre}"


class MotConnu(models.Model):
    """A word of the index: what an unknown word may have been meant for."""

    mot = models.CharField(primary_key=True, max_length=60)
    frequence = models.PositiveIntegerField()

    class Meta:
        verbose_name = "mot connu"
        verbose_name_plural = "mots connus"

    def __str__(self) -> str:
        return self.mot


class Synonyme(models.Model):
    """An everyday phrase and what the référentiels call it. A phrase is replaced whole, never one word of it."""

    expression = models.CharField(
        "expression courante",
        max_length=120,
        unique=True,
        help_text="Telle que les gens la tapent : « prof », « nounou ».",
    )
    equivalent = models.CharField(
        "équivalent", max_length=200, help_text="Les mots des fiches : « professeur », « garde d'enfant »."
    )

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
