"""Pages about métiers: the list and the fiche."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue import jsonld, qr
from catalogue.adresses import est_canonique, vers_adresse_canonique
from catalogue.listes import ListeAFacettes
from metiers.fiche import presenter
from metiers.filters import MetierFilterSet
from metiers.impression import Resume
from metiers.jsonld import noeuds
from metiers.models import AncienCode, DomaineProfessionnel, FicheOnisep, LienOnisepRome, Metier
from metiers.page_appellations import AppellationsDuDomaine
from metiers.page_onisep import PageOnisep


class MetierListe(ListeAFacettes):
    filterset_class = MetierFilterSet
    template_name = "metiers/liste.html"
    composant = "carte_metier"
    titre = "Métiers"

    def base(self) -> QuerySet:
        return Metier.objects.publies().for_list()


def detail(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """The fiche at its canonical address; older addresses lead to it, a withdrawn fiche answers 410."""
    metier = Metier.objects.publies().filter(code_rome=code.upper()).for_detail().first()
    if metier is None:
        return _fiche_absente(request, code.upper())
    if not est_canonique(request, metier.get_absolute_url()):
        return vers_adresse_canonique(request, metier.get_absolute_url())
    fiche = presenter(metier)
    graphe = jsonld.graphe(
        noeuds(fiche, request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
    )
    adresse = request.build_absolute_uri(request.path)
    return render(request, "metiers/detail.html", {"fiche": fiche, "jsonld": graphe, "qr": qr.svg(adresse)})


def imprimer(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """The sheet of one page; the day it bears is the server's, and its ETag changes with the day."""
    metier = Metier.objects.publies().filter(code_rome=code.upper()).for_detail().first()
    if metier is None:
        return _fiche_absente(request, code.upper())
    if not est_canonique(request, metier.url_imprimer):
        return vers_adresse_canonique(request, metier.url_imprimer)
    fiche = presenter(metier)
    adresse = request.build_absolute_uri(metier.get_absolute_url())
    contexte = {"fiche": fiche, "resume": Resume(fiche), "adresse": adresse, "qr": qr.svg(adresse)}
    return render(request, "metiers/imprimer.html", contexte)


def appellations(request: HttpRequest, code: str) -> HttpResponse:
    """Every title of a domaine (D14), by letter: for who knows how a job is called and not where it is put away."""
    domaine = DomaineProfessionnel.objects.publies().select_related("grand_domaine").filter(pk=code).first()
    if domaine is None:
        raise Http404(f"Aucun domaine du ROME ne porte le code « {code} ».")
    return render(request, "metiers/appellations.html", {"page": AppellationsDuDomaine(domaine)})


def onisep(request: HttpRequest, identifiant: str) -> HttpResponse:
    """Onisep's own fiche: the identifier is the whole address, for names change; withdrawn, it answers 410."""
    liens = LienOnisepRome.objects.select_related("metier__domaine__grand_domaine").order_by("code_rome")
    fiche = (
        FicheOnisep.objects.filter(pk=identifiant.upper())
        .select_related("version__source", "version_liste__source")
        .prefetch_related(
            Prefetch("liens_rome", liens), "synonymes", "formations_requises", "metiers_associes"
        )
        .first()
    )
    if fiche is None:
        raise Http404(f"Aucune fiche de l'Onisep ne porte l'identifiant « {identifiant[:20]} ».")
    if not est_canonique(request, fiche.get_absolute_url()):
        return vers_adresse_canonique(request, fiche.get_absolute_url())
    page = PageOnisep(fiche)
    graphe = jsonld.graphe(
        page.noeuds(request.build_absolute_uri(request.path), request.build_absolute_uri("/"))
    )
    return render(
        request,
        "metiers/onisep.html",
        {"page": page, "fiche": fiche, "jsonld": graphe},
        status=410 if fiche.est_retire else 200,
    )


def _fiche_absente(request: HttpRequest, code: str) -> HttpResponse:
    """No fiche in force has this code: the fiche that left it, its successor, or what can be said of it."""
    ancien = (
        AncienCode.objects.filter(code_rome=code, metier__retire_le__isnull=True)
        .select_related("metier")
        .order_by("-pk")
        .first()
    )
    if ancien is not None:
        return vers_adresse_canonique(request, ancien.metier.get_absolute_url())
    retire = (
        Metier.objects.retires()
        .filter(Q(code_rome=code) | Q(anciens_codes__code_rome=code))
        .select_related("successeur", "domaine__grand_domaine", "version__source")
        .order_by("-retire_le", "-pk")
        .first()
    )
    if retire is None:
        raise Http404(f"Aucun métier ne porte le code « {code[:10]} ».")
    if retire.successeur and not retire.successeur.est_retire:
        return vers_adresse_canonique(request, retire.successeur.get_absolute_url())
    return render(request, "metiers/retire.html", {"metier": retire}, status=410)
