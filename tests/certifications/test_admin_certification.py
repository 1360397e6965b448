"""Certifications in the administration."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import VersionCatalogue
from certifications.models import Certification, CertificationEditoriale
from tests import objets
from tests.formulaires import saisie

pytestmark = pytest.mark.django_db
LISTE = "admin:certifications_certification_changelist"


def page(certification: Certification) -> str:
    return reverse("admin:certifications_certification_change", args=[certification.pk])


def test_the_editors_words_are_written_on_the_page_of_the_certification(admin_client):
    certification = objets.certification("RNCP34809", intitule="Officiel")
    textes = {"editorial-0-intitule": "Retenu", "editorial-0-en_clair": "En clair.", "intitule": "Falsifié"}

    admin_client.post(page(certification), saisie(admin_client.get(page(certification))) | textes)

    ecrits = CertificationEditoriale.objects.get()
    assert (ecrits.certification_id, ecrits.intitule, ecrits.en_clair) == ("RNCP34809", "Retenu", "En clair.")
    assert Certification.objects.get().intitule == "Officiel"
    assert ecrits.history.get().history_user.username == "admin"
    assert VersionCatalogue.courante() == 1


def test_empty_words_are_not_written(admin_client):
    certification = objets.certification()

    reponse = admin_client.post(page(certification), saisie(admin_client.get(page(certification))))

    assert reponse.status_code == 302
    assert not CertificationEditoriale.objects.exists()


def test_partners_are_behind_a_link_and_blocs_on_the_page(admin_client):
    certification = objets.certification("RNCP34809")
    objets.bloc(certification, "RNCP34809BC01")
    for _ in range(1_001):
        objets.partenaire(certification)
    lien = "/admin/certifications/partenaire/?certification__numero__exact=RNCP34809"

    html = admin_client.get(page(certification)).content.decode()

    assert f'<a href="{lien}">Partenaires (1\u202f001)</a>' in html
    assert "RNCP34809BC01" in html
    assert "Partenaire 1" not in html
    assert admin_client.get(lien).context["cl"].result_count == 1_001


@pytest.mark.parametrize("recherche", ["RNCP34809", "rncp34809", "34809", "clientèle"])
def test_a_certification_is_found_by_its_number_or_its_title(admin_client, recherche):
    objets.certification("RNCP34809", intitule="Chargé de clientèle")
    objets.certification("RNCP1")

    liste = admin_client.get(reverse(LISTE), {"q": recherche}).context["cl"]

    assert [c.numero for c in liste.result_list] == ["RNCP34809"]


def test_the_state_of_the_day_is_told_and_filtered(admin_client):
    hier = timezone.localdate() - timedelta(days=1)
    objets.certification("RNCP1", date_fin_enregistrement=hier)
    objets.certification("RNCP2", date_fin_enregistrement=date(2999, 1, 1))

    liste = admin_client.get(reverse(LISTE), {"etat": "expiree"}).context["cl"]

    assert [(c.numero, liste.model_admin.etat_du_jour(c)) for c in liste.result_list] == [
        ("RNCP1", "Enregistrement échu")
    ]


def test_voir_sur_le_site_leads_to_the_public_address(admin_client):
    certification = objets.certification("RNCP34809", intitule="Chargé de clientèle")
    bloc = objets.bloc(certification, "RNCP34809BC01")
    page_du_bloc = reverse("admin:certifications_blocdecompetences_change", args=[bloc.pk])

    adresses = [admin_client.get(p).context["absolute_url"] for p in (page(certification), page_du_bloc)]

    assert adresses == [
        "/certifications/RNCP34809-charge-de-clientele/",
        "/certifications/RNCP34809/blocs/RNCP34809BC01/",
    ]


def test_the_bloc_of_a_withdrawn_certification_has_no_public_link(admin_client):
    bloc = objets.bloc(objets.certification(retire_le="2026-01-01"))

    reponse = admin_client.get(reverse("admin:certifications_blocdecompetences_change", args=[bloc.pk]))

    assert reponse.context["has_absolute_url"] is False
