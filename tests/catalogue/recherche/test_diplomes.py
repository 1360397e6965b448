"""Diploma words are filters, not topics."""

from __future__ import annotations

import pytest

from catalogue.niveaux import Niveau
from catalogue.recherche.diplomes import lire
from catalogue.recherche.mots import sans_accents


@pytest.mark.parametrize(
    ("texte", "niveau", "cherches", "reste"),
    [
        ("bac pro commerce", Niveau.BAC, ("bac", "pro"), "commerce"),
        ("baccalauréat professionnel commerce", Niveau.BAC, ("bac", "pro"), "commerce"),
        ("commerce bac+2", Niveau.BAC_2, (), "commerce"),
        ("bac + 5 informatique", Niveau.BAC_5, (), "informatique"),
        ("cap cuisine", Niveau.CAP, ("cap",), "cuisine"),
        ("BTS", Niveau.BAC_2, ("bts",), ""),
        ("licence pro banque", Niveau.BAC_3_OU_4, ("licenc", "pro"), "banque"),
        ("sans diplôme", Niveau.SANS_DIPLOME, (), ""),
        ("niveau 6 soins", Niveau.BAC_3_OU_4, (), "soins"),
        ("titre professionnel cariste", None, ("titre", "pro"), "cariste"),
    ],
)
def test_diploma_words_are_read(texte, niveau, cherches, reste):
    diplome, autre = lire(sans_accents(texte))

    assert diplome is not None
    assert (diplome.niveau, diplome.mots, autre) == (niveau, cherches, reste)


@pytest.mark.parametrize("texte", ["capitaine", "handicap", "butcher", "tabac", "cap-vert"])
def test_words_that_only_look_like_a_diploma_are_left(texte):
    assert lire(texte) == (None, texte)
