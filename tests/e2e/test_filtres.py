"""The filters of a list in a browser: with and without scripts, going back, on a telephone by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.fixture
def plaintes(page: Page) -> list[str]:
    """What the console says: a breach of the content policy would be there."""
    dites: list[str] = []
    page.on("console", lambda message: dites.append(message.text))
    page.on("pageerror", lambda erreur: dites.append(str(erreur)))
    return dites


def test_a_filter_swaps_the_list_keeps_the_focus_and_announces_the_count(portail, page, plaintes):
    page.goto(f"{portail}/metiers/")

    page.check("#f-domaine-D")
    page.wait_for_url("**domaine=D")
    expect(page.locator(".puce")).to_have_count(1)

    assert page.evaluate("document.activeElement.id") == "f-domaine-D"
    expect(page.locator("#annonce")).to_have_text(page.inner_text(".bilan"))
    assert plaintes == []


def test_going_back_gives_the_list_as_it_was(portail, page, plaintes):
    page.goto(f"{portail}/metiers/")
    tous = page.inner_text(".bilan")
    page.check("#f-domaine-D")
    page.wait_for_url("**domaine=D")

    page.go_back()

    expect(page.locator(".bilan")).to_have_text(tous)
    expect(page.locator(".puce")).to_have_count(0)
    expect(page.locator("header.entete")).to_be_visible()
    assert plaintes == []


def test_removing_a_chip_goes_on_with_the_results(portail, page):
    page.goto(f"{portail}/metiers/?domaine=D")

    page.click(".puce")
    expect(page.locator(".puce")).to_have_count(0)

    page.wait_for_function("document.activeElement.id === 'resultats'")
    assert page.url == f"{portail}/metiers/"


def test_filters_work_without_scripts(portail, browser: Browser):
    page = browser.new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{portail}/metiers/")

    page.click("#filtres > summary")
    page.check("#f-domaine-D")
    page.click(".appliquer button")

    assert "domaine=D" in page.url
    assert page.locator(".puce").count() == 1
    page.close()


def test_the_dialog_of_a_telephone_by_keyboard(portail, page, plaintes):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{portail}/metiers/")

    page.focus("#filtres > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".appliquer button")).to_be_visible()
    assert page.evaluate("document.getElementById('resultats').inert")
    violations = Axe().run(page).response["violations"]
    page.focus("#f-domaine-D")
    page.keyboard.press("Space")
    page.wait_for_url("**domaine=D")
    page.keyboard.press("Escape")

    expect(page.locator(".appliquer button")).to_be_hidden()
    page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")
    assert [v["id"] for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert plaintes == []
