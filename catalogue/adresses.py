"""One address per fiche: the others lead to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, reverse

_SUR = re.compile(r"[\w.-]+", re.ASCII)


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


class Fiche(Protocol):
    def get_absolute_url(self) -> str: ...


class Adresses:
    """The addresses of hundreds of thousands of fiches of one kind, which only differ by what names each of them.

    `reverse()` makes the first one; its cost, fifty times that of joining three texts, is not paid for the others. Names that
    an address would have to quote always go through it.
    """

    def __init__(self) -> None:
        self._autour: tuple[str, str] | None = None

    def __call__(self, fiche: Fiche, nom: str) -> str:
        if self._autour is None or not _SUR.fullmatch(nom):
            adresse = fiche.get_absolute_url()
            debut, trouve, fin = adresse.rpartition(nom)
            if trouve:
                self._autour = debut, fin
            return adresse
        return nom.join(self._autour)
