from django.urls import path

from formations import views

app_name = "formations"

urlpatterns = [
    path("", views.FormationListe.as_view(), name="liste"),
    path("organismes/<int:pk>/", views.organisme, name="organisme_court"),
    path("organismes/<int:pk>-<slug:slug>/", views.organisme, name="organisme"),
    path("<str:identifiant>/sessions/<int:pk>/", views.session, name="session"),
    path("<str:identifiant>/", views.detail, name="detail"),
]
