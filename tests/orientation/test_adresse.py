"""Codes of an address: normalised, followed, or said to be unknown."""

from __future__ import annotations

from datetime import date

import pytest

from metiers.models import AncienCode
from orientation import adresse
from tests import objets

pytestmark = pytest.mark.django_db

RETIRE = date(2026, 1, 1)


def test_codes_are_capitalised_and_given_once():
    assert adresse.lire_codes(["d1415, D1408;d1415", "D1403\0"]) == ["D1415", "D1408", "D1403"]


def test_an_address_of_thousands_of_codes_is_cut():
    assert len(adresse.lire_codes([",".join(f"D{n:04}" for n in range(5000))])) == 30


def test_codes_that_are_not_read_are_said():
    remarques = []

    adresse.lire_codes([",".join(f"D{n:04}" for n in range(40))], remarques=remarques)

    assert remarques == ["Cette adresse nomme 40 codes : nous n'avons lu que les 30 premiers."]


@pytest.mark.parametrize(
    ("valeurs", "remarques"),
    [
        (["D1408"], []),
        (
            ["D1408,D1415", "D1403"],
            ["Un seul code est lu ici, D1408 : nous avons laissé de côté D1415, D1403."],
        ),
        (
            ["A B C D E F"],
            ["Un seul code est lu ici, A : nous avons laissé de côté B, C, D et d'autres."],
        ),
    ],
)
def test_where_one_code_has_a_meaning_the_others_are_said(valeurs, remarques):
    dites = []

    adresse.un_code(valeurs, dites)

    assert dites == remarques


@pytest.mark.parametrize(
    ("valeurs", "texte"),
    [
        (["D1408"], ""),
        (["Z9999"], ""),
        ([" "], ""),
        (["\0"], ""),
        (["vendeur en  magasin"], "vendeur en magasin"),
        (["é" * 500], "é" * 100),
    ],
)
def test_words_in_the_place_of_a_code_are_to_be_searched(valeurs, texte):
    assert adresse.mots(valeurs) == texte


def test_metiers_come_in_the_order_of_the_address():
    un, deux = objets.metier("D1415"), objets.metier("D1408")

    selection = adresse.metiers(["D1408", "D1415"])

    assert (selection.fiches, selection.remarques) == ([deux, un], [])


def test_an_unknown_code_is_said_and_skipped():
    selection = adresse.metiers(["Z9999", "bonjour"])

    assert selection.fiches == []
    assert selection.remarques == [
        "Aucun métier ne porte les codes « Z9999 » et « bonjour » : nous les avons laissés de côté."
    ]


def test_many_unknown_codes_are_said_in_one_sentence():
    selection = adresse.metiers([f"Z{n:04}" for n in range(30)])

    assert selection.remarques == [
        "Aucun métier ne porte les codes "
        + ", ".join(f"« Z{n:04} »" for n in range(8))
        + " et 22 autres : nous les avons laissés de côté."
    ]


def test_a_code_that_moved_is_followed_and_said():
    metier = objets.metier("D1415", libelle="Chargé de relation client")
    AncienCode.objects.create(code_rome="D1499", metier=metier)

    selection = adresse.metiers(["D1499", "D1415"])

    assert selection.fiches == [metier]
    assert selection.remarques == ["Le code D1499 désigne désormais D1415, « Chargé de relation client »."]


def test_a_withdrawn_fiche_gives_its_successor():
    successeur = objets.metier("D1415", libelle="Nouveau")
    objets.metier("D1400", retire_le=RETIRE, successeur=successeur)

    selection = adresse.metiers(["D1400"])

    assert (selection.fiches, selection.remarques) == (
        [successeur],
        ["Le code D1400 désigne désormais D1415, « Nouveau »."],
    )


def test_a_withdrawn_fiche_without_successor_is_said():
    objets.metier("D1400", retire_le=RETIRE)

    selection = adresse.metiers(["D1400"])

    assert selection.fiches == []
    assert selection.remarques == ["La fiche D1400 a été retirée du ROME : nous l'avons laissée de côté."]


def test_a_bare_number_is_one_of_the_rncp():
    certification = objets.certification("RNCP34809")
    objets.certification("RNCP1", retire_le=RETIRE)

    selection = adresse.certifications(["34809", "RNCP1", "RNCP2"])

    assert selection.fiches == [certification]
    assert selection.remarques == [
        "La fiche RNCP1 a été retirée du répertoire : nous l'avons laissée de côté.",
        "Aucune certification ne porte le numéro « RNCP2 » : nous l'avons laissé de côté.",
    ]


def test_a_formation_is_found_in_either_case():
    formation = objets.formation("FOR.2316")

    assert adresse.formations(["for.2316"]).fiches == [formation]


def test_more_than_the_maximum_is_said():
    selection = adresse.Selection([objets.metier(f"D140{n}") for n in range(1, 6)])

    selection.limiter(4, "quatre")

    assert len(selection.fiches) == 4
    assert selection.remarques == [
        "Une comparaison porte sur quatre fiches au plus : nous avons laissé de côté D1405."
    ]
