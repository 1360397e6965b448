"""Where the index is kept: in the database by whoever changes the offer, in memory by whoever reads it.

The offer bears a mark, drawn anew by whatever changes it. An index is used only when it bears the mark of the offer:
the one in memory, else the one kept in the database, else one made on the spot and kept in memory alone, since a
reader writes nothing. Imports keep it in their own transaction; an editor's save through the signals below.
"""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.utils import timezone

from formations.index.construction import construire
from formations.index.contenu import Contenu, Offre
from formations.models import ColonneIndexee

MARQUE = "offre"
LUES: dict[str, Collection[str]] = {
    "formations.Formation": ("intitule", "niveau_sortie", "duree_heures", "retire_le"),
    "formations.Session": (),
    "formations.Lieu": (),
    "formations.LienFormationMetier": (),
    "formations.Commune": ("latitude", "longitude"),
    "formations.Departement": ("region",),
    "metiers.Metier": ("domaine", "retire_le"),
}
"""The models that the index reads; a save said to be of other columns than these (when any are named) changes nothing."""

_verrou = Lock()
_courante: Offre | None = None


def marquer() -> str:
    """The offer has changed: the indexes made before are not to be read any more. In the caller's transaction."""
    marque = uuid4().hex
    ColonneIndexee.objects.update_or_create(nom=MARQUE, defaults={"marque": marque, "contenu": b""})
    return marque


def conserver() -> None:
    """Make the index and keep it, in the transaction of what has just changed the offer."""
    marque = marquer()
    ColonneIndexee.objects.exclude(nom=MARQUE).delete()
    for nom, octets in construire().colonnes().items():
        ColonneIndexee.objects.create(nom=nom, marque=marque, contenu=octets)


def offre() -> Offre:
    """The index of the offer as it is now, on this day. One light query when it is in memory."""
    global _courante
    marque = _marque()
    mois = timezone.localdate().replace(day=1)
    prete = _courante
    if prete is not None and (prete.marque, prete.mois) == (marque, mois):
        return prete
    with _verrou:
        if _courante is None or (_courante.marque, _courante.mois) != (marque, mois):
            _courante = Offre(_conserve(marque) or construire(), marque, mois)
        return _courante


def _marque() -> str:
    """Written out, like the version of the catalogue: each page of the offer asks for it."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT marque FROM formations_colonneindexee WHERE nom = %s", [MARQUE])
        (marque,) = curseur.fetchone() or ("",)
    return str(marque)


def _conserve(marque: str) -> Contenu | None:
    colonnes = dict(
        ColonneIndexee.objects.filter(marque=marque).exclude(pk=MARQUE).values_list("nom", "contenu")
    )
    # An index made by another release may not have the columns that this one reads.
    if not marque or not colonnes.keys() >= Contenu.noms():
        return None
    return Contenu.lire({nom: bytes(c) for nom, c in colonnes.items()})


def suivre(sender: type[models.Model], **kwargs: Any) -> None:
    """Receiver of `post_save` and `post_delete`: a row that the index reads has changed."""
    lues = LUES.get(sender._meta.label)
    if lues is None:
        return
    ecrites = kwargs.get("update_fields")
    if not (lues and ecrites is not None and not set(ecrites) & set(lues)):
        marquer()
