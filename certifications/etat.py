"""The state of a certification on a day: computed from dates, since a stored flag ages.

ACTIF, in the file of France compétences, turns to « Non » the day after DATE_FIN_ENREGISTREMENT; so the date decides
when there is one, and the flag only when there is none.
"""

from __future__ import annotations

from datetime import date

from django.db import models


class Etat(models.TextChoices):
    ACTIVE = "active", "Active"
    EXPIREE = "expiree", "Enregistrement échu"
    INACTIVE = "inactive", "Inactive"
    INCONNU = "inconnu", "État non renseigné"

    @property
    def rang(self) -> int:
        """Where it comes in a list: active first, then unknown, then ended."""
        return {Etat.ACTIVE: 0, Etat.INCONNU: 1}.get(self, 2)


def etat(fin_enregistrement: date | None, active_selon_source: bool | None, jour: date) -> Etat:
    """`fin_enregistrement` is the last day of the registration: the certification is active until that evening."""
    if fin_enregistrement is not None:
        return Etat.EXPIREE if fin_enregistrement < jour else Etat.ACTIVE
    if active_selon_source is None:
        return Etat.INCONNU
    return Etat.ACTIVE if active_selon_source else Etat.INACTIVE
