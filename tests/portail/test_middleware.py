"""Repeat visits: 304 while nothing has changed, the new page as soon as something has."""

from __future__ import annotations

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.test import Client

from catalogue import garde
from catalogue.models import VersionCatalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def copies(settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "copies"}
    }
    yield caches["pages"]
    caches["pages"].clear()


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


class TestCopies:
    def test_a_page_asked_for_again_costs_one_query_and_is_the_same(
        self, client, copies, django_assert_num_queries
    ):
        premiere = client.get("/metiers/")

        with django_assert_num_queries(1):
            seconde = client.get("/metiers/")

        assert (seconde.content, dict(seconde.items())) == (premiere.content, dict(premiere.items()))

    def test_a_copy_is_not_served_once_the_catalogue_has_advanced(self, client, copies):
        premiere = client.get("/")
        VersionCatalogue.avancer()

        assert client.get("/")["ETag"] != premiere["ETag"]

    def test_a_copy_is_compressed_for_those_who_accept_it_only(self, copies):
        client = Client()
        client.get("/", headers={"Accept-Encoding": "gzip"})

        claire = client.get("/")
        compressee = client.get("/", headers={"Accept-Encoding": "gzip"})

        assert (claire.has_header("Content-Encoding"), compressee["Content-Encoding"]) == (False, "gzip")

    def test_addresses_have_copies_of_their_own(self, client, copies):
        client.get("/metiers/?niveau=5")

        assert b"Niveau 5" in client.get("/metiers/?niveau=5").content
        assert client.get("/metiers/").content != client.get("/metiers/?niveau=5").content

    @pytest.mark.parametrize(
        "adresse", ["/admin/login/", "/recherche/?q=vente", "/api/v1/metiers", "/metiers/Z9999/"]
    )
    def test_what_is_not_the_same_for_everyone_or_is_counted_is_not_kept(self, client, copies, adresse):
        client.get(adresse)

        assert copies._cache == {}

    def test_the_part_of_a_list_that_htmx_asks_for_is_not_taken_for_the_page(self, client, copies):
        client.get("/metiers/", headers={"HX-Request": "true"})

        assert b"<html" in client.get("/metiers/").content


@pytest.mark.django_db(transaction=True)
def test_connection_lost_between_two_pages_is_opened_again(client):
    if connection.vendor != "postgresql":
        pytest.skip("no server that could end a connection")
    client.get("/")
    perdue = connection.connection
    with psycopg.connect(perdue.info.dsn, password=perdue.info.password, autocommit=True) as autre:
        autre.execute("SELECT pg_terminate_backend(%s)", [perdue.info.backend_pid])

    reponse = client.get("/metiers/")

    assert (reponse.status_code, perdue.closed, connection.connection.closed) == (200, True, False)


def test_version_is_read_once_for_a_page(client, settings, django_assert_num_queries):
    settings.GARDE_PAR_VERSION = True
    client.get("/metiers/")

    with django_assert_num_queries(1):
        client.get("/metiers/?autre")

    garde.oublier()


def test_version_is_not_asked_again_while_it_is_fresh(client, settings, django_assert_num_queries):
    VersionCatalogue.avancer()
    settings.FRAICHEUR = 60
    marque = client.get("/metiers/")["ETag"]

    with django_assert_num_queries(0):
        reponse = client.get("/metiers/", headers={"If-None-Match": marque})

    assert reponse.status_code == 304


def test_page_is_late_by_no_more_than_the_freshness_asked_for(client, settings):
    VersionCatalogue.avancer()
    settings.FRAICHEUR = 60
    avant = client.get("/")["ETag"]
    VersionCatalogue.objects.update(numero=F("numero") + 1)  # as another process would

    tardive = client.get("/")["ETag"]
    settings.FRAICHEUR = 0

    assert (tardive, client.get("/")["ETag"] == avant) == (avant, False)


def test_process_that_advances_the_version_shows_it_at_once(client, settings):
    VersionCatalogue.avancer()
    settings.FRAICHEUR = 60
    avant = client.get("/")["ETag"]
    VersionCatalogue.avancer()

    assert client.get("/")["ETag"] != avant


def test_version_read_by_a_page_does_not_outlive_it(client):
    client.get("/")
    avant = VersionCatalogue.etat()
    VersionCatalogue.avancer()

    assert VersionCatalogue.etat() != avant


def test_version_read_once_is_read_again_by_what_advances_it(db):
    with VersionCatalogue.lue_une_fois():
        avant = VersionCatalogue.courante()
        VersionCatalogue.avancer()

        assert VersionCatalogue.courante() == avant + 1
