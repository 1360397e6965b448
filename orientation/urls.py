from django.urls import path

from orientation.views.bureau import bureau
from orientation.views.comparaison import comparer
from orientation.views.competences import competences
from orientation.views.ecart import ecart
from orientation.views.passerelles import metiers_proches, passerelles
from orientation.views.questionnaire import question, questionnaire, resultats

app_name = "orientation"

urlpatterns = [
    path("orientation/", bureau, name="bureau"),
    path("comparer/", comparer, name="comparer"),
    path("ecart/", ecart, name="ecart"),
    path("metiers-proches/", metiers_proches, name="metiers_proches"),
    path("passerelles/", passerelles, name="passerelles"),
    path("competences/", competences, name="competences"),
    path("questionnaire/", questionnaire, name="questionnaire"),
    path("questionnaire/resultats/", resultats, name="questionnaire_resultats"),
    path("questionnaire/<slug:cle>/", question, name="questionnaire_question"),
]
