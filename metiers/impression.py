"""The one-page sheet of a fiche métier, to hand over: what is kept of each part so that it holds on one A4 page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from metiers.faits import Fait
from metiers.fiche import FicheMetier

MOTS_EN_CLAIR = 90
MOTS_ACCES = 80
MISSIONS = 5
SAVOIR_FAIRE = 8
CERTIFICATIONS = 5


class Resume:
    """Every list is cut at a stated number: the full fiche, whose address is printed, has the rest."""

    def __init__(self, fiche: FicheMetier) -> None:
        self.fiche = fiche

    @property
    def imprime_le(self) -> date:
        return timezone.localdate()

    @property
    def en_clair(self) -> tuple[str, str]:
        """The editors' words, else the ROME's first sentences, and who wrote them."""
        if self.fiche.editorial and self.fiche.editorial.en_clair:
            return _court(self.fiche.editorial.en_clair, MOTS_EN_CLAIR), "rédaction du portail"
        return _court(" ".join(self.fiche.definition[:2]), MOTS_EN_CLAIR), "ROME 4.0"

    @property
    def missions(self) -> list[str]:
        if self.fiche.editorial:
            ecrites = [mission.texte for mission in self.fiche.editorial.missions.all()]
            if ecrites:
                return ecrites[:MISSIONS]
        return [_court(phrase, 25) for phrase in self.fiche.definition[1 : MISSIONS + 1]]

    @property
    def faits(self) -> list[Fait]:
        return self.fiche.faits

    @property
    def acces(self) -> tuple[str, str]:
        if self.fiche.editorial and self.fiche.editorial.acces_resume:
            return _court(self.fiche.editorial.acces_resume, MOTS_ACCES), "rédaction du portail"
        return _court(" ".join(self.fiche.acces_metier), MOTS_ACCES), "ROME 4.0, « accès au métier »"

    @property
    def voies(self) -> list[Any]:
        return list(self.fiche.editorial.voies.all())[:4] if self.fiche.editorial else []

    @property
    def savoir_faire(self) -> list[str]:
        """« Cœur de métier » first, as the ROME says it."""
        items = [item for groupe in self.fiche.savoir_faire for item in groupe.items]
        items.sort(key=lambda item: not item.coeur)
        return [item.libelle for item in items[:SAVOIR_FAIRE]]

    @property
    def certifications(self) -> list[Any]:
        return self.fiche.certifications_ouvertes[:CERTIFICATIONS]

    @property
    def nombre_certifications(self) -> int:
        return len(self.fiche.certifications_ouvertes)


def _court(texte: str, mots: int) -> str:
    return Truncator(" ".join(texte.split())).words(mots, truncate=" …")
