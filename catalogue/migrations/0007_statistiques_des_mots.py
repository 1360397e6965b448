from django.db import migrations

MOTS_RETENUS = 10
"""Times ten: of how many words PostgreSQL keeps how common they are. It reads them all each time it plans a search."""


def _regler(schema_editor, nombre):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE catalogue_documentderecherche ALTER COLUMN mots_tsv SET STATISTICS {nombre}"
        )


def retenir_peu(apps, schema_editor):
    _regler(schema_editor, MOTS_RETENUS)


def retenir_comme_ailleurs(apps, schema_editor):
    _regler(schema_editor, -1)


class Migration(migrations.Migration):
    """By itself it keeps a thousand words: half of the time of a plan, for words that are not rare enough to be told apart."""

    dependencies = [
        ("catalogue", "0006_index_par_niveau"),
    ]

    operations = [
        migrations.RunPython(retenir_peu, retenir_comme_ailleurs),
    ]
