"""How the API may be reached: read only, from any site, with an answer in JSON whatever happens."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from catalogue.api.parametres import veut_du_csv
from catalogue.api.refus import reponse_de_refus

RACINE = "/api/v1/"
METHODES = "GET, HEAD, OPTIONS"
MARQUE_CSV = "-csv"
PHRASES = {
    400: "Cette demande n'a pas été comprise.",
    404: "Cette adresse n'existe pas dans l'API. Voyez la documentation : /api/",
}
PANNE = "Le service rencontre une difficulté. Réessayez dans un instant."


def acces_api(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands outside `reponse_conditionnelle`, so that a 304 too may be read from another site."""

    def repondre(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(RACINE):
            return get_response(request)
        if request.method == "OPTIONS":
            reponse: HttpResponseBase = HttpResponse(status=204)
            reponse["Allow"] = METHODES
            reponse["Access-Control-Allow-Methods"] = "GET"
            reponse["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            reponse["Access-Control-Max-Age"] = "86400"
        elif request.method not in ("GET", "HEAD"):
            message = f"La méthode {request.method} n'est pas permise : cette API se lit seulement."
            refus = reponse_de_refus(405, (None, message))
            refus["Allow"] = METHODES
            return refus
        else:
            # The routes know GET only; it is the server that sends no body to HEAD.
            methode, request.method = request.method, "GET"
            reponse = _une_marque_par_forme(request, get_response)
            request.method = methode
            if reponse.status_code >= 400 and not reponse.get("Content-Type", "").startswith(
                "application/json"
            ):
                phrase = PHRASES.get(reponse.status_code, PANNE)
                reponse = reponse_de_refus(reponse.status_code, (None, phrase))
        reponse["Access-Control-Allow-Origin"] = "*"
        reponse["Access-Control-Expose-Headers"] = "ETag"
        patch_vary_headers(reponse, ["Accept"])
        return reponse

    return repondre


def _une_marque_par_forme(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """One address may answer in JSON or in CSV: a visitor who holds one must not be told to reuse it as the other."""
    if not veut_du_csv(request):
        return get_response(request)
    marque = request.META.pop("HTTP_IF_NONE_MATCH", "")
    if marque.endswith(f'{MARQUE_CSV}"'):
        request.META["HTTP_IF_NONE_MATCH"] = f'{marque.removesuffix(MARQUE_CSV + chr(34))}"'
    reponse = get_response(request)
    if reponse.has_header("ETag"):
        reponse["ETag"] = f'{reponse["ETag"].removesuffix(chr(34))}{MARQUE_CSV}"'
    return reponse
