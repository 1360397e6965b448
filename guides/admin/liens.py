"""Links to métiers: suggested, confirmed, and to be confirmed again when the ROME moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.admin import AdminEditorial
from guides.models import EtapeDeParcours, LienRoleMetier
from guides.models.lien import LienConfirme


class ChoixDejaLu(AutocompleteSelect):
    """Names the choice already made from the row at hand: Django would ask for it again, row by row."""

    deja_lu: Any = None

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if self.deja_lu is None or [str(v) for v in value] != [str(self.deja_lu.pk)]:
            return super().optgroups(name, value, attrs)
        vide = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        choisi = self.create_option(name, self.deja_lu.pk, str(self.deja_lu), True, len(vide))
        return [(None, [*vide, choisi], 0)]


class LienForm(forms.ModelForm):
    """Another métier, or a fresh « confirmé », ties the link to the job of today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, champ in self.fields.items():
            widget: Any = getattr(champ.widget, "widget", champ.widget)
            if isinstance(widget, ChoixDejaLu) and self.instance.pk:
                widget.deja_lu = getattr(self.instance, nom)

    def save(self, commit: bool = True) -> Any:
        if {"metier", "statut"} & set(self.changed_data):
            self.instance.oublier()
        return super().save(commit)


@admin.display(description="affichage")
def affichage(obj: LienConfirme) -> str:
    if obj.est_a_reconfirmer:
        return f"Mis de côté : confirmé pour « {obj.confirme_pour_libelle} »"
    return "Affiché" if obj.est_affichable else "Non affiché"


class LignesDeLiens(admin.TabularInline):
    form = LienForm
    extra = 0
    readonly_fields = ["affichage"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChoixDejaLu(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class LiensDuRole(LignesDeLiens):
    model = LienRoleMetier
    autocomplete_fields = ["metier"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("role", "metier")

    @admin.display(description="affichage")
    def affichage(self, obj: LienRoleMetier) -> str:
        return affichage(obj)


class Etapes(LignesDeLiens):
    model = EtapeDeParcours
    autocomplete_fields = ["metier", "role"]

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
