"""Familles professionnelles, the crosswalk to the ROME and the figures of each family, as delivered."""

from django.contrib import admin

from catalogue.admin import AdminOfficiel
from metiers.models import (
    FamilleProfessionnelle,
    PassageFapRome,
    ProfessionDeFamille,
    ProjetsDeRecrutement,
    SalaireDeFamille,
    TensionDeFamille,
    TrancheDeSalaire,
)


@admin.register(FamilleProfessionnelle)
class FamilleProfessionnelleAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "nomenclature"]
    list_display_links = ["code", "libelle"]
    list_filter = ["nomenclature"]
    search_fields = ["code__istartswith", "libelle"]
    listes_liees = ["passages", "professions", "tensions", "salaires", "tranches", "projets"]


@admin.register(PassageFapRome)
class PassageFapRomeAdmin(AdminOfficiel):
    list_display = ["code_rome", "libelle_rome", "famille", "qualifications_en_clair", "source"]
    list_display_links = ["code_rome", "libelle_rome"]
    list_select_related = ["famille", "source"]
    list_filter = ["famille__nomenclature", "source"]
    search_fields = ["code_rome__istartswith", "libelle_rome", "famille__code__iexact"]
    ordering = ["code_rome", "pk"]


@admin.register(ProfessionDeFamille)
class ProfessionDeFamilleAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "famille", "source"]
    list_display_links = ["code", "libelle"]
    list_select_related = ["famille", "source"]
    search_fields = ["code__istartswith", "libelle", "famille__code__iexact"]


@admin.register(TensionDeFamille)
class TensionDeFamilleAdmin(AdminOfficiel):
    list_display = ["famille", "annee", "niveau", "code_territoire", "categorie", "indice", "emploi_moyen"]
    list_select_related = ["famille"]
    list_filter = ["annee", "niveau", "categorie"]
    search_fields = ["famille__code__iexact", "famille__libelle"]
    ordering = ["pk"]


@admin.register(SalaireDeFamille)
class SalaireDeFamilleAdmin(AdminOfficiel):
    list_display = ["famille", "periode", "median", "source"]
    list_select_related = ["famille", "source"]
    list_filter = ["periode"]
    search_fields = ["famille__code__iexact", "famille__libelle"]
    ordering = ["pk"]


@admin.register(TrancheDeSalaire)
class TrancheDeSalaireAdmin(AdminOfficiel):
    list_display = ["famille", "tranche", "pourcentage", "milliers"]
    list_select_related = ["famille"]
    search_fields = ["famille__code__iexact", "famille__libelle"]
    ordering = ["pk"]


@admin.register(ProjetsDeRecrutement)
class ProjetsDeRecrutementAdmin(AdminOfficiel):
    list_display = ["famille", "annee", "bassin", "departement", "projets_en_clair"]
    list_select_related = ["famille"]
    list_filter = ["annee", "region"]
    search_fields = ["famille__code__iexact", "famille__libelle", "bassin", "code_bassin__exact"]
    ordering = ["pk"]

    @admin.display(description="projets de recrutement", ordering="projets")
    def projets_en_clair(self, obj: ProjetsDeRecrutement) -> str:
        return obj.projets_en_clair
