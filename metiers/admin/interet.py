"""Centres d'intérêt, secteurs d'activité, thèmes and lines of the NAF."""

from django.contrib import admin

from catalogue.admin import AdminOfficiel
from metiers.models import (
    CentreInteret,
    InteretDuMetier,
    Secteur,
    SecteurDuMetier,
    SecteurNaf,
    SousSecteur,
    Theme,
)


class NomenclatureAdmin(AdminOfficiel):
    """A code, a label, and the métiers filed under it."""

    list_display = ["code", "libelle", "retire_le"]
    list_display_links = ["code", "libelle"]
    search_fields = ["code__istartswith", "libelle"]


@admin.register(CentreInteret)
class CentreInteretAdmin(NomenclatureAdmin):
    listes_liees = ["metiers_lies"]


@admin.register(Secteur)
class SecteurAdmin(NomenclatureAdmin):
    listes_liees = ["sous_secteurs", "metiers_lies"]


@admin.register(SousSecteur)
class SousSecteurAdmin(NomenclatureAdmin):
    list_display = ["code", "libelle", "secteur", "retire_le"]
    list_select_related = ["secteur"]
    list_filter = ["secteur"]


@admin.register(Theme)
class ThemeAdmin(NomenclatureAdmin):
    listes_liees = ["metiers"]


@admin.register(SecteurNaf)
class SecteurNafAdmin(NomenclatureAdmin):
    listes_liees = ["metiers"]


@admin.register(InteretDuMetier)
class InteretDuMetierAdmin(AdminOfficiel):
    list_display = ["metier", "centre_interet", "principal"]
    list_select_related = ["metier", "centre_interet"]
    list_filter = ["principal", "centre_interet"]
    search_fields = ["metier__code_rome__iexact", "metier__libelle", "centre_interet__libelle"]


@admin.register(SecteurDuMetier)
class SecteurDuMetierAdmin(AdminOfficiel):
    list_display = ["metier", "secteur", "sous_secteur", "principal"]
    list_select_related = ["metier", "secteur", "sous_secteur"]
    list_filter = ["principal", "secteur"]
    search_fields = [
        "metier__code_rome__iexact",
        "metier__libelle",
        "secteur__libelle",
        "sous_secteur__libelle",
    ]
