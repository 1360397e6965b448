from django.apps import AppConfig


class MetiersConfig(AppConfig):
    name = "metiers"
    verbose_name = "Métiers"

    def ready(self) -> None:
        from catalogue.recherche import index
        from metiers import recherche

        index.declarer("metier", recherche.metiers)
        index.declarer("domaine", recherche.domaines)
