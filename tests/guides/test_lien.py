"""A link to a métier is shown only while the métier is the job it was confirmed for."""

import pytest

from catalogue.signals import donnees_importees
from guides.models import EtapeDeParcours, LienRoleMetier, ParcoursEvolution
from metiers.models import Metier
from tests import objets
from tests.guides import ecrits

pytestmark = pytest.mark.django_db


def test_a_confirmed_link_is_tied_to_the_job_of_that_moment():
    metier = objets.metier("D1435", libelle="Responsable de plateau", temoin="18806")

    lien = ecrits.lien(metier=metier)

    assert (lien.confirme_pour, lien.confirme_pour_libelle) == ("18806", "Responsable de plateau")
    assert list(LienRoleMetier.objects.affichables()) == [lien]


def test_a_suggestion_is_tied_to_nothing_and_not_shown():
    lien = ecrits.lien(statut=LienRoleMetier.Statut.SUGGERE)

    assert (lien.confirme_pour, lien.est_affichable, lien.est_a_reconfirmer) == ("", False, False)
    assert list(LienRoleMetier.objects.affichables()) == []


def test_a_link_made_a_suggestion_again_is_untied():
    lien = ecrits.lien()

    lien.statut = LienRoleMetier.Statut.SUGGERE
    lien.save()

    assert (lien.confirme_pour, lien.confirme_pour_libelle) == ("", "")


def test_a_code_given_to_another_job_puts_the_link_aside():
    lien = ecrits.lien(metier=objets.metier(temoin="1", libelle="Développeur"))

    Metier.objects.update(temoin="2", libelle="Analyste")
    donnees_importees.send(sender=None, version=objets.version("rome", "61"))

    lien = LienRoleMetier.objects.get()
    assert (lien.est_affichable, lien.est_a_reconfirmer, lien.confirme_pour) == (False, True, "1")
    assert list(LienRoleMetier.objects.affichables()) == []
    assert list(LienRoleMetier.objects.a_reconfirmer()) == [lien]


def test_a_renumbered_appellation_under_the_same_title_is_followed():
    metier = objets.metier(temoin="1", libelle="Développeur")
    ecrits.lien(metier=metier)
    parcours = ParcoursEvolution.objects.create(dossier=ecrits.dossier(), titre="Parcours")
    ecrits.etape(parcours, metier=metier)

    Metier.objects.update(temoin="2")
    donnees_importees.send(sender=None, version=objets.version("rome", "61"))

    assert LienRoleMetier.objects.affichables().count() == 1
    assert EtapeDeParcours.objects.affichables().count() == 1


def test_another_source_moves_no_link():
    ecrits.lien(metier=objets.metier(temoin="1", libelle="Développeur"))

    Metier.objects.update(temoin="2")
    donnees_importees.send(sender=None, version=objets.version("rncp", "V4.1"))

    assert LienRoleMetier.objects.get().confirme_pour == "1"


def test_a_withdrawn_metier_is_not_linked():
    lien = ecrits.lien()

    Metier.objects.update(retire_le="2026-01-01")

    lien = LienRoleMetier.objects.get()
    assert (lien.est_affichable, list(LienRoleMetier.objects.affichables())) == (False, [])
    assert list(LienRoleMetier.objects.a_reconfirmer()) == [lien]


def test_a_step_without_metier_is_tied_to_nothing():
    parcours = ParcoursEvolution.objects.create(dossier=ecrits.dossier(), titre="Parcours")

    etape = ecrits.etape(parcours)

    assert (etape.confirme_pour, etape.est_affichable) == ("", False)


def test_a_fiche_metier_shows_the_published_dossiers_that_speak_of_it(django_assert_num_queries):
    metier = objets.metier()
    role = ecrits.role(ecrits.famille(ecrits.dossier(titre="Publié")), titre="Un rôle")
    ecrits.lien(role, metier)
    ecrits.lien(ecrits.role(ecrits.famille(ecrits.dossier(publie=False))), metier)
    ecrits.lien(metier=metier, statut=LienRoleMetier.Statut.SUGGERE)

    with django_assert_num_queries(1):
        liens = [
            (lien.role.titre, lien.role.famille.dossier.titre) for lien in metier.liens_roles.for_metier()
        ]

    assert liens == [("Un rôle", "Publié")]
