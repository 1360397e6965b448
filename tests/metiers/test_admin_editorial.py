"""The editors' texts: written beside the official words, never about another job."""

import pytest
from django.urls import reverse

from catalogue.models import VersionCatalogue
from metiers.models import FicheEditoriale, Metier, Mission
from tests import objets
from tests.formulaires import saisie

LISTE = "admin:metiers_ficheeditoriale_changelist"
AJOUT = "admin:metiers_ficheeditoriale_add"


@pytest.fixture
def metier(db) -> Metier:
    return objets.metier(
        "D1415", libelle="Chargé / Chargée de relation client", acces_metier="Accessible avec un bac+2."
    )


def page(fiche: FicheEditoriale) -> str:
    return reverse("admin:metiers_ficheeditoriale_change", args=[fiche.pk])


def test_a_new_fiche_is_tied_to_the_job_the_metier_is(admin_client, metier):
    formulaire = saisie(
        admin_client.get(reverse(AJOUT)), metier=metier.pk, accroche="Elle écoute et conseille."
    )

    reponse = admin_client.post(reverse(AJOUT), formulaire)

    assert reponse.status_code == 302
    fiche = FicheEditoriale.objects.affichables().get()
    assert (fiche.metier, fiche.ecrit_pour, fiche.accroche) == (
        metier,
        metier.temoin,
        "Elle écoute et conseille.",
    )


@pytest.mark.parametrize(
    ("etat", "message"),
    [("deja", "Ce métier a déjà une fiche éditoriale."), ("retire", "Cette fiche est retirée du ROME : ")],
)
def test_a_fiche_that_could_not_be_shown_is_refused_in_one_sentence(admin_client, metier, etat, message):
    if etat == "deja":
        objets.fiche_editoriale(metier)
    else:
        Metier.objects.update(retire_le="2026-01-01")
    avant = FicheEditoriale.objects.count()

    reponse = admin_client.post(reverse(AJOUT), saisie(admin_client.get(reverse(AJOUT)), metier=metier.pk))

    assert reponse.status_code == 200
    assert reponse.context["adminform"].form.errors["metier"][0].startswith(message)
    assert FicheEditoriale.objects.count() == avant


def test_the_official_words_stand_beside_the_overrides(admin_client, metier):
    fiche = objets.fiche_editoriale(metier)

    html = admin_client.get(page(fiche)).content.decode()

    assert html.count("Accessible avec un bac+2.") == 1
    assert html.index("Chargé / Chargée de relation client") < html.index('name="intitule"')


def test_the_metier_of_a_fiche_cannot_be_changed(admin_client, metier):
    fiche = objets.fiche_editoriale(metier)
    autre = objets.metier("D1401")

    admin_client.post(
        page(fiche), saisie(admin_client.get(page(fiche)), metier=autre.pk, accroche="Modifiée")
    )

    fiche.refresh_from_db()
    assert (fiche.metier, fiche.ecrit_pour, fiche.accroche) == (metier, metier.temoin, "Modifiée")


def test_a_save_computes_the_access_again_and_advances_the_catalogue(admin_client, metier):
    fiche = objets.fiche_editoriale(metier)
    avant = VersionCatalogue.courante()

    admin_client.post(page(fiche), saisie(admin_client.get(page(fiche)), niveau_acces=4))

    metier.refresh_from_db()
    assert (metier.niveau_acces, metier.niveau_acces_origine) == (4, "editeur")
    assert VersionCatalogue.courante() > avant


def test_a_mission_added_in_the_page_advances_the_catalogue(admin_client, metier):
    fiche = objets.fiche_editoriale(metier)
    VersionCatalogue.avancer()
    avant = VersionCatalogue.courante()
    mission = {"missions-TOTAL_FORMS": 1, "missions-0-ordre": 1, "missions-0-texte": "Répondre aux clients"}

    admin_client.post(page(fiche), saisie(admin_client.get(page(fiche))) | mission)

    assert list(Mission.objects.values_list("fiche", "texte")) == [(fiche.pk, "Répondre aux clients")]
    assert VersionCatalogue.courante() > avant


@pytest.mark.parametrize("par_lot", [False, True])
def test_a_deletion_computes_the_access_again_and_advances_the_catalogue(admin_client, metier, par_lot):
    fiche = objets.fiche_editoriale(metier, niveau_acces=7)
    Metier.objects.recalculer_acces()
    avant = VersionCatalogue.courante()

    if par_lot:
        lot = {"action": "delete_selected", "_selected_action": [fiche.pk], "post": "yes"}
        admin_client.post(reverse(LISTE), lot)
    else:
        admin_client.post(reverse("admin:metiers_ficheeditoriale_delete", args=[fiche.pk]), {"post": "yes"})

    assert not FicheEditoriale.objects.exists()
    metier.refresh_from_db()
    assert metier.niveau_acces != 7
    assert VersionCatalogue.courante() > avant


def test_an_earlier_version_gives_its_words_back_not_its_job(admin_client, metier):
    fiche = objets.fiche_editoriale(metier, accroche="Première")
    premiere = fiche.history.first()
    Metier.objects.update(temoin="999")
    fiche.accroche, fiche.ecrit_pour, fiche.niveau_acces = "Seconde", "999", 6
    fiche.save()
    ancienne = reverse("admin:metiers_ficheeditoriale_simple_history", args=[fiche.pk, premiere.pk])

    admin_client.get(ancienne)
    reponse = admin_client.post(ancienne, {"publie": "on", "accroche": "Première"})

    assert reponse.status_code == 302
    fiche.refresh_from_db()
    assert (fiche.accroche, fiche.ecrit_pour, fiche.metier) == ("Première", "999", metier)


def test_the_history_names_who_changed_what(admin_client, metier):
    fiche = objets.fiche_editoriale(metier, accroche="Avant")
    admin_client.post(page(fiche), saisie(admin_client.get(page(fiche)), accroche="Après"))

    html = admin_client.get(
        reverse("admin:metiers_ficheeditoriale_history", args=[fiche.pk])
    ).content.decode()

    assert "<strong>Accroche :</strong> Avant → Après" in html
    assert "<td>admin</td>" in html
    assert 'style="' not in html


def test_each_state_is_told_and_filtered(admin_client, db):
    objets.fiche_editoriale(objets.metier("D1401"))
    objets.fiche_editoriale(objets.metier("D1402"), publie=False)
    objets.fiche_editoriale(
        objets.metier("D1403", libelle="Nouveau métier"), ecrit_pour="autre", ecrit_pour_libelle="A"
    )

    etats = {}
    for etat in ("affichee", "brouillon", "cote"):
        liste = admin_client.get(reverse(LISTE), {"affichage": etat}).context["cl"]
        etats[etat] = [(f.metier.code_rome, liste.model_admin.affichage(f)) for f in liste.result_list]

    assert etats == {
        "affichee": [("D1401", "Affichée")],
        "brouillon": [("D1402", "Non publiée")],
        "cote": [("D1403", "Mise de côté : la fiche décrit aujourd'hui « Nouveau métier »")],
    }
