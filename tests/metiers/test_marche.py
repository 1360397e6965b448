"""Figures of families, brought to the métiers: by which way, and side by side."""

from __future__ import annotations

import pytest

from metiers import marche
from metiers.models import Indicateur
from tests import objets
from tests.classeurs import LIGNES_BMO, classeur
from tests.livraisons import importer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dares(petites_donnees):
    return petites_donnees / "dares"


@pytest.fixture
def bmo(tmp_path):
    return classeur(tmp_path / "bmo.xlsx", LIGNES_BMO)


def chiffres(metier, nature):
    indicateurs = Indicateur.objects.filter(metier=metier, nature=nature).order_by("code_nomenclature")
    return [(i.code_nomenclature, i.en_clair) for i in indicateurs]


def test_metier_of_two_families_has_the_figures_of_each(dares):
    metier = objets.metier("D1491")

    importer("import_dares", dares)

    assert chiffres(metier, "tension-dares") == [("Y0Z60", "2 / 5"), ("Y1Z60", "5 / 5")]
    assert chiffres(metier, "salaire-median") == [
        ("Y0Z60", "1\u202f551 € net par mois"),
        ("Y1Z60", "1\u202f920 € net par mois"),
    ]
    assert chiffres(metier, "emplois-famille") == [
        ("Y0Z60", "12\u202f300 personnes"),
        ("Y1Z60", "4\u202f500 personnes"),
    ]


def test_figure_says_its_family_its_year_and_its_reading(dares):
    metier = objets.metier("N4191")

    importer("import_dares", dares)

    tension = metier.indicateurs.get(nature="tension-dares")
    assert tension.groupe == "famille professionnelle Y1Z60"
    assert (tension.millesime, tension.territoire, tension.echelle) == ("2019", "France", 5)
    assert tension.sens == "Plus la catégorie est haute, plus les employeurs ont du mal à recruter."
    assert tension.methode == (
        "Famille professionnelle Y1Z60 (FAP 225), qui réunit : Coursiers à vélo ; Livreurs à pied ; Livreurs en barque ; "
        "et 1 autre. Le chiffre vaut pour toute la famille, dont ce métier n'est qu'une partie. La catégorie résume un indice calculé par la Dares."
    )


def test_metier_that_no_table_knows_goes_through_its_parent_and_says_so(dares):
    parent = objets.metier("N4191")
    enfant = objets.metier("N4192", parent=parent)

    importer("import_dares", dares)

    tension = enfant.indicateurs.get(nature="tension-dares")
    assert tension.en_clair == "5 / 5"
    assert "il y entre par sa fiche parente, N4191." in tension.methode


def test_metier_known_under_its_own_code_does_not_take_those_of_its_parent(dares):
    enfant = objets.metier("N4191", parent=objets.metier("D1491"))

    importer("import_dares", dares)

    assert chiffres(enfant, "tension-dares") == [("Y1Z60", "5 / 5")]


def test_withdrawn_metier_has_no_figure(dares):
    objets.metier("D1491", retire_le="2026-01-01")

    importer("import_dares", dares)

    assert not Indicateur.objects.exists()


def test_sum_with_secret_cells_is_never_a_total(dares, bmo):
    metier = objets.metier("N4191")

    importer("import_dares", dares)
    importer("import_bmo", bmo)

    projets = metier.indicateurs.get(nature="projets-recrutement-bmo")
    assert (projets.valeur, projets.en_clair) == (57, "au moins 57 projets")
    assert projets.methode.endswith(
        "Sur 3, 1 est masquée par le secret statistique : le total réel peut être plus élevé."
    )


def test_two_parts_of_a_family_that_the_survey_counts_whole_have_one_figure(dares, bmo):
    metier = objets.metier("D1491")

    importer("import_bmo", bmo)
    importer("import_dares", dares)

    projets = metier.indicateurs.get(nature="projets-recrutement-bmo")
    assert (projets.code_nomenclature, projets.en_clair) == ("Y1X62", "41 projets")
    assert projets.methode == (
        "Famille professionnelle Y1X62 (FAP 2021) : Conseillers de boutiques. Le chiffre vaut pour toute la famille, dont ce "
        "métier n'est qu'une partie (Y1X62b et Y1X62d). Qualifications concernées : ouvriers et employés ; techniciens et "
        "agents de maîtrise. Somme des 2 lignes publiées, une par bassin d'emploi et département."
    )


@pytest.mark.parametrize(
    ("somme", "secrets", "attendu"),
    [(None, 4, "secret statistique"), (0, 0, 0), (12_507, 47, "au moins 12\u202f507 projets")],
)
def test_sum_in_words(somme, secrets, attendu):
    colonnes = marche.cumul_en_clair(somme, secrets, 50)

    assert colonnes.get("valeur_texte", colonnes.get("valeur")) == attendu


def test_new_edition_of_the_rome_brings_the_figures_to_its_metiers(v60, dares):
    importer("import_dares", dares)
    Indicateur.objects.all().delete()

    importer("import_rome", v60.suivante())

    # D1492 is a child of D1491, which the crosswalk puts in two families.
    assert sorted(
        Indicateur.objects.filter(nature="tension-dares").values_list(
            "metier__code_rome", "code_nomenclature"
        )
    ) == [
        ("D1491", "Y0Z60"),
        ("D1491", "Y1Z60"),
        ("D1492", "Y0Z60"),
        ("D1492", "Y1Z60"),
        ("N4191", "Y1Z60"),
    ]


def test_figures_that_other_sources_brought_are_left_alone(dares):
    metier = objets.metier("D1491")
    ailleurs = objets.indicateur(metier, "salaire-median")

    importer("import_dares", dares)

    assert Indicateur.objects.filter(pk=ailleurs.pk).exists()
