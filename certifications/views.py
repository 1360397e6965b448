"""Pages about certifications: the list, the fiche, the bloc."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue import jsonld
from catalogue.adresses import est_canonique, vers_adresse_canonique
from catalogue.listes import ListeAFacettes
from certifications.fiche import presenter
from certifications.filters import CertificationFilterSet
from certifications.jsonld import noeuds, noeuds_bloc
from certifications.models import BlocDeCompetences, Certification


class CertificationListe(ListeAFacettes):
    filterset_class = CertificationFilterSet
    template_name = "certifications/liste.html"
    composant = "carte_certification"
    titre = "Certifications"

    def base(self) -> QuerySet:
        return Certification.objects.publies().actives_dabord()


def detail(request: HttpRequest, numero: str, slug: str = "") -> HttpResponse:
    """The fiche at its canonical address; an expired certification keeps its page, a withdrawn one answers 410."""
    numero = numero_normalise(numero)
    certification = Certification.objects.filter(pk=numero).for_detail().first()
    if certification is None:
        raise Http404(f"Aucune certification ne porte le numéro « {numero[:15]} ».")
    if not est_canonique(request, certification.get_absolute_url()):
        return vers_adresse_canonique(request, certification.get_absolute_url())
    fiche = presenter(certification, request.GET.get("partenaire", ""))
    if certification.est_retire:
        return render(request, "certifications/retire.html", {"fiche": fiche}, status=410)
    graphe = jsonld.graphe(
        noeuds(fiche, request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
    )
    return render(request, "certifications/detail.html", {"fiche": fiche, "jsonld": graphe})


def bloc(request: HttpRequest, numero: str, code: str) -> HttpResponse:
    """A bloc at its canonical address; withdrawn, or part of a withdrawn certification, it answers 410.

    The code is looked for in Python among the few of the certification: it is whatever the fiche says, in either case.
    """
    blocs = list(
        BlocDeCompetences.objects.filter(certification=numero_normalise(numero))
        .select_related("certification__version__source")
        .order_by("code")
    )
    trouve = next((bloc for bloc in blocs if bloc.code.upper() == code.upper()), None)
    if trouve is None:
        raise Http404(f"Aucun bloc ne porte le code « {code[:40]} » dans cette certification.")
    if not est_canonique(request, trouve.get_absolute_url()):
        return vers_adresse_canonique(request, trouve.get_absolute_url())
    if trouve.certification.est_retire:
        fiche = presenter(trouve.certification)
        return render(request, "certifications/retire.html", {"fiche": fiche}, status=410)
    if trouve.est_retire:
        message = f"La certification {trouve.certification_id} ne compte plus de bloc « {trouve.code} »."
        return render(request, "404.html", {"message": message}, status=410)
    en_vigueur = [bloc for bloc in blocs if not bloc.est_retire]
    graphe = jsonld.graphe(
        noeuds_bloc(trouve, request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
    )
    return render(
        request, "certifications/bloc.html", {"bloc": trouve, "blocs": en_vigueur, "jsonld": graphe}
    )


def numero_normalise(numero: str) -> str:
    """« rncp34809 » and the bare « 34809 » are RNCP34809, as people write them."""
    numero = numero.upper().replace(" ", "")
    return f"RNCP{numero}" if re.fullmatch(r"\d+", numero) else numero
