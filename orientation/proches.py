"""The métiers near one, for the pages that show them."""

from __future__ import annotations

from metiers.models import Metier
from orientation.models import Proximite

MONTRES = 10


def proches_de(metier: Metier, nombre: int = MONTRES) -> list[Proximite]:
    """The nearest métiers still published, each with its reason; one query. Empty before any calculation."""
    return list(Proximite.objects.filter(metier=metier).for_list()[:nombre])
