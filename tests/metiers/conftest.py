"""A version of the ROME loaded, with the editors' words on it, and the next one ready to be edited."""

from __future__ import annotations

import pytest

from metiers.models import FicheEditoriale, Metier
from tests.livraisons import LivraisonRome, importer


@pytest.fixture
def v60(db, tmp_path) -> LivraisonRome:
    """Version 60, loaded, with words of the editors on each of its five fiches."""
    livraison = LivraisonRome(tmp_path)
    importer("import_rome", livraison)
    for metier in Metier.objects.all():
        FicheEditoriale.objects.create(metier=metier, en_clair=f"Écrit pour : {metier.libelle}")
    return livraison


@pytest.fixture
def v61(v60) -> LivraisonRome:
    """Version 61, not loaded yet, which says the same."""
    return v60.suivante()
