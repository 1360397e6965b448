"""What holds for every page of the administration, whatever the model."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.admin import AdminOfficiel
from tests.exemplaires import PAQUETS, exemplaire

# A counter, indexes and fingerprints that nobody reads, and rows that are only written inside the fiche they belong to.
SANS_PAGE = {
    "catalogue.ColonneDeTitres",
    "catalogue.DocumentDeRecherche",
    "catalogue.VersionCatalogue",
    "certifications.EmpreinteDeFiche",
    "guides.ChiffreDuDossier",
    "guides.Citation",
    "guides.EtapeDeParcours",
    "guides.Tendance",
    "guides.TypeDeTerme",
    "metiers.Mission",
    "metiers.VoieDAcces",
    "metiers.ExtraitDeSource",
    "metiers.IndicateurEditorial",
    "metiers.TraitDeProfil",
    "metiers.AppellationOnisep",
    "formations.ColonneIndexee",
    "formations.Provenance",
    "formations.ChiffreSession",
    "formations.MetierCite",
}
MODELES = sorted(
    (modele for modele in admin.site._registry if modele._meta.app_label in PAQUETS),
    key=lambda m: m._meta.label,
)
tous_les_modeles = pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele._meta.label)
les_modeles_officiels = pytest.mark.parametrize(
    "modele",
    [modele for modele in MODELES if isinstance(admin.site._registry[modele], AdminOfficiel)],
    ids=lambda modele: modele._meta.label,
)


class CodeEnLigne(HTMLParser):
    """What a strict content security policy refuses to run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.trouve: list[str] = []
        self.feed(html)

    def handle_starttag(self, balise, attributs):
        noms = dict(attributs)
        if balise == "style" or (balise == "script" and "src" not in noms):
            self.trouve.append(balise)
        self.trouve += [nom for nom in noms if nom == "style" or nom.startswith("on")]


def adresse(modele, page: str, *args) -> str:
    return reverse(f"admin:{modele._meta.app_label}_{modele._meta.model_name}_{page}", args=args)


def requetes(client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as capture:
        reponse = client.get(url)
    assert reponse.status_code == 200
    return [requete["sql"] for requete in capture]


def test_every_model_has_a_page_or_is_written_inside_another():
    modeles = {
        modele._meta.label for paquet in PAQUETS for modele in apps.get_app_config(paquet).get_models()
    }

    historiques = {label for label in modeles if label.split(".")[1].startswith("Historical")}

    assert modeles - historiques - {modele._meta.label for modele in MODELES} - SANS_PAGE == set()


def test_the_index_answers(admin_client):
    reponse = admin_client.get(reverse("admin:index"))

    assert reponse.status_code == 200
    assert "Données et textes" in reponse.content.decode()


@tous_les_modeles
def test_list_and_forms_answer_without_inline_code(admin_client, modele):
    objet = exemplaire(modele, 1)
    pages = [
        adresse(modele, "changelist"),
        adresse(modele, "change", objet.pk),
        adresse(modele, "history", objet.pk),
    ]
    if not issubclass(type(admin.site._registry[modele]), AdminOfficiel):
        pages.append(adresse(modele, "add"))

    reponses = {page: admin_client.get(page) for page in pages}

    assert {page: reponse.status_code for page, reponse in reponses.items()} == dict.fromkeys(pages, 200)
    assert {page: CodeEnLigne(r.content.decode()).trouve for page, r in reponses.items()} == {
        p: [] for p in pages
    }
    for reponse in reponses.values():
        assert "script-src 'self'" in reponse.headers["Content-Security-Policy"]


@tous_les_modeles
def test_the_list_can_be_searched(admin_client, modele):
    exemplaire(modele, 1)

    assert admin.site._registry[modele].search_fields
    assert admin_client.get(adresse(modele, "changelist"), {"q": "introuvable"}).status_code == 200


@tous_les_modeles
def test_each_filter_of_the_list_answers(admin_client, modele):
    exemplaire(modele, 1)
    liste = admin_client.get(adresse(modele, "changelist")).context["cl"]

    choix = [option["query_string"] for filtre in liste.filter_specs for option in filtre.choices(liste)]

    assert [admin_client.get(adresse(modele, "changelist") + c).status_code for c in choix] == [200] * len(
        choix
    )


@tous_les_modeles
def test_the_list_costs_the_same_with_1_and_30_rows(admin_client, modele):
    exemplaire(modele, 1)
    liste = adresse(modele, "changelist")
    requetes(admin_client, liste)
    avec_une = requetes(admin_client, liste)

    for numero in range(2, 31):
        exemplaire(modele, numero)

    avec_trente = requetes(admin_client, liste)
    assert admin_client.get(liste).context["cl"].result_count >= 30
    assert len(avec_trente) == len(avec_une), "\n".join(avec_trente)


@tous_les_modeles
def test_the_form_costs_the_same_with_1_and_6_rows_of_each_kind_hanging_on_the_record(admin_client, modele):
    objet = exemplaire(modele, 1)
    relations = [
        relation
        for relation in modele._meta.related_objects
        if relation.one_to_many
        and relation.related_model._meta.app_label in PAQUETS
        and relation.related_model is not modele
        and not relation.related_model._meta.object_name.startswith("Historical")
    ]
    fiche = adresse(modele, "change", objet.pk)

    def suspendre(numeros) -> None:
        for relation in relations:
            for numero in numeros:
                exemplaire(relation.related_model, numero, **{relation.field.name: objet})

    suspendre([11])
    requetes(admin_client, fiche)
    avec_une = requetes(admin_client, fiche)

    suspendre(range(12, 17))

    avec_six = requetes(admin_client, fiche)
    assert len(avec_six) == len(avec_une), "\n".join(avec_six)


@les_modeles_officiels
def test_official_records_are_neither_added_nor_deleted_by_hand(admin_client, modele):
    objet = exemplaire(modele, 1)

    statuts = [
        admin_client.get(adresse(modele, "add")).status_code,
        admin_client.post(adresse(modele, "delete", objet.pk), {"post": "yes"}).status_code,
    ]

    assert statuts == [403, 403]
    assert modele.objects.filter(pk=objet.pk).exists()


@les_modeles_officiels
def test_official_columns_do_not_change_whatever_is_posted(admin_client, modele):
    page = admin.site._registry[modele]
    objet = exemplaire(modele, 1)
    officiels = [c.attname for c in modele._meta.concrete_fields if c.name not in page.champs_editoriaux]
    avant = modele.objects.filter(pk=objet.pk).values(*officiels).get()

    formulaire = dict.fromkeys(officiels, "999") | vides(
        admin_client.get(adresse(modele, "change", objet.pk))
    )
    admin_client.post(adresse(modele, "change", objet.pk), formulaire)

    assert modele.objects.filter(pk=objet.pk).values(*officiels).get() == avant


def vides(reponse) -> dict[str, str]:
    """The management forms of the page, without which no inline would be read."""
    return {
        f"{inline.formset.prefix}-{nom}": valeur
        for inline in reponse.context["inline_admin_formsets"]
        for nom, valeur in inline.formset.management_form.initial.items()
    }


def test_five_wrong_passwords_close_the_door(client, settings, db):
    settings.AXES_ENABLED = True
    entree = reverse("admin:login")

    statuts = [
        client.post(entree, {"username": "redaction", "password": f"faux{essai}"}).status_code
        for essai in range(6)
    ]

    assert statuts == [200, 200, 200, 200, 429, 429]
