"""Repeat visits: 304 while nothing has changed, the new page as soon as something has."""

from __future__ import annotations

import pytest

from catalogue.models import VersionCatalogue

pytestmark = pytest.mark.django_db


def test_page_already_seen_answers_304_without_a_body(client):
    premiere = client.get("/")

    seconde = client.get("/", headers={"If-None-Match": premiere["ETag"]})

    assert (seconde.status_code, seconde.content) == (304, b"")


def test_page_changes_when_the_catalogue_advances(client):
    premiere = client.get("/")
    VersionCatalogue.avancer()

    seconde = client.get("/", headers={"If-None-Match": premiere["ETag"]})

    assert seconde.status_code == 200
    assert seconde["ETag"] != premiere["ETag"]


def test_page_may_be_kept_by_any_cache_that_asks_again(client):
    assert client.get("/")["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_missing_page_is_not_marked(client):
    reponse = client.get("/metiers/Z9999/")

    assert (reponse.status_code, reponse.has_header("ETag")) == (404, False)


def test_admin_is_never_marked(client):
    assert client.get("/admin/login/").has_header("ETag") is False


def test_page_already_seen_costs_one_query(client, django_assert_num_queries):
    marque = client.get("/metiers/")["ETag"]

    with django_assert_num_queries(1):
        client.get("/metiers/", headers={"If-None-Match": marque})
