"""The index of what is worth finding: canonical pages that answer 200, with the true date of what they say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Officiel
from certifications.models import BlocDeCompetences, Certification
from formations.models import Formation
from guides.models import Dossier, Terme
from metiers.models import FicheOnisep, Metier


class PagesOfficielles(Sitemap):
    """Published records; `lastmod` is the date of the edition that holds them, or of a later edit."""

    limit = 10_000

    def lastmod(self, objet: Any) -> date | None:
        return date_des_donnees(objet, getattr(objet, "edite_le", None))


class Metiers(PagesOfficielles):
    def items(self) -> QuerySet:
        edite = Max(
            "fiches_editoriales__modifie_le",
            filter=Q(fiches_editoriales__publie=True, fiches_editoriales__ecrit_pour=F("temoin")),
        )
        return (
            Metier.objects.publies().select_related("version").annotate(edite_le=edite).order_by("code_rome")
        )


class FichesOnisep(PagesOfficielles):
    def items(self) -> QuerySet:
        return (
            FicheOnisep.objects.publies()
            .select_related("version")
            .only("identifiant", "version")
            .order_by("identifiant")
        )


class Certifications(PagesOfficielles):
    def items(self) -> QuerySet:
        return (
            Certification.objects.publies()
            .select_related("version")
            .only("numero", "type", "intitule", "version")
            .annotate(edite_le=Max("editorial__modifie_le"))
            .order_by("numero")
        )


class Blocs(PagesOfficielles):
    def items(self) -> QuerySet:
        return (
            BlocDeCompetences.objects.publies()
            .filter(certification__retire_le__isnull=True)
            .select_related("version")
            .only("code", "certification", "version")
            .order_by("certification", "code")
        )


class Formations(PagesOfficielles):
    def items(self) -> QuerySet:
        return Formation.objects.publies().select_related("version").order_by("identifiant")


class Ecrits(Sitemap):
    """What editors write; the date is that of their last edit."""

    limit = 10_000

    def lastmod(self, ecrit: Any) -> date:
        return timezone.localdate(ecrit.modifie_le)


class Dossiers(Ecrits):
    def items(self) -> QuerySet:
        return Dossier.objects.publies().only("slug", "modifie_le").order_by("slug")


class Termes(Ecrits):
    def items(self) -> QuerySet:
        return Terme.objects.publies().only("slug", "modifie_le").order_by("slug")


class Rubriques(Sitemap):
    """The doors: home and lists."""

    def items(self) -> list[str]:
        return [
            "accueil",
            "metiers:liste",
            "certifications:liste",
            "formations:liste",
            "dossiers:liste",
            "glossaire:liste",
            "sources",
            "accessibilite",
            "mentions",
        ]

    def location(self, nom: str) -> str:
        return reverse(nom)


def date_des_donnees(objet: Officiel, edite_le: datetime | None = None) -> date | None:
    """When what the page says was last true to its source, or edited; never the day of the request."""
    dates = []
    if objet.version is not None:
        dates.append(objet.version.publiee_le or timezone.localdate(objet.version.premier_import))
    if edite_le is not None:
        dates.append(timezone.localdate(edite_le))
    return max(dates, default=None)


SITEMAPS = {
    "rubriques": Rubriques,
    "metiers": Metiers,
    "onisep": FichesOnisep,
    "certifications": Certifications,
    "blocs": Blocs,
    "formations": Formations,
    "dossiers": Dossiers,
    "glossaire": Termes,
}
