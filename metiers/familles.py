"""Write the familles professionnelles that a delivery speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.importing import Rapport
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.models import FamilleProfessionnelle


def ecrire_familles(familles: Mapping[Any, str], rapport: Rapport) -> dict[tuple[str, str], int]:
    """Write the families, pairs (nomenclature, code) → label; return the primary key of each.

    Families that the delivery does not speak of stay, and a delivery that gives no label keeps the one known.
    """
    bilan = Bilan()
    for avec_libelle in (False, True):
        bilan += synchroniser(
            FamilleProfessionnelle.objects.all(),
            (
                {"nomenclature": nomenclature, "code": code, **({"libelle": libelle} if avec_libelle else {})}
                for (nomenclature, code), libelle in familles.items()
                if bool(libelle) is avec_libelle
            ),
            cle=("nomenclature", "code"),
            absents=Absents.GARDER,
        )
    rapport.noter("familles professionnelles", bilan)
    return {
        (nomenclature, code): pk
        for nomenclature, code, pk in FamilleProfessionnelle.objects.values_list("nomenclature", "code", "pk")
    }
