"""Held and missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.comparaison.partage import partager
from orientation.items import DIPLOME, SAVOIR, SAVOIR_ETRE, SAVOIR_FAIRE, Item
from orientation.mesure import mesurer


def item(code: str, famille: str = SAVOIR_FAIRE, coeur: str = "") -> Item:
    return Item(
        "savoir" if famille in (SAVOIR, DIPLOME) else "competence", code, f"Item {code}", famille, coeur
    )


def test_what_is_held_is_parted_from_what_is_missing():
    demandes = [item("1", coeur="P"), item("2"), item("3", SAVOIR)]

    mesure = mesurer(demandes, {("competence", "2")})

    assert ([i.code for i in mesure.tenus], [i.code for i in mesure.manquants]) == (["2"], ["1", "3"])
    assert (mesure.points_tenus, mesure.points) == (1, 4)


def test_diplomas_are_shown_and_not_counted():
    mesure = mesurer([item("1", DIPLOME), item("2", SAVOIR)], {("savoir", "1")})

    assert (mesure.total, len(mesure.diplomes), mesure.tenus) == (1, 1, [])


def test_a_metier_without_items_has_nothing_to_measure():
    mesure = mesurer([item("1", DIPLOME)], set())

    assert (mesure.total, mesure.phrase) == (0, "Rien à mesurer")


@pytest.mark.parametrize(
    ("tenus", "phrase"),
    [
        (0, "Presque tout reste à acquérir"),
        (1, "Une petite part est déjà tenue"),
        (4, "Une part est déjà tenue"),
        (7, "Une grande part est déjà tenue"),
        (9, "Presque tout est déjà tenu"),
        (10, "Presque tout est déjà tenu"),
    ],
)
def test_the_measure_is_told_before_it_is_counted(tenus, phrase):
    demandes = [item(str(rang)) for rang in range(10)]

    assert mesurer(demandes, {i.cle for i in demandes[:tenus]}).phrase == phrase


FAMILLES = st.sampled_from([SAVOIR_FAIRE, SAVOIR_ETRE, SAVOIR])


@given(
    st.lists(
        st.dictionaries(st.sampled_from("123456"), FAMILLES, max_size=6),
        min_size=2,
        max_size=4,
    )
)
def test_shared_and_apart_make_up_each_list(listes):
    requis = [[item(code) for code in codes] for codes in listes]

    partages = partager(requis, [str(place) for place in range(len(requis))])

    for partage in partages:
        for place, liste in enumerate(requis):
            partages_ici = sum(
                1 for i, _ in partage.par_plusieurs if any(autre.cle == i.cle for autre in liste)
            )
            assert len(partage.communs) + partages_ici + len(partage.propres[place].items) == len(liste)
