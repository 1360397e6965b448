"""What every kind of page owes to everyone, at two widths and in two themes."""

from __future__ import annotations

import json
import re

import pytest

# One address of the demonstration for each kind of page, with the status it answers.
PAGES = {
    "accueil": ("/", 200),
    "metiers": ("/metiers/", 200),
    "metiers-filtres": ("/metiers/?domaine=D&niveau=5", 200),
    "metiers-sans-resultat": ("/metiers/?domaine=L&riasec=C&niveau=8", 200),
    "metier-complet": ("/metiers/D1415-charge-de-relation-client/", 200),
    "metier-simple": ("/metiers/N1101-cariste/", 200),
    "certifications": ("/certifications/", 200),
    "certification-echue": ("/certifications/RNCP34809-charge-de-clientele/", 200),
    "certification-active": ("/certifications/RNCP37674-developpeur-web-et-web-mobile/", 200),
    "bloc": ("/certifications/RNCP34809/blocs/RNCP34809BC01/", 200),
    "formations": ("/formations/", 200),
    "formation": ("/formations/FOR.2316/", 200),
    "session": ("/formations/FOR.2317/sessions/44001/", 200),
    "organisme": ("/formations/organismes/40001/", 200),
    "appellations": ("/metiers/domaines/D14/appellations/", 200),
    "onisep": ("/metiers/onisep/MET.762/", 200),
    "imprimer": ("/metiers/D1415-charge-de-relation-client/imprimer/", 200),
    "dossiers": ("/dossiers/", 200),
    "dossier": ("/dossiers/metiers-de-la-relation-client/", 200),
    "glossaire": ("/glossaire/", 200),
    "terme": ("/glossaire/gestionnaire-de-relation/", 200),
    "recherche": ("/recherche/?q=relation+client", 200),
    "comparer": ("/comparer/?m=D1415,D1408", 200),
    "ecart": ("/ecart/?de=D1408&vers=D1415", 200),
    "metiers-proches": ("/metiers-proches/?m=D1415", 200),
    "competences": ("/competences/?q=client&competences=101901,101906", 200),
    "bureau": ("/orientation/", 200),
    "passerelles": ("/passerelles/?m=D1408", 200),
    "questionnaire": ("/questionnaire/", 200),
    "questionnaire-question": ("/questionnaire/eviter/?faire=aider&eviter=nuit&niveau=bac", 200),
    "questionnaire-resultats": (
        "/questionnaire/resultats/?faire=aider&eviter=nuit&niveau=bac&etudes=un-an",
        200,
    ),
    "mon-dossier": ("/dossier/?m=D1415,D1408&c=RNCP34809&f=FOR.2316&de=D1408&vers=D1415", 200),
    "dossier-ajouter": ("/dossier/ajouter/?m=D1415", 200),
    "dossier-synthese": ("/dossier/synthese/?m=D1415,D1408&c=RNCP34809&f=FOR.2316&de=D1408&vers=D1415", 200),
    "dossier-vae": ("/dossier/vae/?c=RNCP38368", 200),
    "dossier-formations": ("/dossier/formations/?m=D1415&f=FOR.2316", 200),
    "financements": ("/financements/", 200),
    "accessibilite": ("/accessibilite/", 200),
    "mentions": ("/mentions-legales/", 200),
    "recherche-sans-mots": ("/recherche/", 200),
    "recherche-niveau": ("/recherche/?q=bac+pro+commerce", 200),
    "recherche-vaine": ("/recherche/?q=astronaute", 200),
    "sources": ("/sources/", 200),
    "introuvable": ("/metiers/Z9999/", 404),
}

COULEURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours."""
MEPRISES_PAR_TABULATION = """
() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.type !== 'hidden').length
"""


@pytest.mark.parametrize(
    ("largeur", "theme", "autre_theme"), [(1280, "light", "dark"), (360, "dark", "light")]
)
@pytest.mark.parametrize("nom", PAGES)
def test_page_is_accessible_and_clean(visiter, nom, largeur, theme, autre_theme):
    """Every rule at each width; then, the theme being changed, those that colours can break: nothing else has changed."""
    chemin, statut = PAGES[nom]
    visite = visiter(largeur, theme)
    assert visite.ouvrir(chemin) == statut

    violations = visite.violations()
    visite.page.emulate_media(color_scheme=autre_theme)
    violations += visite.violations(COULEURS)

    assert violations == []
    debord = visite.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert debord == 0
    assert visite.ennuis == []
    assert visite.cookies() == []


@pytest.mark.parametrize("nom", PAGES)
def test_page_reflows_at_320_pixels(visiter, nom):
    visite = visiter(320)
    visite.ouvrir(PAGES[nom][0])

    assert visite.page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("nom", PAGES)
def test_page_without_javascript_says_the_same(visiter, nom):
    """What the page says with and without scripts is the same text."""
    chemin, _ = PAGES[nom]
    avec, sans = visiter(), visiter(javascript=False)
    avec.ouvrir(chemin)
    sans.ouvrir(chemin)

    textes = [v.page.locator("main h1, main h2, main h3").all_text_contents() for v in (avec, sans)]

    assert textes[0] == textes[1]
    assert len(textes[0]) >= 1


@pytest.mark.parametrize("nom", ["accueil", "metiers", "metier-complet", "certification-echue", "formation"])
def test_keyboard_reaches_everything_in_order(visiter, nom):
    visite = visiter()
    visite.ouvrir(PAGES[nom][0])
    attendus = visite.page.evaluate(MEPRISES_PAR_TABULATION)
    atteints = set()

    for _ in range(attendus + 5):
        visite.page.keyboard.press("Tab")
        atteint = visite.page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
               window.__vus ??= new Map(); if (!window.__vus.has(e)) window.__vus.set(e, window.__vus.size);
               return window.__vus.get(e) }"""
        )
        if atteint is not None:
            atteints.add(atteint)

    assert len(atteints) == attendus


def test_first_tab_offers_to_skip_to_the_content(visiter):
    visite = visiter()
    visite.ouvrir("/metiers/")

    visite.page.keyboard.press("Tab")
    visite.page.keyboard.press("Enter")

    assert visite.page.evaluate("location.hash") != ""


def test_first_view_of_a_fiche_is_light(visiter):
    """At most 60 KB compressed and 6 requests for the fiche D1415: HTML, styles, scripts, fonts, images."""
    # Unwatched: the browser fetches as it does for everyone, compression and all.
    visite = visiter(surveiller=False)
    client = visite.page.context.new_cdp_session(visite.page)
    client.send("Network.enable")
    octets: list[float] = []
    client.on("Network.loadingFinished", lambda evenement: octets.append(evenement["encodedDataLength"]))

    visite.ouvrir(PAGES["metier-complet"][0])
    visite.page.wait_for_load_state("networkidle")

    assert len(octets) <= 6
    assert sum(octets) <= 60 * 1024


def test_the_sheet_of_a_metier_holds_on_one_page(visiter, tmp_path):
    for chemin in (PAGES["imprimer"][0], "/metiers/D1408/imprimer/", "/metiers/N1101/imprimer/"):
        visite = visiter()
        visite.ouvrir(chemin)

        pdf = visite.page.pdf(format="A4", prefer_css_page_size=True)

        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1, chemin


def test_machines_may_read_a_block_of_data_under_the_policy(visiter):
    """`script-src 'self'` lets a block of data through: nothing in it is run."""
    visite = visiter()
    visite.ouvrir(PAGES["metier-complet"][0])

    donnees = visite.page.locator('script[type="application/ld+json"]').text_content()

    assert visite.ennuis == []
    assert {noeud["@type"] for noeud in json.loads(donnees)["@graph"]} == {
        "WebPage",
        "Occupation",
        "BreadcrumbList",
    }
