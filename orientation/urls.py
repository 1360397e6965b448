from django.urls import path

from orientation.views.comparaison import comparer
from orientation.views.ecart import ecart
from orientation.views.proches import metiers_proches

app_name = "orientation"

urlpatterns = [
    path("comparer/", comparer, name="comparer"),
    path("ecart/", ecart, name="ecart"),
    path("metiers-proches/", metiers_proches, name="metiers_proches"),
]
