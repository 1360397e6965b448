"""What the search answers, on a few titles of the ROME and of the RNCP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import DocumentDeRecherche, Synonyme
from catalogue.recherche import moteur
from catalogue.recherche.index import actualiser, reindexer
from catalogue.recherche.moteur import chercher, chercher_par_genre, cles, compter, ecriture, suggerer
from catalogue.recherche.repertoire import repertoire
from formations.models import Formation
from metiers.models import Metier
from tests import objets


def metier(code: str, libelle: str, *autres: str, niveau: int | None = None):
    ecrit = objets.metier(code, libelle=libelle, niveau_acces=niveau)
    for autre in autres:
        masculin, _, feminin = autre.partition(" / ")
        objets.appellation(ecrit, autre, masculin=masculin, feminin=feminin or masculin)
    return ecrit


@pytest.fixture
def titres(db):
    metier(
        "J1506",
        "Infirmier en soins généraux (IDE)",
        "Infirmier",
        "Infirmier à domicile",
        "Infirmier militaire",
    )
    metier("J1504", "Infirmier de bloc opératoire (IBODE)", "Infirmier instrumentiste")
    metier("K2503", "Agent de prévention et de sécurité", "Agent de sécurité", "Vigile")
    metier("I1320", "Technicien de maintenance", "Agent de maintenance en sécurité")
    metier("G1501", "Employé d'étage", "Valet de chambre / Femme de chambre")
    metier("K1303", "Garde d'enfant")
    metier("K2107", "Professeur de collège", niveau=6)
    metier("D1214", "Vendeur en prêt-à-porter", "Vendeur de chaussures", niveau=4)
    metier("C1206", "Conseiller bancaire", "Chargé de clientèle bancaire")
    objets.certification("RNCP34809", intitule="Chargé de clientèle", active_selon_source=False)
    objets.certification(
        "RNCP38399", intitule="Métiers du commerce et de la vente", niveau=4, abrege_code="BAC PRO"
    )
    objets.certification(
        "RNCP38362", intitule="Management commercial opérationnel", niveau=5, abrege_code="BTS"
    )
    Synonyme.objects.create(expression="nounou", equivalent="garde d'enfant")
    Synonyme.objects.create(expression="prof", equivalent="K2107 ; professeur")
    reindexer()


def premiers(texte: str) -> list[str]:
    return [t.cle for t in chercher(texte).trouvailles]


@pytest.mark.parametrize(
    ("texte", "premier"),
    [
        ("infirmière", "J1506"),
        ("INFIRMIERES", "J1506"),
        ("infirmiere bloc", "J1504"),
        ("bloc opératoire infirmier", "J1504"),
        ("infirm", "J1506"),
        ("infirmere", "J1506"),
        ("agent de sécurité", "K2503"),
        ("agente de securite", "K2503"),
        ("femme de chambre", "G1501"),
        ("valet de chambre", "G1501"),
        ("nounou", "K1303"),
        ("prof", "K2107"),
        ("chargé de clientèle", "RNCP34809"),
        ("Chargé(e) de clientèle", "RNCP34809"),
        ("bac pro commerce", "RNCP38399"),
        ("bts commercial", "RNCP38362"),
        ("34809", "RNCP34809"),
        ("k2107", "K2107"),
        ("comment devenir infirmier", "J1506"),
        ("ide", "J1506"),
    ],
)
def test_what_people_type_comes_first(titres, texte, premier):
    assert premiers(texte)[:1] == [premier]


def test_a_title_that_is_no_appellation_brings_its_certification_then_metiers(titres):
    assert premiers("chargé de clientèle") == ["RNCP34809", "C1206"]


@pytest.mark.parametrize("texte", ["manger", "verte", "vente de glaces zz", "vigie"])
def test_short_words_and_everyday_words_are_never_corrected(titres, texte):
    assert chercher(texte).requete.corrections == {}


def test_son_is_a_trade_rather_than_a_possessive(titres):
    metier("L1508", "Ingénieur du son")
    metier("H1206", "Ingénieur en industrie")
    reindexer()

    assert premiers("ingénieur son") == ["L1508"]


def test_a_typo_is_said(titres):
    resultats = chercher("infirmere")

    assert resultats.requete.corrections == {"infirmere": ["infirmier"]}


def test_the_title_that_matched_is_under_the_official_one(titres):
    trouvaille = chercher("vigile").trouvailles[0]

    assert (trouvaille.titre, trouvaille.appellation) == ("Agent de prévention et de sécurité", "Vigile")


def test_a_synonym_is_a_phrase_never_one_of_its_words(titres):
    Synonyme.objects.create(expression="agent secret", equivalent="garde d'enfant")
    reindexer()

    assert premiers("agent")[:1] != ["K1303"]
    assert premiers("agent secret")[:1] == ["K1303"]


def test_level_narrows_and_is_said(titres):
    resultats = chercher("bac pro commerce")

    assert resultats.requete.niveau == 4
    assert "RNCP38362" not in [t.cle for t in resultats.trouvailles]


def test_nothing_holds_every_word_so_some_do(titres):
    resultats = chercher("infirmier volcan")

    assert resultats.elargie
    assert resultats.trouvailles[0].cle == "J1506"
    assert compter("infirmier volcan") == 0


def test_genres_narrow_the_list_not_the_counts(titres):
    tout, certifications = chercher("chargé de clientèle"), chercher("chargé de clientèle", ["certification"])

    assert certifications.par_genre == tout.par_genre == {"certification": 1, "metier": 1}
    assert [t.genre for t in certifications.trouvailles] == ["certification"]
    assert (tout.total, certifications.total) == (2, 1)


def test_pages_follow_each_other(titres):
    tous = chercher("infirmier", limite=10).trouvailles

    assert [chercher("infirmier", limite=1, depuis=i).trouvailles[0] for i in range(len(tous))] == tous


def test_suggestions_take_the_last_word_for_a_beginning(titres):
    assert [t.cle for t in suggerer("agent de secu").trouvailles] == ["K2503", "I1320"]
    assert {t.cle for t in suggerer("vend").trouvailles} == {"D1214"}


@pytest.mark.parametrize("texte", ["", "   ", "'", '"', "\0", "*", "(", "de", ":*", "🙂", "a" * 500])
def test_no_text_breaks_the_search(titres, texte):
    assert chercher(texte).trouvailles == []
    assert suggerer(texte).trouvailles == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(titres, texte):
    resultats = chercher_par_genre(texte)

    assert sum(resultats.par_genre.values()) == resultats.total >= len(resultats.trouvailles)


@pytest.mark.parametrize("question", [chercher, chercher_par_genre, suggerer])
@pytest.mark.parametrize(
    ("texte", "nombre"),
    [
        ("infirmier", 2),
        ("agent", 2),
        ("bac pro", 2),
        ("infirmier agent", 2),
        ("infirmier volcan", 2),
        ("volcan", 1),
        ("rncp 34809", 3),
        ("D1214", 3),
    ],
)
def test_two_queries_whatever_is_found(titres, question, texte, nombre):
    """The version of the catalogue, then the titles to show; before them, what tells whether a number is a code."""
    chercher("agent")

    with CaptureQueriesContext(connection) as capture:
        question(texte)

    assert len(capture) == nombre


def test_counting_and_listing_read_nothing_but_the_version(titres):
    chercher("agent")

    with CaptureQueriesContext(connection) as capture:
        assert (compter("infirmier"), cles("infirmier", "metier")) == (2, ["J1506", "J1504"])

    assert len(capture) == 2


@pytest.mark.parametrize("texte", ["infirmier", "agent", "bac pro"])
def test_suggestions_show_the_same_titles(titres, texte):
    suggestions = suggerer(texte).trouvailles

    assert suggestions
    assert set(suggestions) <= set(chercher(texte).trouvailles)


def test_a_level_alone_gives_what_has_it_what_names_it_first(titres):
    assert premiers("bac pro") == ["RNCP38399", "D1214"]
    assert premiers("bts") == ["RNCP38362", "RNCP34809"]
    assert premiers("niveau 6") == ["K2107"]


@pytest.mark.parametrize(
    ("mot", "attendu"), [("infirmier", "infirmier"), ("securit", "securite"), ("volcan", "")]
)
def test_a_comparable_word_is_written_as_a_title_writes_it(titres, mot, attendu):
    assert ecriture(mot) == attendu


def test_the_rarest_words_decide_what_is_close_to_a_search_without_answer(titres, monkeypatch):
    monkeypatch.setattr(moteur, "A_ELARGIR", 1)

    assert premiers("infirmier vigile volcan") == ["K2503"]


class TestNumerousGenres:
    """Formations: hundreds of thousands of titles."""

    @pytest.fixture
    def offre(self, titres):
        objets.formation("MCF-34809123400017_12", intitule="Infirmier, remise à niveau")
        for n in range(120):
            objets.formation(f"MCF-{n:03}", intitule=f"Infirmier en pratique avancée, session longue {n:03}")
        reindexer()

    def test_they_are_all_counted_and_reached(self, offre):
        resultats = chercher("infirmier", ["formation"], depuis=119)

        assert resultats.par_genre == {"metier": 2, "formation": 121}
        assert [t.cle for t in resultats.trouvailles] == ["MCF-118", "MCF-119"]

    def test_a_list_has_the_keys_of_them_all_the_best_first(self, offre):
        toutes = cles("infirmier", "formation")

        assert toutes == ["MCF-34809123400017_12", *(f"MCF-{n:03}" for n in range(120))]
        assert cles("infirmier", "formation", 105) == toutes[:105]

    def test_they_take_no_place_from_the_others(self, offre):
        assert premiers("infirmier")[0] == "J1506"

    def test_one_written_anew_is_found_under_its_new_title(self, offre):
        Formation.objects.filter(pk="MCF-007").update(intitule="Puériculture")

        actualiser("formation", ["MCF-007"])

        assert premiers("puériculture") == ["MCF-007"]
        assert chercher("pratique avancée 007").elargie

    def test_their_numbers_find_them_and_are_no_words_to_correct_with(self, offre):
        assert premiers("34809123400017") == ["MCF-34809123400017_12"]
        assert [t.cle for t in suggerer("348091234").trouvailles] == ["MCF-34809123400017_12"]
        assert [mot for mot in repertoire().vocabulaire.frequences if not mot.isalpha()] == []


def _ecrits() -> list[tuple]:
    return sorted(DocumentDeRecherche.objects.values_list("pk", "genre", "cle", "titre", "mots"))


class TestIndex:
    def test_indexing_twice_changes_nothing(self, titres):
        avant = (_ecrits(), repertoire().vocabulaire.frequences)

        reindexer()

        assert (_ecrits(), repertoire().vocabulaire.frequences) == avant

    def test_one_fiche_written_anew_gives_what_indexing_all_would(self, titres):
        ecrit = Metier.objects.get(code_rome="K2503")
        objets.appellation(ecrit, "Gardien de nuit", masculin="Gardien de nuit", feminin="Gardienne de nuit")

        actualiser("metier", ["K2503"])

        trouves, apres = premiers("gardienne de nuit"), (_ecrits(), repertoire().vocabulaire.frequences)
        reindexer()
        assert trouves == ["K2503"]
        assert (_ecrits(), repertoire().vocabulaire.frequences) == apres

    def test_what_is_withdrawn_is_no_longer_found(self, titres):
        Metier.objects.filter(code_rome="K2503").update(retire_le="2026-01-01")

        actualiser("metier", ["K2503"])

        assert premiers("vigile") == []
        assert "vigil" not in repertoire().vocabulaire.frequences
