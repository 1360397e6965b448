"""What métiers ask for in common and apart: counted on the very lists that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orientation.comparaison.critere import EN_LETTRES
from orientation.items import FAMILLES, Item, comptes

TITRES = {"savoir-faire": "Savoir-faire", "savoir-être": "Savoir-être professionnels", "savoir": "Savoirs"}


@dataclass(frozen=True, slots=True)
class ListePropre:
    """What only one of the métiers asks for."""

    libelle: str
    items: tuple[Item, ...]

    @property
    def nombre_coeur(self) -> int:
        return sum(item.est_coeur for item in self.items)


@dataclass(frozen=True, slots=True)
class Partage:
    """One family of items among the métiers compared, diplomas left out."""

    titre: str
    communs: tuple[Item, ...]
    """Asked for by all of them; the mention of the cœur de métier is that of the first métier."""
    par_plusieurs: tuple[tuple[Item, str], ...]
    """Asked for by some, not all: the item, and by which métiers."""
    propres: tuple[ListePropre, ...]
    """For each métier, in order."""
    phrase: str


def partager(requis: Sequence[Sequence[Item]], libelles: Sequence[str]) -> list[Partage]:
    """One `Partage` a family, in the order of the fiche; families that no métier asks for are left out."""
    partages = []
    for famille in FAMILLES:
        listes = [[item for item in comptes(items) if item.famille == famille] for items in requis]
        if not any(listes):
            continue
        porteurs: dict[tuple[str, str], list[int]] = {}
        connus: dict[tuple[str, str], Item] = {}
        for place, liste in enumerate(listes):
            for item in liste:
                porteurs.setdefault(item.cle, []).append(place)
                connus.setdefault(item.cle, item)
        tous = len(requis)
        communs = tuple(connus[cle] for cle, places in porteurs.items() if len(places) == tous)
        partages.append(
            Partage(
                titre=TITRES[famille],
                communs=communs,
                par_plusieurs=tuple(
                    (connus[cle], " et ".join(libelles[place] for place in places))
                    for cle, places in porteurs.items()
                    if 1 < len(places) < tous
                ),
                propres=tuple(
                    ListePropre(
                        libelles[place], tuple(item for item in liste if porteurs[item.cle] == [place])
                    )
                    for place, liste in enumerate(listes)
                ),
                phrase=_phrase(len(communs), tous),
            )
        )
    return partages


def _phrase(communs: int, tous: int) -> str:
    nombre = EN_LETTRES.get(tous, str(tous))
    if not communs:
        return f"Rien n'est demandé par les {nombre} métiers à la fois."
    return f"{communs} en commun aux {nombre} métiers."
