"""The page of the dossier, made ready: every change is a link to another address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse

from catalogue.recherche.moteur import chercher
from orientation import adresse
from orientation.dossier.etat import SORTES, Dossier, Sorte, adresse_de

PROPOSES = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A fiche of the dossier, with what can be done about it; a link that would do nothing is empty."""

    fiche: Any
    code: str
    url_sans: str
    url_monter: str
    url_descendre: str


@dataclass(frozen=True, slots=True)
class Rayon:
    """The fiches of one kind."""

    sorte: Sorte
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Lien:
    titre: str
    precision: str
    url: str
    code: str = ""


class PageDossier:
    """`racine` is the address of the site, « https://exemple.fr »: what is printed and sent is absolute."""

    def __init__(self, dossier: Dossier, racine: str, nom_du_site: str) -> None:
        self.dossier = dossier
        self.racine = racine
        self.nom_du_site = nom_du_site

    @property
    def titre(self) -> str:
        return f"Mon dossier : {self.dossier.resume()}" if not self.dossier.est_vide else "Mon dossier"

    @property
    def adresse(self) -> str:
        return f"{self.racine}{self.dossier.url()}"

    @property
    def courriel(self) -> str:
        """A letter to whomever the visitor chooses, written in their own program: nothing goes through the site."""
        corps = (
            f"Bonjour,\n\nVoici le dossier que nous avons préparé ({self.dossier.resume()}) :\n{self.adresse}\n\n"
            "Il s'ouvre sans compte ; l'adresse contient le dossier, et rien d'autre n'est enregistré.\n"
        )
        sujet = f"Dossier d'orientation – {self.nom_du_site}"
        return f"mailto:?{urlencode({'subject': sujet, 'body': corps}, quote_via=quote)}"

    @cached_property
    def rayons(self) -> list[Rayon]:
        return [
            Rayon(sorte, self._pieces(sorte))
            for sorte in SORTES.values()
            if self.dossier.fiches[sorte.parametre]
        ]

    def _pieces(self, sorte: Sorte) -> tuple[Piece, ...]:
        codes = self.dossier.codes[sorte.parametre]
        dernier = len(codes) - 1
        return tuple(
            Piece(
                fiche=fiche,
                code=code,
                url_sans=self._avec(sorte, [*codes[:place], *codes[place + 1 :]]),
                url_monter=self._avec(sorte, _echanger(codes, place - 1)) if place else "",
                url_descendre=self._avec(sorte, _echanger(codes, place)) if place < dernier else "",
            )
            for place, (fiche, code) in enumerate(
                zip(self.dossier.fiches[sorte.parametre], codes, strict=True)
            )
        )

    def _avec(self, sorte: Sorte, codes: Sequence[str]) -> str:
        tous = self.dossier.codes | {sorte.parametre: list(codes)}
        # Nothing left: « vide » tells the device to forget the dossier too.
        return adresse_de(self.dossier.ecrire(tous, lieu=any(tous.values())) or "vide=1")

    @property
    def url_sans_ecart(self) -> str:
        return adresse_de(
            self.dossier.ecrire(self.dossier.codes, ecart=False, lieu=bool(self.dossier.toutes)) or "vide=1"
        )

    @property
    def url_ecart(self) -> str:
        return f"{reverse('orientation:ecart')}?{self.dossier.demande.etat_avec_lieu}"

    @property
    def ecarts_possibles(self) -> list[Lien]:
        """Gaps that could join the dossier: from each métier to each other, then from the certifications to the first."""
        sans = self.dossier.ecrire(self.dossier.codes, ecart=False)
        metiers = self.dossier.metiers
        liens = [
            Lien(
                f"De « {depart.libelle} » vers « {arrivee.libelle} »",
                "",
                adresse_de(f"{sans}&de={depart.code_rome}&vers={arrivee.code_rome}"),
            )
            for depart in metiers
            for arrivee in metiers
            if depart != arrivee
        ]
        liens += [
            Lien(
                f"De « {certification.intitule} » vers « {arrivee.libelle} »",
                "si vous avez cette certification",
                adresse_de(f"{sans}&certification={certification.numero}&vers={arrivee.code_rome}"),
            )
            for certification in self.dossier.certifications[:2]
            for arrivee in metiers[:2]
        ]
        return liens

    @property
    def a_imprimer(self) -> list[Lien]:
        """The sheets that this dossier can make."""
        d = self.dossier
        liens = [
            Lien(
                "Synthèse",
                "une à deux pages, avec les prochaines étapes à remplir",
                d.url("dossier_synthese"),
            )
        ]
        if len(d.metiers) > 1:
            codes = ",".join(d.codes["m"])
            liens.append(
                Lien(
                    "Comparaison des métiers",
                    "deux pages au plus, à remplir ensemble",
                    f"{reverse('orientation:comparer')}?m={codes}",
                )
            )
        if d.demande.ecart:
            liens.append(Lien("Écart", "ce qui manque, bloc par bloc", self.url_ecart))
        liens += [
            Lien(f"Fiche VAE, {c.numero}", c.intitule, f"{reverse('orientation:dossier_vae')}?c={c.numero}")
            for c in d.certifications
        ]
        if d.formations or d.certifications or d.metiers:
            liens.append(
                Lien(
                    "Formations et questions à poser",
                    "une liste à cocher pour appeler les centres",
                    d.url("dossier_formations"),
                )
            )
        liens.append(Lien("Financer une formation", "des pistes à confirmer", reverse("financements:liste")))
        return liens

    def ajouter_par_code(self, texte: str) -> str:
        """The address of the dossier with the fiche that a code designates; empty when it designates none."""
        for sorte in SORTES.values():
            codes = adresse.lire_codes([texte], majuscules=sorte.parametre != "f")
            fiches = adresse.LECTEURS[sorte.parametre](codes[:1]).fiches if len(codes) == 1 else []
            if fiches:
                return self._ajout(sorte, adresse.code_de(fiches[0]))
        return ""

    def chercher(self, texte: str) -> list[tuple[str, list[Lien]]]:
        """Fiches that answer these words, by kind, those of the dossier left out."""
        genres = {sorte.genre: sorte for sorte in SORTES.values()}
        trouves: dict[str, list[Lien]] = {}
        for t in chercher(texte, list(genres), limite=PROPOSES * 2).trouvailles:
            sorte = genres[t.genre]
            if t.cle not in self.dossier.codes[sorte.parametre]:
                precision = f"trouvé sous « {t.appellation} »" if t.appellation else ""
                trouves.setdefault(t.genre, []).append(
                    Lien(t.titre, precision, self._ajout(sorte, t.cle), t.cle)
                )
        return [
            (sorte.pluriel.capitalize(), trouves[sorte.genre][: PROPOSES // 2])
            for sorte in SORTES.values()
            if sorte.genre in trouves
        ]

    def _ajout(self, sorte: Sorte, code: str) -> str:
        codes = self.dossier.codes[sorte.parametre]
        return self._avec(sorte, list(dict.fromkeys([*codes, code])))


def _echanger(codes: Sequence[str], place: int) -> list[str]:
    """The codes with those at `place` and `place + 1` exchanged."""
    return [*codes[:place], codes[place + 1], codes[place], *codes[place + 2 :]]


def fusionner(ajout: QueryDict, ancien: QueryDict) -> str:
    """The state of `ancien` with what `ajout` brings: fiches at the end of their kind, a new gap in place of the old."""
    nouveau = QueryDict(mutable=True)
    for parametre in SORTES:
        codes = adresse.lire_codes(
            [*ancien.getlist(parametre), *ajout.getlist(parametre)], majuscules=parametre != "f"
        )
        if codes:
            nouveau[parametre] = ",".join(codes)
    du_gap = ajout if "vers" in ajout else ancien
    for parametre in ("de", "competences", "certification", "vers"):
        if parametre in du_gap:
            nouveau[parametre] = ",".join(du_gap.getlist(parametre))
    for parametres in (ajout, ancien):
        if commune := parametres.get("commune"):
            nouveau["commune"] = commune
            break
    return nouveau.urlencode(safe=",")
