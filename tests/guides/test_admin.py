"""The administration of dossiers, links and glossary."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import VersionCatalogue
from guides import models
from guides.models import Dossier, LienRoleMetier, ParcoursEvolution, Terme
from metiers.models import Metier
from tests import objets
from tests.formulaires import saisie
from tests.guides import ecrits

pytestmark = pytest.mark.django_db

REGISTRES = ["dossier", "famille", "role", "parcoursevolution", "lienrolemetier", "terme", "liendesource"]


def adresse(modele: str, page: str, *args) -> str:
    return reverse(f"admin:guides_{modele}_{page}", args=args)


@pytest.fixture
def un_de_chaque():
    """A row of each model that has a page."""
    role = ecrits.role()
    dossier = role.famille.dossier
    parcours = ParcoursEvolution.objects.create(dossier=dossier, titre="Parcours")
    terme = ecrits.terme()
    return {
        "dossier": dossier,
        "famille": role.famille,
        "role": role,
        "parcoursevolution": ecrits.etape(parcours, metier=objets.metier("D1435")).parcours,
        "lienrolemetier": ecrits.lien(role, objets.metier("D1408")),
        "terme": terme,
        "liendesource": models.LienDeSource.objects.create(terme=terme, libelle="l", adresse="/l"),
    }


@pytest.mark.parametrize("modele", REGISTRES)
def test_every_page_opens(admin_client, un_de_chaque, modele):
    pages = [
        adresse(modele, "changelist"),
        adresse(modele, "changelist") + "?q=a",
        adresse(modele, "add"),
        adresse(modele, "change", un_de_chaque[modele].pk),
    ]

    assert [admin_client.get(page).status_code for page in pages] == [200] * 4


@pytest.mark.parametrize("modele", ["role", "parcoursevolution", "lienrolemetier", "terme"])
def test_a_list_costs_the_same_whatever_it_holds(admin_client, un_de_chaque, modele):
    def cout():
        with CaptureQueriesContext(connection) as requetes:
            admin_client.get(adresse(modele, "changelist"))
        return len(requetes)

    un = cout()
    role, parcours = un_de_chaque["role"], un_de_chaque["parcoursevolution"]
    for rang in range(10):
        ecrits.lien(ecrits.role(role.famille), objets.metier(f"E{rang:04}"))
        autre = ParcoursEvolution.objects.create(dossier=parcours.dossier, titre=f"Parcours {rang}")
        ecrits.etape(autre, "Une")
        ecrits.terme()

    assert cout() == un


def test_a_dossier_costs_the_same_whatever_it_holds(admin_client):
    def cout(dossier: Dossier) -> int:
        with CaptureQueriesContext(connection) as requetes:
            admin_client.get(adresse("dossier", "change", dossier.pk))
        return len(requetes)

    couts = set()
    for taille in (1, 10):
        dossier = ecrits.dossier()
        for _ in range(taille):
            ecrits.chiffre(dossier, role=ecrits.role(ecrits.famille(dossier)))
            ParcoursEvolution.objects.create(dossier=dossier, titre="Parcours")
        couts.add(cout(dossier))

    assert len(couts) == 1


def test_a_save_advances_the_catalogue_and_keeps_the_earlier_words(admin_client):
    terme = ecrits.terme("VAE", definition_courte="Avant.")
    page = adresse("terme", "change", terme.pk)
    avant = VersionCatalogue.courante()

    reponse = admin_client.post(page, saisie(admin_client.get(page), definition_courte="Après."))

    assert reponse.status_code == 302
    assert [h.definition_courte for h in terme.history.all()] == ["Après.", "Avant."]
    assert VersionCatalogue.courante() > avant


def test_the_roles_offered_for_a_figure_are_those_of_the_dossier(admin_client):
    role, autre = ecrits.role(titre="Le mien"), ecrits.role(titre="D'un autre")
    ecrits.chiffre(role.famille.dossier)

    html = admin_client.get(adresse("dossier", "change", role.famille.dossier.pk)).content.decode()

    assert [f'<option value="{r.pk}">' in html for r in (role, autre)] == [True, False]


def test_a_link_turned_to_another_metier_is_confirmed_for_that_one(admin_client):
    lien = ecrits.lien(metier=objets.metier("D1408", temoin="1"))
    autre = objets.metier("D1435", temoin="2", libelle="Responsable")
    page = adresse("lienrolemetier", "change", lien.pk)

    admin_client.post(page, saisie(admin_client.get(page), metier=autre.pk))

    lien.refresh_from_db()
    assert (lien.confirme_pour, lien.confirme_pour_libelle, lien.est_affichable) == ("2", "Responsable", True)


def test_saving_a_link_put_aside_does_not_bring_it_back(admin_client):
    lien = ecrits.lien(metier=objets.metier(temoin="1"))
    Metier.objects.update(temoin="2", libelle="Un autre métier")
    page = adresse("lienrolemetier", "change", lien.pk)

    admin_client.post(page, saisie(admin_client.get(page), raison="Mieux dite."))

    lien.refresh_from_db()
    assert (lien.raison, lien.confirme_pour, lien.est_affichable) == ("Mieux dite.", "1", False)


@pytest.mark.parametrize(
    ("action", "attendu"),
    [("confirmer", ("confirme", "2", True)), ("suggerer", ("suggere", "", False))],
)
def test_an_editor_decides_of_links_from_the_list(admin_client, action, attendu):
    lien = ecrits.lien(metier=objets.metier(temoin="1"))
    Metier.objects.update(temoin="2", libelle="Un autre métier")
    avant = VersionCatalogue.courante()

    admin_client.post(
        adresse("lienrolemetier", "changelist"), {"action": action, "_selected_action": [lien.pk]}
    )

    lien = LienRoleMetier.objects.get()
    assert (lien.statut, lien.confirme_pour, lien.est_affichable) == attendu
    assert VersionCatalogue.courante() > avant


@pytest.mark.parametrize(
    ("valeur", "attendus"), [("affiche", ["A"]), ("suggere", ["B"]), ("reconfirmer", ["C"])]
)
def test_links_are_sorted_by_what_visitors_see(admin_client, valeur, attendus):
    ecrits.lien(metier=objets.metier("D0001"), raison="A")
    ecrits.lien(metier=objets.metier("D0002"), raison="B", statut=LienRoleMetier.Statut.SUGGERE)
    ecrits.lien(metier=objets.metier("D0003"), raison="C")
    Metier.objects.filter(code_rome="D0003").update(temoin="autre", libelle="Un autre métier")

    reponse = admin_client.get(adresse("lienrolemetier", "changelist"), {"affichage": valeur})

    assert [lien.raison for lien in reponse.context["cl"].queryset] == attendus


def test_broken_links_of_the_sources_are_a_list(admin_client):
    terme = ecrits.terme()
    models.LienDeSource.objects.create(terme=terme, libelle="rompu", adresse="/mba")
    models.LienDeSource.objects.create(terme=terme, libelle="trouvé", adresse="/crm", cible=ecrits.terme())

    reponse = admin_client.get(adresse("liendesource", "changelist"), {"cible": "absente"})

    assert [lien.libelle for lien in reponse.context["cl"].queryset] == ["rompu"]


def test_a_term_is_found_by_its_other_names(admin_client):
    ecrits.terme("VAE", autres_noms="validation des acquis")
    ecrits.terme("Jury")

    reponse = admin_client.get(adresse("terme", "changelist"), {"q": "validation"})

    assert list(reponse.context["cl"].queryset) == [Terme.objects.get(terme="VAE")]
