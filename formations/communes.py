"""A commune found by what a visitor types: its name, a postal code, or its code INSEE."""

from __future__ import annotations

import re
from bisect import bisect_left

from formations.index import stock
from formations.models import Commune
from formations.rattachement import nom_normalise

PROPOSEES = 30
"""More names than that say nothing to whoever typed two letters."""


class Communes:
    """The names and postal codes of the communes that are placed on a map, in memory while the offer is the same."""

    def __init__(self, marque: str) -> None:
        self.marque = marque
        self._par_nom: dict[str, list[str]] = {}
        self._par_code_postal: dict[str, list[str]] = {}
        placees = Commune.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by(
            "nom", "code"
        )
        for code, nom, codes_postaux in placees.values_list("code", "nom", "codes_postaux").iterator():
            self._par_nom.setdefault(nom_normalise(nom), []).append(code)
            for code_postal in codes_postaux:
                self._par_code_postal.setdefault(code_postal, []).append(code)
        self._noms = sorted(self._par_nom)

    def codes(self, texte: str) -> list[str]:
        """Of the communes so named; else of those whose name begins so."""
        if designee := re.search(r"\((\d[0-9AB]\d{3})\)\s*$", texte):
            return [designee[1]]
        if re.fullmatch(r"\d{5}", texte):
            return self._par_code_postal.get(texte, [])
        nom = nom_normalise(texte)
        if nom in self._par_nom or not nom:
            return self._par_nom.get(nom, [])
        trouves: list[str] = []
        for autre in self._noms[bisect_left(self._noms, nom) :]:
            if not autre.startswith(nom) or len(trouves) >= PROPOSEES:
                break
            trouves += self._par_nom[autre]
        return trouves[:PROPOSEES]


_courantes: Communes | None = None


def chercher(texte: str) -> list[Commune]:
    """The communes that these words may designate, by name; one light query when the names are in memory, then one."""
    global _courantes
    marque = stock.offre().marque
    if _courantes is None or _courantes.marque != marque:
        _courantes = Communes(marque)
    codes = _courantes.codes(texte.replace("\0", "").strip()[:100])
    return list(
        Commune.objects.filter(pk__in=codes, latitude__isnull=False, longitude__isnull=False)
        .select_related("departement")
        .order_by("nom", "code")
    )
