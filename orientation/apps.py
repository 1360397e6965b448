from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_importees


class OrientationConfig(AppConfig):
    """The counsellor's desk: comparison, gap between two métiers, métiers proches."""

    name = "orientation"
    verbose_name = "Orientation"

    def ready(self) -> None:
        donnees_importees.connect(suivre_les_referentiels, dispatch_uid="orientation.rapprochements")


def suivre_les_referentiels(version: Any, a_change: bool = True, **kwargs: Any) -> None:
    """What is near and which bloc covers what are computed once, by the import that may change them."""
    if not a_change:
        return
    from catalogue.models import VersionCatalogue
    from orientation import calculs
    from orientation.competences import titres

    bilans = []
    if version.source_id in ("rome", "onisep"):
        bilans.append(calculs.actualiser_proximites())
    if version.source_id == "rome":
        bilans.append(calculs.actualiser_poids())
    # Fiches of the RS have no blocs: none of theirs can cover anything.
    if version.source_id in ("rome", "rncp"):
        bilans.append(calculs.actualiser_couvertures())
    if version.source_id == "rome":
        bilans.append(titres.actualiser())
    if any(bilan.a_change for bilan in bilans):
        VersionCatalogue.avancer()
