"""Where one may go from a métier: the nearest ones, and the map of paths two steps deep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from catalogue import qr
from metiers.models import Metier
from orientation import adresse
from orientation.choix import Recherche, rechercher
from orientation.passerelles.carte import PREMIERS, SECONDS, Branche, Carte, tracer
from orientation.passerelles.dessin import ETROITE, LARGE, Noeud, dessiner
from orientation.passerelles.liens import passages

PROCHES_MONTRES = 24
BRANCHES_PAR_FEUILLE = 4
"""A drawing longer than a sheet would be cut through its boxes."""


def metiers_proches(request: HttpRequest) -> HttpResponse:
    """`?m=D1415`: the métiers linked to one, each with its reason."""
    remarques: list[str] = []
    metier, recherche = _depart(request, "metiers_proches", remarques)
    proches = passages([metier.pk])[metier.pk] if metier else []
    return render(
        request,
        "orientation/metiers_proches.html",
        {
            "metier": metier,
            "recherche": recherche,
            "remarques": remarques,
            "proches": proches[:PROCHES_MONTRES],
            "total": len(proches),
        },
    )


def passerelles(request: HttpRequest) -> HttpResponse:
    """`?m=D1408`: the map of paths from a métier."""
    remarques: list[str] = []
    metier, recherche = _depart(request, "passerelles", remarques)
    contexte: dict[str, Any] = {
        "metier": metier,
        "recherche": recherche,
        "remarques": remarques,
        "carte": None,
    }
    if metier is None:
        return render(request, "orientation/passerelles.html", contexte)
    carte = tracer(metier)
    arbre = _arbre(carte)
    url = f"{reverse('orientation:passerelles')}?m={metier.code_rome}"
    return render(
        request,
        "orientation/passerelles.html",
        contexte
        | {
            "carte": carte,
            "premiers": PREMIERS,
            "par_branche": SECONDS,
            "dessins": [
                ("large", "large", dessiner(arbre, LARGE)),
                ("etroit", "etroit", dessiner(arbre, ETROITE)),
                *(
                    (f"papier-{rang}", "papier", dessiner(morceau, LARGE))
                    for rang, morceau in enumerate(_par_feuille(arbre), start=1)
                ),
            ],
            "qr": qr.svg(request.build_absolute_uri(url)),
        },
    )


def _depart(request: HttpRequest, page: str, remarques: list[str]) -> tuple[Metier | None, Recherche | None]:
    """The métier that the address names, else what the words typed in its place found."""
    cherches: dict[str, str] = {}
    metier = adresse.un_metier(request.GET, "m", remarques, cherches)
    chemin = reverse(f"orientation:{page}")
    return metier, rechercher(cherches.get("m", ""), "metier", lambda code: f"{chemin}?m={code}")


def _arbre(carte: Carte) -> Noeud:
    branches = tuple(_noeud(branche) for branche in carte.branches)
    return Noeud(
        _titre(carte.origine), carte.origine.get_absolute_url(), _domaine(carte.origine), "", branches
    )


def _par_feuille(arbre: Noeud) -> list[Noeud]:
    """The same tree in pieces that hold on a printed page."""
    return [
        replace(arbre, suites=arbre.suites[debut : debut + BRANCHES_PAR_FEUILLE])
        for debut in range(0, len(arbre.suites), BRANCHES_PAR_FEUILLE)
    ]


def _noeud(branche: Branche) -> Noeud:
    metier = branche.metier
    suites = tuple(_noeud(suite) for suite in branche.suites)
    return Noeud(
        _titre(metier), metier.get_absolute_url(), _domaine(metier), branche.passage.raison_breve, suites
    )


def _titre(metier: Metier) -> str:
    return f"{metier.libelle} ({metier.code_rome})"


def _domaine(metier: Metier) -> str:
    return metier.domaine.grand_domaine_id
