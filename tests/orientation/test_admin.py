"""Editors confirm and refuse suggestions."""

from __future__ import annotations

import pytest

from catalogue.models import VersionCatalogue
from orientation.models import CouvertureDeBloc
from tests import objets

pytestmark = pytest.mark.django_db

LISTE = "/admin/orientation/couverturedebloc/"


@pytest.fixture
def couverture():
    return CouvertureDeBloc.objects.create(
        bloc=objets.bloc(objets.certification()), competence=objets.competence("Vendre"), score="0.8"
    )


@pytest.mark.parametrize(
    ("action", "statut"), [("confirmer", "confirme"), ("refuser", "refuse"), ("rendre", "suggere")]
)
def test_an_action_decides_and_visitors_see_it(admin_client, couverture, action, statut):
    avant = VersionCatalogue.courante()

    admin_client.post(LISTE, {"action": action, "_selected_action": [couverture.pk]})

    couverture.refresh_from_db()
    assert couverture.statut == statut
    assert VersionCatalogue.courante() > avant


def test_the_list_and_the_form_open(admin_client, couverture):
    assert admin_client.get(LISTE, {"q": "vendre"}).status_code == 200
    assert admin_client.get(f"{LISTE}{couverture.pk}/change/").status_code == 200


def test_a_link_made_by_hand_is_for_one_item(admin_client):
    bloc, competence, savoir = objets.bloc(objets.certification()), objets.competence(), objets.savoir()
    saisie = {"bloc": bloc.pk, "competence": competence.pk, "savoir": savoir.pk, "statut": "confirme"}

    refusee = admin_client.post(f"{LISTE}add/", saisie)
    acceptee = admin_client.post(f"{LISTE}add/", saisie | {"savoir": ""})

    assert "Choisissez une compétence ou un savoir" in refusee.content.decode()
    assert acceptee.status_code == 302
    assert CouvertureDeBloc.objects.get().item == competence
