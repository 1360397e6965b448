"""The counsellor's desk: every tool of it, from one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

OUTILS = (
    (
        "questionnaire",
        "En moins de cinq minutes",
        "Quelques questions, toutes facultatives, pour trouver des métiers et des formations à regarder.",
    ),
    (
        "competences",
        "De ce que vous savez aux métiers",
        "Cherchez et cochez vos compétences : les métiers qui les demandent paraissent, avec ce qu'ils demandent d'autre.",
    ),
    (
        "passerelles",
        "Carte des passerelles",
        "Deux pas depuis un métier : mobilités, famille, compétences communes, parcours, et la raison de chaque lien.",
    ),
    (
        "comparer",
        "Comparer",
        "Deux à quatre métiers, certifications ou formations côte à côte ; s'imprime sur A4 avec des colonnes à remplir.",
    ),
    (
        "ecart",
        "Mesurer un écart",
        "D'un métier, d'une certification ou de vos compétences vers un métier : ce qui est tenu, ce qui manque, les blocs et les formations qui le couvrent.",
    ),
    (
        "dossier",
        "Constituer un dossier",
        "Ce qui a été regardé, pourquoi, et la suite : une adresse à garder et des feuilles à imprimer.",
    ),
)
"""Name of the address, title, what it is for; in the order of an interview."""


def bureau(request: HttpRequest) -> HttpResponse:
    """Nothing is asked and nothing is kept: a page of links."""
    outils = [(titre, aide, url) for nom, titre, aide in OUTILS if (url := _adresse(nom))]
    return render(request, "orientation/bureau.html", {"outils": outils})


def _adresse(nom: str) -> str:
    try:
        return reverse(f"orientation:{nom}")
    except NoReverseMatch:  # this deployment does not serve that tool
        return ""
