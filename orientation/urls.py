from django.urls import path

from orientation.views.bureau import bureau
from orientation.views.comparaison import comparer
from orientation.views.competences import competences
from orientation.views.dossier import ajouter, dossier
from orientation.views.dossier_feuilles import formations, synthese, vae
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
    path("dossier/", dossier, name="dossier"),
    path("dossier/ajouter/", ajouter, name="dossier_ajouter"),
    path("dossier/synthese/", synthese, name="dossier_synthese"),
    path("dossier/vae/", vae, name="dossier_vae"),
    path("dossier/formations/", formations, name="dossier_formations"),
    path("questionnaire/", questionnaire, name="questionnaire"),
    path("questionnaire/resultats/", resultats, name="questionnaire_resultats"),
    path("questionnaire/<slug:cle>/", question, name="questionnaire_question"),
]
