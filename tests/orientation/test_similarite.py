"""Does a bloc speak of a skill?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.recherche.mots import mots_presents
from catalogue.texte import elements_de_liste
from orientation.similarite import Crible, Poids, Repertoire, confiance, peser

EGAUX = Poids({}, 1.0)
BASE = ("competence", "1")


def couverts(libelle: str, *phrases: str, poids: Poids = EGAUX) -> list[tuple[float, tuple[str, ...]]]:
    suggestions = Repertoire({BASE: libelle}, poids).couverts_par(phrases)
    return [(round(s.score, 2), s.mots) for s in suggestions]


def test_all_the_words_of_the_skill_make_1():
    assert couverts("Modéliser une base de données", "Modéliser et créer la base de données") == [
        (1.0, ("modéliser", "base", "données"))
    ]


def test_plural_gender_and_accents_are_one():
    assert couverts("Négociations commerciales", "La negociation commerciale") == [
        (1.0, ("négociations", "commerciales"))
    ]


def test_one_shared_word_is_not_enough():
    assert couverts("Comptabilité", "Tenir la comptabilité") == []


def test_words_far_apart_in_a_sentence_do_not_count_together():
    loin = "Traiter avec respect les demandes des clients et des usagers du service dans les délais"

    assert couverts("Respect des délais", loin) == []
    assert couverts("Respect des délais", "Travailler dans le respect des délais") == [
        (1.0, ("respect", "délais"))
    ]


def test_below_the_threshold_nothing_is_suggested():
    assert couverts("Gérer des projets web complexes", "Gérer des projets") == []


def test_rare_words_weigh_more():
    poids = Poids({"gerer": 1.0, "trésorerie": 5.0, "tresoreri": 5.0, "equip": 1.0}, 5.0)

    assert couverts("Gérer une trésorerie d'équipe", "Suivre la trésorerie de l'équipe", poids=poids) == [
        (0.86, ("trésorerie", "équipe"))
    ]


def test_the_nearest_sentence_is_kept():
    phrases = ("Préparer les bulletins de salaire", "Préparer les bulletins de paie du personnel")

    suggestion = Repertoire({BASE: "Préparer un bulletin de paie"}, EGAUX).couverts_par(phrases)[0]

    assert suggestion.phrase == phrases[1]


def test_weights_come_from_the_labels():
    poids = peser(["Gérer un stock", "Gérer une équipe", "Gérer un budget"])

    assert poids("gerer") < poids("stock") == poids("mot jamais lu")


@pytest.mark.parametrize(
    ("score", "mots"), [(0.75, "moyenne"), (0.9, "forte"), (1.0, "forte"), (None, "non calculée")]
)
def test_confidence_is_said_in_words(score, mots):
    assert confiance(score) == mots


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_scores_between_the_threshold_and_1(libelle, phrases):
    suggestions = Repertoire({BASE: libelle}, EGAUX).couverts_par(phrases)

    assert all(0.75 <= s.score <= 1 and s.phrase in phrases and len(s.mots) <= 60 for s in suggestions)


MOTS = [
    "préparer",
    "bulletins",
    "paie",
    "paies",
    "gérer",
    "stock",
    "stocks",
    "client·e·s",
    "chargé(e)",
    "de",
    "la",
    "l'accueil",
    "(durées)",
    "Œuvre",
    "•",
    "-",
    "/",
]
LIBELLES = st.lists(st.sampled_from(MOTS), max_size=5).map(" ".join)


@given(
    st.lists(LIBELLES, max_size=8),
    st.lists(LIBELLES | st.text(max_size=20), max_size=6).map("    - ".join),
    st.lists(st.integers(0, 7), max_size=4),
)
def test_crible_sets_aside_what_the_sentences_do_not_cover_and_nothing_else(libelles, texte, choisis):
    items = {("competence", str(rang)): libelle for rang, libelle in enumerate(libelles)}
    repertoire = Repertoire(items, peser(libelles))
    crible = Crible(repertoire)
    parties = [[cle for cle in items if int(cle[1]) % 2 == reste] for reste in (0, 1)]
    voulues = [cle for cle in items if int(cle[1]) in choisis]

    possibles = crible.possibles(texte, crible.reunir([crible.colonnes(partie) for partie in parties]))

    presents = mots_presents(texte)
    assert possibles == repertoire.possibles(presents) == repertoire.possibles(presents, items)
    assert crible.possibles(texte, crible.colonnes(voulues)) == possibles.intersection(voulues)
    phrases = elements_de_liste(texte)
    assert repertoire.couverts_par(phrases, possibles) == repertoire.couverts_par(phrases)
    parlantes = crible.parlantes(phrases, possibles)
    assert repertoire.couverts_par(parlantes, possibles) == repertoire.couverts_par(phrases)
