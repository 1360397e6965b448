"""Which métiers answer what was said: two rules that always hold, whatever the answers."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.questionnaire.classement import (
    Candidat,
    EnvieDeContexte,
    EnvieDeType,
    EnvieDInteret,
    LimiteDeContexte,
    LimiteDeNiveau,
    ranger,
)
from orientation.questionnaire.etudes import atteignable

SOCIAL = EnvieDeType("type:S", "Social", frozenset("S"))
DEHORS = EnvieDeContexte("chercher:dehors", "Être dehors", frozenset({"1"}))
NUIT = LimiteDeContexte("eviter:nuit", "La nuit", frozenset({"9"}))
BAC = LimiteDeNiveau("niveau", "le niveau que vous avez", frozenset(), tenu=4, atteignable=5)

codes = st.sampled_from([frozenset(c) for c in ("", "a", "b", "ab", "bc", "abc")])
candidats = st.lists(
    st.builds(
        Candidat,
        cle=st.integers(1, 12),
        libelle=st.sampled_from(["Aide", "Éveilleur", "Zingueur"]),
        types=st.sampled_from([(), ("S",), ("R", "S"), ("S", "I")]),
        contextes=st.none() | codes,
        interets=st.none() | codes,
        niveau=st.sampled_from([None, 0, 4, 8]),
    ),
    max_size=8,
    unique_by=lambda candidat: candidat.cle,
)
non_vides = st.sampled_from([frozenset(c) for c in ("a", "b", "c", "ab")])
une_envie = st.one_of(
    st.sampled_from("RIASEC").map(lambda lettre: EnvieDeType(f"t{lettre}", lettre, frozenset(lettre))),
    non_vides.map(lambda c: EnvieDInteret(f"i{sorted(c)}", "i", c)),
    non_vides.map(lambda c: EnvieDeContexte(f"c{sorted(c)}", "c", c)),
)
une_limite = st.one_of(
    non_vides.map(lambda c: LimiteDeContexte(f"e{sorted(c)}", "e", c)),
    st.integers(0, 8).map(lambda n: LimiteDeNiveau("niveau", "n", frozenset(), tenu=n, atteignable=n)),
)
envies = st.lists(une_envie, max_size=3, unique_by=lambda r: r.cle)
limites = st.lists(une_limite, max_size=3, unique_by=lambda r: r.cle)


def cles(classement) -> list[int]:
    return [retenu.candidat.cle for retenu in classement.retenus]


def test_more_answers_come_first_then_the_alphabet():
    un = Candidat(1, "Écailler", types=("S",), contextes=frozenset("1"))
    deux = Candidat(2, "Zingueur", types=("S", "R"), contextes=frozenset())
    trois = Candidat(3, "Aide à domicile", types=("R", "S"), contextes=frozenset())
    quatre = Candidat(4, "Comptable", types=("C",), contextes=frozenset())

    classement = ranger([quatre, deux, un, trois], [SOCIAL, DEHORS], [])

    assert cles(classement) == [1, 3, 2]
    assert classement.sans_envie == 1
    assert classement.retenus[1].autres == (DEHORS,)


def test_reasons_are_told_in_words():
    metier = Candidat(1, "Éducateur", types=("R", "S"), contextes=frozenset("1"), niveau=5)

    raisons = [reponse.raison(metier) for reponse in (SOCIAL, DEHORS, NUIT, BAC, replace(BAC, tenu=5))]

    assert raisons == [
        "intérêt secondaire Social",
        "« Être dehors », que vous cherchez",
        "sans « La nuit », que vous voulez éviter",
        "accessible après les études que vous acceptez : Niveau 5 (bac+2)",
        "accessible avec le niveau que vous avez",
    ]


def test_what_is_not_known_sets_nothing_aside_and_is_said():
    metier = Candidat(1, "Métier nouveau", types=("S",))

    (retenu,) = ranger([metier], [SOCIAL, DEHORS], [NUIT, BAC]).retenus

    assert retenu.inconnues == (DEHORS, NUIT, BAC)


def test_a_limit_says_what_there_would_be_without_it():
    de_nuit = Candidat(1, "A", types=("S",), contextes=frozenset("9"), niveau=3)
    trop_haut = Candidat(2, "B", types=("S",), contextes=frozenset(), niveau=7)
    les_deux = Candidat(3, "C", types=("S",), contextes=frozenset("9"), niveau=7)

    classement = ranger([de_nuit, trop_haut, les_deux], [SOCIAL], [NUIT, BAC])

    assert classement.retenus == ()
    assert classement.sans == {"eviter:nuit": 1, "niveau": 1}
    assert classement.ecartes == {"eviter:nuit": 2, "niveau": 2}
    assert classement.sans_aucune == 3


@given(candidats, envies, limites, une_limite)
def test_one_more_limit_never_brings_a_metier_in(connus, aimees, bornes, ajoutee):
    avant, apres = ranger(connus, aimees, bornes), ranger(connus, aimees, [*bornes, ajoutee])

    assert set(cles(apres)) <= set(cles(avant))
    assert cles(apres) == [cle for cle in cles(avant) if cle in set(cles(apres))]


@given(candidats, envies.filter(bool), limites, une_envie)
def test_one_more_wish_never_takes_a_metier_out(connus, aimees, bornes, ajoutee):
    avant, apres = ranger(connus, aimees, bornes), ranger(connus, [*aimees, ajoutee], bornes)

    assert set(cles(avant)) <= set(cles(apres))
    comptes = {retenu.candidat.cle: len(retenu.repondues) for retenu in apres.retenus}
    assert all(comptes[r.candidat.cle] >= len(r.repondues) for r in avant.retenus)


@given(candidats, envies, limites, st.randoms(use_true_random=False))
def test_the_order_is_that_of_the_answers_alone(connus, aimees, bornes, hasard: random.Random):
    melanges = [list(liste) for liste in (connus, aimees, bornes)]
    for liste in melanges:
        hasard.shuffle(liste)

    assert cles(ranger(*melanges)) == cles(ranger(connus, aimees, bornes))


@given(candidats, envies, limites)
def test_every_count_is_what_the_list_would_hold(connus, aimees, bornes):
    classement = ranger(connus, aimees, bornes)

    for limite in bornes:
        sans = ranger(connus, aimees, [autre for autre in bornes if autre is not limite])
        assert classement.sans[limite.cle] == len(sans.retenus)
    assert classement.sans_aucune == len(ranger(connus, aimees, []).retenus)


@pytest.mark.parametrize(
    ("niveau", "annees", "atteint"),
    [
        (0, 0, 0),
        (0, 2, 3),
        (0, 3, 3),
        (0, 4, 4),
        (2, 1, 2),
        (3, 2, 4),
        (4, 1, 4),
        (4, 2, 5),
        (4, 3, 6),
        (4, 5, 7),
        (5, 1, 6),
        (7, 3, 8),
        (8, 5, 8),
    ],
)
def test_studies_lead_as_far_as_their_usual_length(niveau, annees, atteint):
    assert atteignable(niveau, annees) == atteint


@given(st.integers(0, 8), st.integers(0, 12))
def test_one_more_year_never_leads_less_far(niveau, annees):
    assert niveau <= atteignable(niveau, annees) <= atteignable(niveau, annees + 1)
