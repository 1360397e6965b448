"""Which métier is which from one version to the next: every rule of metiers.identite."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.identite import FicheAnnoncee, FicheConnue, est_reaffectee, rapprocher

CONNUE = FicheConnue(pk=1, code_ogr="500", code_rome="D1415", libelle="Vendeur", temoin="510", retiree=False)
ANNONCEE = FicheAnnoncee(code_ogr="500", code_rome="D1415", libelle="Vendeur", temoin="510")


def test_the_same_fiche_is_paired_and_nothing_is_said_of_it():
    resultat = rapprocher([CONNUE], [ANNONCEE])

    assert resultat.paires == [(CONNUE, ANNONCEE)]
    assert (resultat.nouvelles, resultat.disparues, resultat.retirees) == ([], [], [])
    assert (resultat.renommees, resultat.deplacees, resultat.reaffectees, resultat.temoins_renumerotes) == (
        [],
        [],
        [],
        [],
    )


def test_the_number_of_the_fiche_decides_whatever_else_changed():
    autre = replace(ANNONCEE, code_rome="D1499", libelle="Coiffeur", temoin="999")

    resultat = rapprocher([CONNUE], [autre])

    assert resultat.paires == [(CONNUE, autre)]


def test_a_new_number_with_a_known_principal_appellation_is_the_same_fiche():
    renumerotee = replace(ANNONCEE, code_ogr="777")

    resultat = rapprocher([CONNUE], [renumerotee])

    assert resultat.paires == [(CONNUE, renumerotee)]
    assert resultat.reaffectees == []


def test_a_new_number_with_a_new_principal_appellation_is_a_new_fiche_even_under_a_known_code():
    autre = replace(ANNONCEE, code_ogr="777", temoin="999")

    resultat = rapprocher([CONNUE], [autre])

    assert (resultat.nouvelles, resultat.disparues) == ([autre], [CONNUE])


def test_a_fiche_claimed_by_its_number_is_not_taken_by_its_appellation():
    elle_meme = replace(ANNONCEE, temoin="511")
    nouvelle = FicheAnnoncee("777", "D1416", "Vendeur conseil", "510")

    resultat = rapprocher([CONNUE], [nouvelle, elle_meme])

    assert (resultat.paires, resultat.nouvelles) == ([(CONNUE, elle_meme)], [nouvelle])


def test_fiches_without_a_principal_appellation_are_not_taken_for_one_another():
    connue = replace(CONNUE, temoin="")
    annoncee = replace(ANNONCEE, code_ogr="777", temoin="")

    resultat = rapprocher([connue], [annoncee])

    assert (resultat.nouvelles, resultat.disparues) == ([annoncee], [connue])


def test_a_fiche_in_force_is_a_better_match_than_a_withdrawn_one():
    retiree = replace(CONNUE, pk=2, code_ogr="501", retiree=True)
    annoncee = replace(ANNONCEE, code_ogr="777")

    for connues in ([CONNUE, retiree], [retiree, CONNUE]):
        assert rapprocher(connues, [annoncee]).paires == [(CONNUE, annoncee)]


def test_a_withdrawn_fiche_that_comes_back_is_paired():
    retiree = replace(CONNUE, retiree=True)

    assert rapprocher([retiree], [ANNONCEE]).paires == [(retiree, ANNONCEE)]


def test_only_a_fiche_that_was_in_force_is_withdrawn():
    retiree = replace(CONNUE, pk=2, code_ogr="501", temoin="511", retiree=True)

    resultat = rapprocher([CONNUE, retiree], [])

    assert (resultat.disparues, resultat.retirees) == ([CONNUE, retiree], [CONNUE])


@pytest.mark.parametrize(
    ("libelle", "temoin", "dite"),
    [
        ("Vendeur", "510", []),
        ("Vendeur conseil", "510", ["renommees"]),
        ("Vendeur", "999", ["temoins_renumerotes"]),
        ("Coiffeur", "999", ["reaffectees"]),
        ("Vendeur", "", ["temoins_renumerotes"]),
        ("Coiffeur", "", ["reaffectees"]),
    ],
)
def test_another_job_is_told_by_the_title_and_the_principal_appellation_together(libelle, temoin, dite):
    annoncee = replace(ANNONCEE, libelle=libelle, temoin=temoin)

    resultat = rapprocher([CONNUE], [annoncee])

    assert [
        nom for nom in ("renommees", "temoins_renumerotes", "reaffectees") if getattr(resultat, nom)
    ] == dite
    assert est_reaffectee(CONNUE, annoncee) is ("reaffectees" in dite)


def test_two_fiches_that_exchange_their_codes_are_both_moved():
    seconde = FicheConnue(2, "501", "D1416", "Coiffeur", "511", retiree=False)
    annoncees = [replace(ANNONCEE, code_rome="D1416"), FicheAnnoncee("501", "D1415", "Coiffeur", "511")]

    resultat = rapprocher([CONNUE, seconde], annoncees)

    assert resultat.deplacees == [(CONNUE, annoncees[0]), (seconde, annoncees[1])]
    assert resultat.reaffectees == []


# Few values, so that numbers, titles and appellations meet.
mots = st.sampled_from(["", "1", "2", "3", "4", "5"])
connues = st.lists(
    st.builds(FicheConnue, st.just(0), st.sampled_from("abcdef"), mots, mots, mots, st.booleans()),
    unique_by=lambda c: c.code_ogr,
).map(lambda liste: [replace(c, pk=rang) for rang, c in enumerate(liste, start=1)])
annoncees = st.lists(
    st.builds(FicheAnnoncee, st.sampled_from("abcdefgh"), mots, mots, mots), unique_by=lambda a: a.code_ogr
)


@given(connues, annoncees)
def test_each_fiche_has_one_fate(connues, annoncees):
    resultat = rapprocher(connues, annoncees)

    sorties = [a for _, a in resultat.paires] + resultat.nouvelles
    entrees = [c for c, _ in resultat.paires] + resultat.disparues
    assert sorted(sorties, key=lambda a: a.code_ogr) == sorted(annoncees, key=lambda a: a.code_ogr)
    assert sorted(entrees, key=lambda c: c.pk) == sorted(connues, key=lambda c: c.pk)
    assert all(c.code_ogr == a.code_ogr or (c.temoin == a.temoin != "") for c, a in resultat.paires)


@given(connues)
def test_the_same_fiches_again_are_all_paired_and_unchanged(connues):
    annoncees = [FicheAnnoncee(c.code_ogr, c.code_rome, c.libelle, c.temoin) for c in connues]

    resultat = rapprocher(connues, reversed(annoncees))

    assert {(c.code_ogr, a.code_ogr) for c, a in resultat.paires} == {
        (c.code_ogr, c.code_ogr) for c in connues
    }
    assert (
        resultat.nouvelles
        + resultat.disparues
        + resultat.renommees
        + resultat.deplacees
        + resultat.reaffectees
        + resultat.temoins_renumerotes
        == []
    )
