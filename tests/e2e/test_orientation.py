"""The counsellor's desk as people use it: by keyboard, on a telephone, on paper, and again in another browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

REPONSES = "faire=aider&interets=contact&eviter=nuit&niveau=bac&etudes=deux-ans&lieu=lyon-69123&distance=30"


def test_the_questionnaire_is_answered_by_the_keyboard_alone(visiter):
    """From the entrance to the results: space ticks, Enter goes on, the first question is skipped by its link."""
    visite = visiter(360)
    page = visite.page
    visite.ouvrir("/questionnaire/")
    page.get_by_role("link", name="Commencer").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/faire/")
    page.get_by_label("Aider, écouter, expliquer à quelqu'un").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/fierte/?faire=aider")
    page.get_by_role("link", name="Je préfère ne pas répondre").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/interets/?faire=aider")
    page.get_by_role("button", name="Question précédente").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/fierte/?faire=aider")

    page.get_by_role("button", name="Voir les résultats maintenant").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/resultats/?faire=aider")

    assert "Ce n'est pas un test d'aptitude" in page.locator("main").inner_text()
    assert page.get_by_text("Intérêt dominant Social").count() > 0
    assert visite.cookies() == []
    assert visite.ennuis == []


def test_every_question_is_accessible_and_its_targets_are_large(visiter):
    visite = visiter(360)
    page = visite.page
    visite.ouvrir("/questionnaire/faire/")
    vues = 0
    while "/resultats/" not in page.url:
        vues += 1
        assert visite.violations() == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        hauteurs = page.locator(".reponse").evaluate_all(
            "els => els.map(e => e.getBoundingClientRect().height)"
        )
        assert min(hauteurs) >= 44
        assert page.get_by_text(f"Question {vues} sur 10").count() == 1
        page.locator("form.question button.bouton").click()

    assert vues == 10


@pytest.mark.parametrize(
    "chemin",
    [
        f"/questionnaire/resultats/?{REPONSES}",
        f"/questionnaire/eviter/?{REPONSES}",
        "/passerelles/?m=D1408",
        "/competences/?competences=101901,101906",
    ],
)
def test_an_address_says_the_same_in_another_browser(visiter, chemin):
    textes = []
    for _ in range(2):
        visite = visiter()
        visite.ouvrir(chemin)
        textes.append(visite.page.locator("main").inner_text())
        assert visite.page.url.endswith(chemin)
        assert visite.cookies() == []

    assert textes[0] == textes[1]


def test_the_results_are_printed_on_few_pages_with_their_address(visiter):
    visite = visiter()
    visite.ouvrir(f"/questionnaire/resultats/?{REPONSES}")
    visite.page.emulate_media(media="print")

    pages = PdfReader(BytesIO(visite.page.pdf(format="A4", prefer_css_page_size=True))).pages

    texte = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) <= 3
    assert "Ce n'est pas un test d'aptitude" in texte
    assert "Aider, écouter, expliquer à quelqu'un" in texte
    assert "Je préfère ne pas répondre" not in texte


def test_the_map_is_printed_without_cutting_a_drawing(visiter):
    """Each drawing holds on a sheet: 297 mm less its margins, at 96 points an inch."""
    visite = visiter()
    visite.ouvrir("/passerelles/?m=D1408")
    visite.page.set_viewport_size({"width": 680, "height": 960})
    visite.page.emulate_media(media="print")

    papiers = visite.page.locator(".carte-papier")

    assert [dessin.is_visible() for dessin in papiers.all()] == [True, True]
    assert max(dessin.bounding_box()["height"] for dessin in papiers.all()) <= 1_000
    pages = PdfReader(BytesIO(visite.page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(pages) <= 4


@pytest.mark.parametrize(("largeur", "forme"), [(1280, "large"), (360, "etroit")])
def test_the_map_is_read_and_followed(visiter, largeur, forme):
    """Words stay in their box, each box has the focus in turn and leads to its fiche."""
    visite = visiter(largeur)
    visite.ouvrir("/passerelles/?m=D1408")
    page = visite.page
    dessin = page.locator(f".carte-{forme}")

    assert [svg.is_visible() for svg in page.locator(".carte-des-chemins").all()] == [
        forme == "large",
        forme == "etroit",
        False,
        False,
    ]
    debords = dessin.locator("a").evaluate_all(
        """liens => liens.flatMap(a => { const boite = a.querySelector('rect').getBBox();
        return [...a.querySelectorAll('text')].filter(t => { const b = t.getBBox();
        return b.x < boite.x || b.x + b.width > boite.x + boite.width || b.y < boite.y
          || b.y + b.height > boite.y + boite.height }).map(t => t.textContent) })"""
    )
    assert debords == []
    hauteurs = dessin.locator("a rect:first-of-type").evaluate_all(
        "els => els.map(e => e.getBoundingClientRect().height)"
    )
    assert min(hauteurs) >= 40
    premier = dessin.locator("a.etape-1").first
    premier.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/metiers/**")
    assert visite.ennuis == []
