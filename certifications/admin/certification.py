"""The certification, what hangs on it, and the editors' words about it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalogue.admin import (
    AdminAvecHistorique,
    AdminOfficiel,
    FicheLiee,
    LignesOfficielles,
    adresse_publique,
)
from certifications.etat import Etat
from certifications.models import (
    BlocDeCompetences,
    Certificateur,
    Certification,
    CertificationEditoriale,
    Correspondance,
    Debouche,
    PublicationOfficielle,
    StatistiquePromotion,
    VoieDAccesCertification,
)


class Textes(FicheLiee):
    model = CertificationEditoriale


class Blocs(LignesOfficielles):
    model = BlocDeCompetences
    fields = ["code", "libelle", "retire_le"]
    readonly_fields = ["retire_le"]
    show_change_link = True


class Voies(LignesOfficielles):
    model = VoieDAccesCertification


class Statistiques(LignesOfficielles):
    model = StatistiquePromotion


class Debouches(LignesOfficielles):
    model = Debouche
    lies = ["metier"]


class Certificateurs(LignesOfficielles):
    model = Certificateur
    fields = ["nom", "nom_commercial", "siret", "site_internet", "etat"]


class Publications(LignesOfficielles):
    model = PublicationOfficielle
    fields = ["nature", "titre", "date_jo"]


class Correspondances(LignesOfficielles):
    model = Correspondance


class EtatFilter(admin.SimpleListFilter):
    """Its state today, computed from the dates."""

    title = "état du jour"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(Etat.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.with_etat().filter(etat_du_jour=self.value()) if self.value() else queryset


@admin.register(Certification)
class CertificationAdmin(AdminOfficiel):
    list_display = ["numero", "intitule", "niveau", "etat_du_jour", "date_fin_enregistrement", "retire_le"]
    list_display_links = ["numero", "intitule"]
    list_filter = [EtatFilter, "type", "niveau"]
    search_fields = ["numero", "intitule", "abrege_libelle"]
    date_hierarchy = "date_fin_enregistrement"
    inlines = [Textes, Blocs, Voies, Statistiques, Debouches, Certificateurs, Publications, Correspondances]
    readonly_fields = ["etat_du_jour", "fiche_officielle"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "numero",
                    "intitule",
                    "type",
                    "niveau",
                    "abrege_code",
                    "abrege_libelle",
                    "etat_du_jour",
                    "fiche_officielle",
                ]
            },
        ),
        (
            "Enregistrement",
            {
                "fields": [
                    "etat_fiche",
                    "active_selon_source",
                    "type_enregistrement",
                    "duree_enregistrement",
                    "date_decision",
                    "date_effet",
                    "date_publication",
                    "date_dernier_jo",
                    "date_fin_enregistrement",
                    "date_limite_delivrance",
                    "annees_promotions_niveau",
                    "id_fiche",
                ]
            },
        ),
        (
            "Ce qu'elle atteste",
            {
                "fields": [
                    "objectifs_contexte",
                    "activites_visees",
                    "capacites_attestees",
                    "niveau_maitrise_competences",
                ]
            },
        ),
        (
            "Les emplois visés",
            {"fields": ["secteurs_activite", "type_emploi_accessibles", "reglementations_activites"]},
        ),
        (
            "L'entrée et la validation",
            {
                "fields": [
                    "prerequis_entree_formation",
                    "modalites_evaluation",
                    "prerequis_validation",
                    "validation_partielle",
                    "validation_partielle_perimetre",
                    "duree_validite",
                    "modalites_renouvellement",
                ]
            },
        ),
        (
            "Classements",
            {
                "fields": [
                    "nsf",
                    "formacodes",
                    "conventions",
                    "codes_idcc",
                    "existence_partenaires",
                    "accessible_nouvelle_caledonie",
                    "accessible_polynesie_francaise",
                    "lien_url_description",
                ]
            },
        ),
    ]
    listes_liees = ["partenaires", "formations", "blocs", "debouches"]

    @admin.display(description="état du jour", ordering="date_fin_enregistrement")
    def etat_du_jour(self, obj: Certification) -> str:
        return obj.etat().label

    @admin.display(description="fiche de France compétences")
    def fiche_officielle(self, obj: Certification) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', obj.url_officielle)


@admin.register(CertificationEditoriale)
class CertificationEditorialeAdmin(AdminAvecHistorique):
    """The same texts as on the page of the certification, gathered, with their history."""

    list_display = ["certification", "avec_resume", "avec_note", "modifie_le"]
    list_select_related = ["certification"]
    list_filter = [("en_clair", admin.EmptyFieldListFilter), ("note", admin.EmptyFieldListFilter)]
    search_fields = ["certification__numero", "certification__intitule", "intitule"]
    date_hierarchy = "modifie_le"
    autocomplete_fields = ["certification"]
    readonly_fields = ["modifie_le"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["certification", *self.readonly_fields] if obj else list(self.readonly_fields)

    def view_on_site(self, obj: CertificationEditoriale) -> str | None:
        return adresse_publique(obj.certification)

    @admin.display(description="en clair", boolean=True)
    def avec_resume(self, obj: CertificationEditoriale) -> bool:
        return bool(obj.en_clair)

    @admin.display(description="note", boolean=True)
    def avec_note(self, obj: CertificationEditoriale) -> bool:
        return bool(obj.note)


@admin.register(BlocDeCompetences)
class BlocDeCompetencesAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "certification", "retire_le"]
    list_display_links = ["code", "libelle"]
    list_select_related = ["certification"]
    search_fields = ["code__istartswith", "libelle", "certification__numero__iexact"]
    ordering = ["pk"]

    def view_on_site(self, obj: BlocDeCompetences) -> str | None:
        return None if obj.certification.est_retire else adresse_publique(obj)
