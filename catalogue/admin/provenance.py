"""Sources, the editions loaded, and what each import did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalogue.admin.base import AdminEditorial, AdminOfficiel
from catalogue.models import ImportEffectue, Source, VersionReferentiel
from catalogue.models.chiffre import nombre_en_francais


@admin.register(Source)
class SourceAdmin(AdminEditorial):
    list_display = ["nom", "code", "producteur", "licence"]
    list_filter = ["licence"]
    search_fields = ["code", "nom", "producteur"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    # Every figure quotes its source: a source is corrected, never deleted.
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VersionReferentiel)
class VersionReferentielAdmin(AdminOfficiel):
    list_display = ["source", "version", "publiee_le", "premier_import", "dernier_import"]
    list_select_related = ["source"]
    list_filter = ["source"]
    search_fields = ["source__code", "source__nom", "version"]
    date_hierarchy = "dernier_import"
    ordering = ["-dernier_import", "-pk"]
    listes_liees = ["imports"]


@admin.register(ImportEffectue)
class ImportEffectueAdmin(AdminOfficiel):
    list_display = ["date", "source", "edition", "fichier", "nombre_de_rejets"]
    list_select_related = ["version__source"]
    list_filter = ["version__source"]
    search_fields = ["fichier", "version__source__code", "version__version"]
    date_hierarchy = "date"
    readonly_fields = ["tableau", "premiers_rejets"]
    exclude = ["bilan", "rejets"]  # shown as tables
    fieldsets = [
        (None, {"fields": ["version", "date", "fichier"]}),
        ("Ce que l'import a fait", {"fields": ["tableau"]}),
        ("Ce qu'il a laissé de côté", {"fields": ["nombre_de_rejets", "premiers_rejets"]}),
    ]

    @admin.display(description="source", ordering="version__source__nom")
    def source(self, obj: ImportEffectue) -> str:
        return str(obj.version.source)

    @admin.display(description="version")
    def edition(self, obj: ImportEffectue) -> str:
        return obj.version.libelle

    @admin.display(description="bilan")
    def tableau(self, obj: ImportEffectue) -> SafeString:
        colonnes = ["crees", "modifies", "inchanges", "retires"]
        lignes = [
            [objet, *(nombre_en_francais(bilan.get(c, 0)) for c in colonnes)]
            for objet, bilan in obj.bilan.items()
        ]
        return tableau(["Table", "Créés", "Modifiés", "Inchangés", "Retirés"], lignes)

    @admin.display(description="premiers rejets")
    def premiers_rejets(self, obj: ImportEffectue) -> SafeString | str:
        return tableau(["Objet", "Clé", "Raison"], obj.rejets) if obj.rejets else "Aucun rejet."


def tableau(entetes: Sequence[str], lignes: Iterable[Sequence[Any]]) -> SafeString:
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        format_html_join("", '<th scope="col">{}</th>', ((entete,) for entete in entetes)),
        format_html_join(
            "",
            "<tr>{}</tr>",
            ((format_html_join("", "<td>{}</td>", ((cellule,) for cellule in ligne)),) for ligne in lignes),
        ),
    )
