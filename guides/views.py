"""Pages to be read: dossiers, the glossary, the memo about money."""

from __future__ import annotations

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue import qr
from catalogue.jsonld import graphe
from guides import dossier, jsonld, terme
from guides.models import Dossier, NoteDeFinancement, Terme
from guides.models.financement import MOIS_DE_CONFIANCE

DOSSIERS_PAR_PAGE = 30


def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers, newest first."""
    paginator = Paginator(
        Dossier.objects.publies().recents_dabord().select_related("source"), DOSSIERS_PAR_PAGE
    )
    numero = request.GET.get("page") or 1
    try:
        page = paginator.page(numero)
    except InvalidPage as erreur:
        raise Http404(
            f"La page « {str(numero)[:20]} » n'existe pas : cette liste compte {paginator.num_pages} page(s)."
        ) from erreur
    return render(
        request,
        "guides/dossiers.html",
        {"dossiers": page.object_list, "page_obj": page, "total": paginator.count},
    )


def dossier_detail(request: HttpRequest, slug: str) -> HttpResponse:
    trouve = Dossier.objects.publies().filter(slug=slug).for_detail().first()
    if trouve is None:
        raise Http404("Aucun dossier ne porte cette adresse. Voyez la liste des dossiers.")
    page = dossier.presenter(trouve)
    noeuds = graphe(jsonld.noeuds_dossier(page, *_adresses(request)))
    return render(request, "guides/dossier.html", {"page": page, "jsonld": noeuds})


def glossaire(request: HttpRequest) -> HttpResponse:
    """Every term on one page, by letter."""
    termes = list(Terme.objects.publies().only("terme", "slug", "definition_courte"))
    noeuds = graphe(jsonld.noeuds_glossaire(termes, *_adresses(request)))
    return render(
        request,
        "guides/glossaire.html",
        {"alphabet": terme.alphabet(termes), "total": len(termes), "jsonld": noeuds},
    )


def terme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    trouve = Terme.objects.publies().filter(slug=slug).for_detail().first()
    if trouve is None:
        raise Http404("Ce mot n'est pas dans le glossaire. Voyez la liste des mots expliqués.")
    page = terme.presenter(trouve)
    noeuds = graphe(jsonld.noeuds_terme(page, *_adresses(request)))
    return render(request, "guides/terme.html", {"page": page, "jsonld": noeuds})


def financements(request: HttpRequest) -> HttpResponse:
    """The memo about money: notes and questions, to be confirmed by an adviser."""
    notes = list(NoteDeFinancement.objects.publies())
    return render(
        request,
        "guides/financements.html",
        {
            "notes": notes,
            "nombre_a_reverifier": sum(note.est_a_reverifier for note in notes),
            "mois": MOIS_DE_CONFIANCE,
            "qr": qr.svg(request.build_absolute_uri(request.path)),
        },
    )


def _adresses(request: HttpRequest) -> tuple[str, str]:
    """The canonical address of the page and that of the site, both absolute."""
    return request.build_absolute_uri(request.path), request.build_absolute_uri("/")
