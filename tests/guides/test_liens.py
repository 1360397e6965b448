"""The first occurrence of each term in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.liens import Entree, Lieur, Segment, cle_de_mot, lexique, segments

ALTERNANCE = Entree("alternance", ("Alternance", "formation en alternance"))
BLOC = Entree("bloc-de-competences", ("Bloc de compétences", "bloc"))
ROME = Entree("rome", ("ROME", "code ROME"))
SAVOIR_ETRE = Entree("savoir-etre", ("Savoir-être",))
APPRENTISSAGE = Entree("apprentissage", ("Contrat d'apprentissage", "apprentissage"))
COEUR = Entree("coeur", ("Cœur de métier",))
BAC_PRO = Entree("bac-pro", ("Bac pro",))
ENTREES = [ALTERNANCE, BLOC, ROME, SAVOIR_ETRE, APPRENTISSAGE, COEUR, BAC_PRO]


def lies(texte: str, entrees=ENTREES) -> list[tuple[str, str]]:
    return [(s.texte, s.cle) for s in segments(texte, entrees) if s.cle]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("L'alternance vous va bien.", [("alternance", "alternance")]),
        ("Une formation en alternance.", [("formation en alternance", "alternance")]),
        ("ALTERNANCE", [("ALTERNANCE", "alternance")]),
        ("des Blocs de Competences", [("Blocs de Competences", "bloc-de-competences")]),
        ("ce bloc", [("bloc", "bloc-de-competences")]),
        ("le bloc, de compétences", [("bloc", "bloc-de-competences")]),
        ("le bloc.", [("bloc", "bloc-de-competences")]),
        ("le bloc\u00a0de compétences", [("bloc\u00a0de compétences", "bloc-de-competences")]),
        ("un bloc-de-compétences", [("bloc-de-compétences", "bloc-de-competences")]),
        ("des savoir-être", [("savoir-être", "savoir-etre")]),
        ("un contrat d’apprentissage", [("contrat d’apprentissage", "apprentissage")]),
        ("le coeur de metier", [("coeur de metier", "coeur")]),
        ("les bacs pro", [("bacs pro", "bac-pro")]),
        ("savoir-e\u0302tre", [("savoir-e\u0302tre", "savoir-etre")]),
        ("le ROME et le code ROME", [("ROME", "rome")]),
    ],
)
def test_a_term_is_found_whatever_its_form(texte, attendus):
    assert lies(texte) == attendus


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "Rome est en Italie.",
        "un bloc-notes",
        "débloquer, blocage",
        "voir https://exemple.fr/alternance et alternance@exemple.fr",
        "savoir et être",
        "savoir être à l'heure",
        "le bac. Pro ou amateur",
    ],
)
def test_another_word_is_not_a_term(texte):
    assert lies(texte) == []


def test_segments_keep_the_text_as_written():
    assert segments("En Alternance !", [ALTERNANCE]) == [
        Segment("En "),
        Segment("Alternance", "alternance"),
        Segment(" !"),
    ]


def test_a_page_links_each_term_once():
    lieur = Lieur(lexique(ENTREES))

    premiers = [s.cle for s in lieur.segments("Alternance, puis alternance, puis un bloc.") if s.cle]
    suivants = [s.cle for s in lieur.segments("Encore l'alternance, et le ROME.") if s.cle]

    assert (premiers, suivants) == (["alternance", "bloc-de-competences"], ["rome"])


def test_no_shorter_term_is_linked_inside_a_longer_one():
    court = Entree("formation", ("Formation",))

    texte = "La formation en alternance : une formation en alternance."

    assert lies(texte, [ALTERNANCE, court]) == [("formation en alternance", "alternance")]


def test_a_term_left_out_is_never_linked():
    assert [s.cle for s in segments("Alternance et bloc", ENTREES, ["alternance"]) if s.cle] == [
        "bloc-de-competences"
    ]


def test_a_name_shared_by_two_terms_goes_to_the_first():
    autre = Entree("autre", ("alternance",))

    assert lies("alternance", [ALTERNANCE, autre]) == [("alternance", "alternance")]


MOTS = st.sampled_from(
    [
        "alternance",
        "Blocs",
        "bloc",
        "de",
        "compétences",
        "ROME",
        "rome",
        "savoir",
        "être",
        "contrat",
        "d'",
        "l’",
        "apprentissage",
        "cœur",
        "métier",
        "bac",
        "pro",
        "https://a.fr/bloc",
        "a@bloc.fr",
        "é",
    ]
)
TEXTES = st.one_of(
    st.text(),
    st.lists(st.tuples(MOTS, st.sampled_from([" ", "-", "'", ". ", "\n", "\u00a0", ""]))).map(
        lambda paires: "".join(mot + liaison for mot, liaison in paires)
    ),
)


@given(TEXTES)
def test_joined_again_the_segments_are_the_text(texte):
    assert "".join(s.texte for s in segments(texte, ENTREES)) == texte


@given(TEXTES)
def test_no_term_is_linked_twice(texte):
    cles = [s.cle for s in segments(texte, ENTREES) if s.cle]

    assert len(cles) == len(set(cles))


@given(TEXTES)
def test_what_is_linked_is_a_name_of_the_term(texte):
    """Every linked piece, compared word by word, is one of the names of the term."""
    noms = {e.cle: {forme_nue(f) for f in e.formes} for e in ENTREES}

    fautes = [s for s in segments(texte, ENTREES) if s.cle and forme_nue(s.texte) not in noms[s.cle]]

    assert fautes == []


@given(TEXTES)
def test_a_text_already_linked_gets_no_link_more(texte):
    lieur = Lieur(lexique(ENTREES), {e.cle for e in ENTREES})

    assert [s for s in lieur.segments(texte) if s.cle] == []


@given(st.lists(st.builds(Entree, st.text(min_size=1), st.tuples(st.text()))), st.text())
def test_any_name_and_any_text_are_accepted(entrees, texte):
    assert "".join(s.texte for s in segments(texte, entrees)) == texte


def forme_nue(forme: str) -> tuple[str, ...]:
    for signe in "-‐‑'’\u00a0\u202f":
        forme = forme.replace(signe, " ")
    return tuple(cle_de_mot(mot) for mot in forme.split())
