"""What an import did, as a person reads it."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from catalogue.models import ImportEffectue, Source
from tests import objets
from tests.formulaires import saisie

pytestmark = pytest.mark.django_db


def test_the_report_of_an_import_is_a_table_and_the_list_of_its_rejects():
    effectue = ImportEffectue(
        bilan={"métiers": {"crees": 1911, "modifies": 0, "inchanges": 3, "retires": 2}},
        rejets=[["appellation", "123", "code <inconnu>"]],
    )
    page = admin.site._registry[ImportEffectue]

    bilan, rejets = page.tableau(effectue), page.premiers_rejets(effectue)

    assert cellules(bilan) == [
        ["Table", "Créés", "Modifiés", "Inchangés", "Retirés"],
        ["métiers", "1\u202f911", "0", "3", "2"],
    ]
    assert cellules(rejets) == [["Objet", "Clé", "Raison"], ["appellation", "123", "code &lt;inconnu&gt;"]]


def cellules(tableau: str) -> list[list[str]]:
    lignes = re.findall(r"<tr>(.*?)</tr>", tableau)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", ligne) for ligne in lignes]


def test_an_import_without_rejects_says_so():
    assert admin.site._registry[ImportEffectue].premiers_rejets(ImportEffectue()) == "Aucun rejet."


def test_a_source_is_corrected_but_keeps_its_code_and_is_not_deleted(admin_client):
    source = objets.source("rome", nom="ROME")
    page = reverse("admin:catalogue_source_change", args=[source.pk])

    admin_client.post(page, saisie(admin_client.get(page), code="autre", nom="ROME 4.0"))
    suppression = admin_client.post(
        reverse("admin:catalogue_source_delete", args=[source.pk]), {"post": "yes"}
    )

    assert list(Source.objects.values_list("code", "nom")) == [("rome", "ROME 4.0")]
    assert suppression.status_code == 403
