"""Pages that know every catalogue: home, sources, and what is said when something is missing."""

from __future__ import annotations

import logging
from datetime import date

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse

from catalogue.jsonld import graphe
from catalogue.models import Source
from certifications.models import Certification
from formations.models import Formation
from guides.models import Dossier
from metiers.models import Metier
from portail.jsonld import noeuds_site
from portail.resultats import grands_domaines

logger = logging.getLogger(__name__)

# The day the declaration was last read against the tests: change it with the page, not on its own.
DECLARATION_ETABLIE_LE = date(2026, 11, 22)

# The six RIASEC types as things one likes to do; the letter is the value of the facet « riasec ».
ENVIES = (
    (
        "R",
        "Fabriquer, réparer, travailler dehors",
        "Les types « réalistes » : des gestes, des outils, du concret.",
    ),
    (
        "I",
        "Comprendre, chercher, analyser",
        "Les types « investigateurs » : des questions, des données, des preuves.",
    ),
    ("A", "Créer, imaginer, s'exprimer", "Les types « artistiques » : des images, des mots, des formes."),
    ("S", "Aider, écouter, transmettre", "Les types « sociaux » : des personnes d'abord."),
    ("E", "Convaincre, décider, entreprendre", "Les types « entreprenants » : des projets et des résultats."),
    (
        "C",
        "Organiser, classer, vérifier",
        "Les types « conventionnels » : de l'ordre, des règles, de la précision.",
    ),
)


def accueil(request: HttpRequest) -> HttpResponse:
    """The doors: the fourteen grands domaines with their counts, and what the portal holds."""
    return render(
        request,
        "accueil.html",
        {
            "domaines": grands_domaines(),
            "nb_metiers": Metier.objects.publies().count(),
            "nb_certifications": Certification.objects.publies().count(),
            "nb_certifications_actives": Certification.objects.publies().actives().count(),
            "nb_formations": Formation.objects.publies().count(),
            "dossier": Dossier.objects.publies().recents_dabord().select_related("source").first(),
            "envies": ENVIES,
            "jsonld": graphe(noeuds_site(request.build_absolute_uri("/"))),
        },
    )


def sources(request: HttpRequest) -> HttpResponse:
    """Where the data come from, under which licence, and when each was last loaded."""
    return render(
        request, "sources.html", {"sources": Source.objects.prefetch_related("versions").order_by("nom")}
    )


def accessibilite(request: HttpRequest) -> HttpResponse:
    """The declaration: what was checked, with what, and what was not; no conformity is claimed without an audit."""
    return render(request, "accessibilite.html", {"etabli_le": DECLARATION_ETABLIE_LE})


def mentions_legales(request: HttpRequest) -> HttpResponse:
    """Who publishes, who answers, who hosts, as the deployment says; licences and personal data."""
    responsables = (
        ("Éditeur", settings.SITE_EDITEUR),
        ("Direction de la publication", settings.SITE_DIRECTION),
        ("Hébergeur", settings.SITE_HEBERGEUR),
        ("Contact", settings.SITE_CONTACT),
    )
    return render(
        request,
        "mentions_legales.html",
        {"responsables": responsables, "sources": Source.objects.order_by("nom")},
    )


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin; where the sitemap is."""
    lignes = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")


def requete_incomprise(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # Our pages write their own address: none can be shown under a name that is not ours.
        return HttpResponse(
            "Ce site ne répond pas à ce nom.", status=400, content_type="text/plain; charset=utf-8"
        )
    return render(request, "400.html", status=400)


def acces_refuse(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Also the answer to a form without its CSRF token, whose `reason` is for developers."""
    return render(request, "403.html", status=403)


def page_introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Our own sentence when a view gave one; never the resolver's."""
    message = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"message": message}, status=404)


def panne(request: HttpRequest) -> HttpResponse:
    """No context processor here: the database may be what failed. Nor may this page fail in its turn: its style sheet may be it."""
    try:
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    except Exception:
        logger.exception("The page that tells of a failure cannot be shown")
        return HttpResponse(
            "Quelque chose s'est cassé de notre côté. La panne vient d'être notée ; réessayez dans quelques minutes.",
            status=500,
            content_type="text/plain; charset=utf-8",
        )
