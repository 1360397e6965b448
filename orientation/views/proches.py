"""The métiers near one, each with its reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orientation import adresse
from orientation.proches import proches_de


def metiers_proches(request: HttpRequest) -> HttpResponse:
    """`?m=D1415`: the métiers near one, each with its reason."""
    remarques: list[str] = []
    metier = adresse.un_metier(request.GET, "m", remarques)
    return render(
        request,
        "orientation/metiers_proches.html",
        {"metier": metier, "remarques": remarques, "proches": proches_de(metier) if metier else []},
    )
