from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.scores.tension import Categorie, tension

CATEGORIES = st.lists(st.integers(1, 5), min_size=1, max_size=4)


def familles(categories):
    return [
        Categorie(f"L{rang}Z60", categorie, "2019", "Dares, 2019")
        for rang, categorie in enumerate(categories)
    ]


def test_several_families_are_each_listed_and_share_the_score():
    score = tension(familles([2, 3]))

    assert score.valeur == Decimal("3.8")
    assert score.formule == "(1 × 2,5 + 1 × 5) ÷ 2 = 3,8"
    assert [(e.libelle, e.valeur) for e in score.elements] == [
        ("L0Z60", "catégorie 2 sur 5"),
        ("L1Z60", "catégorie 3 sur 5"),
    ]
    assert score.reserve.endswith("Moyenne de 2 familles, à parts égales.")


def test_the_year_is_told_with_the_sentence():
    score = tension(familles([5]))

    assert score.phrase == "les employeurs avaient beaucoup de mal à recruter (2019)"
    assert score.sens == "10 = un emploi des plus faciles à trouver"


def test_no_category_gives_no_score():
    assert tension([]) is None


@pytest.mark.parametrize("categorie", [0, 6])
def test_a_category_out_of_range_is_refused(categorie):
    with pytest.raises(ValueError, match=r"^Catégorie de tension : de 1 à 5, et non « \d »\.$"):
        tension(familles([categorie]))


@given(CATEGORIES, st.data())
def test_score_stays_in_bounds_and_never_falls_when_a_category_rises(categories, donnees):
    rang = donnees.draw(st.integers(0, len(categories) - 1))
    plus_haute = donnees.draw(st.integers(categories[rang], 5))

    avant = tension(familles(categories))
    apres = tension(familles([*categories[:rang], plus_haute, *categories[rang + 1 :]]))

    assert 0 <= avant.valeur <= apres.valeur <= 10
    assert avant == tension(familles(categories))
