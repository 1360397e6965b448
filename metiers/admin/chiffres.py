"""Figures attached by imports, and the two vocabularies editors keep: kinds of figures, dimensions of profiles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalogue.admin import AdminEditorial, AdminOfficiel
from metiers.models import DimensionPsychometrique, Indicateur, NatureIndicateur


@admin.register(NatureIndicateur)
class NatureIndicateurAdmin(AdminEditorial):
    list_display = ["libelle", "code", "theme", "ordre"]
    list_filter = ["theme"]
    search_fields = ["code", "libelle"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    # Figures quote it: it is reworded, never deleted.
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Indicateur)
class IndicateurAdmin(AdminOfficiel):
    list_display = ["metier", "nature", "en_clair", "territoire", "millesime", "source"]
    list_select_related = ["metier", "nature", "source"]
    list_filter = ["nature__theme", "nature", "source"]
    search_fields = ["metier__code_rome__iexact", "metier__libelle", "code_nomenclature__exact"]
    ordering = ["pk"]

    @admin.display(description="valeur", ordering="valeur")
    def en_clair(self, obj: Indicateur) -> str:
        return obj.en_clair


@admin.register(DimensionPsychometrique)
class DimensionPsychometriqueAdmin(AdminEditorial):
    list_display = ["libelle", "code", "modele", "ordre"]
    list_filter = ["modele"]
    search_fields = ["code", "libelle"]
