"""What métiers ask for, skill by skill, in one query whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Value

from metiers.fiche import SAVOIRS_QUI_SONT_DES_DIPLOMES
from metiers.models import Competence, CompetenceRequise, SavoirRequis
from metiers.models.competence import CoeurDeMetier

SAVOIR_FAIRE, SAVOIR_ETRE, SAVOIR, DIPLOME = "savoir-faire", "savoir-être", "savoir", "diplôme"
FAMILLES = (SAVOIR_FAIRE, SAVOIR_ETRE, SAVOIR)
"""What is counted; diplomas, which the ROME files among savoirs, are not knowledge to count."""


@dataclass(frozen=True, slots=True)
class Item:
    """A compétence or a savoir that a métier asks for; two métiers ask for the same one when `cle` is the same."""

    nature: str
    """« competence » or « savoir »: the table its code belongs to."""
    code: str
    libelle: str
    famille: str
    """« savoir-faire », « savoir-être », « savoir », or « diplôme » (not counted)."""
    coeur: str = ""
    """« P » (cœur de métier), « E » (émergente) or empty."""

    @property
    def cle(self) -> tuple[str, str]:
        return self.nature, self.code

    @property
    def est_coeur(self) -> bool:
        return self.coeur == CoeurDeMetier.PRINCIPALE

    @property
    def poids(self) -> int:
        """Two for the cœur de métier, one for the rest."""
        return 2 if self.est_coeur else 1

    @property
    def mention(self) -> str:
        """« Cœur de métier », « Émergente » or nothing."""
        return CoeurDeMetier(self.coeur).label if self.coeur else ""


def requis_par(metiers: Collection[int]) -> dict[int, list[Item]]:
    """Items of each métier by its key, cœur de métier first, then by label; diplomas included, in their family."""
    par_metier: dict[int, list[Item]] = defaultdict(list)
    for metier, item in _requis(metiers):
        par_metier[metier].append(Item(*item))
    return {metier: trier(par_metier[metier]) for metier in metiers}


def libelles_par(metiers: Collection[int]) -> dict[int, dict[tuple[str, str], str]]:
    """The labels of the items that count, by their key, for each métier: enough for who compares them all."""
    par_metier: dict[int, dict[tuple[str, str], str]] = {metier: {} for metier in metiers}
    for metier, (nature, code, libelle, famille, _) in _requis(metiers):
        if famille != DIPLOME:
            par_metier[metier][nature, code] = libelle
    return par_metier


def _requis(metiers: Collection[int]) -> Iterator[tuple[int, tuple[str, str, str, str, str]]]:
    """What each métier asks for, in no order: its key, then the columns of an `Item`."""
    colonnes = ("metier_id", "nature", "code", "libelle", "coeur_metier", "rangement", "finesse", "retenu")
    competences = (
        CompetenceRequise.objects.filter(metier__in=metiers)
        .annotate(
            nature=Value("competence"),
            code=F("competence_id"),
            libelle=F("competence__libelle"),
            rangement=F("competence__categorie"),
            finesse=Value(""),
            retenu=Value(""),
        )
        .values_list(*colonnes)
    )
    savoirs = (
        SavoirRequis.objects.filter(metier__in=metiers)
        .annotate(
            nature=Value("savoir"),
            code=F("savoir_id"),
            libelle=F("savoir__libelle"),
            rangement=F("savoir__categorie"),
            finesse=F("savoir__sous_categorie"),
            retenu=F("savoir__categorie_editoriale"),
        )
        .values_list(*colonnes)
    )
    for metier, nature, code, libelle, coeur, rangement, finesse, retenu in competences.union(
        savoirs, all=True
    ):
        if nature == "competence":
            famille = SAVOIR_ETRE if rangement == Competence.SAVOIR_ETRE else SAVOIR_FAIRE
        else:
            famille = DIPLOME if (retenu or finesse or rangement) == SAVOIRS_QUI_SONT_DES_DIPLOMES else SAVOIR
        yield metier, (nature, code, libelle, famille, coeur)


def comptes(items: Iterable[Item]) -> list[Item]:
    """Those that count: all but diplomas."""
    return [item for item in items if item.famille != DIPLOME]


def trier(items: Iterable[Item]) -> list[Item]:
    """Cœur de métier first, then emerging, then the others; by label inside each."""
    return sorted(items, key=lambda i: ({"P": 0, "E": 1}.get(i.coeur, 2), i.libelle, i.code))
