"""The columns by which titles are found, against the plainest reading of the same rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.recherche.titres import SANS_NIVEAU, Colonnes, Textes, Titres, construire


class Document(NamedTuple):
    """The columns of a row that are read."""

    pk: int
    cle: str
    mots: str
    nb_mots: int
    poids: int = 0
    appellation: str = ""
    niveau: int | None = None

    @property
    def titre(self) -> list[str]:
        return self.mots.split()[: self.nb_mots]


MOTS = ["agent", "agenda", "agricol", "bloc", "bts", "chef", "infirmier", "rncp1", "2316", "vent"]
mots_distincts = st.lists(st.sampled_from(MOTS), min_size=1, max_size=5, unique=True)
documents = st.lists(
    st.builds(
        lambda cle, mots, montres, poids, appellation, niveau: Document(
            0, cle, " ".join(mots), min(montres, len(mots)), poids, appellation, niveau
        ),
        st.sampled_from(["A1101", "B1101", "É-2", "x"]),
        mots_distincts,
        st.integers(1, 5),
        st.integers(0, 2),
        st.sampled_from(["", "un autre nom"]),
        st.sampled_from([None, 0, 3, 8]),
    ),
    max_size=20,
).map(lambda rangees: [rangee._replace(pk=numero) for numero, rangee in enumerate(rangees, start=10)])


def titres(*rangees: Document) -> Titres:
    return Titres(construire(rangees))


def pks(titres: Titres, rangs: np.ndarray) -> set[int]:
    return set(titres.pk[rangs].tolist())


@given(documents)
def test_columns_say_what_the_rows_say_by_key_then_in_their_order(rangees):
    lus = titres(*rangees)

    ordre = sorted(rangees, key=lambda r: (-r.poids, r.nb_mots, r.titre, r.cle, r.pk))
    attendus = sorted(rangees, key=lambda r: (r.cle, ordre.index(r)))
    assert lus.pk.tolist() == [r.pk for r in attendus]
    assert lus.ordre.tolist() == [ordre.index(r) for r in attendus]
    assert [lus.cles[chose] for chose in lus.chose] == [r.cle for r in attendus]
    assert lus.officiel.tolist() == [not r.appellation for r in attendus]
    assert lus.niveau.tolist() == [SANS_NIVEAU if r.niveau is None else r.niveau for r in attendus]
    assert lus.nb_mots.tolist() == [r.nb_mots for r in attendus]
    assert list(lus.mots) == sorted({mot for r in rangees for mot in r.mots.split()})


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


@given(documents)
def test_what_is_kept_is_read_as_it_was(rangees):
    colonnes = construire(rangees)

    relues = Colonnes.lire({nom: colonnes.octets(nom) for nom in Colonnes.noms()})

    for nom in Colonnes.noms():
        ecrite, relue = getattr(colonnes, nom), getattr(relues, nom)
        assert (relue.dtype, relue.tolist()) == (ecrite.dtype, ecrite.tolist())
    assert relues.marque() == colonnes.marque()


def test_a_mark_changes_with_what_the_columns_hold():
    chef = Document(1, "A1101", "chef agent", 2)
    autres = [
        chef._replace(pk=2),
        chef._replace(cle="A1102"),
        chef._replace(mots="agent chef"),
        chef._replace(nb_mots=1),
        chef._replace(appellation="x"),
        chef._replace(niveau=3),
    ]

    marques = {construire([document]).marque() for document in [chef, *autres]}

    assert len(marques) == 1 + len(autres)
    assert construire([chef]).marque() in marques


def test_numbers_and_codes_are_found_and_counted_as_no_word():
    lus = titres(Document(1, "A1101", "chef 2316 rncp1", 1), Document(2, "B1101", "chef", 1))

    assert dict(lus.frequences()) == {"chef": 2}
    assert pks(lus, lus.qui_tiennent("2316")) == {1}


@pytest.mark.parametrize("nombre", [40_000, 70_000])
def test_more_documents_than_a_small_number_holds_keep_their_places(nombre):
    lus = titres(*(Document(n, f"{n:05}", f"chef m{n}", 2) for n in range(nombre)))

    assert (lus.qui_tiennent(f"m{nombre - 1}").tolist(), lus.pk[-1]) == ([nombre - 1], nombre - 1)
    assert lus.qui_sont_faits_de(np.array([nombre - 1]), ["chef", f"m{nombre - 1}"]).tolist() == [0]


def test_titles_alike_for_sixteen_words_are_in_the_order_of_their_keys():
    longs = [" ".join([*(f"m{n:02}" for n in range(16)), fin]) for fin in ("zone", "agent")]
    lus = titres(*(Document(n, f"A{n}", mots, 17) for n, mots in enumerate(longs)))

    assert lus.ordre.tolist() == [0, 1]
    assert pks(lus, lus.qui_commencent(np.arange(2), longs[1].split())) == {1}


class TestTextes:
    @given(st.lists(st.text(st.characters(codec="utf-8")), unique=True).map(sorted))
    def test_texts_are_read_and_found_at_their_rank(self, ecrits):
        textes = Textes(*Textes.colonnes(ecrits))

        assert list(textes) == ecrits
        assert [textes.trouver(texte) for texte in ecrits] == list(range(len(ecrits)))

    def test_a_text_that_is_not_there_has_no_rank(self):
        textes = Textes(*Textes.colonnes(["b", "d"]))

        assert [textes.trouver(texte) for texte in ("a", "c", "e")] == [None, None, None]
