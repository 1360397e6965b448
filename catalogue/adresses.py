"""One address per fiche: the others lead to it."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponsePermanentRedirect


def est_canonique(request: HttpRequest, adresse: str) -> bool:
    """Whether `adresse`, as `reverse()` writes it, is the one asked for: Django gives the latter unquoted."""
    return request.path == unquote(adresse)


def vers_adresse_canonique(request: HttpRequest, adresse: str) -> HttpResponsePermanentRedirect:
    """301 to `adresse`, keeping what is after the « ? »: the visitor's state is there."""
    suite = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{adresse}?{suite}" if suite else adresse)
