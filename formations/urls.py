from django.urls import path, register_converter

from formations import views


class IdentifiantDeFormation:
    """Whatever the source wrote, « FOR.2316 », but the NUL character, which PostgreSQL refuses to look for."""

    regex = r"[^/\0]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(IdentifiantDeFormation, "identifiant")

app_name = "formations"

urlpatterns = [
    path("", views.FormationListe.as_view(), name="liste"),
    path("organismes/<int:pk>/", views.organisme, name="organisme_court"),
    path("organismes/<int:pk>-<slug:slug>/", views.organisme, name="organisme"),
    path("<identifiant:identifiant>/sessions/<int:pk>/", views.session, name="session"),
    path("<identifiant:identifiant>/", views.detail, name="detail"),
]
