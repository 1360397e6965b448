"""Formations in the administration: a note, and the links editors confirm."""

import pytest
from django.urls import reverse

from formations.models import Formation, LienFormationMetier
from tests import objets
from tests.formulaires import saisie

pytestmark = pytest.mark.django_db
AJOUT = "admin:formations_lienformationmetier_add"


def test_a_note_is_written_beside_the_official_words(admin_client):
    formation = objets.formation("FOR.2316", intitule="BTS NDRC")
    page = reverse("admin:formations_formation_change", args=[formation.pk])

    admin_client.post(page, saisie(admin_client.get(page), note="Rénové en 2026.", intitule="Autre"))

    assert Formation.objects.values_list("intitule", "note").get() == ("BTS NDRC", "Rénové en 2026.")


def test_a_confirmed_link_is_marked_as_the_editors_own(admin_client):
    formation, metier = objets.formation(), objets.metier()
    objets.lien_formation(formation, metier)

    admin_client.post(reverse(AJOUT), {"formation": formation.pk, "metier": metier.pk, "origine": "source"})

    assert sorted(LienFormationMetier.objects.values_list("origine", flat=True)) == ["editeur", "source"]


def test_a_link_confirmed_twice_is_refused_in_one_sentence(admin_client):
    formation, metier = objets.formation(), objets.metier()
    objets.lien_formation(formation, metier, LienFormationMetier.Origine.EDITEUR)

    reponse = admin_client.post(reverse(AJOUT), {"formation": formation.pk, "metier": metier.pk})

    assert reponse.context["adminform"].form.non_field_errors() == ["La rédaction a déjà confirmé ce lien."]


@pytest.mark.parametrize(("origine", "statut", "reste"), [("source", 403, 1), ("editeur", 302, 0)])
def test_only_a_link_of_the_editors_can_be_removed(admin_client, origine, statut, reste):
    lien = objets.lien_formation(objets.formation(), objets.metier(), origine)

    page = reverse("admin:formations_lienformationmetier_delete", args=[lien.pk])

    assert admin_client.post(page, {"post": "yes"}).status_code == statut
    assert LienFormationMetier.objects.count() == reste
