"""Searches that found nothing are counted, and nobody with them."""

from __future__ import annotations

import pytest

from catalogue.models import RechercheVaine
from catalogue.recherche import vaines


def test_the_same_words_are_counted_together_each_day(db):
    for texte in ("Astronaute", " astronaute ", "ASTRONAUTE"):
        vaines.noter(texte)

    assert list(RechercheVaine.objects.values_list("mots", "nombre")) == [("astronaute", 3)]


@pytest.mark.parametrize(
    "texte",
    ["jean@example.org", "06 12 34 56 78", "0612345678", "1 85 05 78", "dupont 123456", "", "  ", "\0"],
)
def test_what_may_name_a_person_is_never_kept(db, texte):
    vaines.noter(texte)

    assert RechercheVaine.objects.count() == 0


def test_long_words_are_cut(db):
    vaines.noter("x" * 200)

    assert RechercheVaine.objects.get().mots == "x" * 60


def test_the_table_stays_bounded(db, monkeypatch):
    monkeypatch.setattr(vaines, "PLAFOND", 2)

    for texte in ("un", "deux", "trois"):
        vaines.noter(texte)

    assert set(RechercheVaine.objects.values_list("mots", flat=True)) == {"un", "deux"}


def test_old_rows_make_room(db, monkeypatch):
    monkeypatch.setattr(vaines, "PLAFOND", 1)
    RechercheVaine.objects.create(mots="ancienne", jour="2020-01-01")

    vaines.noter("nouvelle")

    assert list(RechercheVaine.objects.values_list("mots", flat=True)) == ["nouvelle"]
