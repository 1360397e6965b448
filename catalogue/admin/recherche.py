"""The everyday words that editors teach the search."""

from django.contrib import admin

from catalogue.admin.base import AdminEditorial
from catalogue.models import Synonyme


@admin.register(Synonyme)
class SynonymeAdmin(AdminEditorial):
    list_display = ["expression", "equivalent"]
    list_display_links = ["expression", "equivalent"]
    search_fields = ["expression", "equivalent"]
