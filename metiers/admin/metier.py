"""Métiers, their titles and their codes, as the ROME gives them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalogue.admin import AdminOfficiel
from metiers.models import (
    AncienCode,
    Appellation,
    DomaineProfessionnel,
    FicheEditoriale,
    GrandDomaine,
    Metier,
    Mobilite,
)


class TextesFilter(admin.SimpleListFilter):
    """Which métiers still wait for the editors' words."""

    title = "textes de la rédaction"
    parameter_name = "textes"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("affiches", "Affichés"), ("aucun", "Aucun affiché")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        affiches = Exists(FicheEditoriale.objects.affichables().filter(metier=OuterRef("pk")))
        if self.value() == "affiches":
            return queryset.filter(affiches)
        if self.value() == "aucun":
            return queryset.exclude(affiches)
        return queryset


@admin.register(Metier)
class MetierAdmin(AdminOfficiel):
    list_display = ["code_rome", "libelle", "domaine", "niveau_acces", "score_acces", "retire_le"]
    list_display_links = ["code_rome", "libelle"]
    list_select_related = ["domaine"]
    list_filter = [
        TextesFilter,
        "domaine__grand_domaine",
        "niveau_acces",
        "niveau_acces_origine",
        "emploi_reglemente",
    ]
    search_fields = [
        "code_rome__istartswith",
        "libelle",
        "code_ogr__exact",
        "anciens_codes__code_rome__iexact",
    ]
    readonly_fields = ["textes"]
    fieldsets = [
        (None, {"fields": ["code_rome", "libelle", "textes"]}),
        (
            "Ce qu'en dit le ROME",
            {"fields": ["definition", "acces_metier", "riasec_majeur", "riasec_mineur"]},
        ),
        ("Place dans le ROME", {"fields": ["domaine", "parent", "successeur", "themes", "secteurs_naf"]}),
        (
            "Repères",
            {
                "fields": [
                    "transition_ecologique",
                    "transition_numerique",
                    "transition_demographique",
                    "emploi_reglemente",
                    "emploi_cadre",
                ]
            },
        ),
        (
            "Accès au métier (calculé)",
            {"fields": ["niveau_acces", "niveau_acces_origine", "score_acces", "bande_acces"]},
        ),
        ("Identité", {"fields": ["code_ogr", "code_fiche_metier", "temoin"]}),
    ]
    listes_liees = [
        "fiches_editoriales",
        "appellations",
        "competences_requises",
        "savoirs_requis",
        "contextes_du_metier",
        "mobilites",
        "interets_du_metier",
        "secteurs_du_metier",
        "indicateurs",
        "liens_onisep",
        "anciens_codes",
        "reaffectations",
    ]

    @admin.display(description="textes de la rédaction")
    def textes(self, obj: Metier) -> SafeString | str:
        fiche = obj.fiches_editoriales.filter(ecrit_pour=obj.temoin).first()
        if fiche is not None:
            adresse = reverse("admin:metiers_ficheeditoriale_change", args=[fiche.pk])
            return format_html('<a href="{}">Relire ou modifier les textes</a>', adresse)
        if obj.est_retire:
            return "Aucun"
        adresse = reverse("admin:metiers_ficheeditoriale_add")
        return format_html('<a href="{}?metier={}">Écrire les textes de ce métier</a>', adresse, obj.pk)


@admin.register(Appellation)
class AppellationAdmin(AdminOfficiel):
    list_display = ["code_ogr", "libelle", "metier", "principale", "peu_usitee", "retire_le"]
    list_display_links = ["code_ogr", "libelle"]
    list_select_related = ["metier"]
    list_filter = ["principale", "peu_usitee"]
    search_fields = ["code_ogr__exact", "libelle", "libelle_court", "metier__code_rome__iexact"]
    ordering = ["libelle"]


@admin.register(GrandDomaine)
class GrandDomaineAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "retire_le"]
    search_fields = ["code__iexact", "libelle"]
    listes_liees = ["domaines"]


@admin.register(DomaineProfessionnel)
class DomaineProfessionnelAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "grand_domaine", "retire_le"]
    list_select_related = ["grand_domaine"]
    list_filter = ["grand_domaine"]
    search_fields = ["code__istartswith", "libelle"]
    listes_liees = ["metiers"]


@admin.register(AncienCode)
class AncienCodeAdmin(AdminOfficiel):
    list_display = ["code_rome", "metier", "version"]
    list_select_related = ["metier", "version__source"]
    search_fields = ["code_rome__istartswith", "metier__code_rome__istartswith", "metier__libelle"]


@admin.register(Mobilite)
class MobiliteAdmin(AdminOfficiel):
    list_display = ["metier", "ordre", "cible"]
    list_select_related = ["metier", "cible"]
    search_fields = [
        "metier__code_rome__iexact",
        "metier__libelle",
        "cible__code_rome__iexact",
        "cible__libelle",
    ]
    ordering = ["metier__code_rome", "ordre"]
