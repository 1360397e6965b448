"""Suggestions to confirm or to refuse: an import never writes over what an editor decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.admin import AdminEditorial
from orientation.models import CouvertureDeBloc
from orientation.similarite import confiance


@admin.register(CouvertureDeBloc)
class CouvertureDeBlocAdmin(AdminEditorial):
    """What was computed is read; an editor decides, or adds a link of their own."""

    list_display = ["bloc", "item", "statut", "confiance", "mots_communs"]
    list_filter = ["statut"]
    list_select_related = ["bloc", "competence", "savoir"]
    search_fields = [
        "bloc__code__istartswith",
        "bloc__certification__numero__iexact",
        "competence__libelle",
        "savoir__libelle",
    ]
    autocomplete_fields = ["bloc", "competence", "savoir"]
    readonly_fields = ["score", "mots_communs", "phrase"]
    fields = ["bloc", "competence", "savoir", "statut", *readonly_fields]
    actions = ["confirmer", "refuser", "rendre"]
    show_full_result_count = False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A link that an editor writes is confirmed: imports would erase a mere suggestion."""
        return {"statut": CouvertureDeBloc.Statut.CONFIRME, **super().get_changeform_initial_data(request)}

    @admin.display(description="compétence ou savoir")
    def item(self, obj: CouvertureDeBloc) -> str:
        return str(obj.item)

    @admin.display(description="confiance", ordering="score")
    def confiance(self, obj: CouvertureDeBloc) -> str:
        return confiance(obj.score)

    @admin.display(description="mots en commun")
    def mots_communs(self, obj: CouvertureDeBloc) -> str:
        return ", ".join(obj.mots) or "lien écrit à la main"

    @admin.action(description="Confirmer : ce bloc couvre cette compétence", permissions=["change"])
    def confirmer(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decider(request, queryset, CouvertureDeBloc.Statut.CONFIRME)

    @admin.action(description="Refuser : ne plus la montrer", permissions=["change"])
    def refuser(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decider(request, queryset, CouvertureDeBloc.Statut.REFUSE)

    @admin.action(description="Revenir à une simple suggestion", permissions=["change"])
    def rendre(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decider(request, queryset, CouvertureDeBloc.Statut.SUGGERE)

    def _decider(self, request: HttpRequest, queryset: QuerySet, statut: CouvertureDeBloc.Statut) -> None:
        with transaction.atomic():
            nombre = queryset.update(statut=statut)
            self.apres_ecriture(queryset)
        self.message_user(request, f"{nombre} rapprochement(s) : {statut.label.lower()}.")
