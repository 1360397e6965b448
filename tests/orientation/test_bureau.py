"""The page that gathers the tools of the counsellor's desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_every_tool_of_the_desk_is_reached_and_answers(client):
    outils = client.get("/orientation/").context["outils"]

    assert {"/questionnaire/", "/competences/", "/passerelles/", "/comparer/", "/ecart/"} <= {
        url for _, _, url in outils
    }
    assert [client.get(url).status_code for _, _, url in outils] == [200] * len(outils)


def test_the_home_page_leads_to_the_desk(client):
    html = client.get("/").content.decode()

    assert [f'href="{url}"' in html for url in ("/questionnaire/", "/competences/", "/orientation/")] == [
        True
    ] * 3
