"""Three families of addresses, each included under its own path by the portal."""

from django.urls import path

from guides import views

dossiers = (
    [
        path("", views.dossiers, name="liste"),
        path("<slug:slug>/", views.dossier_detail, name="detail"),
    ],
    "dossiers",
)

glossaire = (
    [
        path("", views.glossaire, name="liste"),
        path("<slug:slug>/", views.terme_detail, name="detail"),
    ],
    "glossaire",
)

financements = ([path("", views.financements, name="liste")], "financements")
