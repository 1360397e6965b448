"""« Même métier ? » in the administration."""

import pytest
from django.urls import reverse

from metiers.models import FicheEditoriale, Metier, Reaffectation
from tests import objets
from tests.formulaires import saisie


@pytest.fixture
def question(db) -> Reaffectation:
    metier = objets.metier("M1805", libelle="Analyste", temoin="2", definition="Analyse les besoins.")
    objets.fiche_editoriale(
        metier, ecrit_pour="1", ecrit_pour_libelle="Développeur", accroche="Il écrit du code."
    )
    return objets.reaffectation(metier, ancien_temoin="1", ancien_libelle="Développeur")


@pytest.fixture
def page(question) -> str:
    return reverse("admin:metiers_reaffectation_change", args=[question.pk])


def test_the_page_shows_both_jobs_and_the_texts(admin_client, page):
    html = admin_client.get(page).content.decode()

    presents = [mot for mot in ("Développeur", "Analyse les besoins.", "Il écrit du code.") if mot in html]
    assert presents == ["Développeur", "Analyse les besoins.", "Il écrit du code."]


def test_an_answer_is_applied(admin_client, question, page):
    reponse = admin_client.post(page, saisie(admin_client.get(page), decision="meme"))

    assert reponse.status_code == 302
    question.refresh_from_db()
    assert (question.decision, question.decidee_le is None) == ("meme", False)
    assert FicheEditoriale.objects.affichables().count() == 1


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ("suivre", "Aucune fiche ne porte l'ancienne appellation : les textes ne peuvent pas la suivre."),
        ("", "Ce champ est obligatoire."),
    ],
)
def test_an_impossible_answer_is_refused_in_one_sentence(admin_client, question, page, decision, message):
    reponse = admin_client.post(page, saisie(admin_client.get(page), decision=decision))

    erreurs = reponse.context["adminform"].form.errors
    assert [e for liste in erreurs.values() for e in liste] == [message]
    question.refresh_from_db()
    assert (question.decision, question.decidee_le) == ("", None)


def test_an_answer_about_a_fiche_that_has_changed_meanwhile_is_refused(admin_client, question, page):
    formulaire = saisie(admin_client.get(page), decision="meme")
    Metier.objects.update(temoin="3", libelle="Encore un autre métier")

    reponse = admin_client.post(page, formulaire)

    assert reponse.context["adminform"].form.non_field_errors() == [
        "La fiche a changé pendant que vous répondiez : relisez-la avant de répondre."
    ]
    assert FicheEditoriale.objects.affichables().count() == 0


def test_open_questions_are_listed_apart(admin_client, question):
    autre = objets.reaffectation(objets.metier("D1401"), decision="autre")
    liste = reverse("admin:metiers_reaffectation_changelist")

    trouvees = {
        reponse: list(admin_client.get(liste, {"reponse": reponse}).context["cl"].result_list)
        for reponse in ("attente", "autre", "meme")
    }

    assert trouvees == {"attente": [question], "autre": [autre], "meme": []}
