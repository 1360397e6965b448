"""All the titles of a domaine, in the order of the dictionary."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby

from django.urls import reverse

from catalogue.recherche.mots import sans_accents
from metiers.models import Appellation, DomaineProfessionnel


class AppellationsDuDomaine:
    """What the page shows, in one query."""

    def __init__(self, domaine: DomaineProfessionnel) -> None:
        self.domaine = domaine

    @cached_property
    def toutes(self) -> list[Appellation]:
        trouvees = (
            Appellation.objects.publies()
            .filter(metier__domaine=self.domaine, metier__retire_le__isnull=True)
            .select_related("metier")
        )
        # « Éboueur » stands between « Ébéniste » and « Échafaudeur » whatever the database thinks of accents.
        return sorted(trouvees, key=lambda a: (sans_accents(a.libelle), a.pk))

    @property
    def par_lettre(self) -> list[tuple[str, list[Appellation]]]:
        return [
            (lettre, list(appellations))
            for lettre, appellations in groupby(self.toutes, lambda a: sans_accents(a.libelle)[:1].upper())
        ]

    @property
    def url_metiers(self) -> str:
        return f"{reverse('metiers:liste')}?domaine={self.domaine.pk}"
