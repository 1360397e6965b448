"""Where a reader stopped in a list: the sort keys of the last object read, made opaque.

A page starts after those keys rather than after a number of objects: what is added or withdrawn meanwhile neither
repeats nor hides the others, and the hundredth page costs what the first does.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

ILLISIBLE = "Ce curseur est illisible. Reprenez celui de la réponse précédente, ou repartez sans curseur."
_ENTIER_MAX = 2**63 - 1


@dataclass(frozen=True)
class Cle:
    """A column or annotation that sorts the list, never null; the last one of a list is unique."""

    champ: str
    type: type[str] | type[int] | type[date] = str

    def en_texte(self, objet: Model) -> str | int:
        valeur = getattr(objet, self.champ)
        return int(valeur) if self.type is int else str(valeur)

    def relue(self, valeur: Any) -> Any:
        """The value as the database takes it; ValueError when it is not one of this key."""
        if self.type is int:
            # Neither database takes an integer of more than 64 bits.
            if type(valeur) is not int or abs(valeur) > _ENTIER_MAX:
                raise ValueError(ILLISIBLE)
            return valeur
        # Nor a NUL, nor half a surrogate pair.
        if not isinstance(valeur, str) or "\0" in valeur or any("\ud800" <= c <= "\udfff" for c in valeur):
            raise ValueError(ILLISIBLE)
        return date.fromisoformat(valeur) if self.type is date else valeur


def ecrire(liste: str, cles: Sequence[Cle], objet: Model) -> str:
    """`liste` names the list, so that a cursor is not used in another."""
    texte = json.dumps(
        [liste, *(cle.en_texte(objet) for cle in cles)], ensure_ascii=False, separators=(",", ":")
    )
    return base64.urlsafe_b64encode(texte.encode()).decode().rstrip("=")


def lire(liste: str, cles: Sequence[Cle], curseur: str) -> list[Any]:
    """The keys; ValueError when this is not a cursor of that list."""
    try:
        octets = base64.b64decode(curseur + "=" * (-len(curseur) % 4), altchars=b"-_", validate=True)
        nom, *valeurs = json.loads(octets.decode())
    except (ValueError, TypeError, binascii.Error, RecursionError) as erreur:
        raise ValueError(ILLISIBLE) from erreur
    if nom != liste or len(valeurs) != len(cles):
        raise ValueError(ILLISIBLE)
    try:
        return [cle.relue(valeur) for cle, valeur in zip(cles, valeurs, strict=True)]
    except ValueError as erreur:
        raise ValueError(ILLISIBLE) from erreur


def apres(qs: QuerySet, cles: Sequence[Cle], valeurs: Sequence[Any]) -> QuerySet:
    """What comes after these keys in the order of `cles`: (a, b) > (x, y), written so that an index serves."""
    condition = Q()
    for cle, valeur in reversed(list(zip(cles, valeurs, strict=True))):
        plus_loin = Q(**{f"{cle.champ}__gt": valeur})
        condition = plus_loin | (Q(**{cle.champ: valeur}) & condition) if condition else plus_loin
    return qs.filter(Q(**{f"{cles[0].champ}__gte": valeurs[0]}) & condition)
