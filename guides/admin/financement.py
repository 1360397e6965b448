"""Notes of financing and questions to a training centre; those to check again are said on top of the list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from catalogue.admin import AdminAvecHistorique
from guides.models import NoteDeFinancement, QuestionAPoser
from guides.models.financement import MOIS_DE_CONFIANCE


class FraicheurFilter(admin.SimpleListFilter):
    """Checked recently, or to check again."""

    title = "vérification"
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("a_refaire", "À revérifier"), ("recente", f"Depuis moins de {MOIS_DE_CONFIANCE} mois")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "a_refaire":
            return queryset.a_reverifier()
        if self.value() == "recente":
            return queryset.exclude(pk__in=queryset.a_reverifier())
        return queryset


@admin.register(NoteDeFinancement)
class NoteDeFinancementAdmin(AdminAvecHistorique):
    list_display = ["dispositif", "public", "source", "date_verification", "est_recente", "ordre", "publie"]
    list_filter = [FraicheurFilter, "publie"]
    search_fields = ["dispositif", "public", "condition", "source"]
    readonly_fields = ["modifie_le"]
    fieldsets = [
        (None, {"fields": ["dispositif", "public", "condition", "pris_en_charge", "a_demander"]}),
        ("Source et vérification", {"fields": ["source", "lien", "date_verification", "modifie_le"]}),
        ("Publication", {"fields": ["ordre", "publie"]}),
    ]

    @admin.display(description="à jour", boolean=True)
    def est_recente(self, note: NoteDeFinancement) -> bool:
        return not note.est_a_reverifier

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        nombre = NoteDeFinancement.objects.publies().a_reverifier().count()
        if nombre and request.method == "GET":
            messages.warning(
                request,
                f"Notes publiées à revérifier : {nombre}. Leur source n'a pas été relue depuis plus de "
                f"{MOIS_DE_CONFIANCE} mois, et la page publique le dit.",
            )
        return super().changelist_view(request, extra_context)

    def view_on_site(self, obj: Any) -> str:
        return reverse("financements:liste")


@admin.register(QuestionAPoser)
class QuestionAPoserAdmin(AdminAvecHistorique):
    list_display = ["question", "theme", "ordre", "publie"]
    list_filter = ["theme", "publie"]
    search_fields = ["question", "pourquoi"]
    readonly_fields = ["modifie_le"]
