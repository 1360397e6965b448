"""The everyday words that editors teach the search, and the searches that found nothing."""

from __future__ import annotations

from django.contrib import admin

from catalogue.admin.base import AdminEditorial, AdminOfficiel
from catalogue.models import RechercheVaine, Synonyme


@admin.register(Synonyme)
class SynonymeAdmin(AdminEditorial):
    list_display = ["expression", "equivalent"]
    list_display_links = ["expression", "equivalent"]
    search_fields = ["expression", "equivalent"]


@admin.register(RechercheVaine)
class RechercheVaineAdmin(AdminOfficiel):
    """A report: read it to know which synonyms are missing. The oldest rows go by themselves."""

    list_display = ["mots", "nombre", "jour"]
    search_fields = ["mots"]
    date_hierarchy = "jour"
    ordering = ["-nombre", "-jour"]
