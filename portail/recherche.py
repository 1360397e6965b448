"""The search of the whole portal: its page, and what is suggested while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from catalogue.recherche import codes, vaines
from catalogue.recherche.moteur import suggerer
from catalogue.recherche.requete import LONGUEUR
from portail import resultats
from portail.suggestions import groupes

SUGGESTIONS_DES = 2
"""Letters typed before anything is suggested."""
PAR_GENRE = 4


def recherche(request: HttpRequest) -> HttpResponse:
    """What was found, by kind; a code leads straight to its page; no words, where to begin."""
    texte = _texte(request)
    genre = request.GET.get("genre", "")
    if genre not in resultats.GENRES:
        genre = ""
    if not texte:
        return render(request, "recherche/accueil.html", {"domaines": resultats.grands_domaines()})
    if not genre and (trouvee := codes.resoudre(texte)) is not None:
        return HttpResponseRedirect(trouvee.url)
    page = resultats.presenter(texte, genre, request.GET.get("page") or "1")
    vide = page.total == 0
    if vide and not genre:
        vaines.noter(texte)
    return render(
        request,
        "recherche/resultats.html",
        {
            "recherche": page,
            "texte_cherche": texte,
            "page_obj": page.page,
            "domaines": resultats.grands_domaines() if vide else [],
        },
    )


def suggestions(request: HttpRequest) -> HttpResponse:
    """Grouped suggestions: a fragment for the list under the field, or JSON to who asks for it."""
    texte = request.GET.get("q", "")[:LONGUEUR].replace("\0", " ").lstrip()
    trouvees = suggerer(texte, par_genre=PAR_GENRE) if len(texte.strip()) >= SUGGESTIONS_DES else None
    if request.accepts("application/json") and not request.accepts("text/html"):
        lignes = trouvees.trouvailles if trouvees else []
        reponse: HttpResponse = JsonResponse(
            {
                "q": texte.strip(),
                "suggestions": [
                    {
                        "genre": t.genre,
                        "code": t.cle,
                        "titre": t.titre,
                        "appellation": t.appellation,
                        "url": t.url,
                    }
                    for t in lignes
                ],
            }
        )
    else:
        reponse = render(
            request,
            "recherche/suggestions.html",
            {
                "texte": texte.strip(),
                "groupes": groupes(trouvees) if trouvees else [],
                "url": resultats.adresse(texte.strip()),
            },
        )
    patch_vary_headers(reponse, ["Accept"])
    return reponse


def _texte(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGUEUR].strip()
