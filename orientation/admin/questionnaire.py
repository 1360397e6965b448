"""The questions of « En moins de cinq minutes »: their words, their order, what each answer stands for."""

from __future__ import annotations

from django.contrib import admin

from catalogue.admin import AdminAvecHistorique, LignesEditoriales
from orientation.models import OptionDeQuestion, Question


class Options(LignesEditoriales):
    model = OptionDeQuestion
    fields = ["ordre", "cle", "libelle", "aide", "valeurs", "publiee"]


@admin.register(Question)
class QuestionAdmin(AdminAvecHistorique):
    list_display = ["intitule", "critere", "ordre", "publiee"]
    list_editable = ["ordre", "publiee"]
    list_filter = ["critere", "publiee"]
    search_fields = ["intitule", "cle"]
    fields = ["cle", "critere", "intitule", "aide", "ordre", "publiee"]
    inlines = [Options]


@admin.register(OptionDeQuestion)
class OptionDeQuestionAdmin(AdminAvecHistorique):
    """The same answers, one by one: where their history is read."""

    list_display = ["libelle", "question", "valeurs", "ordre", "publiee"]
    list_select_related = ["question"]
    list_filter = ["question", "publiee"]
    search_fields = ["libelle", "cle", "valeurs"]
    fields = ["question", "cle", "libelle", "aide", "valeurs", "ordre", "publiee"]
