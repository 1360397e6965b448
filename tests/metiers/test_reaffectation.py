"""« Même métier ? » : what each answer does to the texts."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import VersionCatalogue
from metiers.models import FicheEditoriale, Metier, Reaffectation
from tests import objets

MEME, AUTRE, SUIVRE = (
    Reaffectation.Decision.MEME_METIER,
    Reaffectation.Decision.AUTRE_METIER,
    Reaffectation.Decision.SUIVRE,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Reaffectation:
    """M1805 was written about as a developer, then given to another job; D1415 now bears the former appellation."""
    metier = objets.metier("M1805", libelle="Développeur / Développeuse", temoin="1")
    objets.fiche_editoriale(metier, intitule="Développeur", niveau_acces=5)
    metier.temoin, metier.libelle = "2", "Analyste / Analyste"
    metier.save()
    suivie = objets.metier("D1415", libelle="Développeur web / Développeuse web", temoin="3")
    Metier.objects.recalculer_acces()
    return objets.reaffectation(metier, ancien_temoin="1", fiche_suivie=suivie)


def affichees() -> list[tuple[str, str]]:
    """(code, title) of the editorial fiches that visitors see."""
    return list(FicheEditoriale.objects.affichables().values_list("metier__code_rome", "intitule"))


def test_texts_wait_unshown_while_the_question_is_open(question):
    assert affichees() == []
    assert list(Reaffectation.objects.a_trancher()) == [question]


def test_same_job_shows_the_texts_again_on_the_same_fiche(question):
    avant = VersionCatalogue.courante()

    question.trancher(MEME)

    assert affichees() == [("M1805", "Développeur")]
    assert Metier.objects.get(code_rome="M1805").niveau_acces == 5
    assert list(Reaffectation.objects.a_trancher()) == []
    assert question.decidee_le is not None
    assert VersionCatalogue.courante() != avant


def test_another_job_leaves_the_texts_aside(question):
    question.trancher(AUTRE)

    assert affichees() == []
    textes = FicheEditoriale.objects.get()
    assert (textes.metier.code_rome, textes.ecrit_pour) == ("M1805", "1")
    assert list(Reaffectation.objects.a_trancher()) == []


def test_followed_texts_move_to_the_fiche_that_bears_the_appellation(question):
    question.trancher(SUIVRE)

    assert affichees() == [("D1415", "Développeur")]
    assert FicheEditoriale.objects.get().ecrit_pour_libelle == "Développeur web / Développeuse web"
    niveaux = dict(Metier.objects.values_list("code_rome", "niveau_acces"))
    assert niveaux == {"D1415": 5, "M1805": None}


def test_followed_texts_leave_a_withdrawn_fiche(question):
    Metier.objects.filter(code_rome="M1805").update(retire_le="2026-01-01", temoin="1")

    question.trancher(SUIVRE)

    assert affichees() == [("D1415", "Développeur")]


def test_the_move_is_in_the_history_with_its_reason(question):
    question.trancher(SUIVRE)

    derniere = FicheEditoriale.history.first()
    assert derniere.metier.code_rome == "D1415"
    assert derniere.history_change_reason.startswith("Réponse à « même métier ? » : M1805")


@pytest.mark.parametrize("decision", [MEME, AUTRE, SUIVRE])
def test_the_same_answer_twice_changes_nothing(question, decision):
    question.trancher(decision)
    decidee_le, version, historique = (
        question.decidee_le,
        VersionCatalogue.courante(),
        FicheEditoriale.history.count(),
    )

    Reaffectation.objects.get().trancher(decision)

    assert Reaffectation.objects.get().decidee_le == decidee_le
    assert VersionCatalogue.courante() == version
    assert FicheEditoriale.history.count() == historique


def test_another_job_may_be_reconsidered(question):
    question.trancher(AUTRE)

    question.trancher(MEME)

    assert affichees() == [("M1805", "Développeur")]


@pytest.mark.parametrize(
    ("premiere", "seconde"), [(MEME, AUTRE), (MEME, SUIVRE), (SUIVRE, MEME), (SUIVRE, AUTRE)]
)
def test_texts_already_given_back_are_not_taken_away(question, premiere, seconde):
    question.trancher(premiere)
    etat = affichees()

    with pytest.raises(ValidationError, match="déjà reçu une réponse"):
        question.trancher(seconde)

    assert affichees() == etat


def refuser_sans_fiche_suivie(question):
    Reaffectation.objects.update(fiche_suivie=None)
    return SUIVRE, "Aucune fiche ne porte l'ancienne appellation"


def refuser_fiche_deja_ecrite(question):
    objets.fiche_editoriale(question.fiche_suivie)
    return SUIVRE, "La fiche Développeur web / Développeuse web \\(D1415\\) a déjà des textes"


def refuser_fiche_suivie_retiree(question):
    Metier.objects.filter(code_rome="D1415").update(retire_le="2026-01-01")
    return SUIVRE, "est retirée"


def refuser_metier_retire(question):
    Metier.objects.filter(code_rome="M1805").update(retire_le="2026-01-01")
    return MEME, "est retirée"


def refuser_textes_reecrits_depuis(question):
    objets.fiche_editoriale(Metier.objects.get(code_rome="M1805"))
    return MEME, "a déjà des textes"


def refuser_textes_disparus(question):
    FicheEditoriale.objects.all().delete()
    return MEME, "n'attendent plus de réponse"


def refuser_reponse_inconnue(question):
    return "peut-être", "une des réponses proposées"


@pytest.mark.parametrize(
    "cas",
    [
        refuser_sans_fiche_suivie,
        refuser_fiche_deja_ecrite,
        refuser_fiche_suivie_retiree,
        refuser_metier_retire,
        refuser_textes_reecrits_depuis,
        refuser_textes_disparus,
        refuser_reponse_inconnue,
    ],
)
def test_an_impossible_answer_is_refused_and_writes_nothing(question, cas):
    decision, message = cas(question)
    avant = list(FicheEditoriale.objects.order_by("pk").values())

    with pytest.raises(ValidationError, match=message):
        Reaffectation.objects.get().trancher(decision)

    assert list(FicheEditoriale.objects.order_by("pk").values()) == avant
    assert Reaffectation.objects.get().decision == ""
