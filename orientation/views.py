"""The pages of the counsellor's desk. The state is the address: no cookie, nothing stored, never indexed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from catalogue import qr
from metiers.models import Metier
from orientation import adresse
from orientation.comparaison.page import CATALOGUES, PageComparaison, Proposition
from orientation.depart import Depart, depuis_certification, depuis_competences, depuis_metier
from orientation.ecart import Ecart
from orientation.items import comptes, requis_par
from orientation.proches import proches_de

COMPETENCES_LUES = 150
"""Skills of an address that are read: no métier asks for as many, and a QR code holds no more."""


def comparer(request: HttpRequest) -> HttpResponse:
    """`?m=D1415,D1408` (or `c=`, `f=`), `differences=1`, `ajouter=` a code or words, `remplacer=` a code of the table."""
    demandes = {
        nom: adresse.lire_codes(request.GET.getlist(nom), majuscules=nom != "f") for nom in CATALOGUES
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


def ecart(request: HttpRequest) -> HttpResponse:
    """`?vers=D1415` with `de=D1408`, or `competences=` OGR codes, or `certification=RNCP…`; alone, a page to choose."""
    remarques: list[str] = []
    cible = _un_metier(request, "vers", remarques)
    contexte: dict[str, Any] = {"cible": cible, "remarques": remarques, "ecart": None, "items": []}
    if cible is None:
        return render(request, "orientation/ecart_choix.html", contexte)
    de = _un_metier(request, "de", remarques)
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


def metiers_proches(request: HttpRequest) -> HttpResponse:
    """`?m=D1415`: the métiers near one, each with its reason."""
    remarques: list[str] = []
    metier = _un_metier(request, "m", remarques)
    return render(
        request,
        "orientation/metiers_proches.html",
        {"metier": metier, "remarques": remarques, "proches": proches_de(metier) if metier else []},
    )


def _un_metier(request: HttpRequest, parametre: str, remarques: list[str]) -> Metier | None:
    """The first métier that the parameter names; what cannot be followed is said in `remarques`."""
    selection = adresse.metiers(adresse.lire_codes(request.GET.getlist(parametre))[:1])
    remarques += selection.remarques
    return selection.fiches[0] if selection.fiches else None
