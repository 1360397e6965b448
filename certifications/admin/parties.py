"""What fiches cite: organisations, métiers, other certifications, nomenclatures. All of it is imported."""

from django.contrib import admin

from catalogue.admin import AdminOfficiel
from certifications.models import (
    Certificateur,
    ConventionCollective,
    Correspondance,
    Debouche,
    Filiation,
    Formacode,
    Nsf,
    Partenaire,
    PublicationOfficielle,
    StatistiquePromotion,
    VoieDAccesCertification,
)


@admin.register(Certificateur)
class CertificateurAdmin(AdminOfficiel):
    list_display = ["nom", "nom_commercial", "siret", "certification"]
    list_select_related = ["certification"]
    search_fields = ["nom", "nom_commercial", "siret__startswith", "certification__numero__iexact"]
    ordering = ["pk"]


@admin.register(Partenaire)
class PartenaireAdmin(AdminOfficiel):
    """Some 400,000 rows: best reached from a certification."""

    list_display = ["nom", "siret", "habilitation", "etat_habilitation", "certification"]
    list_select_related = ["certification"]
    list_filter = ["habilitation"]
    search_fields = ["nom", "siret__startswith"]
    ordering = ["pk"]


@admin.register(Debouche)
class DeboucheAdmin(AdminOfficiel):
    list_display = ["certification", "code_rome", "libelle_source", "metier"]
    list_select_related = ["certification", "metier"]
    list_filter = [("metier", admin.EmptyFieldListFilter)]
    search_fields = ["code_rome__istartswith", "certification__numero__iexact"]
    ordering = ["code_rome", "pk"]


@admin.register(Filiation)
class FiliationAdmin(AdminOfficiel):
    list_display = ["ancienne", "nouvelle", "declaree_par"]
    list_display_links = ["ancienne", "nouvelle"]
    search_fields = ["ancienne__iexact", "nouvelle__iexact"]


@admin.register(Correspondance)
class CorrespondanceAdmin(AdminOfficiel):
    list_display = ["certification", "bloc_source", "numero_destination", "bloc_destination"]
    list_select_related = ["certification"]
    search_fields = ["certification__numero__iexact", "numero_destination__iexact"]
    ordering = ["pk"]


@admin.register(VoieDAccesCertification)
class VoieDAccesCertificationAdmin(AdminOfficiel):
    list_display = ["certification", "voie", "ouverte", "modifiee_le"]
    list_select_related = ["certification"]
    list_filter = ["voie", "ouverte"]
    search_fields = ["certification__numero__iexact"]
    ordering = ["pk"]


@admin.register(StatistiquePromotion)
class StatistiquePromotionAdmin(AdminOfficiel):
    list_display = [
        "certification",
        "annee",
        "certifies",
        "taux_insertion_6_mois",
        "taux_metier_6_mois",
        "taux_metier_2_ans",
    ]
    list_select_related = ["certification"]
    list_filter = ["annee"]
    search_fields = ["certification__numero__iexact"]
    ordering = ["pk"]


@admin.register(PublicationOfficielle)
class PublicationOfficielleAdmin(AdminOfficiel):
    list_display = ["certification", "nature", "titre", "date_jo"]
    list_select_related = ["certification"]
    list_filter = ["nature"]
    search_fields = ["certification__numero__iexact", "titre"]
    date_hierarchy = "date_jo"
    ordering = ["pk"]


@admin.register(Formacode)
class NomenclatureAdmin(AdminOfficiel):
    list_display = ["code", "libelle"]
    list_display_links = ["code", "libelle"]
    search_fields = ["code__istartswith", "libelle"]
    listes_liees = ["certifications"]


@admin.register(Nsf)
class NsfAdmin(NomenclatureAdmin):
    list_display = ["code", "libelle", "version"]
    list_select_related = ["version__source"]
    list_filter = [("version", admin.EmptyFieldListFilter)]


@admin.register(ConventionCollective)
class ConventionCollectiveAdmin(AdminOfficiel):
    list_display = ["numero", "libelle"]
    list_display_links = ["numero", "libelle"]
    search_fields = ["numero__istartswith", "libelle"]
    listes_liees = ["certifications"]
