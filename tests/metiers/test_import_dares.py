"""`import_dares`: the same delivery twice, parts of it, the next year, and what is refused."""

import shutil

import pytest
from django.core.management.base import CommandError

from catalogue.models import ImportEffectue, VersionReferentiel
from metiers.models import (
    FamilleProfessionnelle,
    Indicateur,
    NatureIndicateur,
    PassageFapRome,
    SalaireDeFamille,
    TensionDeFamille,
    TrancheDeSalaire,
)
from tests import objets
from tests.livraisons import importer, photographie, totaux

pytestmark = pytest.mark.django_db

TABLES = (TensionDeFamille, PassageFapRome, SalaireDeFamille, TrancheDeSalaire, Indicateur)


@pytest.fixture
def livraison(petites_donnees, tmp_path):
    return shutil.copytree(petites_donnees / "dares", tmp_path / "dares")


def comptes():
    return [modele.objects.count() for modele in TABLES]


def remplacer(chemin, avant, apres):
    chemin.write_text(chemin.read_text().replace(avant, apres))


def test_the_same_delivery_twice_changes_nothing(livraison):
    objets.metier("D1491")
    importer("import_dares", livraison)
    avant = photographie()

    rapport = importer("import_dares", livraison)

    apres = photographie()
    tables = [table for table in avant if table.startswith("metiers_")]
    assert (totaux(rapport)[:2], totaux(rapport)[3]) == ([0, 0], 0)
    assert {table: apres[table] for table in tables} == {table: avant[table] for table in tables}
    assert comptes() == [7, 3 + 4, 26, 5, 2 * 3]


def test_each_table_has_its_source_and_its_edition(livraison):
    importer("import_dares", livraison)

    assert sorted(VersionReferentiel.objects.values_list("source", "version", "publiee_le")) == [
        ("dares-fap-2021", "", None),
        ("dares-fap-225", "", None),
        ("dares-portraits-metiers", "2017-2019", None),
        ("dares-tensions-2019", "2019", None),
    ]
    assert ImportEffectue.objects.count() == 4


def test_kinds_of_figures_are_made_and_keep_the_words_of_the_editors(livraison):
    NatureIndicateur.objects.create(code="tension-dares", libelle="Tension, reformulée", theme="marche")

    importer("import_dares", livraison)

    assert dict(NatureIndicateur.objects.values_list("code", "libelle")) == {
        "tension-dares": "Tension, reformulée",
        "emplois-famille": "Personnes en emploi dans la famille de métiers",
        "salaire-median": "Salaire médian",
        "projets-recrutement-bmo": "Projets de recrutement",
        "projets-difficiles-bmo": "Projets de recrutement jugés difficiles",
    }


def test_table_that_is_not_there_changes_nothing_of_what_is_known(livraison):
    importer("import_dares", livraison)
    avant = comptes()
    for fichier in ("tensions.csv", "fap225_rome.csv", "salaires_3niv.csv"):
        (livraison / fichier).unlink()

    rapport = importer("import_dares", livraison)

    assert (totaux(rapport)[:2], comptes()) == ([0, 0], avant)


def test_another_year_stands_beside_the_first_and_pages_show_the_last(livraison):
    metier = objets.metier("N4191")
    importer("import_dares", livraison)
    remplacer(livraison / "tensions.csv", ",2019,", ",2020,")

    importer("import_dares", livraison)

    assert sorted(set(TensionDeFamille.objects.values_list("annee", "source"))) == [
        (2019, "dares-tensions-2019"),
        (2020, "dares-tensions-2020"),
    ]
    assert set(metier.indicateurs.filter(nature="tension-dares").values_list("millesime", "source")) == {
        ("2020", "dares-tensions-2020")
    }


def test_label_known_from_another_delivery_stays(livraison):
    importer("import_dares", livraison)
    FamilleProfessionnelle.objects.filter(code="Y0Z60").update(libelle="Conseillers de boutiques")

    importer("import_dares", livraison)

    assert FamilleProfessionnelle.objects.get(code="Y0Z60").libelle == "Conseillers de boutiques"


def test_table_that_loses_most_of_its_rows_is_refused_unless_forced(livraison):
    importer("import_dares", livraison)
    tensions = livraison / "tensions.csv"
    tensions.write_text("\n".join(tensions.read_text().splitlines()[:3]) + "\n")

    with pytest.raises(CommandError, match=r"Il retirerait 5 tensions sur 7 : il est sans doute incomplet\."):
        importer("import_dares", livraison)
    gardees = TensionDeFamille.objects.count()
    importer("import_dares", livraison, forcer=True)

    assert (gardees, TensionDeFamille.objects.count()) == (7, 2)


def test_delivery_that_does_not_hold_together_is_refused_and_nothing_is_written(livraison):
    remplacer(livraison / "tensions.csv", "fap 225", "fap 2025")
    for fichier in ("salaire_median_3niv.csv", "salaires_3niv.csv", "fap225_rome.csv"):
        (livraison / fichier).unlink()

    with pytest.raises(CommandError, match=r"^Fichier refusé, rien n'a été importé\. 5 de ses lignes"):
        importer("import_dares", livraison)

    assert comptes() == [0] * 5


def test_dry_run_keeps_nothing(livraison):
    rapport = importer("import_dares", livraison, dry_run=True)

    assert rapport.endswith("Essai à blanc : rien n'a été gardé.\n")
    assert comptes() == [0] * 5
