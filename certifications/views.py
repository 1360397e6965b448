"""Pages about certifications: the list, the fiche, the bloc."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from catalogue import jsonld
from catalogue.listes import ListeAFacettes
from certifications.fiche import presenter
from certifications.filters import CertificationFilterSet
from certifications.jsonld import noeuds, noeuds_bloc
from certifications.models import BlocDeCompetences, Certification


class CertificationListe(ListeAFacettes):
    filterset_class = CertificationFilterSet
    template_name = "certifications/liste.html"

    def base(self) -> QuerySet:
        return Certification.objects.publies().actives_dabord()


def detail(request: HttpRequest, numero: str, slug: str = "") -> HttpResponse:
    """The fiche at its canonical address; an expired certification keeps its page, a withdrawn one answers 410."""
    numero = numero_normalise(numero)
    certification = Certification.objects.filter(pk=numero).for_detail().first()
    if certification is None:
        raise Http404(f"Aucune certification ne porte le numéro « {numero[:15]} ».")
    if request.path != certification.get_absolute_url():
        return HttpResponsePermanentRedirect(certification.get_absolute_url())
    fiche = presenter(certification)
    if certification.est_retire:
        return render(request, "certifications/retire.html", {"fiche": fiche}, status=410)
    graphe = jsonld.graphe(noeuds(fiche, request.build_absolute_uri(request.path), request.build_absolute_uri("/")))
    return render(request, "certifications/detail.html", {"fiche": fiche, "jsonld": graphe})


def bloc(request: HttpRequest, numero: str, code: str) -> HttpResponse:
    trouve = (
        BlocDeCompetences.objects.publies()
        .filter(certification=numero_normalise(numero), code=code.upper())
        .select_related("certification__version__source")
        .first()
    )
    if trouve is None:
        raise Http404(f"Aucun bloc ne porte le code « {code[:40]} » dans cette certification.")
    if request.path != trouve.get_absolute_url():
        return HttpResponsePermanentRedirect(trouve.get_absolute_url())
    freres = trouve.certification.blocs.publies()
    graphe = jsonld.graphe(noeuds_bloc(trouve, request.build_absolute_uri(request.path), request.build_absolute_uri("/")))
    return render(request, "certifications/bloc.html", {"bloc": trouve, "blocs": freres, "jsonld": graphe})


def numero_normalise(numero: str) -> str:
    """« rncp34809 » and the bare « 34809 » are RNCP34809, as people write them."""
    numero = numero.upper().replace(" ", "")
    return f"RNCP{numero}" if re.fullmatch(r"\d+", numero) else numero
