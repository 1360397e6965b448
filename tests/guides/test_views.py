"""Pages to be read: dossiers and glossary."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from guides.models import Citation, LienRoleMetier, ParcoursEvolution, Tendance, TypeDeTerme
from tests import objets
from tests.guides import ecrits

pytestmark = pytest.mark.django_db


def texte(reponse) -> str:
    return reponse.content.decode()


def nombre_de_requetes(client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse)
    assert reponse.status_code == 200
    return len(requetes)


def graphe(reponse) -> dict[str, dict]:
    """The nodes of the page's structured data, by type."""
    trouve = re.search(r'<script type="application/ld\+json">(.*?)</script>', texte(reponse), re.DOTALL)
    return {noeud["@type"]: noeud for noeud in json.loads(trouve[1])["@graph"]}


# ── Dossiers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def dossier_rempli(taille: int, slug: str):
    """A dossier with `taille` rows of everything."""
    dossier = ecrits.dossier(slug=slug, introduction="Du bloc.", conclusion="Fin.")
    parcours = ParcoursEvolution.objects.create(dossier=dossier, titre="Parcours")
    for rang in range(taille):
        role = ecrits.role(ecrits.famille(dossier), missions="Répondre")
        metier = objets.metier(f"{'DEFGH'[taille % 5]}{rang:04}")
        ecrits.lien(role, metier)
        ecrits.etape(parcours, metier=metier, role=role)
        ecrits.chiffre(dossier, role=role, source=objets.source(f"source-{rang}"))
        Tendance.objects.create(dossier=dossier, titre=f"Tendance {rang}", elements="Un")
        Citation.objects.create(dossier=dossier, texte="Oui.", auteur="Une personne")
    return dossier


def test_a_dossier_costs_the_same_whatever_it_holds(client):
    un, trente = dossier_rempli(1, "un"), dossier_rempli(30, "trente")

    couts = {nombre_de_requetes(client, d.get_absolute_url()) for d in (un, trente)}

    assert len(couts) == 1


def test_the_list_costs_the_same_whatever_it_holds(client):
    ecrits.dossier()
    un = nombre_de_requetes(client, "/dossiers/")
    for _ in range(29):
        ecrits.dossier()

    assert nombre_de_requetes(client, "/dossiers/") == un


def test_dossiers_are_listed_newest_first_without_drafts(client):
    ecrits.dossier(titre="Sans date")
    ecrits.dossier(titre="Ancien", date=date(2020, 1, 1))
    ecrits.dossier(titre="Récent", date=date(2025, 4, 30))
    ecrits.dossier(titre="Brouillon", publie=False)

    reponse = client.get("/dossiers/")

    assert [d.titre for d in reponse.context["dossiers"]] == ["Récent", "Ancien", "Sans date"]


@pytest.mark.parametrize("page", ["0", "2", "deux"])
def test_a_page_that_does_not_exist_is_said_in_french(client, page):
    reponse = client.get("/dossiers/", {"page": page})

    assert reponse.status_code == 404
    assert f"La page « {page} » n&#x27;existe pas" in texte(reponse)


def test_a_draft_has_no_page(client):
    reponse = client.get(ecrits.dossier(publie=False).get_absolute_url())

    assert reponse.status_code == 404
    assert "Aucun dossier ne porte cette adresse." in texte(reponse)


def test_a_suggested_link_never_reaches_visitors(client):
    role = ecrits.role(note_interne="À vérifier en interne")
    metier = objets.metier("D1403", libelle="Conseiller commercial")
    ecrits.lien(role, metier, statut=LienRoleMetier.Statut.SUGGERE, raison="Un intitulé voisin")

    html = texte(client.get(role.famille.dossier.get_absolute_url()))

    assert [mot for mot in ("D1403", "Un intitulé voisin", "À vérifier en interne") if mot in html] == []


def test_a_doubtful_quotation_is_marked(client):
    dossier = ecrits.dossier()
    Citation.objects.create(dossier=dossier, texte="Oui.", auteur="Une personne")

    html = texte(client.get(dossier.get_absolute_url()))

    assert [html.count("« Oui. »"), html.count("attribution à vérifier")] == [1, 1]


def test_the_article_names_its_source_and_no_author(client):
    dossier = ecrits.dossier(
        titre="Un dossier", date=date(2025, 4, 30), source=objets.source("a", nom="L'article")
    )

    article = graphe(client.get(dossier.get_absolute_url()))["Article"]

    assert article["headline"] == "Un dossier"
    assert article["isBasedOn"] == {"@type": "Article", "name": "L'article", "datePublished": "2025-04-30"}
    assert [cle for cle in ("author", "publisher", "datePublished") if cle in article] == []


# ── Glossary ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_glossary_lists_published_terms_by_letter(client):
    ecrits.terme("VAE", slug="vae")
    ecrits.terme("Brouillon", publie=False)

    reponse = client.get("/glossaire/")

    assert reponse.context["total"] == 1
    assert [
        html
        for html in ('href="#lettre-v"', 'id="lettre-v"', 'href="/glossaire/vae/"')
        if html in texte(reponse)
    ] == [
        'href="#lettre-v"',
        'id="lettre-v"',
        'href="/glossaire/vae/"',
    ]


def test_an_empty_glossary_says_so(client):
    assert "Aucun mot n&#x27;est encore expliqué." in texte(client.get("/glossaire/")).replace("'", "&#x27;")


def test_the_glossary_and_a_term_cost_the_same_whatever_they_hold(client):
    def couts():
        return [nombre_de_requetes(client, adresse) for adresse in ("/glossaire/", "/glossaire/central/")]

    central = ecrits.terme("Central", slug="central")
    central.termes_lies.add(ecrits.terme())
    TypeDeTerme.objects.create(terme=central, titre="Type", texte="Texte.")
    un = couts()
    for _ in range(30):
        central.termes_lies.add(ecrits.terme())
        TypeDeTerme.objects.create(terme=central, titre="Type", texte="Texte.")

    assert couts() == un


@pytest.mark.parametrize("slug", ["inconnu", "brouillon"])
def test_an_unknown_word_is_said_in_french(client, slug):
    ecrits.terme(slug="brouillon", publie=False)

    reponse = client.get(f"/glossaire/{slug}/")

    assert reponse.status_code == 404
    assert "Ce mot n&#x27;est pas dans le glossaire." in texte(reponse)


def test_a_term_is_linked_from_the_others_and_never_from_itself(client):
    ecrits.terme("Jury", slug="jury", definition_courte="Un jury et la VAE.")
    ecrits.terme(
        "VAE", slug="vae", definition_courte="Un jury décide.", definition="Le jury encore, la VAE encore."
    )

    html = texte(client.get("/glossaire/vae/"))

    assert re.findall(r'<a class="terme" href="([^"]+)">([^<]+)</a>', html) == [("/glossaire/jury/", "jury")]


def test_a_note_warns_of_a_machine_translation(client):
    ecrits.terme(slug="gestionnaire", note="Traduction automatique, niveau à vérifier.")

    assert "Traduction automatique, niveau à vérifier." in texte(client.get("/glossaire/gestionnaire/"))


def test_a_term_is_a_defined_term(client):
    ecrits.terme("VAE", slug="vae", autres_noms="validation des acquis")

    terme = graphe(client.get("/glossaire/vae/"))["DefinedTerm"]

    assert (terme["name"], terme["alternateName"]) == ("VAE", ["validation des acquis"])
    assert terme["inDefinedTermSet"] == {"@id": "http://testserver/glossaire/#glossaire"}


# ── The tag ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rendu(gabarit: str, **contexte) -> str:
    return Template("{% load glossaire %}" + gabarit).render(Context(contexte))


def test_texts_are_escaped_around_and_inside_links():
    ecrits.terme("R & D", slug="r-d")

    html = rendu("{% lier t %}", t="<b>La R - D</b> & l'atelier", request=RequestFactory().get("/"))

    assert html == (
        '&lt;b&gt;La <a class="terme" href="/glossaire/r-d/">R - D</a>&lt;/b&gt; &amp; l&#x27;atelier'
    )


def test_a_term_is_linked_once_a_page_even_from_included_templates():
    ecrits.terme("VAE", slug="vae")

    html = rendu(
        "{% for t in textes %}{% lier t %}{% endfor %}",
        textes=["VAE.", "VAE."],
        request=RequestFactory().get("/"),
    )

    assert html == '<a class="terme" href="/glossaire/vae/">VAE</a>.VAE.'


@pytest.mark.parametrize(("valeur", "attendu"), [(None, ""), ("", ""), ("a < b", "a &lt; b")])
def test_without_a_request_the_text_is_only_escaped(valeur, attendu):
    assert rendu("{% lier t %}", t=valeur) == attendu
