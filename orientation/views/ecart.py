"""The gap: what a métier asks for and a person, or another métier, does not bring."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from catalogue import qr
from orientation import adresse
from orientation.depart import Depart, depuis_certification, depuis_competences, depuis_metier
from orientation.ecart import Ecart
from orientation.items import comptes, requis_par

COMPETENCES_LUES = 150
"""Skills of an address that are read: no métier asks for as many, and a QR code holds no more."""


def ecart(request: HttpRequest) -> HttpResponse:
    """`?vers=D1415` with `de=D1408`, or `competences=` OGR codes, or `certification=RNCP…`; alone, a page to choose."""
    remarques: list[str] = []
    cible = adresse.un_metier(request.GET, "vers", remarques)
    contexte: dict[str, Any] = {"cible": cible, "remarques": remarques, "ecart": None, "items": []}
    if cible is None:
        return render(request, "orientation/ecart_choix.html", contexte)
    de = adresse.un_metier(request.GET, "de", remarques)
    if de == cible:
        remarques.append("Le départ et l'arrivée sont le même métier : choisissez un autre départ.")
        de = None
    requis = requis_par([metier.pk for metier in (de, cible) if metier])
    depart: Depart | None = None
    if de:
        depart = depuis_metier(de, cible, requis)
    elif "competences" in request.GET:
        depart = depuis_competences(
            adresse.lire_codes(request.GET.getlist("competences"), maximum=COMPETENCES_LUES), requis[cible.pk]
        )
    elif codes := adresse.lire_codes(request.GET.getlist("certification")):
        selection = adresse.certifications(codes[:1])
        remarques += selection.remarques
        if selection.fiches:
            depart = depuis_certification(selection.fiches[0], requis[cible.pk])
    if depart is None:
        return render(
            request, "orientation/ecart_choix.html", contexte | {"items": comptes(requis[cible.pk])}
        )
    chemin = reverse("orientation:ecart")
    inverse = f"{chemin}?de={cible.code_rome}&vers={de.code_rome}" if de else ""
    return render(
        request,
        "orientation/ecart.html",
        contexte
        | {
            "ecart": Ecart(cible, depart, requis[cible.pk]),
            "de": de,
            "url_inverse": inverse,
            "qr": qr.svg(request.build_absolute_uri(f"{chemin}?{depart.etat}&vers={cible.code_rome}")),
        },
    )
