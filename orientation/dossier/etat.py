"""The dossier's state is its address: fiches of three kinds in order, a gap, a commune. Read, bounded, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from orientation import adresse, demande
from orientation.demande import Demande

LONGUEUR_MAXIMALE = 480
"""Characters of the state: a QR code of 500 characters is still read on a sheet, at 38 mm a side."""
COMPETENCES_GARDEES = 30
"""Skills ticked that a dossier keeps; more belong to the gap's own address."""


@dataclass(frozen=True, slots=True)
class Sorte:
    """A kind of fiche that a dossier holds."""

    parametre: str
    genre: str
    """In the search index."""
    singulier: str
    pluriel: str
    maximum: int
    en_lettres: str


SORTES = {
    sorte.parametre: sorte
    for sorte in (
        Sorte("m", "metier", "métier", "métiers", 4, "quatre métiers"),
        Sorte("c", "certification", "certification", "certifications", 6, "six certifications"),
        Sorte("f", "formation", "formation", "formations", 6, "six formations"),
    )
}


@dataclass
class Dossier:
    """What an address names, unknown codes left out; each thing left out is said in `remarques`."""

    fiches: dict[str, list[Any]] = field(default_factory=lambda: {parametre: [] for parametre in SORTES})
    demande: Demande = field(default_factory=Demande)
    remarques: list[str] = field(default_factory=list)

    @property
    def est_vide(self) -> bool:
        return not any(self.fiches.values()) and self.demande.ecart is None

    @property
    def metiers(self) -> list[Any]:
        return self.fiches["m"]

    @property
    def certifications(self) -> list[Any]:
        return self.fiches["c"]

    @property
    def formations(self) -> list[Any]:
        return self.fiches["f"]

    @property
    def codes(self) -> dict[str, list[str]]:
        return {
            parametre: [adresse.code_de(fiche) for fiche in fiches]
            for parametre, fiches in self.fiches.items()
        }

    @cached_property
    def etat(self) -> str:
        """The state as the address holds it, without what was not understood."""
        return self.ecrire(self.codes)

    def ecrire(self, codes: Mapping[str, Sequence[str]], ecart: bool = True, lieu: bool = True) -> str:
        """The same dossier with other codes; without its gap, or its commune, when asked."""
        morceaux = [urlencode({nom: ",".join(liste)}, safe=",") for nom, liste in codes.items() if liste]
        if ecart and self.demande.etat:
            morceaux.append(self.demande.etat)
        if lieu and self.demande.commune:
            morceaux.append(f"commune={self.demande.commune.code}")
        return "&".join(morceaux)

    @property
    def couples(self) -> list[tuple[str, str]]:
        """The state as the hidden fields of a form hold it."""
        return couples(self.etat)

    @property
    def toutes(self) -> list[Any]:
        """Every fiche, kind after kind."""
        return [fiche for fiches in self.fiches.values() for fiche in fiches]

    def url(self, page: str = "dossier") -> str:
        return adresse_de(self.etat, page)

    def resume(self) -> str:
        """« 2 métiers, 1 certification »."""
        if not any(self.fiches.values()):
            return "un écart" if self.demande.ecart else ""
        nombres = [(len(self.fiches[sorte.parametre]), sorte) for sorte in SORTES.values()]
        return ", ".join(
            f"{nombre} {sorte.pluriel if nombre > 1 else sorte.singulier}"
            for nombre, sorte in nombres
            if nombre
        )


def couples(etat: str) -> list[tuple[str, str]]:
    """Names and values of a state."""
    return parse_qsl(etat)


def adresse_de(etat: str, page: str = "dossier") -> str:
    """The address of a page of the dossier (« dossier », « dossier_synthese »…) in this state."""
    chemin = reverse(f"orientation:{page}")
    return f"{chemin}?{etat}" if etat else chemin


def lire(parametres: QueryDict) -> Dossier:
    """`m=`, `c=`, `f=` codes, and a gap as `/ecart/` writes it; bounded in number and in length."""
    dossier = Dossier()
    for sorte in SORTES.values():
        codes = adresse.lire_codes(
            parametres.getlist(sorte.parametre),
            majuscules=sorte.parametre != "f",
            remarques=dossier.remarques,
        )
        if not codes:
            continue
        selection = adresse.LECTEURS[sorte.parametre](codes)
        dossier.remarques += selection.remarques
        dossier.fiches[sorte.parametre] = selection.fiches[: sorte.maximum]
        if de_trop := selection.fiches[sorte.maximum :]:
            noms = ", ".join(adresse.code_de(fiche) for fiche in de_trop)
            dossier.remarques.append(
                f"Un dossier garde {sorte.en_lettres} au plus : nous avons laissé de côté {noms}."
            )
    dossier.demande = demande.lire(
        parametres, dossier.metiers, dossier.certifications, competences_lues=COMPETENCES_GARDEES
    )
    dossier.remarques += dossier.demande.remarques
    dossier.remarques += [
        f"« {texte[:40]} » n'est pas un code : l'écart n'est pas mesuré."
        for texte in dossier.demande.cherches.values()
    ]
    _raccourcir(dossier)
    return dossier


def _raccourcir(dossier: Dossier) -> None:
    """Leave out the last formations, whose identifiers may be long, until the address can be printed."""
    laisses: list[str] = []
    while dossier.formations and len(dossier.ecrire(dossier.codes)) > LONGUEUR_MAXIMALE:
        laisses.insert(0, adresse.code_de(dossier.formations.pop()))
    if laisses:
        dossier.remarques.append(
            f"L'adresse devenait trop longue pour être imprimée : nous avons laissé de côté {', '.join(laisses)}."
        )
