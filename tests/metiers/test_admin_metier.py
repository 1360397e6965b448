"""The ROME in the administration: read, searched by code, linked to the public pages."""

import pytest
from django.urls import reverse

from metiers.models import AncienCode, Savoir
from tests import objets
from tests.formulaires import saisie

pytestmark = pytest.mark.django_db
LISTE = "admin:metiers_metier_changelist"


def lien_public(page) -> str | None:
    return page.context.get("absolute_url") if page.context["has_absolute_url"] else None


def test_voir_sur_le_site_leads_to_the_public_address(admin_client):
    metier = objets.metier("D1415", libelle="Chargé / Chargée de clientèle")

    page = admin_client.get(reverse("admin:metiers_metier_change", args=[metier.pk]))

    assert lien_public(page) == "/metiers/D1415-charge-de-clientele/"
    assert page.content.decode().count('href="/metiers/D1415-charge-de-clientele/"') == 1


def test_a_withdrawn_metier_has_no_public_link(admin_client):
    metier = objets.metier("D1415", retire_le="2026-01-01", version=objets.version())

    page = admin_client.get(reverse("admin:metiers_metier_change", args=[metier.pk]))

    assert lien_public(page) is None
    html = page.content.decode()
    assert [mot in html for mot in ("1 janvier 2026", "ROME, version 60, date non renseignée")] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("recherche", "trouves"), [("d1415", ["D1415"]), ("M1234", ["D1415"]), ("D14", ["D1401", "D1415"])]
)
def test_a_metier_is_found_by_its_code_or_a_former_one(admin_client, recherche, trouves):
    AncienCode.objects.create(code_rome="M1234", metier=objets.metier("D1415"))
    objets.metier("D1401")

    liste = admin_client.get(reverse(LISTE), {"q": recherche}).context["cl"]

    assert [metier.code_rome for metier in liste.result_list] == trouves


def test_huge_lists_are_reached_by_a_link_with_their_count(admin_client):
    metier = objets.metier()
    for _ in range(3):
        objets.competence_requise(metier)
    objets.competence_requise(objets.metier("D1401"))
    lien = f"/admin/metiers/competencerequise/?metier__id__exact={metier.pk}"

    html = admin_client.get(reverse("admin:metiers_metier_change", args=[metier.pk])).content.decode()

    assert f'<a href="{lien}">Compétences requises (3)</a>' in html
    assert admin_client.get(lien).context["cl"].result_count == 3


def test_metiers_without_texts_are_listed_apart(admin_client):
    avec, sans = objets.metier("D1401"), objets.metier("D1402")
    objets.fiche_editoriale(avec)

    listes = {
        choix: list(admin_client.get(reverse(LISTE), {"textes": choix}).context["cl"].result_list)
        for choix in ("affiches", "aucun")
    }

    assert listes == {"affiches": [avec], "aucun": [sans]}


def test_an_editor_files_a_savoir_elsewhere_without_touching_the_official_filing(admin_client):
    savoir = objets.savoir("Travailler sous pression", categorie="Expertise médicale")
    page = reverse("admin:metiers_savoir_change", args=[savoir.pk])

    admin_client.post(
        page, saisie(admin_client.get(page), categorie_editoriale="Savoir-être", categorie="Autre")
    )

    assert Savoir.objects.values_list("categorie", "categorie_editoriale").get() == (
        "Expertise médicale",
        "Savoir-être",
    )


def test_a_save_does_not_write_back_what_an_import_changed_meanwhile(admin_client, monkeypatch):
    savoir = objets.savoir("Avant", categorie="Ancienne")
    page = reverse("admin:metiers_savoir_change", args=[savoir.pk])
    from metiers.admin.competence import SavoirAdmin

    lire = SavoirAdmin.get_object

    def lire_puis_importer(self, *args):
        objet = lire(self, *args)
        Savoir.objects.update(libelle="Après", categorie="Nouvelle")
        return objet

    formulaire = saisie(admin_client.get(page), categorie_editoriale="Rédaction")
    monkeypatch.setattr(SavoirAdmin, "get_object", lire_puis_importer)
    admin_client.post(page, formulaire)

    assert Savoir.objects.values_list("libelle", "categorie", "categorie_editoriale").get() == (
        "Après",
        "Nouvelle",
        "Rédaction",
    )
