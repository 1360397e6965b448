from django.apps import AppConfig


class FormationsConfig(AppConfig):
    name = "formations"
    verbose_name = "Formations"

    def ready(self) -> None:
        from catalogue.recherche import index
        from formations import recherche

        index.declarer("formation", recherche.formations)
        index.declarer("organisme", recherche.organismes)
