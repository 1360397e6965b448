"""The page that lists the fiches of a catalogue: facets, numbered pages, the state in the address."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.generic import ListView

from catalogue import jsonld
from catalogue.facettes import FacettesFilterSet
from catalogue.gabarits import composant, rendre
from catalogue.garde import par_version
from catalogue.pagination import Pages

PAR_PAGE = 30
PARTIE = "listes/partie.jinja"
CARTES_GARDEES = 2_000
"""About a kilobyte each; beyond, those kept are forgotten all at once."""


class ListeAFacettes(ListView):
    """A subclass names its `filterset_class`, its template and its `base()` queryset.

    `composant` shows a record. `gabarit_du_bilan` names what says their order, if it takes more than a line.
    """

    request: HttpRequest
    template_name: str
    filterset_class: type[FacettesFilterSet]
    paginate_by = PAR_PAGE
    context_object_name = "fiches"
    composant = ""
    gabarit_du_bilan = ""
    titre = ""
    """The name of the catalogue, as its page and its breadcrumb say it."""

    def base(self) -> QuerySet:
        """What can be listed, in its order, before any filter."""
        raise Http404

    def get_queryset(self) -> Any:
        # Composed once: it is only ever narrowed, by what makes another of it.
        base = par_version((type(self).__qualname__, "base"), self.base)
        self.filtre = self.filterset_class(self.request.GET, base, chemin=self.request.path)
        return self.filtre.resultats

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """To htmx, the part that changes; to a browser, even one that goes back in its history, the whole page."""
        htmx = self.request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
        if htmx and not htmx.history_restore_request:
            return HttpResponse(rendre(PARTIE, context | {"en_reponse_a_htmx": True}))
        liste = rendre(PARTIE, context | {"en_reponse_a_htmx": False})
        return super().render_to_response(context | {"liste": liste}, **response_kwargs)

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator = self.get_paginator(queryset, page_size)
        numero = self.request.GET.get("page") or 1
        try:
            page = paginator.page(numero)
        except InvalidPage as erreur:
            pages = "une seule page" if paginator.num_pages == 1 else f"{paginator.num_pages} pages"
            raise Http404(
                f"La page « {str(numero)[:20]} » n'existe pas : cette liste compte {pages}."
            ) from erreur
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexte = super().get_context_data(**kwargs)
        page = contexte["page_obj"]
        return contexte | {
            "action": self.request.path,
            "filtre": self.filtre,
            "titre": self.titre,
            "nom": self.titre.lower().removesuffix("s"),
            "cartes": self._cartes(page.object_list),
            "gabarit_du_bilan": self.gabarit_du_bilan,
            "total": page.paginator.count,
            "jsonld": self._graphe(page),
            "pages": Pages(page, self.request.GET),
            "site_nom": settings.SITE_NOM,
        }

    def cle_de_carte(self, fiche: Any) -> Hashable:
        """What the card of a record depends on, besides the version of the catalogue; None when too much does to keep it."""
        return fiche.pk

    def _cartes(self, fiches: Iterable[Any]) -> Iterator[SafeString]:
        """Each record as it is shown; written once for all where the filter set keeps it."""
        gardees = self.filtre.cartes
        for fiche in fiches:
            cle = self.cle_de_carte(fiche)
            carte = gardees.get(cle)
            if carte is None:
                carte = composant(self.composant, fiche)
                if len(gardees) > CARTES_GARDEES:
                    gardees.clear()
                if cle is not None:
                    gardees[cle] = carte
            yield carte

    def _graphe(self, page: Any) -> str:
        racine = self.request.build_absolute_uri("/")
        adresse = self.request.build_absolute_uri(self.request.path)
        elements = [
            (str(fiche), f"{racine.rstrip('/')}{fiche.get_absolute_url()}") for fiche in page.object_list
        ]
        return jsonld.ecrire(
            [
                jsonld.liste(self.titre, adresse, elements, page.paginator.count, page.start_index()),
                jsonld.fil_dariane([("Accueil", racine), (self.titre, adresse)]),
            ]
        )
