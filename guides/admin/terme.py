"""The glossary, and the report of the links that its sources break."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.admin import AdminAvecHistorique, AdminEditorial, LignesEditoriales
from catalogue.recherche.index import actualiser
from guides.models import LienDeSource, Terme, TypeDeTerme


class Types(admin.StackedInline):
    model = TypeDeTerme
    extra = 0


class LiensDeSource(LignesEditoriales):
    model = LienDeSource
    fk_name = "terme"


@admin.register(Terme)
class TermeAdmin(AdminAvecHistorique):
    list_display = ["terme", "definition_courte", "publie", "a_lier", "source", "modifie_le"]
    list_select_related = ["source"]
    list_filter = ["publie", "a_lier", "source", "verifie_le"]
    search_fields = ["terme", "autres_noms", "definition_courte"]
    prepopulated_fields = {"slug": ["terme"]}
    autocomplete_fields = ["termes_lies"]
    inlines = [Types, LiensDeSource]
    readonly_fields = ["modifie_le"]
    fieldsets = [
        (None, {"fields": ["terme", "slug", "publie", "definition_courte", "note"]}),
        ("Le reconnaître", {"fields": ["autres_noms", "a_lier", "termes_lies"]}),
        (
            "L'article",
            {
                "description": "Facultatif : la définition courte suffit à beaucoup de mots.",
                "fields": [
                    "definition",
                    "competences",
                    "diplomes",
                    "equipe",
                    "analyse",
                    "types_introduction",
                    "phrase_cle",
                    "points_forts",
                ],
            },
        ),
        ("Source et vérification", {"fields": ["source", "mots_cles", "verifie_le", "modifie_le"]}),
    ]

    def apres_ecriture(self, objets: Iterable[Terme]) -> None:
        # All of them, which are few: an address may have changed.
        actualiser("terme")
        super().apres_ecriture(objets)


class CibleFilter(admin.SimpleListFilter):
    """Whether the glossary has the notion that the source linked to."""

    title = "cible"
    parameter_name = "cible"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("absente", "Absente du glossaire"), ("trouvee", "Trouvée")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() in ("absente", "trouvee"):
            return queryset.filter(cible__isnull=self.value() == "absente")
        return queryset


@admin.register(LienDeSource)
class LienDeSourceAdmin(AdminEditorial):
    """The links of the sources; those without a target are the broken ones, printed as plain text."""

    list_display = ["libelle", "adresse", "terme", "cible", "remarque"]
    list_select_related = ["terme", "cible"]
    list_filter = [CibleFilter]
    search_fields = ["libelle", "adresse", "terme__terme"]
    autocomplete_fields = ["terme", "cible"]
