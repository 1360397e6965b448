"""Links to métiers: suggested, confirmed, and to be confirmed again when the ROME moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.admin import AdminEditorial
from guides.models import EtapeDeParcours, LienRoleMetier
from guides.models.lien import LienConfirme


class LienForm(forms.ModelForm):
    """Another métier, or a fresh « confirmé », ties the link to the job of today."""

    def save(self, commit: bool = True) -> Any:
        if {"metier", "statut"} & set(self.changed_data):
            self.instance.oublier()
        return super().save(commit)


@admin.display(description="affichage")
def affichage(obj: LienConfirme) -> str:
    if obj.est_a_reconfirmer:
        return f"Mis de côté : confirmé pour « {obj.confirme_pour_libelle} »"
    return "Affiché" if obj.est_affichable else "Non affiché"


class LiensDuRole(admin.TabularInline):
    model = LienRoleMetier
    form = LienForm
    extra = 0
    autocomplete_fields = ["metier"]
    readonly_fields = ["affichage"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("metier")

    @admin.display(description="affichage")
    def affichage(self, obj: LienRoleMetier) -> str:
        return affichage(obj)


class Etapes(admin.TabularInline):
    model = EtapeDeParcours
    form = LienForm
    extra = 0
    autocomplete_fields = ["metier", "role"]
    readonly_fields = ["affichage"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("metier", "role")

    @admin.display(description="affichage")
    def affichage(self, obj: EtapeDeParcours) -> str:
        return affichage(obj)


class AffichageFilter(admin.SimpleListFilter):
    """What visitors see of the link."""

    title = "affichage"
    parameter_name = "affichage"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("affiche", "Affiché"), ("suggere", "Suggéré"), ("reconfirmer", "À reconfirmer")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "affiche":
            return queryset.affichables()
        if self.value() == "suggere":
            return queryset.filter(confirme_pour="")
        if self.value() == "reconfirmer":
            return queryset.a_reconfirmer()
        return queryset


@admin.register(LienRoleMetier)
class LienRoleMetierAdmin(AdminEditorial):
    """The editors' working list: what is suggested, what the last ROME has put aside."""

    form = LienForm
    list_display = ["role", "metier", "statut", "affichage", "raison"]
    list_select_related = ["role", "metier"]
    list_filter = [AffichageFilter, "role__famille__dossier"]
    search_fields = ["role__titre", "metier__libelle", "metier__code_rome__istartswith"]
    autocomplete_fields = ["role", "metier"]
    readonly_fields = ["affichage"]
    actions = ["confirmer", "suggerer"]

    @admin.display(description="affichage")
    def affichage(self, obj: LienRoleMetier) -> str:
        return affichage(obj)

    @admin.action(description="Confirmer pour le métier tel qu'il est aujourd'hui", permissions=["change"])
    def confirmer(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decider(request, queryset, LienRoleMetier.Statut.CONFIRME)

    @admin.action(description="Revenir à une simple suggestion", permissions=["change"])
    def suggerer(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decider(request, queryset, LienRoleMetier.Statut.SUGGERE)

    def _decider(self, request: HttpRequest, queryset: QuerySet, statut: LienRoleMetier.Statut) -> None:
        with transaction.atomic():
            liens = list(queryset.select_related("metier"))
            for lien in liens:
                lien.statut = statut
                lien.oublier()
                lien.save()
            self.apres_ecriture(liens)
        self.message_user(request, f"{len(liens)} lien(s) : {statut.label.lower()}.")
