"""What links the fiches of a JSON delivery to the rest, completed: a list that a fiche does not hold stays what it was."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from metiers import models
from metiers.completer.fiches import FichesCompletes
from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import (
    LienCompetence,
    LienContexte,
    LienSavoir,
    LienSecteur,
    Mobilite,
    Secteur,
    SousSecteur,
)
from metiers.importers.rome.reperes import Secteurs
from metiers.importers.rome_json import RomeDit
from metiers.importers.rome_json.records import LienDit, SecteurDit
from metiers.models.competence import CoeurDeMetier

_COEURS = {"": "", CoeurDeMetier.PRINCIPALE: "Principale", CoeurDeMetier.EMERGENTE: "Émergente"}
Coeurs = dict[tuple[str, str], str]


class Liens:
    def __init__(self, dit: RomeDit, lues: FichesCompletes, controle: Controle):
        self._dit = dit
        self._lues = lues
        self._controle = controle

    def competences(self, categories: Mapping[str, str]) -> list[LienCompetence]:
        """`categories` gives that of each compétence kept."""
        connus = self._coeurs(models.CompetenceRequise.objects.all(), "competence_id")
        gardes = {
            (code, ogr): coeur
            for (code, ogr), coeur in connus.items()
            if ogr in categories
            and self._tait(
                code, "savoir_etre" if categories[ogr] == models.Competence.SAVOIR_ETRE else "savoir_faire"
            )
        }
        for lien in self._dits(self._dit.fiches.liens_competences, "compétence", categories):
            coeur = lien.coeur_metier
            gardes[lien.code_rome, lien.code] = (
                coeur if coeur is not None else connus.get((lien.code_rome, lien.code), "")
            )
        return [LienCompetence(code, ogr, coeur) for (code, ogr), coeur in gardes.items()]

    def savoirs(self, gardes: Container[str]) -> list[LienSavoir]:
        connus = self._coeurs(models.SavoirRequis.objects.all(), "savoir_id")
        liens = {
            (code, ogr): coeur
            for (code, ogr), coeur in connus.items()
            if ogr in gardes and self._tait(code, "savoirs")
        }
        for lien in self._dits(self._dit.fiches.liens_savoirs, "savoir", gardes):
            coeur = lien.coeur_metier
            liens[lien.code_rome, lien.code] = (
                coeur if coeur is not None else connus.get((lien.code_rome, lien.code), "")
            )
        return [LienSavoir(code, ogr, coeur) for (code, ogr), coeur in liens.items()]

    def contextes(self, gardes: Container[str]) -> list[LienContexte]:
        dits = [
            LienContexte(lien.code_rome, lien.code)
            for lien in self._dits(self._dit.fiches.liens_contextes, "contexte de travail", gardes)
        ]
        connus = models.ContexteDuMetier.objects.values_list("metier_id", "contexte_id")
        return dits + [
            LienContexte(code, ogr) for code, (ogr,) in self._tus(connus, "contextes") if ogr in gardes
        ]

    def mobilites(self) -> list[Mobilite]:
        dites = self._dit.fiches.mobilites(self._lues.dites, self._lues.code_par_ogr)
        connues = models.Mobilite.objects.values_list("metier_id", "cible_id", "ordre")
        code_par_pk = self._lues.code_par_pk
        return dites + [
            Mobilite(code, code_par_pk[cible], ordre)
            for code, (cible, ordre) in self._tus(connues, "mobilites")
            if cible in code_par_pk
        ]

    def secteurs(self) -> Secteurs | None:
        """None when no fiche of the file names a secteur: nothing is known that was not.

        The file has secteurs where the CSV form has secteurs and sous-secteurs: the finer links of a secteur it names are
        kept.
        """
        fiches = self._dit.fiches
        if not any("secteurs" in fiche.parties for fiche in self._lues.dites.values()):
            return None
        secteurs = {s.pk: Secteur(s.pk, s.libelle, s.definition) for s in models.Secteur.objects.publies()}
        sous_secteurs = {
            s.pk: SousSecteur(s.pk, s.libelle, s.secteur_id) for s in models.SousSecteur.objects.publies()
        }
        for code, libelle in fiches.secteurs.items():
            if code in secteurs:
                secteurs[code] = secteurs[code]._replace(libelle=libelle or secteurs[code].libelle)
            elif code not in sous_secteurs:
                secteurs[code] = Secteur(code, libelle, "")
        connus = models.SecteurDuMetier.objects.order_by("metier_id", "pk").values_list(
            "metier_id", "secteur_id", "sous_secteur_id", "principal"
        )
        en_place: dict[str, list[LienSecteur]] = {}
        for code, (secteur, sous_secteur, principal) in self._connus(connus):
            en_place.setdefault(code, []).append(LienSecteur(code, secteur, sous_secteur or "", principal))
        liens = [lien for code, suite in en_place.items() if self._tait(code, "secteurs") for lien in suite]
        for code, suite in groupby(fiches.liens_secteurs, key=attrgetter("code_rome")):
            if code in self._lues.dites:
                liens += self._secteurs_d_une_fiche(
                    code, list(suite), en_place.get(code, []), secteurs, sous_secteurs
                )
        return Secteurs(list(secteurs.values()), list(sous_secteurs.values()), liens)

    def _secteurs_d_une_fiche(
        self,
        code: str,
        dits: list[SecteurDit],
        en_place: list[LienSecteur],
        secteurs: Mapping[str, Secteur],
        sous_secteurs: Mapping[str, SousSecteur],
    ) -> Iterator[LienSecteur]:
        parents: set[str] = set()
        for dit in dits:
            sous = sous_secteurs.get(dit.code)
            secteur = dit.code if dit.code in secteurs or sous is None else sous.secteur
            if secteur not in secteurs or not secteurs[secteur].libelle:
                self._controle.rejeter("lien secteur", f"{code} – {dit.code}", "libellé absent")
                continue
            if secteur in parents:
                continue
            parents.add(secteur)
            lignes = [lien for lien in en_place if lien.secteur == secteur] or [
                LienSecteur(
                    code, secteur, sous.code if sous and secteur != dit.code else "", bool(dit.principal)
                )
            ]
            principaux = [lien.principal for lien in lignes]
            if dit.principal is not None and any(principaux) != dit.principal:
                principaux = [dit.principal and rang == 0 for rang in range(len(lignes))]
            yield from (
                lien._replace(principal=principal) for lien, principal in zip(lignes, principaux, strict=True)
            )

    def _tait(self, code: str, partie: str) -> bool:
        """Whether the file says nothing of this part of the fiche, or of the fiche."""
        fiche = self._lues.dites.get(code)
        return fiche is None or partie not in fiche.parties

    def _dits(self, liens: Iterable[LienDit], quoi: str, gardes: Container[str]) -> Iterator[LienDit]:
        """The links of the file whose two ends are kept."""
        for lien in liens:
            if lien.code_rome in self._lues.dites and self._controle.connu(
                f"lien {quoi}", f"{lien.code_rome} – {lien.code}", quoi, lien.code, gardes
            ):
                yield lien

    def _coeurs(self, perimetre: QuerySet[Any], item: str) -> Coeurs:
        return {
            (code, ogr): _COEURS[coeur]
            for code, (ogr, coeur) in self._connus(perimetre.values_list("metier_id", item, "coeur_metier"))
        }

    def _tus(self, rangees: Iterable[tuple[Any, ...]], partie: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
        return ((code, reste) for code, reste in self._connus(rangees) if self._tait(code, partie))

    def _connus(self, rangees: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The rows in place of the fiches that stay the same job, under their code in this version."""
        for pk, *reste in rangees:
            code = self._lues.code_par_pk.get(pk)
            if code is not None and pk not in self._lues.reaffectes:
                yield code, tuple(reste)
