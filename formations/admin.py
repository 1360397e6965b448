"""Administration of the training offer: imported, but for the editors' notes and the links they confirm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from catalogue.admin import AdminEditorial, AdminOfficiel, LignesOfficielles, adresse_publique
from formations.models import (
    ChiffreSession,
    Commune,
    Departement,
    Epci,
    Formation,
    LienFormationMetier,
    Lieu,
    MetierCite,
    Organisme,
    PartieDeCommune,
    Passage,
    Provenance,
    Region,
    Session,
)


class MetiersCites(LignesOfficielles):
    model = MetierCite


@admin.register(Formation)
class FormationAdmin(AdminOfficiel):
    list_display = ["identifiant", "intitule", "niveau_sortie", "certification", "source", "retire_le"]
    list_display_links = ["identifiant", "intitule"]
    list_select_related = ["certification", "source"]
    list_filter = ["niveau_sortie", "source", ("note", admin.EmptyFieldListFilter)]
    search_fields = ["identifiant__iexact", "intitule", "sigle", "numero_certification__iexact"]
    champs_editoriaux = ["note"]
    fieldsets = [
        (None, {"fields": ["identifiant", "intitule", "sigle", "niveau_sortie", "source", "url"]}),
        (
            "La certification préparée",
            {"fields": ["certification", "numero_certification", "code_certifinfo"]},
        ),
        (
            "Ce qu'on y apprend",
            {"fields": ["objectif", "contenu", "acces", "poursuite_etudes", "duree", "duree_heures"]},
        ),
    ]
    inlines = [MetiersCites]
    listes_liees = ["liens_metiers", "sessions"]


@admin.register(Passage)
class PassageAdmin(AdminOfficiel):
    list_display = [
        "code_certifinfo",
        "numero_certification",
        "identifiant_formation",
        "intitule",
        "retire_le",
    ]
    list_display_links = ["code_certifinfo", "intitule"]
    list_filter = ["niveau", "certifiante"]
    search_fields = [
        "code_certifinfo__exact",
        "numero_certification__iexact",
        "identifiant_formation__iexact",
        "intitule",
    ]


class LienForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        # `origine` is not in the form: the constraint of the table is checked here.
        confirmes = LienFormationMetier.objects.filter(
            formation=donnees.get("formation"),
            metier=donnees.get("metier"),
            origine=LienFormationMetier.Origine.EDITEUR,
        )
        if confirmes.exclude(pk=self.instance.pk).exists():
            raise ValidationError("La rédaction a déjà confirmé ce lien.")
        return donnees


@admin.register(LienFormationMetier)
class LienFormationMetierAdmin(AdminEditorial):
    """Editors add and remove the links they confirm; those of the sources are only read."""

    form = LienForm
    list_display = ["formation", "metier", "origine"]
    list_select_related = ["formation", "metier"]
    list_filter = ["origine"]
    search_fields = ["formation__identifiant__iexact", "formation__intitule", "metier__code_rome__iexact"]
    ordering = ["pk"]
    show_full_result_count = False
    autocomplete_fields = ["formation", "metier"]
    fields = ["formation", "metier", "origine"]
    readonly_fields = ["origine"]

    def has_change_permission(self, request: HttpRequest, obj: LienFormationMetier | None = None) -> bool:
        return self._est_de_la_redaction(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: LienFormationMetier | None = None) -> bool:
        # Nothing is deleted by the lot: the list mixes the editors' links with the sources'.
        return (
            obj is not None and self._est_de_la_redaction(obj) and super().has_delete_permission(request, obj)
        )

    def save_model(self, request: HttpRequest, obj: LienFormationMetier, form: Any, change: bool) -> None:
        obj.origine = LienFormationMetier.Origine.EDITEUR
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj: LienFormationMetier) -> str | None:
        return adresse_publique(obj.formation)

    @staticmethod
    def _est_de_la_redaction(lien: LienFormationMetier | None) -> bool:
        return lien is None or lien.origine == LienFormationMetier.Origine.EDITEUR


@admin.register(Organisme)
class OrganismeAdmin(AdminOfficiel):
    list_display = ["nom", "siret", "uai", "type", "retire_le"]
    search_fields = ["nom", "sigle", "siret__startswith", "uai__iexact"]
    listes_liees = ["lieux", "sessions"]


@admin.register(Lieu)
class LieuAdmin(AdminOfficiel):
    list_display = ["__str__", "organisme", "code_postal", "ville", "commune", "departement"]
    list_select_related = ["organisme", "commune", "departement"]
    list_filter = ["departement", ("commune", admin.EmptyFieldListFilter)]
    search_fields = ["nom", "ville", "code_postal__startswith"]
    ordering = ["pk"]
    listes_liees = ["sessions"]


class Provenances(LignesOfficielles):
    model = Provenance
    lies = ["source", "version__source"]


class Chiffres(LignesOfficielles):
    model = ChiffreSession
    lies = ["source"]


@admin.register(Session)
class SessionAdmin(AdminOfficiel):
    """A million rows: best reached from a formation, an organisme or a lieu; searched by exact identifier."""

    list_display = ["identifiant", "formation", "organisme", "lieu", "debut", "voie", "modalite"]
    list_select_related = ["formation", "organisme", "lieu"]
    list_filter = ["voie", "modalite", "eligible_cpf"]
    search_fields = ["identifiant__exact"]
    search_help_text = "Identifiant exact de la session dans sa source."
    inlines = [Provenances, Chiffres]
    ordering = ["pk"]

    def view_on_site(self, obj: Session) -> str | None:
        return None if obj.formation.est_retire else adresse_publique(obj)


@admin.register(Commune)
class CommuneAdmin(AdminOfficiel):
    list_display = ["code", "nom", "departement", "epci"]
    list_display_links = ["code", "nom"]
    list_select_related = ["departement", "epci"]
    list_filter = ["departement__region"]
    search_fields = ["code__istartswith", "nom"]
    listes_liees = ["lieux", "parties"]


@admin.register(Epci)
class EpciAdmin(AdminOfficiel):
    list_display = ["code", "nom", "nature"]
    list_display_links = ["code", "nom"]
    list_filter = ["nature"]
    search_fields = ["code__exact", "nom"]
    listes_liees = ["communes"]


@admin.register(PartieDeCommune)
class PartieDeCommuneAdmin(AdminOfficiel):
    list_display = ["code", "nom", "type", "commune"]
    list_display_links = ["code", "nom"]
    list_select_related = ["commune"]
    list_filter = ["type"]
    search_fields = ["code__istartswith", "nom", "commune__nom"]


@admin.register(Departement)
class DepartementAdmin(AdminOfficiel):
    list_display = ["code", "nom", "region"]
    list_display_links = ["code", "nom"]
    list_select_related = ["region"]
    list_filter = ["region"]
    search_fields = ["code__iexact", "nom"]
    listes_liees = ["communes", "lieux"]


@admin.register(Region)
class RegionAdmin(AdminOfficiel):
    list_display = ["code", "nom"]
    list_display_links = ["code", "nom"]
    search_fields = ["code__iexact", "nom"]
    listes_liees = ["departements"]
