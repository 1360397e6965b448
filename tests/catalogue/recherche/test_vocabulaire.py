"""The words of the titles."""

from __future__ import annotations

import pytest

from catalogue.models.recherche import MotConnu
from catalogue.recherche.vocabulaire import Vocabulaire


@pytest.mark.django_db
def test_words_that_no_title_holds_are_told_from_those_that_may_be_in_one() -> None:
    MotConnu.objects.create(mot="infirmier", frequence=3)
    connus = Vocabulaire(etat=())

    ignores = {mot: connus.ignore(mot) for mot in ("infirmier", "infir*", "infir", "volcan", "vol*", "2316")}

    assert ignores == {
        "infirmier": False,
        "infir*": False,
        "infir": True,
        "volcan": True,
        "vol*": True,
        "2316": False,  # numbers are not counted
    }
