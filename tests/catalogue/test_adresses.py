"""The addresses that the search keeps are those of the pages."""

from __future__ import annotations

import pytest

from certifications.recherche import certifications
from formations.recherche import formations
from tests import objets

pytestmark = pytest.mark.django_db


def test_addresses_of_many_fiches_are_those_that_each_gives() -> None:
    fiches = {
        fiche.pk: fiche.get_absolute_url()
        for fiche in (
            objets.certification("RNCP1", intitule="Chargé d’accueil"),
            objets.certification("RNCP2", intitule="!"),
            objets.certification("RNCP3", intitule="Chef de projet (h/f)"),
            objets.formation("MCF-1"),
            objets.formation("FOR.2316"),
        )
    }

    adresses = {d.cle: d.url for fournisseur in (certifications, formations) for d in fournisseur(None)}

    assert adresses == fiches
