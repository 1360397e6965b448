"""The page of a comparison, made ready: links that keep the state, table, skills, hexagon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse

from orientation import adresse
from orientation.adresse import LECTEURS, Selection
from orientation.choix import PROPOSEES, Proposition, proposer
from orientation.comparaison import certifications, formations, metiers
from orientation.comparaison.critere import EN_LETTRES, MAXIMUM, Tableau, comparer
from orientation.comparaison.partage import Partage, partager
from orientation.comparaison.riasec import Superposition, superposer
from orientation.models import Proximite


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One of the three things that can be compared."""

    parametre: str
    genre: str
    """In the search index."""
    singulier: str
    pluriel: str
    exemple: str
    module: ModuleType


CATALOGUES = {
    c.parametre: c
    for c in (
        Catalogue("m", "metier", "métier", "métiers", "D1415, ou « téléconseiller »", metiers),
        Catalogue("c", "certification", "certification", "certifications", "RNCP34809", certifications),
        Catalogue("f", "formation", "formation", "formations", "FOR.2316, ou « BTS banque »", formations),
    )
}


@dataclass(frozen=True, slots=True)
class Colonne:
    """A fiche at the head of its column, with what can be done about it."""

    fiche: Any
    non_renseignes: int
    url_sans: str
    url_remplacer: str


class PageComparaison:
    """A comparison read in an address: `codes` name fiches of `catalogue`."""

    def __init__(
        self, catalogue: Catalogue, codes: Sequence[str], differences: bool = False, remplacer: str = ""
    ) -> None:
        self.catalogue = catalogue
        self.differences = differences
        self.selection: Selection = LECTEURS[catalogue.parametre](codes)
        self.selection.limiter(MAXIMUM, EN_LETTRES[MAXIMUM])
        self.codes = [adresse.code_de(fiche) for fiche in self.selection.fiches]
        self.remplacer = remplacer if remplacer in self.codes else ""
        self.est_un_tableau = len(self.codes) > 1
        self.compares: list[Any] = (
            catalogue.module.charger(self.selection.fiches) if self.est_un_tableau else []
        )
        self.tableau: Tableau | None = None
        self.colonnes: list[Colonne] = []
        if self.est_un_tableau:
            tableau = comparer(catalogue.module.criteres(self.compares), self.compares, differences)
            self.tableau = tableau
            self.colonnes = [
                Colonne(
                    fiche, absents, self._sans(fiche.code), self._adresse(self.codes, remplacer=fiche.code)
                )
                for fiche, absents in zip(self.compares, tableau.non_renseignes, strict=True)
            ]

    @property
    def titre(self) -> str:
        if not self.codes:
            return f"Comparer des {self.catalogue.pluriel}"
        if not self.est_un_tableau:
            return (
                f"Comparer : un {self.catalogue.singulier} choisi"
                if self.catalogue.parametre == "m"
                else (f"Comparer : une {self.catalogue.singulier} choisie")
            )
        nombre = EN_LETTRES[len(self.codes)].capitalize()
        participe = "comparés" if self.catalogue.parametre == "m" else "comparées"
        return f"{nombre} {self.catalogue.pluriel} {participe}"

    @property
    def est_pleine(self) -> bool:
        return len(self.codes) >= MAXIMUM and not self.remplacer

    @property
    def etat(self) -> str:
        """The codes, as the address holds them."""
        return ",".join(self.codes)

    @property
    def etat_ecrit(self) -> str:
        """The same, as a link writes them."""
        return quote(self.etat, safe=",")

    @property
    def url(self) -> str:
        """The state as the page understood it: codes normalised, unknown ones left out."""
        return self._adresse(self.codes)

    @property
    def url_entiere(self) -> str:
        """The same comparison with every row."""
        return self._adresse(self.codes, differences="")

    @property
    def url_differences(self) -> str:
        return self._adresse(self.codes, differences="1")

    @property
    def partage_quelque_chose(self) -> bool:
        """Whether the printed sheet has anything to say of shared skills that the table does not count."""
        return any(partage.communs for partage in self.partages) or bool(self.sans_competences)

    @cached_property
    def partages(self) -> list[Partage]:
        """Skills in common and apart; for métiers only."""
        if self.catalogue.parametre != "m":
            return []
        return partager([m.requis for m in self.compares], [m.libelle for m in self.compares])

    @property
    def liens_ecart(self) -> list[Proposition]:
        """From each métier to each other: the gap is directed."""
        chemin = reverse("orientation:ecart")
        return [
            Proposition(
                f"De « {depart.libelle} » vers « {arrivee.libelle} »",
                "",
                "",
                f"{chemin}?{urlencode({'de': depart.code, 'vers': arrivee.code})}",
            )
            for depart in self.compares
            for arrivee in self.compares
            if depart is not arrivee and self.catalogue.parametre == "m"
        ]

    @property
    def sans_competences(self) -> list[str]:
        """Titles of the métiers whose skills the ROME does not list."""
        return [m.libelle for m in self.compares if self.catalogue.parametre == "m" and not m.requis]

    @property
    def hexagone(self) -> Superposition | None:
        if self.catalogue.parametre != "m":
            return None
        return superposer(
            [(m.libelle, m.metier.riasec_majeur, m.metier.riasec_mineur) for m in self.compares]
        )

    def avec(self, code: str) -> str:
        """The address with one more fiche, in place of the one to replace when there is one."""
        if self.remplacer:
            codes = [code if connu == self.remplacer else connu for connu in self.codes]
        else:
            codes = [*self.codes, code]
        return self._adresse(list(dict.fromkeys(codes)))

    def chercher(self, texte: str) -> list[Proposition]:
        """Fiches of this catalogue that answer these words, those already compared left out."""
        return proposer(texte, self.catalogue.genre, self.avec, self.codes)

    def propositions(self) -> list[Proposition]:
        """Métiers near the only one chosen, each with its reason."""
        if self.catalogue.parametre != "m" or len(self.codes) != 1:
            return []
        proches = Proximite.objects.filter(metier=self.selection.fiches[0]).for_list()[:PROPOSEES]
        return [
            Proposition(p.proche.libelle, p.proche.code_rome, p.raison, self.avec(p.proche.code_rome))
            for p in proches
        ]

    def _sans(self, code: str) -> str:
        return self._adresse([connu for connu in self.codes if connu != code])

    def _adresse(self, codes: Sequence[str], **autres: str) -> str:
        parametres = {self.catalogue.parametre: ",".join(codes)}
        if self.differences:
            parametres["differences"] = "1"
        renseignes = {nom: valeur for nom, valeur in (parametres | autres).items() if valeur}
        suite = urlencode(renseignes, safe=",")
        chemin = reverse("orientation:comparer")
        return f"{chemin}?{suite}" if suite else chemin
