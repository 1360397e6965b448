"""The table of a comparison: what differs, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.comparaison.critere import Critere, comparer, textes

CRITERE = Critere("Groupe", "Critère", lambda fiche: textes(*fiche))


def difference(*fiches: list[str]) -> str:
    return comparer([CRITERE], fiches).groupes[0][1][0].difference


@pytest.mark.parametrize(
    ("fiches", "attendu"),
    [
        ((["a"], ["a"]), "Identique pour les deux"),
        ((["a", "b"], ["b", "a"], ["a", "b"]), "Identique pour les trois"),
        ((["a"], ["b"], ["a"], ["a"]), "Diffère"),
        (([], [], []), "Non renseigné pour les trois"),
        ((["a"], []), "Renseigné pour un seul, non renseigné pour un"),
        ((["a"], ["a"], []), "Identique pour deux, non renseigné pour un"),
        ((["a"], ["b"], [], []), "Diffère, non renseigné pour deux"),
    ],
)
def test_differences_are_told_in_words(fiches, attendu):
    assert difference(*fiches) == attendu


def test_only_differences_are_kept_when_asked():
    autre = Critere("Groupe", "Autre", lambda fiche: textes("toujours"))

    tableau = comparer([CRITERE, autre], [["a"], ["b"]], differences_seules=True)

    assert [rang.critere.libelle for _, rangs in tableau.groupes for rang in rangs] == ["Critère"]
    assert (tableau.nombre_de_criteres, tableau.nombre_identiques) == (2, 1)


def test_blanks_are_counted_for_each_fiche_even_in_hidden_rows():
    autre = Critere("Groupe", "Autre", lambda fiche: ())

    tableau = comparer([CRITERE, autre], [["a"], []], differences_seules=True)

    assert tableau.non_renseignes == (1, 2)


def test_a_criterion_may_have_its_own_key():
    casse = Critere("G", "C", lambda fiche: textes(*fiche), cle=lambda cellule: cellule[0].texte.lower())

    assert comparer([casse], [["A"], ["a"]]).nombre_identiques == 1


@given(st.lists(st.lists(st.sampled_from(["a", "b"]), max_size=2), min_size=2, max_size=4))
def test_the_order_of_the_fiches_changes_no_word(fiches):
    assert difference(*fiches) == difference(*reversed(fiches))
