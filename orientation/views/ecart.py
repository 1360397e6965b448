"""The gap: what a métier asks for and a person, or another métier, does not bring."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from catalogue import qr
from orientation import demande
from orientation.choix import Recherche, rechercher
from orientation.demande import DEPARTS, Demande

GENRES = {"vers": "metier", "de": "metier", "certification": "certification"}
"""What the words of each parameter are searched among, in the search index."""


def ecart(request: HttpRequest) -> HttpResponse:
    """`?vers=D1415` with `de=`, `competences=` or `certification=`, and `commune=`; alone, a page to choose."""
    lue = demande.lire(request.GET)
    chemin = reverse("orientation:ecart")
    contexte: dict[str, Any] = {
        "demande": lue,
        "cible": lue.cible,
        "remarques": lue.remarques,
        "ecart": lue.ecart,
    }
    if lue.ecart is None:
        contexte |= {f"recherche_{nom}": _recherche(request.GET, lue, nom) for nom in GENRES}
        # The end already chosen follows the visitor who looks for the other one.
        champs = (
            [("vers", lue.cible.code_rome)]
            if lue.cible
            else [
                (nom, ",".join(request.GET.getlist(nom)))
                for nom in (*DEPARTS, "commune")
                if nom in request.GET
            ]
        )
        return render(
            request, "orientation/ecart_choix.html", contexte | {"items": lue.items, "champs": champs}
        )
    if lue.commune and request.GET["commune"] != lue.commune.code:
        # The name typed in the form: one commune has one address.
        return redirect(f"{chemin}?{lue.etat_avec_lieu}")
    de = lue.de
    return render(
        request,
        "orientation/ecart.html",
        contexte
        | {
            "de": de,
            "url_inverse": f"{chemin}?de={lue.ecart.cible.code_rome}&vers={de.code_rome}" if de else "",
            "communes": [
                (str(commune), f"{chemin}?{lue.etat}&commune={commune.code}") for commune in lue.communes
            ],
            "champs": [couple.split("=", 1) for couple in lue.etat.split("&")],
            "ajout": f"m={','.join(m.code_rome for m in (de, lue.cible) if m)}&{lue.etat_avec_lieu}",
            "qr": qr.svg(request.build_absolute_uri(f"{chemin}?{lue.etat_avec_lieu}")),
        },
    )


def _recherche(parametres: QueryDict, lue: Demande, nom: str) -> Recherche | None:
    """What the words typed for one end of the gap found; each leads to the same address with a code in their place."""
    connus = {
        autre: ",".join(parametres.getlist(autre))
        for autre in (*GENRES, "competences", "commune")
        if autre in parametres
    }

    def avec(code: str) -> str:
        return f"{reverse('orientation:ecart')}?{urlencode(connus | {nom: code}, safe=',')}"

    return rechercher(lue.cherches.get(nom, ""), GENRES[nom], avec)
