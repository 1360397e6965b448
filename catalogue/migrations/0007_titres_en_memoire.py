from django.db import migrations, models

COLONNES_DE_L_INDEX = "USING gin (mots_tsv) WITH (fastupdate = off)"
TABLES_FTS = ("catalogue_recherche_fts", "catalogue_recherche_nombreux_fts")


def retirer_les_index(apps, schema_editor):
    """The full-text index of each database: titles are now looked for in memory."""
    if schema_editor.connection.vendor == "postgresql":
        # Its two indexes go with it.
        schema_editor.execute("ALTER TABLE catalogue_documentderecherche DROP COLUMN mots_tsv")
    else:
        for table in TABLES_FTS:
            schema_editor.execute(f"DROP TABLE {table}")


def remettre_les_index(apps, schema_editor):
    """Empty: see `oublier`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE catalogue_documentderecherche ADD COLUMN mots_tsv tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(mots, ' '))) STORED"
        )
        for nom, condition in (("document_mots", "NOT nombreux"), ("document_mots_nombreux", "nombreux")):
            schema_editor.execute(
                f"CREATE INDEX {nom} ON catalogue_documentderecherche {COLONNES_DE_L_INDEX} WHERE {condition}"
            )
    else:
        for table in TABLES_FTS:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5("
                "mots, tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')"
            )


def nommer_les_genres(apps, schema_editor):
    """What is in place stays findable: each process makes what is not made yet."""
    documents = apps.get_model("catalogue", "DocumentDeRecherche").objects.order_by()
    colonnes = apps.get_model("catalogue", "ColonneDeTitres").objects
    for genre in documents.values_list("genre", flat=True).distinct():
        colonnes.create(genre=genre, nom="", marque="", contenu=b"")


def oublier(apps, schema_editor):
    """What can be found is derived: the release before this one indexes it again with its next import."""
    apps.get_model("catalogue", "DocumentDeRecherche").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0006_index_par_niveau"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColonneDeTitres",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("genre", models.CharField(max_length=20)),
                ("nom", models.CharField(max_length=30)),
                ("marque", models.CharField(max_length=32)),
                ("contenu", models.BinaryField()),
            ],
            options={
                "verbose_name": "colonne de l'index des titres",
                "verbose_name_plural": "colonnes de l'index des titres",
                "constraints": [
                    models.UniqueConstraint(fields=("genre", "nom"), name="colonne_de_titres_unique")
                ],
            },
        ),
        migrations.RunPython(nommer_les_genres, migrations.RunPython.noop),
        migrations.RunPython(retirer_les_index, remettre_les_index),
        migrations.RemoveIndex(model_name="documentderecherche", name="document_niveau"),
        migrations.RemoveIndex(model_name="documentderecherche", name="document_niveau_nombreux"),
        migrations.RemoveField(model_name="documentderecherche", name="nombreux"),
        migrations.RemoveField(model_name="documentderecherche", name="debut"),
        migrations.AlterField(
            model_name="documentderecherche",
            name="mots",
            field=models.TextField(
                help_text="Les mots comparables du titre, dans l'ordre, puis ceux qui le font trouver sans être montrés."
            ),
        ),
        migrations.AlterField(
            model_name="documentderecherche",
            name="nb_mots",
            field=models.PositiveSmallIntegerField(help_text="Combien de ces mots sont ceux du titre."),
        ),
        migrations.DeleteModel(name="MotConnu"),
        migrations.RunPython(migrations.RunPython.noop, oublier),
    ]
