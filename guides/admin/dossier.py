"""A dossier and what it holds: families, roles, trends, paths, figures, reported words.

The dossier's page holds what is one level below it; families and paths open on a page of their own, with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from catalogue.admin import AdminAvecHistorique, AdminEditorial, LignesEditoriales
from catalogue.recherche.index import actualiser
from guides.admin.liens import Etapes, LiensDuRole
from guides.models import (
    ChiffreDuDossier,
    Citation,
    Dossier,
    Famille,
    ParcoursEvolution,
    Role,
    Tendance,
)


class AdminQuiSeCherche(AdminEditorial):
    """What is saved here can be found: the few dossiers are indexed anew, under the titles of their roles too."""

    def apres_ecriture(self, objets: Iterable[Any]) -> None:
        actualiser("guide")
        super().apres_ecriture(objets)


class Familles(LignesEditoriales):
    model = Famille
    show_change_link = True


class Tendances(admin.StackedInline):
    model = Tendance
    extra = 0


class Parcours(LignesEditoriales):
    model = ParcoursEvolution
    show_change_link = True


class Citations(LignesEditoriales):
    model = Citation


class Chiffres(admin.StackedInline):
    """Figures, each with the study that the source invokes."""

    model = ChiffreDuDossier
    extra = 0
    fieldsets = [
        (None, {"fields": [("sujet", "role", "ordre"), "precision", ("selon", "source", "millesime")]}),
        (
            "Valeur",
            {"fields": [("valeur", "valeur_affichee", "unite"), "valeur_texte", ("effectif", "territoire")]},
        ),
    ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            dossier = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            kwargs["queryset"] = Role.objects.filter(famille__dossier=dossier)
        champ: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if champ is not None:
            champ.choices = list(champ.choices)
        return champ


class Roles(LignesEditoriales):
    """The roles of a family, in short; the link opens the whole role."""

    model = Role
    fields = ["ordre", "titre", "accroche"]
    show_change_link = True


@admin.register(Dossier)
class DossierAdmin(AdminAvecHistorique, AdminQuiSeCherche):
    list_display = ["titre", "rubrique", "date", "publie", "verifie_le", "modifie_le"]
    list_filter = ["publie", "rubrique", "source", "verifie_le"]
    search_fields = ["titre", "introduction", "familles__roles__titre"]
    date_hierarchy = "date"
    prepopulated_fields = {"slug": ["titre"]}
    inlines = [Familles, Tendances, Parcours, Chiffres, Citations]
    readonly_fields = ["modifie_le"]
    fieldsets = [
        (None, {"fields": ["titre", "slug", "publie", "accroche"]}),
        ("La source", {"fields": ["source", ("rubrique", "date"), ("auteur", "editeur"), "laisse_de_cote"]}),
        (
            "Les textes",
            {"fields": ["introduction", "competences_introduction", "avenir_introduction", "conclusion"]},
        ),
        ("Vérification", {"fields": ["verifie_le", "modifie_le"]}),
    ]


@admin.register(Famille)
class FamilleAdmin(AdminQuiSeCherche):
    list_display = ["titre", "dossier", "ordre"]
    list_select_related = ["dossier"]
    list_filter = ["dossier"]
    search_fields = ["titre", "dossier__titre"]
    inlines = [Roles]


@admin.register(Role)
class RoleAdmin(AdminQuiSeCherche):
    list_display = ["titre", "famille", "dossier", "liens"]
    list_select_related = ["famille__dossier"]
    list_filter = ["famille__dossier"]
    search_fields = ["titre", "accroche", "famille__titre"]
    inlines = [LiensDuRole]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(
                nb_confirmes=models.Count("liens_metiers", filter=~models.Q(liens_metiers__confirme_pour="")),
                nb_liens=models.Count("liens_metiers"),
            )
        )

    @admin.display(description="dossier", ordering="famille__dossier__titre")
    def dossier(self, obj: Role) -> str:
        return str(obj.famille.dossier)

    @admin.display(description="métiers")
    def liens(self, obj: Any) -> str:
        if not obj.nb_liens:
            return "aucun"
        return f"{obj.nb_confirmes} confirmé(s), {obj.nb_liens - obj.nb_confirmes} suggéré(s)"


@admin.register(ParcoursEvolution)
class ParcoursAdmin(AdminEditorial):
    list_display = ["titre", "dossier", "etapes"]
    list_select_related = ["dossier"]
    list_filter = ["dossier"]
    search_fields = ["titre", "etapes__libelle"]
    inlines = [Etapes]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("etapes")

    @admin.display(description="étapes")
    def etapes(self, obj: ParcoursEvolution) -> str:
        return " → ".join(etape.libelle for etape in obj.etapes.all())
