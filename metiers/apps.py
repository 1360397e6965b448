from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_importees


class MetiersConfig(AppConfig):
    name = "metiers"
    verbose_name = "Métiers"

    def ready(self) -> None:
        from catalogue.recherche import codes, index
        from metiers import marche, recherche

        index.declarer("metier", recherche.metiers)
        index.declarer("domaine", recherche.domaines)
        codes.declarer(recherche.code_rome)
        codes.declarer(recherche.fiche_onisep)
        donnees_importees.connect(rattacher_onisep, dispatch_uid="metiers.onisep")
        donnees_importees.connect(marche.suivre_le_rome, dispatch_uid="metiers.marche")


def rattacher_onisep(version: Any, **kwargs: Any) -> None:
    """Codes move with each version of the ROME; the niveaux read in Onisep's fiches move with them."""
    from metiers.models import LienOnisepRome, Metier

    if version.source_id == "rome" and LienOnisepRome.objects.rattacher():
        Metier.objects.publies().recalculer_acces()
