from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.scores.conditions import EXPOSITIONS, HORAIRES, TELETRAVAIL, Contexte, conditions

EN_JOURNEE = Contexte("300806", "2", "Travail en journée")
NUIT = Contexte("300803", "2", "Travail de nuit")
BRUIT = Contexte("300824", "1", "En environnement bruyant")
CHARGES = Contexte("300795", "1", "Port et manipulation de charges lourdes ou encombrantes")
DEHORS = Contexte("300783", "1", "En extérieur")
A_DISTANCE = Contexte(TELETRAVAIL, "1", "Possibilité de télétravail")
EN_REGION = Contexte("23381", "3", "Zone régionale")

CONTRAINTES = [
    *(Contexte(code, "1", libelle) for code, libelle in EXPOSITIONS.items()),
    *(Contexte(code, "2", libelle) for code, libelle in HORAIRES.items()),
]
CONTEXTES = st.sampled_from([*CONTRAINTES, EN_JOURNEE, DEHORS, A_DISTANCE, EN_REGION])


def test_each_constraint_takes_two_points_from_its_class():
    score = conditions([BRUIT, CHARGES, DEHORS, NUIT], "ROME 4.0, version 60")

    assert score.valeur == Decimal("6.8")
    assert score.formule == "(3 × 6 + 2 × 8) ÷ 5 = 6,8"
    assert score.phrase == "quelques contraintes signalées"
    assert [(e.libelle, e.valeur, e.origine) for e in score.elements] == [
        (
            "Contraintes du corps et de l'environnement",
            "2 (En environnement bruyant ; Port et manipulation de charges lourdes ou encombrantes)",
            "ROME 4.0, version 60",
        ),
        ("Contraintes d'horaires et de rythme", "1 (Travail de nuit)", "ROME 4.0, version 60"),
    ]


def test_teletravail_is_a_small_plus():
    sans = conditions([BRUIT, NUIT])
    avec = conditions([BRUIT, NUIT, A_DISTANCE])

    assert (sans.valeur, avec.valeur) == (Decimal("8.0"), Decimal("8.3"))


def test_a_type_the_fiche_does_not_describe_is_missing():
    score = conditions([EN_JOURNEE])

    assert (score.valeur, score.phrase) == (Decimal(10), "aucune contrainte signalée")
    assert score.manquants == ("Contraintes du corps et de l'environnement",)


@pytest.mark.parametrize("contextes", [[], [EN_REGION]])
def test_nothing_on_conditions_or_hours_gives_no_score(contextes):
    assert conditions(contextes) is None


def test_a_context_given_twice_counts_once():
    assert conditions([NUIT, NUIT]) == conditions([NUIT])


@given(st.lists(CONTEXTES, max_size=30, unique_by=lambda contexte: contexte.code_ogr))
def test_score_stays_in_bounds_whatever_the_order(contextes):
    score = conditions(contextes)

    assert score is None or 0 <= score.valeur <= 10
    assert score == conditions(list(reversed(contextes)))


@given(st.lists(CONTEXTES, max_size=20), st.sampled_from(CONTRAINTES))
def test_score_never_rises_with_one_more_constraint(contextes, contrainte):
    avant = conditions([DEHORS, EN_JOURNEE, *contextes])

    apres = conditions([DEHORS, EN_JOURNEE, *contextes, contrainte])

    assert apres.valeur <= avant.valeur
