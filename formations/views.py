"""Pages about the training offer: the list, the formation, the organisme, the session."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render

from catalogue import jsonld
from catalogue.listes import ListeAFacettes
from formations.fiche import FicheFormation, FicheOrganisme
from formations.filters import FormationFilterSet
from formations.jsonld import noeuds, noeuds_organisme, noeuds_session
from formations.models import Formation, Organisme, Session
from formations.proximite import Proximite


class FormationListe(ListeAFacettes):
    filterset_class = FormationFilterSet
    template_name = "formations/liste.html"
    composant = "carte_formation"
    gabarit_du_bilan = "formations/bilan.jinja"
    titre = "Formations"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A place typed in the form leads to the address that names the commune by its code."""
        canonique = Proximite(request.GET, request.path).url_canonique
        return HttpResponseRedirect(canonique) if canonique else super().get(request, *args, **kwargs)

    def base(self) -> QuerySet:
        return Formation.objects.publies().for_list()

    def cle_de_carte(self, fiche: Formation) -> Hashable:
        if fiche.distance_km is not None:
            return None
        return fiche.pk, fiche.nb_sessions, fiche.nb_departements


def detail(request: HttpRequest, identifiant: str) -> HttpResponse:
    """The identifier is the whole address: « FOR.2316 » is how Onisep and its readers write it."""
    formation = Formation.objects.filter(pk=identifiant).for_detail().first()
    if formation is None:
        formation = Formation.objects.filter(pk=identifiant.upper()).first()
        if formation is None:
            raise Http404(f"Aucune formation ne porte l'identifiant « {identifiant[:40]} ».")
        return HttpResponsePermanentRedirect(formation.get_absolute_url())
    fiche = FicheFormation(formation, request.GET)
    if canonique := fiche.proximite.url_canonique:
        return HttpResponseRedirect(f"{canonique}#sessions")
    return render(
        request,
        "formations/detail.html",
        {
            "fiche": fiche,
            "jsonld": jsonld.graphe(
                noeuds(fiche, request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
            ),
        },
        status=410 if formation.est_retire else 200,
    )


def organisme(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    trouve = Organisme.objects.filter(pk=pk).select_related("source", "version__source").first()
    if trouve is None:
        raise Http404("Cet organisme n'est pas dans le catalogue.")
    if request.path != trouve.get_absolute_url():
        return HttpResponsePermanentRedirect(trouve.get_absolute_url())
    return render(
        request,
        "formations/organisme.html",
        {
            "fiche": FicheOrganisme(trouve, request.GET),
            "jsonld": jsonld.graphe(
                noeuds_organisme(
                    trouve, request.build_absolute_uri(request.path), request.build_absolute_uri("/")
                )
            ),
        },
        status=410 if trouve.est_retire else 200,
    )


def session(request: HttpRequest, identifiant: str, pk: int) -> HttpResponse:
    trouvee = Session.objects.for_list().filter(pk=pk, formation=identifiant).first()
    if trouvee is None:
        raise Http404("Cette session n'est pas, ou n'est plus, dans le catalogue.")
    graphe = jsonld.graphe(
        noeuds_session(trouvee, request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
    )
    return render(request, "formations/session.html", {"session": trouvee, "jsonld": graphe})
