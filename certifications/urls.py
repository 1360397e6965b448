from django.urls import path, register_converter

from certifications import views


class NumeroDeFiche:
    """RNCP34809, RS5000 in either case, or the bare number that people read on a diploma."""

    regex = r"(?:[Rr][Nn][Cc][Pp]|[Rr][Ss])?\d{1,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumeroDeFiche, "numero")

app_name = "certifications"

urlpatterns = [
    path("", views.CertificationListe.as_view(), name="liste"),
    path("<numero:numero>/blocs/<path:code>/", views.bloc, name="bloc"),
    path("<numero:numero>/", views.detail, name="court"),
    path("<numero:numero>-<slug:slug>/", views.detail, name="detail"),
]
