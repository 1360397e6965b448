"""A page changes when the catalogue does, when the code does, or at midnight: a repeat visit need not ask for more."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from catalogue.models import VersionCatalogue
from portail import copies

SANS_MARQUE = ("/admin/", f"/{settings.STATIC_URL.strip('/')}/")
"""What is not a page of the catalogue; the names of static files change with what they hold."""


def reponse_conditionnelle(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 304 to whoever already has the page, the copy kept of it to others; let any cache in front keep it, and ask.

    The mark is the version of the catalogue (each import and each editorial save advances it), the version of the
    code, and the day, since the state of a certification is computed on the day. The address and the encoding make
    the rest of a cache's key. Only pages that answer 200 are marked.
    """

    def repondre(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(SANS_MARQUE):
            return get_response(request)
        with VersionCatalogue.lue_une_fois() as connue:
            return repondre_a_la_page(request, VersionCatalogue.courante() if connue else lire_la_version())

    def repondre_a_la_page(request: HttpRequest, version: int) -> HttpResponseBase:
        # The part of a list that htmx asks for has the address of the whole page: they must never be mistaken.
        partie = "-htmx" if request.headers.get("HX-Request") else ""
        marque = f'W/"{version}-{timezone.localdate():%Y%m%d}-{version_du_code()}{partie}"'
        deja_vue = get_conditional_response(request, etag=marque)
        if deja_vue is not None:
            return deja_vue
        cle = copies.cle_de(request, marque)
        if (copie := copies.lire(cle)) is not None:
            return copie
        reponse = get_response(request)
        if reponse.status_code == 200 and not reponse.has_header("ETag"):
            reponse["ETag"] = marque
            patch_vary_headers(reponse, ["HX-Request"])
            patch_cache_control(reponse, public=True, max_age=0, must_revalidate=True)
            copies.garder(cle, reponse)
        return reponse

    return repondre


def lire_la_version() -> int:
    """The first question of a page, which also finds out whether the connection that was kept still stands; opens another if not.

    Django would ask one more for that alone (CONN_HEALTH_CHECKS), at each page: half of what sending a copy costs.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # set by Django at each request
    try:
        return VersionCatalogue.courante()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return VersionCatalogue.courante()


@cache
def version_du_code() -> int:
    """The date of the newest file of the project, in seconds: the same in every process of one deployment."""
    dossiers = (
        "templates",
        "static",
        "portail",
        "orientation",
        "guides",
        "formations",
        "certifications",
        "metiers",
        "catalogue",
    )
    dates = (
        chemin.stat().st_mtime
        for dossier in dossiers
        for chemin in Path(settings.BASE_DIR, dossier).rglob("*.*")
        if chemin.suffix in (".py", ".html", ".jinja", ".css", ".js", ".svg")
    )
    return int(max(dates, default=0))
