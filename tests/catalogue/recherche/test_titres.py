"""The columns by which titles are found, against the plainest reading of the same rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.recherche.colonnes import construire
from catalogue.recherche.titres import Titres
from tests.catalogue.recherche.rangees import MOTS, Document, documents, mots_distincts


def titres(*rangees: Document) -> Titres:
    return Titres(construire(rangees))


def pks(titres: Titres, rangs: np.ndarray) -> set[int]:
    return set(titres.pk[rangs].tolist())


@given(documents, st.sampled_from([*MOTS, "inconnu", "99"]))
def test_a_word_gives_the_documents_that_hold_it_shown_or_not(rangees, mot):
    lus = titres(*rangees)

    trouves = lus.qui_tiennent(mot)

    assert pks(lus, trouves) == {r.pk for r in rangees if mot in r.mots.split()}
    assert trouves.tolist() == sorted(set(trouves.tolist()))


@given(documents, st.sampled_from(["a", "age", "agent", "agr", "23", "rncp", "z"]))
def test_the_beginning_of_a_word_gives_those_of_all_the_words_that_begin_so(rangees, debut):
    lus = titres(*rangees)

    attendus = {r.pk for r in rangees if any(mot.startswith(debut) for mot in r.mots.split())}
    assert pks(lus, lus.qui_tiennent(f"{debut}*")) == attendus


@given(documents, mots_distincts, st.booleans())
def test_titles_that_begin_with_these_words(rangees, mots, inacheve):
    lus, tous = titres(*rangees), np.arange(len(rangees))
    if inacheve:
        mots = [*mots[:-1], mots[-1][:3]]

    trouves = lus.qui_commencent(tous, mots, inacheve=inacheve)

    def commence(titre: list[str]) -> bool:
        if len(titre) < len(mots):
            return False
        *premiers, dernier = titre[: len(mots)]
        return premiers == mots[:-1] and (dernier.startswith(mots[-1]) if inacheve else dernier == mots[-1])

    assert pks(lus, trouves) == {r.pk for r in rangees if commence(r.titre)}


@given(documents, mots_distincts)
def test_titles_made_of_these_words_and_no_other(rangees, mots):
    lus = titres(*rangees)

    trouves = lus.qui_sont_faits_de(np.arange(len(rangees)), mots)

    assert pks(lus, trouves) == {r.pk for r in rangees if set(r.titre) == set(mots)}


def test_among_some_documents_only_those_are_looked_at():
    lus = titres(*(Document(n, f"A{n}", "chef agent", 2) for n in range(4)))

    assert lus.qui_commencent(np.array([1, 3]), ["chef"]).tolist() == [0, 1]
    assert lus.qui_sont_faits_de(np.array([3]), ["agent", "chef"]).tolist() == [0]


def test_numbers_and_codes_are_found_and_counted_as_no_word():
    lus = titres(Document(1, "A1101", "chef 2316 rncp1", 1), Document(2, "B1101", "chef", 1))

    assert dict(lus.frequences()) == {"chef": 2}
    assert pks(lus, lus.qui_tiennent("2316")) == {1}


@pytest.mark.parametrize("nombre", [40_000, 70_000])
def test_more_documents_than_a_small_number_holds_keep_their_places(nombre):
    lus = titres(*(Document(n, f"{n:05}", f"chef m{n}", 2) for n in range(nombre)))

    assert (lus.qui_tiennent(f"m{nombre - 1}").tolist(), lus.pk[-1]) == ([nombre - 1], nombre - 1)
    assert lus.qui_sont_faits_de(np.array([nombre - 1]), ["chef", f"m{nombre - 1}"]).tolist() == [0]


def test_words_beyond_those_that_are_put_in_order_are_compared_too():
    longs = [" ".join([*(f"m{n:02}" for n in range(16)), fin]) for fin in ("zone", "agent")]
    lus = titres(*(Document(n, f"A{n}", mots, 17) for n, mots in enumerate(longs)))

    assert pks(lus, lus.qui_commencent(np.arange(2), longs[1].split())) == {1}
