"""The criteria by which formations are listed; each is declared once, here."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.facettes import Choix, Facette, FacettesFilterSet
from formations.models import Formation, Region, Session
from metiers.filters import choix_domaines, choix_niveaux


def choix_regions() -> Iterator[Choix]:
    """The régions that are loaded: one query."""
    return (Choix(region.code, region.nom) for region in Region.objects.all())


class FormationFilterSet(FacettesFilterSet):
    domaine = Facette(
        "metiers__domaine__grand_domaine",
        "metiers__domaine",
        choix=choix_domaines,
        libelle="Domaine des métiers visés",
        aide="Domaines ROME des métiers auxquels la formation est liée.",
        plusieurs=True,
    )
    niveau = Facette("niveau_sortie", choix=choix_niveaux, libelle="Niveau de sortie")
    voie = Facette(
        "sessions__voie",
        choix=[Choix(voie.value, voie.label) for voie in Session.Voie],
        libelle="Voie",
        plusieurs=True,
        vide="",
    )
    modalite = Facette(
        "sessions__modalite",
        choix=[Choix(modalite.value, modalite.label) for modalite in Session.Modalite],
        libelle="Modalité",
        plusieurs=True,
        vide="",
    )

    region = Facette(
        "sessions__lieu__departement__region",
        choix=choix_regions,
        libelle="Région",
        plusieurs=True,
        libelle_non_renseigne="À distance ou non renseignée",
    )

    class Meta:
        model = Formation
        fields: list[str] = []
