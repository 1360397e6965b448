"""The editors' texts about a métier, beside what the ROME says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.admin import AdminAvecHistorique, LignesEditoriales, adresse_publique
from catalogue.recherche.index import actualiser
from metiers.models import (
    ExtraitDeSource,
    FicheEditoriale,
    IndicateurEditorial,
    Metier,
    Mission,
    TraitDeProfil,
    VoieDAcces,
)


class Missions(LignesEditoriales):
    model = Mission


class Voies(LignesEditoriales):
    model = VoieDAcces


class Extraits(LignesEditoriales):
    model = ExtraitDeSource


class Indicateurs(LignesEditoriales):
    model = IndicateurEditorial


class Traits(LignesEditoriales):
    model = TraitDeProfil
    lies = ["dimension"]


class EtatFilter(admin.SimpleListFilter):
    """What visitors see of the texts."""

    title = "affichage"
    parameter_name = "affichage"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("affichee", "Affichée"), ("brouillon", "Non publiée"), ("cote", "Mise de côté")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "affichee":
            return queryset.affichables().filter(metier__retire_le__isnull=True)
        if self.value() == "brouillon":
            return queryset.filter(publie=False)
        if self.value() == "cote":
            return queryset.mises_de_cote()
        return queryset


class FicheEditorialeForm(forms.ModelForm):
    def clean_metier(self) -> Metier:
        metier = self.cleaned_data["metier"]
        if metier.est_retire:
            raise ValidationError("Cette fiche est retirée du ROME : ses textes ne seraient pas affichés.")
        # `ecrit_pour` is not in the form: the constraint of the table is checked here, with its own words.
        if FicheEditoriale.objects.filter(metier=metier, ecrit_pour=metier.temoin).exists():
            raise ValidationError("Ce métier a déjà une fiche éditoriale.")
        return metier


@admin.register(FicheEditoriale)
class FicheEditorialeAdmin(AdminAvecHistorique):
    """The métier is chosen once; afterwards only « même métier ? » moves the texts."""

    form = FicheEditorialeForm
    list_display = [
        "code_rome",
        "ecrit_pour_libelle",
        "affichage",
        "niveau_acces",
        "source",
        "verifie_le",
        "modifie_le",
    ]
    list_display_links = ["code_rome", "ecrit_pour_libelle"]
    list_select_related = ["metier", "source"]
    list_filter = [EtatFilter, "publie", "niveau_acces", "verifie_le", "source"]
    search_fields = ["metier__code_rome__istartswith", "metier__libelle", "ecrit_pour_libelle", "intitule"]
    date_hierarchy = "modifie_le"
    autocomplete_fields = ["metier"]
    inlines = [Missions, Voies, Indicateurs, Traits, Extraits]
    readonly_fields = [
        "ecrit_pour_libelle",
        "affichage",
        "intitule_officiel",
        "definition_officielle",
        "acces_officiel",
        "niveau_calcule",
        "modifie_le",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: FicheEditoriale | None = None) -> list[str]:
        return ["metier", *self.readonly_fields] if obj else list(self.readonly_fields)

    def get_fieldsets(self, request: HttpRequest, obj: FicheEditoriale | None = None) -> list[Any]:
        """Grouped by what they say; beside each override, the official words it stands for."""
        officiel = obj is not None
        return [
            (
                "Le métier décrit",
                {"fields": ["metier", *(["ecrit_pour_libelle", "affichage"] if officiel else []), "publie"]},
            ),
            (
                "Ce qu'est ce métier",
                {
                    "fields": [
                        *(["intitule_officiel"] if officiel else []),
                        "intitule",
                        *(["definition_officielle"] if officiel else []),
                        "accroche",
                        "en_clair",
                        "note",
                    ]
                },
            ),
            (
                "Comment on y accède",
                {
                    "fields": [
                        *(["acces_officiel", "niveau_calcule"] if officiel else []),
                        "niveau_acces",
                        "acces_resume",
                        "experience",
                        "duree_formation_mois",
                        "technicite",
                    ]
                },
            ),
            (
                "Se reconvertir vers ce métier",
                {
                    "fields": [
                        "reconversion_courte",
                        "reconversion_note",
                        "reconversion_points_cles",
                        "reconversion_freins",
                    ]
                },
            ),
            ("Ce qui le transforme", {"fields": ["impact_numerique", "impact_social"]}),
            (
                "Source et vérification",
                {"fields": ["source", "verifie_le", *(["modifie_le"] if officiel else [])]},
            ),
        ]

    def save_model(self, request: HttpRequest, obj: FicheEditoriale, form: Any, change: bool) -> None:
        # An earlier version given back brings its words, not the job it was tied to then.
        identite = ("metier_id", "ecrit_pour", "ecrit_pour_libelle")
        actuelle = FicheEditoriale.objects.filter(pk=obj.pk).values(*identite).first()
        for champ, valeur in (actuelle or {}).items():
            setattr(obj, champ, valeur)
        super().save_model(request, obj, form, change)

    def apres_ecriture(self, objets: Iterable[FicheEditoriale]) -> None:
        metiers = Metier.objects.filter(pk__in=[fiche.metier_id for fiche in objets])
        metiers.recalculer_acces()
        actualiser("metier", metiers.values_list("code_rome", flat=True))
        super().apres_ecriture(objets)

    def view_on_site(self, obj: FicheEditoriale) -> str | None:
        return adresse_publique(obj.metier)

    @admin.display(description="code ROME", ordering="metier__code_rome")
    def code_rome(self, obj: FicheEditoriale) -> str:
        return obj.metier.code_rome

    @admin.display(description="affichage")
    def affichage(self, obj: FicheEditoriale) -> str:
        if obj.est_mise_de_cote:
            return f"Mise de côté : la fiche décrit aujourd'hui « {obj.metier.libelle} »"
        if obj.metier.est_retire:
            return "Non affichée : métier retiré du ROME"
        return "Affichée" if obj.publie else "Non publiée"

    @admin.display(description="intitulé officiel")
    def intitule_officiel(self, obj: FicheEditoriale) -> str:
        return obj.metier.libelle

    @admin.display(description="définition officielle")
    def definition_officielle(self, obj: FicheEditoriale) -> str:
        return obj.metier.definition or "non renseigné"

    @admin.display(description="accès au métier selon le ROME")
    def acces_officiel(self, obj: FicheEditoriale) -> str:
        return obj.metier.acces_metier or "non renseigné"

    @admin.display(description="niveau d'accès affiché")
    def niveau_calcule(self, obj: FicheEditoriale) -> str:
        if obj.metier.niveau_acces is None:
            return "non renseigné"
        return f"{obj.metier.get_niveau_acces_display()}, {obj.metier.get_niveau_acces_origine_display()}"
