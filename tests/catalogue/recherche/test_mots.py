"""Words as they are compared: what must be one, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.recherche.mots import mots, mots_distincts, mots_presents, son


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("infirmière", "infirmier"),
        ("Infirmières", "INFIRMIER"),
        ("serveuse", "serveur"),
        ("directrice", "directeur"),
        ("agente", "agent"),
        ("commerciale", "commercial"),
        ("commerciaux", "commercial"),
        ("sportive", "sportif"),
        ("pharmacienne", "pharmacien"),
        ("cheffe", "chef"),
        ("maîtresse", "maître"),
        ("hôtesse", "hôte"),
        ("barmaid", "barman"),
        ("ventes", "vente"),
        ("bateaux", "bateau"),
        ("réseaux", "réseau"),
        ("dangereuses", "dangereux"),
        ("œnologue", "oenologue"),
    ],
)
def test_gender_plural_and_typography_make_one_word(un, autre):
    assert mots(un) == mots(autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("vente", "vent"),
        ("vente", "verte"),
        ("poste", "post"),
        ("manager", "manger"),
        ("travaux", "travail"),
        ("bus", "but"),
    ],
)
def test_different_words_stay_different(un, autre):
    assert mots(un) != mots(autre)


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("Conseiller/ère", ["conseiller"]),
        ("téléacteur·trice", ["teleacteur"]),
        ("Chargé(e) de clientèle", ["charg", "clientel"]),
        ("Chargé / Chargée de clientèle", ["charg", "clientel"]),
        ("Spécialisé/e", ["specialis"]),
        ("garde d’enfant", ["garde", "enfant"]),
        ("bac+2", ["bac", "2"]),
        ("", []),
        ("de la", ["de", "la"]),
    ],
)
def test_both_forms_of_a_title_count_once(texte, attendus):
    assert mots_distincts(texte) == attendus


@pytest.mark.parametrize(
    ("entendu", "ecrit"), [("notere", "notaire"), ("electrisien", "électricien"), ("coifeur", "coiffeur")]
)
def test_what_is_heard_alike_sounds_alike(entendu, ecrit):
    sons = [son(mots(mot)[0]) for mot in (entendu, ecrit)]

    assert sons[0] == sons[1]


@given(st.text(max_size=80))
def test_words_hold_letters_and_digits_only_whatever_is_typed(texte):
    for mot in mots(texte):
        assert mot.isascii()
        assert mot.isalnum()
        assert mot == mot.lower()


@given(st.text(max_size=80))
def test_case_and_spaces_change_nothing(texte):
    assert mots(f"  {texte}  ") == mots(texte)


@given(st.text(st.sampled_from("aeélsx·•(/.- \u00a0\u0301\nŒ"), max_size=30))
def test_words_present_are_those_of_each_piece_without_a_blank(texte):
    par_morceau = set().union(*map(mots_presents, texte.split()))

    assert mots_presents(texte) == par_morceau
