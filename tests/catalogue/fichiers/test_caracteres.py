"""Text of uncertain encoding, read byte by byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers.caracteres import est_lisible, restituer, sans_controles

MOTS = st.text("abcdefghilmnoprstuvéèêëàâùûçîïô", min_size=1, max_size=8).map(lambda mot: f"n{mot}n")


@pytest.mark.parametrize(
    ("octets", "texte"),
    [
        ("Manœuvre".encode("iso-8859-15"), "Manœuvre"),
        ("l’œuvre – à 10 €".encode("cp1252"), "l’œuvre – à 10 €"),
        ("Élève à l’étude".encode(), "Élève à l’étude"),
        (b"\xc9l\xe8ve / " + "élève".encode(), "Élève / élève"),
        ("éà".encode() + b"\xe9\xe0", "éàéà"),
        ("Ã©lÃ¨ve".encode(), "élève"),
        ("l’été".encode().decode("cp1252").encode(), "l’été"),
        ("« CAFÉ»".encode("cp1252"), "« CAFÉ»"),
        ("1½".encode("cp1252"), "1½"),
        (b"gros \x9cuvre", "gros œuvre"),
        ("gros \x9cuvre".encode(), "gros œuvre"),
        ("d´affaires".encode("cp1252"), "d´affaires"),
        ("e\u0301te\u0301".encode(), "été"),
        ("\ufeffété".encode(), "été"),
    ],
)
def test_bytes_come_back_as_the_text_they_were_meant_to_be(octets, texte):
    rendu = restituer(octets.decode("latin-1"))

    assert rendu == texte
    assert est_lisible(rendu)


@given(st.lists(st.tuples(MOTS, st.sampled_from(["utf-8", "iso-8859-15", "cp1252"])), max_size=12))
def test_each_word_comes_back_whatever_its_encoding(mots):
    octets = b" ".join(mot.encode(encodage) for mot, encodage in mots)

    assert restituer(octets.decode("latin-1")) == " ".join(mot for mot, _ in mots)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_text_that_stays_as_it_is_once_in_unicode(octets):
    rendu = restituer(octets.decode("latin-1"))

    assert isinstance(est_lisible(rendu), bool)
    assert restituer(rendu) == rendu or not est_lisible(rendu) or any(c in rendu for c in "ÃÂâÅÌœŒ½¼")


@pytest.mark.parametrize("texte", ["d?affaires", "\ufffd", "Ã", "a\x00b", "a\x81b", "\ue000"])
def test_text_that_lost_something_is_told(texte):
    assert not est_lisible(texte)


@pytest.mark.parametrize(
    "texte", ["", "Pourquoi ? Parce que.", "www.exemple.fr/?a=b", "Œuvre – l’été\nà 10 €"]
)
def test_whole_text_is_readable(texte):
    assert est_lisible(texte)


def test_windows_characters_astray_in_utf_8_are_put_right():
    assert sans_controles("gros \x9cuvre, d\x92été") == "gros œuvre, d’été"
