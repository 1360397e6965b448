"""Compétences, savoirs and contextes de travail: the référentiels, and their links to métiers."""

from django.contrib import admin

from catalogue.admin import AdminOfficiel
from metiers.models import (
    Competence,
    CompetenceRequise,
    ContexteDeTravail,
    ContexteDuMetier,
    DomaineDeCompetences,
    Enjeu,
    Objectif,
    Savoir,
    SavoirRequis,
)


@admin.register(DomaineDeCompetences)
class DomaineDeCompetencesAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "retire_le"]
    list_display_links = ["code", "libelle"]
    search_fields = ["code__iexact", "libelle"]
    listes_liees = ["enjeux"]


@admin.register(Enjeu)
class EnjeuAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "domaine", "retire_le"]
    list_display_links = ["code", "libelle"]
    list_select_related = ["domaine"]
    list_filter = ["domaine"]
    search_fields = ["code__iexact", "libelle"]
    listes_liees = ["objectifs"]


@admin.register(Objectif)
class ObjectifAdmin(AdminOfficiel):
    list_display = ["code", "libelle", "enjeu", "retire_le"]
    list_display_links = ["code", "libelle"]
    list_select_related = ["enjeu"]
    list_filter = ["enjeu__domaine"]
    search_fields = ["code__iexact", "libelle"]
    listes_liees = ["macros"]


@admin.register(Competence)
class CompetenceAdmin(AdminOfficiel):
    list_display = ["code_ogr", "libelle", "est_macro", "categorie", "riasec_majeur", "retire_le"]
    list_display_links = ["code_ogr", "libelle"]
    list_filter = ["est_macro", "categorie", "riasec_majeur", "transition_ecologique", "transition_numerique"]
    search_fields = ["code_ogr__exact", "libelle"]
    listes_liees = ["metiers_lies", "competences"]


@admin.register(Savoir)
class SavoirAdmin(AdminOfficiel):
    """The official filing is kept; the editors' one, when there is one, is what pages show."""

    list_display = ["code_ogr", "libelle", "categorie", "categorie_editoriale", "retire_le"]
    list_display_links = ["code_ogr", "libelle"]
    list_filter = [("categorie_editoriale", admin.EmptyFieldListFilter), "categorie"]
    search_fields = ["code_ogr__exact", "libelle", "categorie_editoriale"]
    champs_editoriaux = ["categorie_editoriale"]
    listes_liees = ["metiers_lies"]


@admin.register(ContexteDeTravail)
class ContexteDeTravailAdmin(AdminOfficiel):
    list_display = ["code_ogr", "libelle", "type", "retire_le"]
    list_display_links = ["code_ogr", "libelle"]
    list_filter = ["type"]
    search_fields = ["code_ogr__exact", "libelle"]
    listes_liees = ["metiers_lies"]


@admin.register(CompetenceRequise)
class CompetenceRequiseAdmin(AdminOfficiel):
    list_display = ["metier", "competence", "coeur_metier"]
    list_select_related = ["metier", "competence"]
    list_filter = ["coeur_metier"]
    search_fields = ["metier__code_rome__iexact", "competence__code_ogr__exact", "competence__libelle"]


@admin.register(SavoirRequis)
class SavoirRequisAdmin(AdminOfficiel):
    list_display = ["metier", "savoir", "coeur_metier"]
    list_select_related = ["metier", "savoir"]
    list_filter = ["coeur_metier"]
    search_fields = ["metier__code_rome__iexact", "savoir__code_ogr__exact", "savoir__libelle"]


@admin.register(ContexteDuMetier)
class ContexteDuMetierAdmin(AdminOfficiel):
    list_display = ["metier", "contexte"]
    list_select_related = ["metier", "contexte"]
    list_filter = ["contexte__type"]
    search_fields = ["metier__code_rome__iexact", "contexte__code_ogr__exact", "contexte__libelle"]
