"""One address per fiche: the others lead to it."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, reverse


def adresse(nom: str, *arguments: str) -> str:
    """What `reverse()` writes, remembered: a list asks for sixty of them."""
    return _adresse(get_script_prefix(), nom, arguments)


@lru_cache(maxsize=10_000)
def _adresse(prefixe: str, nom: str, arguments: tuple[str, ...]) -> str:
    return reverse(nom, args=arguments)


def est_canonique(request: HttpRequest, adresse: str) -> bool:
    """Whether `adresse`, as `reverse()` writes it, is the one asked for: Django gives the latter unquoted."""
    return request.path == unquote(adresse)


def vers_adresse_canonique(request: HttpRequest, adresse: str) -> HttpResponsePermanentRedirect:
    """301 to `adresse`, keeping what is after the « ? »: the visitor's state is there."""
    suite = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{adresse}?{suite}" if suite else adresse)
