"""The search as people use it: typing, keyboard, without scripts, on a telephone."""

from __future__ import annotations

import pytest

CHAMP = "input[type=search]"
OPTIONS = "[role=listbox] [role=option]"


def taper(visite, mots: str, chemin: str = "/"):
    """Type in the field of the page and wait for the suggestions."""
    visite.ouvrir(chemin)
    visite.page.locator(CHAMP).press_sequentially(mots)
    visite.page.locator(OPTIONS).nth(1).wait_for(state="visible")
    return visite.page


@pytest.mark.parametrize("chemin", ["/", "/metiers/"])
def test_combobox_is_driven_by_the_keyboard(visiter, chemin):
    visite = visiter()
    page = taper(visite, "teleac", chemin)
    champ = page.locator(CHAMP)

    assert champ.get_attribute("role") == "combobox"
    assert champ.get_attribute("aria-expanded") == "true"
    assert champ.get_attribute("aria-activedescendant") is None
    assert "flèches" in page.locator(".recherche [role=status]").inner_text()

    page.keyboard.press("ArrowDown")
    premiere = page.locator(OPTIONS).first
    assert champ.get_attribute("aria-activedescendant") == premiere.get_attribute("id")
    assert premiere.get_attribute("aria-selected") == "true"
    assert "Chercher" in premiere.inner_text()

    page.keyboard.press("ArrowUp")
    assert page.locator(OPTIONS).last.get_attribute("aria-selected") == "true"

    page.keyboard.press("Home")
    assert champ.get_attribute("aria-activedescendant") is None

    page.keyboard.press("Escape")
    assert champ.get_attribute("aria-expanded") == "false"
    assert champ.input_value() == "teleac"

    page.keyboard.press("ArrowDown")
    page.locator(OPTIONS).nth(1).wait_for(state="visible")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/metiers/D1408-*/")
    assert visite.ennuis == []


def test_enter_without_a_choice_sends_the_words(visiter):
    visite = visiter()
    page = taper(visite, "relation client")

    page.keyboard.press("Enter")

    page.wait_for_url("**/recherche/?q=relation+client")
    assert "résultat" in page.locator(".bilan").inner_text()


def test_leaving_the_field_closes_the_list(visiter):
    page = taper(visiter(), "vend")

    page.keyboard.press("Tab")

    assert page.locator("[role=listbox]").is_hidden()


def test_a_suggestion_is_followed_by_a_click(visiter):
    page = taper(visiter(), "teleac")

    page.locator(OPTIONS).nth(1).click()

    page.wait_for_url("**/metiers/D1408-*/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 360])
def test_open_list_is_accessible_and_fits(visiter, largeur, theme):
    visite = visiter(largeur, theme)
    page = taper(visite, "vend", "/metiers/")
    page.keyboard.press("ArrowDown")

    assert visite.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.locator(OPTIONS).first.bounding_box()["height"] >= 44
    assert visite.ennuis == []


def test_without_javascript_the_form_answers(visiter):
    visite = visiter(javascript=False)
    visite.ouvrir("/")
    visite.page.locator(CHAMP).fill("téléactrice")

    visite.page.locator(".recherche button").click()

    assert (
        visite.page.locator(".section h3 a").first.inner_text()
        == "Conseiller / Conseillère clientèle à distance"
    )


def test_a_late_answer_never_replaces_a_newer_one(visiter):
    visite = visiter()
    visite.ouvrir("/")
    page = visite.page
    page.locator(CHAMP).press_sequentially("vend", delay=140)
    page.locator(CHAMP).press_sequentially("eur", delay=10)

    page.locator(OPTIONS).nth(1).wait_for(state="visible")
    page.wait_for_timeout(600)

    assert page.locator(OPTIONS).first.inner_text() == "Chercher « vendeur »"


def test_a_fiche_leads_back_to_the_list_it_was_opened_from(visiter):
    visite = visiter()
    visite.ouvrir("/metiers/?domaine=D&niveau=5")
    visite.page.locator("article h2 a, article h3 a").first.click()
    visite.page.wait_for_url("**/metiers/*-*/")

    visite.page.get_by_role("link", name="Retour aux résultats").click()

    visite.page.wait_for_url("**/metiers/?domaine=D&niveau=5")
    assert visite.page.locator("a.retour").count() == 0
    assert visite.ennuis == []


def test_a_fiche_opened_by_its_address_has_no_list_to_go_back_to(visiter):
    visite = visiter()

    visite.ouvrir("/metiers/D1415-charge-de-relation-client/")

    assert visite.page.locator("a.retour").count() == 0
