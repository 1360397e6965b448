"""The reader of the Dares's delivery, on a small one, on variants of it, and on the official files."""

import shutil
import zipfile
from decimal import Decimal

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.dares import Famille, Median, Passage, Profession, Tension, Tranche, lire_dares

Y0Z60, Y1Z60 = Famille("fap-225", "Y0Z60"), Famille("fap-225", "Y1Z60")


@pytest.fixture
def livraison(petites_donnees, tmp_path):
    return shutil.copytree(petites_donnees / "dares", tmp_path / "dares")


def lire(chemin):
    rejets = []
    return lire_dares(chemin, rejets.append), rejets


def remplacer(chemin, avant, apres, encodage="utf-8"):
    texte = chemin.read_text(encoding=encodage)
    assert texte.count(avant) == 1
    chemin.write_text(texte.replace(avant, apres), encoding=encodage)


def test_marks_and_regions_written_as_decimals_are_read_as_codes(livraison):
    dares, rejets = lire(livraison)

    assert (rejets, dares.annee) == ([], 2019)
    assert [(t.famille.code, t.niveau, t.code_territoire, t.categorie) for t in dares.tensions] == [
        ("Y0Z60", "nat", "", 2),
        ("Y1Z60", "nat", "", 5),
        ("Y0Z", "nat", "", 2),
        ("Y0Z60", "reg", "01", None),
        ("Y0Z", "reg", "11", 3),
        ("Y1Z60", "dep", "01", None),
        ("Y1Z60", "dep", "2A", 4),
    ]
    assert dares.tensions[0] == Tension(
        Y0Z60, 2019, "nat", "", 12_300, Decimal("-0.3081"), 2, (4, 1, 1, 2, 2, 1)
    )
    assert dares.tensions[5] == Tension(Y1Z60, 2019, "dep", "01", None, None, None, (None,) * 6)


def test_rows_that_link_nothing_are_left_out_of_the_crosswalks(livraison):
    dares, _ = lire(livraison)

    assert dares.passages == [
        Passage(Y0Z60, "D1491", "Conseil en boutique"),
        Passage(Y1Z60, "D1491", "Conseil en boutique"),
        Passage(Y1Z60, "N4191", "Livraison à vélo"),
    ]
    assert dares.passages_2021[1] == Passage(
        Famille("fap-2021", "Y1X62d"),
        "D1491",
        "Conseil en boutique",
        "78",
        "Conseillers de grandes boutiques",
    )
    assert [passage.qualifications for passage in dares.passages_2021] == ["0123456", "78", "9", ""]


def test_an_unknown_salary_is_no_row_and_a_zero_stays_one(livraison):
    dares, rejets = lire(livraison)

    assert rejets == []
    assert dares.medians[:3] == [
        Median(Famille("fap-87", "Y0Z"), "2003-2005", 1_278),
        Median(Y0Z60, "2003-2005", 1_278),
        Median(Y0Z60, "2017-2019", 1_551),
    ]
    assert [median.famille for median in dares.medians[4:6]] == [
        Famille("fap-22", "Y"),
        Famille("ensemble", "Ensemble"),
    ]
    assert dares.tranches[3:] == [
        Tranche(Y0Z60, "De 2000 € à moins de 3000 €", None, None),
        Tranche(Y0Z60, "3000 € ou plus", Decimal(0), Decimal(0)),
    ]


def test_zip_gives_what_its_folder_gives(livraison, tmp_path):
    archive = tmp_path / "dares.zip"
    with zipfile.ZipFile(archive, "w") as zip_:
        for fichier in livraison.iterdir():
            zip_.write(fichier, fichier.name)

    assert lire(archive) == lire(livraison)


def test_crosswalk_of_2021_may_come_alone(livraison):
    dares, rejets = lire(livraison / "Dares_FAP2021_Table_passage_ROME.csv")

    assert (len(dares.passages_2021), rejets) == (4, [])
    autres = (dares.annee, dares.tensions, dares.passages, dares.professions, dares.medians, dares.tranches)
    assert autres == (None,) * 6


@pytest.mark.parametrize(
    ("avant", "apres", "rejet"),
    [
        (",5.0,4.0,5.0", ",6.0,4.0,5.0", ("Y1Z60 nat", "« 6.0 » n'est pas une note de 1 à 5")),
        ("Y1Z60,40,", "Y1Z60,NaN,", ("Y1Z60 dep 2A", "« NaN » n'est pas un nombre attendu")),
        ("Y1Z60,4500", "Y1Z60,4500.5", ("Y1Z60 nat", "« 4500.5 » n'est pas un nombre entier")),
        ("reg,fap 225,1.0", "reg,fap 225,x", ("Y0Z60 reg x", "famille, territoire ou année inconnus")),
        ("dep,fap 225,,2A", "zone,fap 225,,2A", ("Y1Z60 zone 2A", "famille, territoire ou année inconnus")),
    ],
)
def test_row_that_says_nothing_sure_is_left_out_alone(livraison, avant, apres, rejet):
    remplacer(livraison / "tensions.csv", avant, apres)

    dares, rejets = lire(livraison)

    assert rejets == [Rejet("tension", *rejet)]
    assert len(dares.tensions) == 6


def test_professions_are_read_with_their_accents_and_without_those_of_no_code(livraison):
    remplacer(livraison / "FAP_PCS.csv", "551d", "551", "cp1252")

    dares, rejets = lire(livraison)

    assert dares.professions == [
        Profession(Famille("fap-225", "Y1Z60"), "551a", "Coursiers à vélo"),
        Profession(Famille("fap-225", "Y1Z60"), "551b", "Livreurs à pied"),
        Profession(Famille("fap-225", "Y1Z60"), "551c", "Livreurs en barque"),
    ]
    assert rejets == [Rejet("profession", "Y1Z60 551", "code FAP 225, code PCS ou intitulé mal formé")]


def test_malformed_codes_are_left_out_of_a_crosswalk(livraison):
    remplacer(livraison / "fap225_rome.csv", "Y1Z60;N4191", "Y1Z60;N41", "cp1252")
    remplacer(livraison / "Dares_FAP2021_Table_passage_ROME.csv", "Q_78", "Q_7-8")

    dares, rejets = lire(livraison)

    assert [(rejet.objet, rejet.cle) for rejet in rejets] == [
        ("passage", "Y1Z60 N41"),
        ("passage", "Y1X62d D1491"),
    ]
    assert (len(dares.passages), len(dares.passages_2021)) == (2, 3)


def test_two_years_in_one_file_are_refused(livraison):
    remplacer(livraison / "tensions.csv", "2019,dep,fap 225,,2A", "2020,dep,fap 225,,2A")

    with pytest.raises(
        FichierRefuse, match=r"^Le fichier tensions\.csv doit décrire une année, et une seule\.$"
    ):
        lire(livraison)


def test_missing_key_column_is_refused(livraison):
    remplacer(livraison / "tensions.csv", "niveau_geo", "niveau")

    with pytest.raises(FichierRefuse, match=r"colonne absente, niveau_geo\.$"):
        lire(livraison)


def test_folder_without_any_known_table_is_refused(tmp_path):
    (tmp_path / "autre.csv").write_text("a,b\n1,2\n")

    with pytest.raises(FichierRefuse, match="ne contient aucune table connue de la Dares"):
        lire(tmp_path)


def test_official_crosswalk_of_2021_has_its_rows(donnees_officielles):
    dares, rejets = lire(donnees_officielles / "labour" / "Dares_FAP2021_Table_passage_ROME.extrait.csv")

    assert (len(dares.passages_2021), rejets) == (33, [])
    assert [(p.qualifications, p.famille.code) for p in dares.passages_2021 if p.code_rome == "D1408"] == [
        ("0123456", "R1X67"),
        ("78", "R3X80"),
        ("9", "R4X92"),
    ]
