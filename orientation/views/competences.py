"""From the skills one has to the métiers that ask for them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from catalogue import qr
from orientation import adresse
from orientation.competences.page import PageCompetences
from orientation.demande import COMPETENCES_LUES
from orientation.items import comptes, requis_par


def competences(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `competences=` OGR codes; `de=D1408` ticks what a métier asks for, to begin with."""
    remarques: list[str] = []
    codes = adresse.lire_codes(
        request.GET.getlist("competences"), maximum=COMPETENCES_LUES, remarques=remarques
    )
    if "de" in request.GET and not codes:
        cherches: dict[str, str] = {}
        metier = adresse.un_metier(request.GET, "de", remarques, cherches)
        remarques += [
            f"« {texte[:40]} » n'est pas un code de métier : cherchez vos compétences par leurs mots."
            for texte in cherches.values()
        ]
        if metier and (items := comptes(requis_par([metier.pk])[metier.pk])):
            tenus = ",".join(item.code for item in items[:COMPETENCES_LUES])
            return redirect(
                f"{reverse('orientation:competences')}?{urlencode({'competences': tenus}, safe=',')}"
            )
        if metier:
            remarques.append(
                f"Le ROME ne détaille pas les compétences de « {metier.libelle} » : cherchez les vôtres par leurs mots."
            )
    page = PageCompetences(codes, request.GET.get("q", ""), request.GET.get("page", "1"))
    page.remarques[:0] = remarques
    demandes = [(nom, v) for nom in ("q", "competences") for v in request.GET.getlist(nom)]
    if not page.remarques and demandes != page.parametres:
        # A form repeats its boxes: the same choice has one address, short enough to copy.
        return redirect(page.url())
    return render(
        request,
        "orientation/competences.html",
        {"page": page, "qr": qr.svg(request.build_absolute_uri(page.url_ici)) if page.cochees else ""},
    )
