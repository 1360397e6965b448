"""Which certification replaces which, both ways, whether or not the other fiche is known here."""

from __future__ import annotations

from django.db import connections, models

# Longer than any chain of France compétences; a bound for sources that would state a loop.
LONGUEUR_MAXIMALE = 20


class FiliationQuerySet(models.QuerySet["Filiation"]):
    def lignee(self, numero: str) -> tuple[list[str], list[str]]:
        """(what `numero` replaces, what replaces it), nearest first, followed to both ends in one query.

        Chains may fork, and a source may state a loop: UNION visits each number once.
        """
        connection = connections[self.db]
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as curseur:
            curseur.execute(
                f"""
                WITH RECURSIVE
                avant(numero, rang) AS (
                    SELECT ancienne, 1 FROM {table} WHERE nouvelle = %s
                    UNION
                    SELECT f.ancienne, avant.rang + 1 FROM {table} f JOIN avant ON f.nouvelle = avant.numero
                    WHERE avant.rang < {LONGUEUR_MAXIMALE}
                ),
                apres(numero, rang) AS (
                    SELECT nouvelle, 1 FROM {table} WHERE ancienne = %s
                    UNION
                    SELECT f.nouvelle, apres.rang + 1 FROM {table} f JOIN apres ON f.ancienne = apres.numero
                    WHERE apres.rang < {LONGUEUR_MAXIMALE}
                )
                SELECT 'avant', numero, MIN(rang) FROM avant GROUP BY numero
                UNION ALL
                SELECT 'apres', numero, MIN(rang) FROM apres GROUP BY numero
                """,  # noqa: S608 -- only our own table name and constant are interpolated
                [numero, numero],
            )
            lignes = sorted(curseur.fetchall(), key=lambda ligne: (ligne[2], ligne[1]))
        return (
            [autre for sens, autre, _ in lignes if sens == "avant" and autre != numero],
            [autre for sens, autre, _ in lignes if sens == "apres" and autre != numero],
        )


class Filiation(models.Model):
    """`ancienne` is replaced by `nouvelle`. Numbers are text: chains point outside the file as well as inside.

    A link may be stated by either fiche, or by both; `declaree_par` are the numbers of the fiches that state it, so
    that an import withdraws only what its own fiches no longer say.
    """

    ancienne = models.CharField("ancienne", max_length=12, db_index=True)
    nouvelle = models.CharField("nouvelle", max_length=12, db_index=True)
    declaree_par = models.CharField("déclarée par", max_length=12, db_index=True)

    objects = FiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "filiation"
        ordering = ["ancienne", "nouvelle"]
        constraints = [
            models.UniqueConstraint(fields=["ancienne", "nouvelle", "declaree_par"], name="filiation_unique"),
            models.CheckConstraint(
                condition=~models.Q(ancienne=models.F("nouvelle")), name="filiation_entre_deux_fiches"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancienne} → {self.nouvelle}"
