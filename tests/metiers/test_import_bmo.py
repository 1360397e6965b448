"""`import_bmo`: the same workbook twice, the next year, sums that are not totals, and what is refused."""

import pytest
from django.core.management.base import CommandError

from metiers.models import FamilleProfessionnelle, ProjetsDeRecrutement
from tests.classeurs import CONSEILLERS, ENTETE_BMO, LIGNES_BMO, LIVREURS, classeur, ligne_bmo
from tests.livraisons import importer, photographie, totaux

pytestmark = pytest.mark.django_db


@pytest.fixture
def chemin(tmp_path):
    return tmp_path / "bmo.xlsx"


@pytest.fixture
def livre(chemin):
    return classeur(chemin, LIGNES_BMO)


def test_the_same_workbook_twice_changes_nothing(livre):
    importer("import_bmo", livre)
    avant = photographie()

    rapport = importer("import_bmo", livre)

    apres = photographie()
    tables = [table for table in avant if table.startswith("metiers_")]
    assert totaux(rapport) == [0, 0, 2 + 5, 0]
    assert {table: apres[table] for table in tables} == {table: avant[table] for table in tables}


def test_secret_is_stored_as_such_and_zero_as_zero(livre):
    importer("import_bmo", livre)

    lues = {
        (p.code_bassin, p.famille.code): p for p in ProjetsDeRecrutement.objects.select_related("famille")
    }
    assert lues["101", "Y5X10"].projets is None
    assert lues["101", "Y5X10"].projets_en_clair == "secret statistique"
    assert lues["8401", "Y1X62"].difficiles == 0


def test_bassin_in_two_departements_has_two_rows(livre):
    importer("import_bmo", livre)

    assert sorted(
        ProjetsDeRecrutement.objects.filter(code_bassin="8401", famille__code="Y5X10").values_list(
            "code_departement", "projets"
        )
    ) == [("01", 50), ("69", 7)]


def test_sums_say_how_many_cells_are_secret(livre):
    importer("import_bmo", livre)
    livreurs = FamilleProfessionnelle.objects.get(code="Y5X10").projets

    (national,) = livreurs.cumuler("annee")
    regions = {
        c["code_region"]: (c["somme_projets"], c["secrets_projets"]) for c in livreurs.cumuler("code_region")
    }

    assert national == {
        "annee": 2025,
        "cellules": 3,
        "somme_projets": 57,
        "secrets_projets": 1,
        "somme_difficiles": 20,
        "secrets_difficiles": 2,
        "somme_saisonniers": None,
        "secrets_saisonniers": 3,
    }
    assert regions == {"84": (57, 0), "01": (None, 1)}


def test_another_year_stands_beside_the_first(livre, tmp_path):
    importer("import_bmo", livre)
    entete = [titre.replace("25", "26") for titre in ENTETE_BMO]
    suivant = classeur(
        tmp_path / "bmo-2026.xlsx", [ligne_bmo(LIVREURS, 8401, "60", "*", "*", annee=2026)], entete
    )

    importer("import_bmo", suivant)

    assert sorted(set(ProjetsDeRecrutement.objects.values_list("annee", "source"))) == [
        (2025, "bmo-2025"),
        (2026, "bmo-2026"),
    ]


def test_row_given_twice_is_left_out(chemin):
    livre = classeur(chemin, [*LIGNES_BMO, LIGNES_BMO[0]])

    rapport = importer("import_bmo", livre)

    assert "1 rejeté(s)." in rapport
    assert ProjetsDeRecrutement.objects.count() == 5


def test_workbook_that_loses_most_of_its_rows_is_refused(livre, chemin):
    importer("import_bmo", livre)

    with pytest.raises(CommandError, match="Il retirerait 3 lignes de projets sur 5"):
        importer("import_bmo", classeur(chemin, LIGNES_BMO[:2]))

    assert ProjetsDeRecrutement.objects.count() == 5


def test_workbook_that_does_not_hold_together_is_refused(chemin):
    lignes = [*LIGNES_BMO, *(ligne_bmo(CONSEILLERS, bassin, "?", "1", "1") for bassin in (1, 2))]

    with pytest.raises(CommandError, match=r"^Fichier refusé, rien n'a été importé\. 2 de ses lignes"):
        importer("import_bmo", classeur(chemin, lignes))

    assert not FamilleProfessionnelle.objects.exists()


def test_file_that_is_not_a_workbook_is_refused_in_one_line(tmp_path):
    (tmp_path / "bmo.xlsx").write_text("annee;met")

    with pytest.raises(CommandError) as erreur:
        importer("import_bmo", tmp_path / "bmo.xlsx")

    assert str(erreur.value) == (
        "Fichier refusé, rien n'a été importé. Le fichier bmo.xlsx n’est pas un classeur Excel (.xlsx)."
    )
