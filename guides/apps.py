from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_importees


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "Dossiers et glossaire"

    def ready(self) -> None:
        from catalogue.recherche import index
        from guides import recherche

        index.declarer("terme", recherche.termes)
        index.declarer("guide", recherche.dossiers)
        donnees_importees.connect(suivre_les_metiers, dispatch_uid="guides.liens")


def suivre_les_metiers(version: Any, **kwargs: Any) -> None:
    """A new version of the ROME may renumber the appellation that says which job a link was confirmed for."""
    from guides.models import EtapeDeParcours, LienRoleMetier

    if version.source_id == "rome":
        for modele in (LienRoleMetier, EtapeDeParcours):
            modele.objects.suivre_les_renumerotations()
