"""The dossier: a page to build it by links, and a page to bring a fiche into it without a script."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from catalogue import qr
from orientation.dossier import etat
from orientation.dossier.etat import SORTES, adresse_de
from orientation.dossier.page import PageDossier, fusionner

ADRESSE_LUE = 3_000
"""Characters of a pasted address that are read."""


def racine(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def dossier(request: HttpRequest) -> HttpResponse:
    """`?m=&c=&f=`, a gap as `/ecart/` writes it, `commune=`; `ajouter=` a code or words to search."""
    lu = etat.lire(request.GET)
    page = PageDossier(lu, racine(request), settings.SITE_NOM)
    ajouter = request.GET.get("ajouter", "").replace("\0", "").strip()[:100]
    if ajouter and (adresse := page.ajouter_par_code(ajouter)):
        return redirect(adresse)
    return render(
        request,
        "orientation/dossier.html",
        {
            "page": page,
            "dossier": lu,
            "ajouter": ajouter,
            "trouves": page.chercher(ajouter) if ajouter else [],
            "qr": "" if lu.est_vide else qr.svg(page.adresse),
        },
    )


def ajouter(request: HttpRequest) -> HttpResponse:
    """Where « Ajouter au dossier » leads without a script: `?m=D1415`, and `dossier=` the address of a dossier, pasted."""
    ajout = etat.lire(request.GET)
    ancien = request.GET.get("dossier", "").strip()[:ADRESSE_LUE]
    erreur = ""
    if ancien:
        parametres = QueryDict(urlsplit(ancien).query if "?" in ancien else "")
        if any(parametre in parametres for parametre in SORTES):
            return redirect(adresse_de(fusionner(QueryDict(ajout.etat), parametres)))
        erreur = "Cette adresse n'est pas celle d'un dossier : elle commence par l'adresse de ce site, suivie de « /dossier/? »."
    return render(
        request,
        "orientation/dossier/ajouter.html",
        {
            "ajout": ajout,
            "champs": ajout.couples,
            "url_nouveau": ajout.url(),
            "ancien": ancien,
            "erreur": erreur,
        },
    )
