"""Every link from métiers to others, with its reasons, in a constant number of queries.

Five kinds: the mobilités of the ROME, the paths told by the dossiers, the métiers that Onisep associates, the family of
the ROME, and the skills in common (`orientation.proximite`, where a rare skill weighs more than a common one). What is
near is computed and kept at import time, fifteen for each métier; the other four are read whole, so that no official
link is missing because sixteen métiers were nearer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from catalogue.recherche.mots import sans_accents
from guides.models import EtapeDeParcours
from metiers.models import FicheOnisep, Metier, Mobilite
from orientation.models import Proximite

GENRES = {
    "mobilite": "mobilité du ROME",
    "parcours": "parcours d'un dossier",
    "onisep": "associé par l'Onisep",
    "famille": "même famille du ROME",
    "competences": "compétences communes",
}
"""In the order in which reasons are told."""
EXEMPLES = 3
SANS_RANG = 1_000


@dataclass
class Passage:
    """A link from a métier to another, with its reasons by kind."""

    vers: int
    raisons: dict[str, str] = field(default_factory=dict)
    rang: int = SANS_RANG
    """Among the nearest, from 1; `SANS_RANG` when it is not one of them."""
    communes: int = 0
    """Skills in common, when they were counted."""
    proche: Any = None
    """The `Metier`, once read with what its card shows; None while it is not, and for a withdrawn one."""

    @property
    def raison(self) -> str:
        """« Mobilité proposée par le ROME ; 12 compétences et savoirs en commun, dont … »."""
        phrase = " ; ".join(self.raisons[genre] for genre in GENRES if genre in self.raisons)
        return phrase[:1].upper() + phrase[1:]

    @property
    def raison_breve(self) -> str:
        """« mobilité du ROME, 12 en commun »."""
        mots = [GENRES[genre] for genre in GENRES if genre in self.raisons and genre != "competences"]
        if self.communes:
            mots.append(f"{self.communes} en commun")
        return ", ".join(mots)


def passages(depuis: Collection[int]) -> dict[int, list[Passage]]:
    """The links of each of these métiers, each target once, its nearest first; six queries, whatever their number."""
    trouves: dict[int, dict[int, Passage]] = {metier: {} for metier in depuis}
    proximites = Proximite.objects.filter(metier__in=depuis).values_list(
        "metier_id", "proche_id", "rang", "communes", "raisons"
    )
    for metier, proche, rang, communes, raisons in proximites:
        passage = trouves[metier].setdefault(proche, Passage(proche))
        passage.rang, passage.communes = rang, communes
        passage.raisons |= {raison["genre"]: raison["phrase"] for raison in raisons}
    for genre, liens in (
        ("mobilite", _mobilites(depuis)),
        ("parcours", _parcours(depuis)),
        ("onisep", _onisep(depuis)),
        ("famille", _famille(depuis)),
    ):
        for metier, vers, phrase in liens:
            if metier in trouves and vers != metier:
                trouves[metier].setdefault(vers, Passage(vers)).raisons.setdefault(genre, phrase)
    cibles = {vers for passages_du_metier in trouves.values() for vers in passages_du_metier}
    connus = {m.pk: m for m in Metier.objects.publies().for_list().filter(pk__in=cibles)}
    for passages_du_metier in trouves.values():
        for passage in passages_du_metier.values():
            passage.proche = connus.get(passage.vers)
    return {
        metier: sorted((p for p in liste.values() if p.proche is not None), key=par_proximite)
        for metier, liste in trouves.items()
    }


def par_proximite(passage: Passage) -> tuple[int, int, str, int]:
    """The nearest first, then what is linked otherwise: more kinds of reasons, then the alphabet."""
    return passage.rang, -len(passage.raisons), *_alphabet(passage)


def par_raisons(passage: Passage) -> tuple[int, int, str, int]:
    """More kinds of reasons first, then the nearest, then the alphabet."""
    return -len(passage.raisons), passage.rang, *_alphabet(passage)


def _alphabet(passage: Passage) -> tuple[str, int]:
    return sans_accents(passage.proche.libelle) if passage.proche else "", passage.vers


Lien = tuple[int, int, str]
"""From, to, why."""


def _mobilites(depuis: Collection[int]) -> Iterator[Lien]:
    for metier, cible in Mobilite.objects.filter(metier__in=depuis).values_list("metier_id", "cible_id"):
        yield metier, cible, "mobilité proposée par le ROME"


def _parcours(depuis: Collection[int]) -> Iterator[Lien]:
    """From each step of a path to the next one that is another métier; several steps may be one métier."""
    etapes = (
        EtapeDeParcours.objects.affichables()
        .filter(parcours__dossier__publie=True, parcours__etapes__metier__in=depuis)
        .order_by("parcours", "ordre", "pk")
        .distinct()
        .values_list("parcours", "metier_id", "parcours__titre", "parcours__dossier__titre")
    )
    precedent: tuple[int, int] | None = None
    for parcours, metier, titre, dossier in etapes:
        if precedent and precedent[0] == parcours and precedent[1] != metier:
            yield precedent[1], metier, f"étape suivante du parcours « {titre} » (dossier « {dossier} »)"
        precedent = (parcours, metier)


def _onisep(depuis: Collection[int]) -> Iterable[Lien]:
    """Through the fiches of Onisep that cite these métiers, and the fiches that they associate."""
    lignes = (
        FicheOnisep.metiers_associes.through.objects.filter(
            from_ficheonisep__retire_le__isnull=True,
            from_ficheonisep__liens_rome__metier__in=depuis,
            to_ficheonisep__retire_le__isnull=True,
            to_ficheonisep__liens_rome__metier__isnull=False,
        )
        .order_by("to_ficheonisep__nom", "pk")
        .values_list(
            "from_ficheonisep__liens_rome__metier",
            "to_ficheonisep__liens_rome__metier",
            "to_ficheonisep__nom",
        )
    )
    noms: dict[tuple[int, int], list[str]] = defaultdict(list)
    for metier, vers, nom in lignes:
        if nom not in noms[metier, vers]:
            noms[metier, vers].append(nom)
    for (metier, vers), fiches in noms.items():
        cites = ", ".join(f"« {nom} »" for nom in fiches[:EXEMPLES])
        yield metier, vers, f"métier associé selon l'Onisep ({cites})"


def _famille(depuis: Collection[int]) -> Iterator[Lien]:
    """The fiche at the head of the family, and those that have the same head."""
    tetes = {
        pk: parent or pk for pk, parent in Metier.objects.filter(pk__in=depuis).values_list("pk", "parent_id")
    }
    membres: dict[int, list[int]] = defaultdict(list)
    parents = set(tetes.values())
    famille = Metier.objects.publies().filter(Q(pk__in=parents) | Q(parent__in=parents))
    for pk, parent in famille.order_by("pk").values_list("pk", "parent_id"):
        membres[parent if parent in parents else pk].append(pk)
    for metier, tete in tetes.items():
        for vers in membres[tete]:
            yield metier, vers, "même famille du ROME"
