from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_importees


class FormationsConfig(AppConfig):
    name = "formations"
    verbose_name = "Formations"

    def ready(self) -> None:
        donnees_importees.connect(suivre_les_referentiels, dispatch_uid="formations.referentiels")


def suivre_les_referentiels(version: Any, **kwargs: Any) -> None:
    """A new edition brings the certifications that formations cite, or changes the métiers these lead to."""
    from certifications.models import Debouche
    from formations.models import Formation, LienFormationMetier

    if version.source_id in ("rome", "rncp", "rs"):
        # Certifications listen to the same signal, perhaps after this package; done twice, it changes nothing.
        Debouche.objects.rattacher()
        Formation.objects.rattacher()
        LienFormationMetier.objects.deriver()
