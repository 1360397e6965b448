from django.urls import path

from orientation import views

app_name = "orientation"

urlpatterns = [
    path("comparer/", views.comparer, name="comparer"),
    path("ecart/", views.ecart, name="ecart"),
    path("metiers-proches/", views.metiers_proches, name="metiers_proches"),
]
