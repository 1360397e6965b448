"""Onisep's fiches: their words are read, a note of the editors may stand above them."""

from django.contrib import admin

from catalogue.admin import AdminOfficiel, LignesOfficielles
from metiers.models import AppellationOnisep, FicheOnisep, FormationRequiseOnisep, LienOnisepRome


class Appellations(LignesOfficielles):
    model = AppellationOnisep


class Codes(LignesOfficielles):
    model = LienOnisepRome
    lies = ["metier"]


class Formations(LignesOfficielles):
    model = FormationRequiseOnisep


@admin.register(FicheOnisep)
class FicheOnisepAdmin(AdminOfficiel):
    list_display = ["identifiant", "nom", "niveau_acces", "retire_le"]
    list_display_links = ["identifiant", "nom"]
    list_filter = ["niveau_acces", ("note", admin.EmptyFieldListFilter)]
    search_fields = ["identifiant__iexact", "nom", "liens_rome__code_rome__iexact"]
    champs_editoriaux = ["note"]
    inlines = [Codes, Appellations, Formations]
    fieldsets = [
        (None, {"fields": ["identifiant", "nom", "libelle_masculin", "libelle_feminin", "url"]}),
        (
            "Le métier",
            {
                "fields": [
                    "accroche",
                    "format_court",
                    "nature_travail",
                    "competences",
                    "condition_travail",
                    "vie_professionnelle",
                    "statuts",
                    "centres_interet",
                    "secteurs",
                    "metiers_associes",
                ]
            },
        ),
        ("L'accès", {"fields": ["acces_metier", "niveau_acces_libelle", "niveau_acces", "duree_etudes"]}),
    ]


@admin.register(LienOnisepRome)
class LienOnisepRomeAdmin(AdminOfficiel):
    list_display = ["fiche", "code_rome", "metier"]
    list_select_related = ["fiche", "metier"]
    list_filter = [("metier", admin.EmptyFieldListFilter)]
    search_fields = ["fiche__identifiant__iexact", "fiche__nom", "code_rome__iexact"]


@admin.register(FormationRequiseOnisep)
class FormationRequiseOnisepAdmin(AdminOfficiel):
    list_display = ["identifiant", "libelle", "fiche"]
    list_display_links = ["identifiant", "libelle"]
    list_select_related = ["fiche"]
    search_fields = ["identifiant__iexact", "libelle", "fiche__nom"]
