"""What holds on every public page: its headers, no cookie, no inline code; and what is said when something is wrong."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portail import views
from tests import objets
from tests.pages import ClientExigeant, fautes

POLITIQUE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}

PAGES = {
    "accueil": ("/", 200),
    "métiers": ("/metiers/?niveau=5&domaine=D", 200),
    "métier": ("/metiers/D1415-vendeur-en-magasin/", 200),
    "métier inconnu": ("/metiers/Z9999/", 404),
    "métier retiré": ("/metiers/D1101/", 410),
    "certifications": ("/certifications/?etat=active", 200),
    "certification": ("/certifications/RNCP34809-charge-de-clientele/", 200),
    "certification retirée": ("/certifications/RNCP1-ancien-titre/", 410),
    "bloc": ("/certifications/RNCP34809/blocs/RNCP34809BC01/", 200),
    "formations": ("/formations/", 200),
    "formation": ("/formations/FOR.1/", 200),
    "dossiers": ("/dossiers/", 200),
    "glossaire": ("/glossaire/", 200),
    "sources": ("/sources/", 200),
    "accessibilité": ("/accessibilite/", 200),
    "mentions légales": ("/mentions-legales/", 200),
    "résumé à imprimer": ("/metiers/D1415-vendeur-en-magasin/imprimer/", 200),
    "fiche de l'Onisep": ("/metiers/onisep/MET.1/", 200),
    "adresse inconnue": ("/nulle/part/", 404),
}


@pytest.fixture
def catalogue(db) -> None:
    """A métier, a certification, a formation, linked, with the sources they come from."""
    version = objets.version()
    vendeur = objets.metier("D1415", libelle="Vendeur / Vendeuse en magasin", version=version)
    objets.fiche_onisep("MET.1", metier=vendeur)
    objets.metier("D1101", retire_le="2026-01-01", version=version)
    charge = objets.certification(
        "RNCP34809", intitule="Chargé de clientèle", version=objets.version("rncp", "")
    )
    objets.certification("RNCP1", intitule="Ancien titre", retire_le="2026-01-01")
    objets.bloc(charge, "RNCP34809BC01")
    objets.debouche(charge, vendeur)
    objets.lien_formation(objets.formation("FOR.1", certification=charge), vendeur)


def texte(reponse) -> str:
    return reponse.content.decode()


# ── Every public page ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nom", PAGES)
def test_a_public_page_is_sound_and_leaves_no_trace(client, catalogue, nom):
    """The client itself refuses inline code, unknown variables and template syntax left over."""
    adresse, statut = PAGES[nom]

    reponse = client.get(adresse)

    assert reponse.status_code == statut
    assert politique(reponse) == POLITIQUE
    assert (reponse.cookies.output(), "Cookie" in reponse.get("Vary", "")) == ("", False)
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Referrer-Policy"] == "same-origin"


def politique(reponse) -> dict[str, str]:
    directives = (
        directive.strip().partition(" ") for directive in reponse["Content-Security-Policy"].split(";")
    )
    return {nom: valeurs for nom, _, valeurs in directives if nom}


def test_the_door_of_the_admin_is_as_strict(client, db):
    reponse = client.get("/admin/login/")

    inline = [faute for faute in fautes(texte(reponse)) if "variable inconnue" not in faute]
    assert (reponse.status_code, inline) == (200, [])
    assert politique(reponse) == POLITIQUE


@pytest.mark.parametrize("adresse", ["/", "/sources/", "/metiers/", "/certifications/", "/formations/"])
def test_an_empty_portal_has_its_pages(client, db, adresse):
    assert client.get(adresse).status_code == 200


# ── Home ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_home_counts_what_is_in_force(client, catalogue):
    reponse = client.get("/")

    domaines = [(domaine.code, domaine.nb_metiers) for domaine in reponse.context["domaines"]]
    nombres = {nom: reponse.context[nom] for nom in ("nb_metiers", "nb_certifications", "nb_formations")}
    assert domaines == [("D", 1)]
    assert nombres == {"nb_metiers": 1, "nb_certifications": 1, "nb_formations": 1}


def test_home_costs_as_many_queries_at_1_as_at_30(client, db):
    remplir(1)
    with CaptureQueriesContext(connection) as a_un:
        client.get("/")

    remplir(30)
    with CaptureQueriesContext(connection) as a_trente:
        client.get("/")

    assert len(a_un) == len(a_trente)


def test_sources_cost_as_many_queries_at_1_as_at_30(client, db):
    remplir(1)
    with CaptureQueriesContext(connection) as a_un:
        client.get("/sources/")

    remplir(30)
    with CaptureQueriesContext(connection) as a_trente:
        client.get("/sources/")

    assert len(a_un) == len(a_trente)


def remplir(nombre: int) -> None:
    for rang in range(nombre):
        objets.version(f"source-{nombre}-{rang}")
        objets.metier(f"{'ABDGHN'[rang % 6]}{nombre:02}{rang:02}")
        objets.certification(f"RNCP{nombre}{rang:02}")
        objets.formation()


def test_the_last_edition_of_each_source_is_credited(client, db):
    objets.version("rome", "59")
    objets.version("rome", "60")
    objets.version("rncp", "")

    reponse = client.get("/")

    assert [(e.source_id, e.version) for e in reponse.context["mentions"]] == [("rncp", ""), ("rome", "60")]


# ── What the law asks ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_declaration_claims_no_conformity(client, db):
    html = texte(client.get("/accessibilite/"))

    assert "Ce site n&#x27;a pas été audité" in html or "Ce site n'a pas été audité" in html
    assert "Contact non renseigné" in html
    assert "Défenseur des droits" in html


def test_the_contact_of_the_deployment_is_given(client, db, settings):
    settings.SITE_CONTACT = "acces@exemple.fr"
    settings.SITE_EDITEUR = "Région Exemple"

    pages = [texte(client.get(adresse)) for adresse in ("/accessibilite/", "/mentions-legales/")]

    assert ["acces@exemple.fr" in page for page in pages] == [True, True]
    assert "Région Exemple" in pages[1]


# ── When something is wrong ────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_address_says_so_without_naming_the_program(client, db):
    reponse = client.get("/nulle/part/")

    assert reponse.status_code == 404
    assert "resolver" not in texte(reponse).lower()
    assert "tried" not in texte(reponse)


def test_a_message_in_an_address_is_escaped(client, db):
    reponse = client.get("/certifications/RNCP1/blocs/<script>/")

    assert "<script>" not in texte(reponse).replace("<script src=", "")


def test_a_host_that_is_not_ours_is_refused(client, db):
    reponse = client.get("/metiers/", headers={"host": "ailleurs.example"})

    assert (reponse.status_code, texte(reponse)) == (400, "Ce site ne répond pas à ce nom.")


def test_a_bad_request_and_a_refusal_have_their_pages(rf: RequestFactory, db):
    comprise, refusee = views.requete_incomprise(rf.get("/")), views.acces_refuse(rf.get("/"))

    assert [(r.status_code, fautes(texte(r))) for r in (comprise, refusee)] == [(400, []), (403, [])]


def test_a_form_without_its_token_is_refused_in_our_words(db):
    reponse = ClientExigeant(enforce_csrf_checks=True).post("/metiers/")

    assert reponse.status_code == 403
    assert texte(reponse) == texte(views.acces_refuse(reponse.wsgi_request))


def test_a_failure_has_its_page_without_the_database(rf: RequestFactory):
    """No database in this test: pytest-django refuses every query of it."""
    reponse = views.panne(rf.get("/"))

    assert (reponse.status_code, fautes(texte(reponse))) == (500, [])
    assert "<h1>" in texte(reponse)


def test_a_failure_is_told_even_when_static_files_were_not_gathered(
    rf: RequestFactory, settings, tmp_path, caplog
):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    reponse = views.panne(rf.get("/"))

    assert (reponse.status_code, reponse["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert texte(reponse).startswith("Quelque chose s'est cassé de notre côté.")
    assert "static" in caplog.text


@pytest.mark.parametrize(
    "adresse",
    [
        "/metiers/D1415-%00/",
        "/metiers/%00/",
        "/certifications/RNCP34809/blocs/%00/",
        "/formations/%00/",
        "/formations/organismes/" + "9" * 40 + "/",
        "/formations/FOR.1/sessions/" + "9" * 40 + "/",
        "/dossiers/%00/",
        "/glossaire/%00/",
        "/%FF/",
        "//metiers//",
        "/metiers/" + "é" * 200 + "/",
    ],
)
def test_a_twisted_address_is_not_found(client, catalogue, adresse):
    assert client.get(adresse).status_code == 404


morceaux = st.sampled_from(
    [
        "metiers",
        "certifications",
        "formations",
        "blocs",
        "sessions",
        "organismes",
        "D1415",
        "RNCP34809",
        "..",
        "\0",
        "é",
    ]
) | st.text(max_size=12)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chemin=st.lists(morceaux, max_size=5), requete=st.text(max_size=30))
def test_no_address_breaks_the_portal(client, catalogue, chemin, requete):
    adresse = "/" + "/".join(quote(m.encode(errors="replace"), safe="") for m in chemin) + "/"

    reponse = client.get(f"{adresse}?{quote(requete.encode(errors='replace'), safe='&=')}")

    assert reponse.status_code < 500
