"""Every address of the portal; the paths are what visitors read, in French."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from guides import urls as guides
from portail import api_docs, recherche, views
from portail.api import api
from portail.sitemaps import SITEMAPS

admin.site.site_header = "Administration du portail"
admin.site.site_title = "Administration"
admin.site.index_title = "Données et textes"

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("metiers/", include("metiers.urls")),
    path("certifications/", include("certifications.urls")),
    path("formations/", include("formations.urls")),
    path("dossiers/", include(guides.dossiers)),
    path("glossaire/", include(guides.glossaire)),
    path("financements/", include(guides.financements)),
    path("", include("orientation.urls")),
    path("api/", api_docs.page, name="api_documentation"),
    path("api/v1/openapi.json", api_docs.openapi, name="api_openapi"),
    path("api/v1/", api.urls),
    path("recherche/", recherche.recherche, name="recherche"),
    path("recherche/suggestions/", recherche.suggestions, name="suggestions"),
    path("sources/", views.sources, name="sources"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("mentions-legales/", views.mentions_legales, name="mentions"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("robots.txt", views.robots, name="robots"),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    from portail.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "portail.views.requete_incomprise"
handler403 = "portail.views.acces_refuse"
handler404 = "portail.views.page_introuvable"
handler500 = "portail.views.panne"
