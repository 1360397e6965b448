from django.db import migrations

TABLES = ("certifications_certification", "certifications_blocdecompetences")
# Bytes, half of a page: the default is a quarter.
TAILLE = 4080


def garder_dans_la_ligne(apps, schema_editor):
    """Long texts, once compressed, stay in the row of their fiche as long as two rows hold in a page of PostgreSQL.

    A usual fiche fits. Putting its texts apart, in pieces of 2 KB that have an index of their own, took a quarter of the time that an
    import spends writing these tables, and a page has to fetch them all again.
    """
    _regler(schema_editor, f"SET (toast_tuple_target = {TAILLE})")


def mettre_a_part(apps, schema_editor):
    _regler(schema_editor, "RESET (toast_tuple_target)")


def _regler(schema_editor, reglage):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} {reglage}")


class Migration(migrations.Migration):

    dependencies = [
        ("certifications", "0005_index_utiles"),
    ]

    operations = [migrations.RunPython(garder_dans_la_ligne, mettre_a_part)]
