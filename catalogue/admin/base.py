"""What every page of the administration shares.

Two owners: an official record is read, never written, but for the columns named in `champs_editoriaux`. Whatever an
editor saves advances the version of the catalogue, so that visitors meet it at once. Tables may hold a million rows:
lists never count the whole table twice, never offer a menu of thousands, and lead to other lists instead of holding
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin

from catalogue.models import Officiel, VersionCatalogue
from catalogue.models.chiffre import nombre_en_francais


class EnVigueurFilter(admin.SimpleListFilter):
    """Held by the last edition of the source, or withdrawn since."""

    title = "présence dans la source"
    parameter_name = "vigueur"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("oui", "En vigueur"), ("non", "Retirée")]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet | None:
        return {"oui": queryset.publies, "non": queryset.retires}.get(self.value() or "", queryset.all)()


def adresse_publique(objet: Any) -> str | None:
    """The address where visitors read the record; None when it has no page of its own, or no longer has one."""
    if not hasattr(objet, "get_absolute_url") or getattr(objet, "est_retire", False):
        return None
    try:
        return objet.get_absolute_url()
    except NoReverseMatch:  # this deployment does not serve that catalogue
        return None


class AdminEditorial(admin.ModelAdmin):
    """Records that editors write."""

    list_per_page = 50
    list_max_show_all = 200
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def apres_ecriture(self, objets: Iterable[Any]) -> None:
        """Runs in the transaction of the save or of the deletion, once inlines are written."""
        VersionCatalogue.avancer()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.apres_ecriture([form.instance])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)
            self.apres_ecriture([obj])

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        objets = list(queryset)
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            self.apres_ecriture(objets)

    def view_on_site(self, obj: Any) -> str | None:
        return adresse_publique(obj)


class AdminAvecHistorique(SimpleHistoryAdmin, AdminEditorial):
    """Editors' texts whose earlier states can be read, and given back."""

    # The package's own template holds an inline style, which the security policy refuses.
    object_history_list_template = "admin/historique.html"

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        # Giving back a version saves the record alone, outside `save_related` and outside any transaction.
        with transaction.atomic():
            reponse = super().history_form_view(request, object_id, version_id, extra_context)
            rendue = self.get_object(request, object_id)
            if request.method == "POST" and reponse.status_code == 302 and rendue is not None:
                self.apres_ecriture([rendue])
        return reponse


class AdminOfficiel(AdminEditorial):
    """Records that imports write: neither added nor deleted by hand, read-only but for `champs_editoriaux`."""

    champs_editoriaux: Sequence[str] = ()
    listes_liees: Sequence[str] = ()
    """Reverse relations shown as links to their own list, already filtered, with the number of rows."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        ouverte = bool(self.champs_editoriaux) or any(
            issubclass(inline, (LignesEditoriales, FicheLiee)) for inline in self.inlines
        )
        return ouverte and super().has_change_permission(request, obj)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filtres = list(super().get_list_filter(request))
        return [EnVigueurFilter, *filtres] if issubclass(self.model, Officiel) else filtres

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        declares = [*self.readonly_fields, "voir_aussi"]
        return [*self._champs_officiels(), *(nom for nom in declares if nom not in self.champs_editoriaux)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fieldsets declared and the official columns left; then the editors' own, the provenance, the links."""
        groupes = list(self.fieldsets or [])
        ranges = {"version", "retire_le", *(self.exclude or ()), *flatten_fieldsets(groupes)}
        restants: list[Any] = [nom for nom in self._champs_officiels() if nom not in ranges]
        if restants:
            titre = "Autres données officielles" if groupes else "Données officielles"
            groupes.append((titre, {"fields": restants}))
        if self.champs_editoriaux:
            groupes.append(("Rédaction", {"fields": list(self.champs_editoriaux)}))
        if issubclass(self.model, Officiel):
            groupes.append(("Provenance", {"fields": ["version", "retire_le"]}))
        if self.listes_liees:
            groupes.append(("Listes liées", {"fields": ["voir_aussi"]}))
        return groupes

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        # The official columns read a moment ago are not written back: an import may have run meanwhile.
        if self.champs_editoriaux:
            obj.save(update_fields=[*self.champs_editoriaux])

    @admin.display(description="voir aussi")
    def voir_aussi(self, obj: Any) -> SafeString:
        return format_html_join(" · ", "{}", ((lien_vers_liste(obj, nom),) for nom in self.listes_liees))

    def _champs_officiels(self) -> list[str]:
        champs = [*self.opts.fields, *self.opts.many_to_many]
        automatiques = {self.opts.pk.name} if isinstance(self.opts.pk, models.AutoField) else set()
        return [c.name for c in champs if c.name not in automatiques and c.name not in self.champs_editoriaux]


def lien_vers_liste(objet: models.Model, relation: str) -> SafeString:
    """« Partenaires (312) », leading to the list of the administration filtered on `objet`."""
    inverse: Any = objet._meta.get_field(relation)
    lies: type[models.Model] = inverse.related_model
    adresse = reverse(f"admin:{lies._meta.app_label}_{lies._meta.model_name}_changelist")
    filtre = urlencode({f"{inverse.field.name}__{objet._meta.pk.name}__exact": objet.pk})
    nombre = nombre_en_francais(getattr(objet, relation).count())
    return format_html(
        '<a href="{}?{}">{} ({})</a>', adresse, filtre, capfirst(lies._meta.verbose_name_plural), nombre
    )


class LignesOfficielles(admin.TabularInline):
    """A few imported rows, shown inside the record they belong to."""

    extra = 0
    can_delete = False
    lies: Sequence[str] = ()
    """Foreign keys that the rows show, read in the same query."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return (
            super().get_queryset(request).select_related(*self.lies)
            if self.lies
            else super().get_queryset(request)
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def view_on_site(self, obj: Any) -> str | None:
        return None


class LignesEditoriales(admin.TabularInline):
    """Rows that editors write inside a record; small nomenclatures only, each read once for all the rows."""

    extra = 0
    lies: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return (
            super().get_queryset(request).select_related(*self.lies)
            if self.lies
            else super().get_queryset(request)
        )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        champ = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if champ is not None:
            choix: Any = champ.choices
            champ.choices = list(choix)
        return champ


class FicheLiee(admin.StackedInline):
    """The single record of editors' texts that goes with an official record; left empty, none is written."""

    extra = 1
    max_num = 1
    can_delete = False
