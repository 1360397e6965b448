"""`import_rome`: the official version 60, whole."""

from __future__ import annotations

from catalogue.models import ImportEffectue, VersionReferentiel
from metiers.models import Competence, Metier
from tests.livraisons import importer, totaux
from tests.rome_en_json import ecrire_fiches, fiches_en_json, lignes_du_zip


def test_official_version_60(rome_v60, donnees_officielles, tmp_path):
    """From its tables, then from the same in JSON, then from its tables again; its counts are in tests/imports/."""
    archive = donnees_officielles / "rome" / "open-data-rome-v460-csv.zip"
    fiches = fiches_en_json(lignes_du_zip(archive), lambda ogr: f"Enjeu {int(ogr) % 31} du cœur")

    en_json = importer("import_rome", ecrire_fiches(tmp_path, fiches))
    troisieme = importer("import_rome", archive)

    assert "Aucun rejet." in rome_v60
    # The enjeux, and nothing else: 31 of them, for the 16,740 savoir-faire that fiches ask for.
    assert "Aucun rejet." in en_json
    assert (totaux(en_json)[0:2], totaux(en_json)[3]) == ([31, 16740], 0)
    assert Competence.objects.exclude(enjeu=None).count() == 16740
    assert (totaux(troisieme)[0:2], totaux(troisieme)[3]) == ([0, 0], 0)
    assert str(VersionReferentiel.objects.get()) == "ROME 4.0, version 60 du 18/09/2025"
    assert ImportEffectue.objects.count() == 3

    fiches = Metier.objects.publies()
    # Read in the sentences of « accès au métier »: a fiche that names no diploma has no level.
    assert fiches.exclude(niveau_acces=None).count() == 1405
