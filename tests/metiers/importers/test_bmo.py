"""The reader of the BMO survey, on small workbooks and on the official one."""

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.bmo import Projets, lire_bmo
from tests.classeurs import CONSEILLERS, ENTETE_BMO, LIGNES_BMO, LIVREURS, classeur, ligne_bmo


@pytest.fixture
def chemin(tmp_path):
    return tmp_path / "bmo.xlsx"


def lire(chemin):
    rejets = []
    return lire_bmo(chemin, rejets.append), rejets


def test_rows_are_read_from_the_sheet_that_has_their_header(chemin):
    bmo, rejets = lire(classeur(chemin, LIGNES_BMO))

    assert (bmo.annee, len(bmo.projets), rejets) == (2025, 5, [])
    assert bmo.projets[0] == Projets(
        famille="Y5X10",
        libelle_famille="Livreurs à vélo",
        code_region="84",
        region="Région 84",
        code_departement="01",
        departement="Département 01",
        code_bassin="8401",
        bassin="BASSIN 8401",
        projets=50,
        difficiles=20,
        saisonniers=None,
    )


def test_secret_is_none_and_zero_is_zero(chemin):
    bmo, _ = lire(classeur(chemin, LIGNES_BMO))

    assert [(p.projets, p.difficiles, p.saisonniers) for p in bmo.projets] == [
        (50, 20, None),
        (7, None, None),
        (None, None, None),
        (30, 0, 12),
        (11, 6, 0),
    ]


def test_columns_in_another_order_and_of_another_year_are_found(chemin):
    entete = [titre.replace("25", "26") for titre in reversed(ENTETE_BMO)]

    bmo, rejets = lire(classeur(chemin, [ligne_bmo(LIVREURS, 8401, "5", "*", "*", annee=2026)[::-1]], entete))

    assert (bmo.annee, bmo.projets[0].code_bassin, bmo.projets[0].projets, rejets) == (2026, "8401", 5, [])


def test_codes_that_a_spreadsheet_made_numbers_are_given_their_zero_back(chemin):
    bmo, _ = lire(classeur(chemin, [ligne_bmo(LIVREURS, 101.0, 5, "*", "*", departement=1, region=1)]))

    assert (bmo.projets[0].code_region, bmo.projets[0].code_departement) == ("01", "01")
    assert (bmo.projets[0].code_bassin, bmo.projets[0].projets) == ("101", 5)


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        (ligne_bmo(LIVREURS, 8401, "", "1", "1"), "effectif absent"),
        (ligne_bmo(LIVREURS, 8401, "n.d.", "1", "1"), "« n.d. » n'est ni un nombre ni « * »"),
        (ligne_bmo(("Livreurs", "Livreurs"), 8401, "1", "1", "1"), "code de métier mal formé"),
        (ligne_bmo(LIVREURS, None, "1", "1", "1"), "bassin, département ou région absent"),
    ],
)
def test_row_that_cannot_be_kept_is_left_out_alone(chemin, ligne, raison):
    bmo, rejets = lire(classeur(chemin, [*LIGNES_BMO, ligne]))

    assert len(bmo.projets) == 5
    assert [(rejet.objet, rejet.raison) for rejet in rejets] == [("ligne de projets", raison)]


@pytest.mark.parametrize(
    ("lignes", "entete", "message"),
    [
        (LIGNES_BMO, ENTETE_BMO[:-1], "aucune feuille n’a l’en-tête attendu"),
        (LIGNES_BMO, (*ENTETE_BMO[:10], "Bassin", *ENTETE_BMO[11:]), "ses colonnes ne sont pas reconnues"),
        ([], ENTETE_BMO, "doit décrire une année, et une seule"),
        (
            [*LIGNES_BMO, ligne_bmo(CONSEILLERS, 1, "1", "1", "1", annee=2024)],
            ENTETE_BMO,
            "doit décrire une année",
        ),
    ],
    ids=["missing column", "missing name of the bassin", "no row", "two years"],
)
def test_workbook_of_another_form_is_refused(chemin, lignes, entete, message):
    with pytest.raises(FichierRefuse, match=message):
        lire(classeur(chemin, lignes, entete))


def test_rejet_names_the_row(chemin):
    _, rejets = lire(classeur(chemin, [*LIGNES_BMO, ligne_bmo(LIVREURS, 8402, "x", "1", "1")]))

    assert rejets == [Rejet("ligne de projets", "Y5X10 8402 01", "« x » n'est ni un nombre ni « * »")]
