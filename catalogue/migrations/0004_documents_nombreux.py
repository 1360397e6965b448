from django.db import migrations, models


def creer_index(apps, schema_editor):
    """An index apart for the numerous genres. What is in place stays findable where it is until it is indexed again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX document_mots")
        for nom, condition in (("document_mots", "NOT nombreux"), ("document_mots_nombreux", "nombreux")):
            schema_editor.execute(
                f"CREATE INDEX {nom} ON catalogue_documentderecherche USING gin (mots_tsv) "
                f"WITH (fastupdate = off) WHERE {condition}"
            )
    else:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE catalogue_recherche_nombreux_fts USING fts5("
            "mots, tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')"
        )


def retirer_index(apps, schema_editor):
    """Documents of numerous genres are lost: they are derived, and indexed again by the next import."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX document_mots_nombreux")
        schema_editor.execute("DROP INDEX document_mots")
        schema_editor.execute(
            "CREATE INDEX document_mots ON catalogue_documentderecherche USING gin (mots_tsv) WITH (fastupdate = off)"
        )
    else:
        schema_editor.execute("DROP TABLE catalogue_recherche_nombreux_fts")


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0003_recherche_vaine"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentderecherche",
            name="nombreux",
            field=models.BooleanField(
                default=False, help_text="D'un genre qui peut compter des centaines de milliers de titres."
            ),
        ),
        migrations.RunPython(creer_index, retirer_index),
    ]
