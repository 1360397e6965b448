from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_importees


class CertificationsConfig(AppConfig):
    name = "certifications"
    verbose_name = "Certifications"

    def ready(self) -> None:
        from catalogue.recherche import codes, index
        from certifications import recherche

        index.declarer("certification", recherche.certifications)
        codes.declarer(recherche.numero)
        codes.declarer(recherche.code_de_bloc)
        donnees_importees.connect(rattacher_les_debouches, dispatch_uid="certifications.debouches")


def rattacher_les_debouches(version: Any, **kwargs: Any) -> None:
    """Codes move with each version of the ROME, and each import of certifications cites new ones."""
    from certifications.models import Debouche

    if version.source_id in ("rome", "rncp", "rs"):
        Debouche.objects.rattacher()
