from django.urls import path

from orientation.views.comparaison import comparer
from orientation.views.ecart import ecart
from orientation.views.proches import metiers_proches
from orientation.views.questionnaire import question, questionnaire, resultats

app_name = "orientation"

urlpatterns = [
    path("comparer/", comparer, name="comparer"),
    path("ecart/", ecart, name="ecart"),
    path("metiers-proches/", metiers_proches, name="metiers_proches"),
    path("questionnaire/", questionnaire, name="questionnaire"),
    path("questionnaire/resultats/", resultats, name="questionnaire_resultats"),
    path("questionnaire/<slug:cle>/", question, name="questionnaire_question"),
]
