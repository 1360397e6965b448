"""The site itself as schema.org sees it."""

from __future__ import annotations

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from catalogue.jsonld import Noeud


def noeuds_site(racine: str) -> list[Noeud]:
    """`racine` is the absolute address of the home page."""
    site: Noeud = {
        "@type": "WebSite",
        "@id": f"{racine}#site",
        "url": racine,
        "name": settings.SITE_NOM,
        "description": settings.SITE_ACCROCHE,
        "inLanguage": "fr",
        "potentialAction": _recherche(racine),
    }
    return [site]


def _recherche(racine: str) -> Noeud:
    try:
        chemin = reverse("recherche")
    except NoReverseMatch:
        return {}
    return {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{racine.rstrip('/')}{chemin}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
