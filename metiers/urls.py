from django.urls import path, register_converter

from metiers import views


class CodeRome:
    """A letter and four digits, in either case: D1415."""

    regex = r"[A-Za-z]\d{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeDomaine(CodeRome):
    """A domaine professionnel: D14."""

    regex = r"[A-Z]\d{2}"


register_converter(CodeRome, "code_rome")
register_converter(CodeDomaine, "code_domaine")

app_name = "metiers"

urlpatterns = [
    path("", views.MetierListe.as_view(), name="liste"),
    path("domaines/<code_domaine:code>/appellations/", views.appellations, name="appellations"),
    path("onisep/<str:identifiant>/", views.onisep, name="onisep"),
    path("<code_rome:code>/", views.detail, name="court"),
    path("<code_rome:code>/imprimer/", views.imprimer, name="imprimer_court"),
    path("<code_rome:code>-<slug:slug>/imprimer/", views.imprimer, name="imprimer"),
    path("<code_rome:code>-<slug:slug>/", views.detail, name="detail"),
]
