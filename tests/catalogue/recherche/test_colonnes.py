"""The columns of the index of the titles, against the rows they are made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.recherche.colonnes import SANS_NIVEAU, Colonnes, Textes, construire
from catalogue.recherche.titres import Titres
from tests.catalogue.recherche.rangees import Document, documents


@given(documents)
def test_columns_say_what_the_rows_say_by_key_then_in_their_order(rangees):
    lus = Titres(construire(rangees))

    ordre = sorted(rangees, key=lambda r: (-r.poids, r.nb_mots, r.titre, r.cle, r.pk))
    attendus = sorted(rangees, key=lambda r: (r.cle, ordre.index(r)))
    assert lus.pk.tolist() == [r.pk for r in attendus]
    assert lus.ordre.tolist() == [ordre.index(r) for r in attendus]
    assert [lus.cles[chose] for chose in lus.chose] == [r.cle for r in attendus]
    assert lus.officiel.tolist() == [not r.appellation for r in attendus]
    assert lus.niveau.tolist() == [SANS_NIVEAU if r.niveau is None else r.niveau for r in attendus]
    assert lus.nb_mots.tolist() == [r.nb_mots for r in attendus]
    assert list(lus.mots) == sorted({mot for r in rangees for mot in r.mots.split()})


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


def test_titles_alike_for_sixteen_words_are_in_the_order_of_their_keys():
    longs = [" ".join([*(f"m{n:02}" for n in range(16)), fin]) for fin in ("zone", "agent")]

    colonnes = construire(Document(n, f"A{n}", mots, 17) for n, mots in enumerate(longs))

    assert colonnes.ordre.tolist() == [0, 1]


class TestTextes:
    @given(st.lists(st.text(st.characters(codec="utf-8")), unique=True).map(sorted))
    def test_texts_are_read_and_found_at_their_rank(self, ecrits):
        textes = Textes(*Textes.colonnes(ecrits))

        assert list(textes) == ecrits
        assert [textes.trouver(texte) for texte in ecrits] == list(range(len(ecrits)))

    def test_a_text_that_is_not_there_has_no_rank(self):
        textes = Textes(*Textes.colonnes(["b", "d"]))

        assert [textes.trouver(texte) for texte in ("a", "c", "e")] == [None, None, None]
