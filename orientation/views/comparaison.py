"""The comparison: two to four fiches of one catalogue, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from catalogue import qr
from orientation import adresse
from orientation.choix import Proposition
from orientation.comparaison.page import CATALOGUES, PageComparaison


def comparer(request: HttpRequest) -> HttpResponse:
    """`?m=D1415,D1408` (or `c=`, `f=`), `differences=1`, `ajouter=` a code or words, `remplacer=` a code of the table."""
    non_lus: list[str] = []
    demandes = {
        nom: adresse.lire_codes(request.GET.getlist(nom), majuscules=nom != "f", remarques=non_lus)
        for nom in CATALOGUES
    }
    nommes = [nom for nom, codes in demandes.items() if codes]
    nom = nommes[0] if nommes else request.GET.get("catalogue", "m")
    catalogue = CATALOGUES.get(nom, CATALOGUES["m"])
    page = PageComparaison(
        catalogue,
        demandes[catalogue.parametre],
        differences=request.GET.get("differences") == "1",
        remplacer=request.GET.get("remplacer", "").strip().upper(),
    )
    ajouter = request.GET.get("ajouter", "").strip()
    trouves: list[Proposition] | None = None
    if ajouter:
        designes = adresse.LECTEURS[catalogue.parametre](adresse.lire_codes([ajouter], majuscules=nom != "f"))
        if designes.fiches:
            return redirect(page.avec(adresse.code_de(designes.fiches[0])))
        trouves = page.chercher(ajouter)
    page.selection.remarques[:0] = non_lus
    if len(nommes) > 1:
        page.selection.remarques.append(
            f"Une comparaison porte sur un seul catalogue : celle-ci ne retient que les {catalogue.pluriel}."
        )
    return render(
        request,
        "orientation/comparer.html",
        {
            "page": page,
            "ajouter": ajouter[:100],
            "trouves": trouves,
            "propositions": page.propositions() if trouves is None else [],
            "catalogues": list(CATALOGUES.values()),
            "qr": qr.svg(request.build_absolute_uri(page.url)) if page.est_un_tableau else "",
        },
    )
