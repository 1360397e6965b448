"""« Même métier ? »: both jobs, the texts that hang on the answer, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalogue.admin import AdminOfficiel, adresse_publique
from catalogue.recherche.index import actualiser
from metiers.models import Reaffectation


class ReponseFilter(admin.SimpleListFilter):
    title = "réponse"
    parameter_name = "reponse"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("attente", "À trancher"), *Reaffectation.Decision.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "attente":
            return queryset.a_trancher()
        return queryset.filter(decision=self.value()) if self.value() else queryset


class ReponseForm(forms.ModelForm):
    """The answer is about the job the editor has read on the page, not one an import has put there since."""

    temoin_lu = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        widgets = {"decision": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["temoin_lu"].initial = self.instance.metier.temoin
        if "decision" in self.fields:
            reponse: Any = self.fields["decision"]
            reponse.choices, reponse.required = Reaffectation.Decision.choices, True

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("temoin_lu") != self.instance.metier.temoin:
            raise ValidationError(
                "La fiche a changé pendant que vous répondiez : relisez-la avant de répondre."
            )
        if "decision" in donnees:
            Reaffectation.objects.get(pk=self.instance.pk).verifier(donnees["decision"])
        return donnees


@admin.register(Reaffectation)
class ReaffectationAdmin(AdminOfficiel):
    form = ReponseForm
    champs_editoriaux = ["decision"]
    list_display = ["code_rome", "ancien_libelle", "nouveau_libelle", "decision", "version", "decidee_le"]
    list_display_links = ["code_rome", "ancien_libelle"]
    list_select_related = ["metier", "version__source"]
    list_filter = [ReponseFilter]
    search_fields = ["metier__code_rome__istartswith", "ancien_libelle", "nouveau_libelle"]
    readonly_fields = ["code_rome", "aujourd_hui", "definition", "textes"]
    fieldsets = [
        (
            "La question",
            {
                "description": "Le ROME a changé l'intitulé et l'appellation principale de cette fiche. "
                "Les textes de la rédaction attendent, sans être affichés, que vous disiez s'ils parlent du même métier.",
                "fields": ["code_rome", "ancien_libelle", "nouveau_libelle", "version"],
            },
        ),
        ("Ce que décrit la fiche aujourd'hui", {"fields": ["aujourd_hui", "definition", "fiche_suivie"]}),
        ("Les textes concernés", {"fields": ["textes"]}),
        ("Votre réponse", {"fields": ["decision", "temoin_lu", "decidee_le"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Reaffectation | None = None) -> list[Any]:
        return list(self.fieldsets)

    def save_model(self, request: HttpRequest, obj: Reaffectation, form: Any, change: bool) -> None:
        obj.trancher(form.cleaned_data["decision"])

    def apres_ecriture(self, objets: Iterable[Reaffectation]) -> None:
        actualiser("metier", [objet.metier.code_rome for objet in objets])
        super().apres_ecriture(objets)

    def view_on_site(self, obj: Reaffectation) -> str | None:
        return adresse_publique(obj.metier)

    @admin.display(description="code ROME", ordering="metier__code_rome")
    def code_rome(self, obj: Reaffectation) -> str:
        return obj.metier.code_rome

    @admin.display(description="fiche")
    def aujourd_hui(self, obj: Reaffectation) -> SafeString:
        adresse = reverse("admin:metiers_metier_change", args=[obj.metier_id])
        return format_html(
            '<a href="{}">{}</a>{}', adresse, obj.metier, " (retirée)" if obj.metier.est_retire else ""
        )

    @admin.display(description="définition")
    def definition(self, obj: Reaffectation) -> str:
        return obj.metier.definition or "non renseigné"

    @admin.display(description="textes")
    def textes(self, obj: Reaffectation) -> SafeString | str:
        fiche = obj.textes()
        if fiche is None:
            return "Aucun texte n'attend plus de réponse."
        return format_html(
            '<a href="{}">{}</a> : {} mission(s), {} voie(s) d\'accès, {} chiffre(s), {} trait(s) de profil.<br>{}',
            reverse("admin:metiers_ficheeditoriale_change", args=[fiche.pk]),
            fiche.intitule or fiche.ecrit_pour_libelle,
            fiche.missions.count(),
            fiche.voies.count(),
            fiche.indicateurs.count(),
            fiche.traits.count(),
            fiche.accroche,
        )
