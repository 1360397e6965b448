"""Searches that found nothing, counted without anyone: the words and the day, so that editors add synonyms."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from catalogue.models.recherche import RechercheVaine

PLAFOND = 5_000
"""Rows kept at most."""
JOURS_CONSERVES = 180
# An address, a telephone, a social security number: somebody may be behind it.
_PERSONNEL = re.compile(r"@|(?:\d[\s.-]?){6}")


def noter(texte: str) -> None:
    """Count these words once more today; does nothing when they may name a person, or when the table is full."""
    if _PERSONNEL.search(texte):
        return
    mots = " ".join(texte.replace("\0", " ").lower().split())[: RechercheVaine.LONGUEUR].strip()
    if not mots:
        return
    jour = timezone.localdate()
    try:
        with transaction.atomic():
            if RechercheVaine.objects.filter(mots=mots, jour=jour).update(nombre=F("nombre") + 1):
                return
            if RechercheVaine.objects.count() >= PLAFOND:
                RechercheVaine.objects.filter(jour__lt=jour - timedelta(days=JOURS_CONSERVES)).delete()
                if RechercheVaine.objects.count() >= PLAFOND:
                    return
            RechercheVaine.objects.create(mots=mots, jour=jour)
    except Error:
        # Two visitors at once, or a database that is read-only or busy with an import: a count is not worth a page.
        return
