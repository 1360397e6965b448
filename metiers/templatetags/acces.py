"""Words for the score of facilité d'accès, in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template

from metiers.scores.acces import bande

register = template.Library()


@register.filter
def facilite_en_mots(score: Decimal | float) -> str:
    """« plutôt facile d'accès » for a score from 0 to 10 (10 = easiest)."""
    return bande(score).phrase
