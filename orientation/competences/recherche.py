"""Skills by their words: all the words first, then words that look like them, then as many words as can be."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Q, Value, When
from rapidfuzz import fuzz, process

from catalogue.recherche.mots import mots_distincts
from orientation.models import PoidsDeMot, TitreDItem

MONTREES = 30
MOTS_LUS = 6
LONGUEUR_A_CORRIGER = 5
RESSEMBLANCE = 80.0
"""Out of 100: « comptabilté » is « comptabilité », « vente » is not « verte »."""


@dataclass(frozen=True, slots=True)
class Trouvees:
    titres: tuple[TitreDItem, ...] = ()
    remarque: str = ""
    """How these answer, when it is not by all the words as typed."""
    il_y_en_a_d_autres: bool = False


def chercher(texte: str) -> Trouvees:
    """One query when the words are found; a few more otherwise. Shorter labels first, then the most asked for."""
    mots = mots_distincts(texte)[:MOTS_LUS]
    if not mots:
        return Trouvees()
    if trouves := _tous(mots):
        return _rendre(trouves, "")
    corriges = [_corriger(mot) for mot in mots]
    if corriges != mots and (trouves := _tous(corriges)):
        return _rendre(trouves, f"Aucun libellé ne contient « {texte} » ; voici ceux qui y ressemblent.")
    return _rendre(
        _le_plus(corriges), "Aucun libellé ne contient tous ces mots ; voici ceux qui en ont une partie."
    )


def _rendre(trouves: list[TitreDItem], remarque: str) -> Trouvees:
    return Trouvees(tuple(trouves[:MONTREES]), remarque if trouves else "", len(trouves) > MONTREES)


def _tous(mots: list[str]) -> list[TitreDItem]:
    trouves = TitreDItem.objects.nommant(mots).order_by("nb_mots", "-nb_metiers", "code")
    return list(trouves[: MONTREES + 1])


def _le_plus(mots: list[str]) -> list[TitreDItem]:
    presents = [Q(mots__contains=f" {mot}") for mot in mots]
    touches = sum((Case(When(present, then=Value(1)), default=Value(0)) for present in presents), Value(0))
    trouves = TitreDItem.objects.annotate(touches=touches).filter(touches__gt=0)
    return list(trouves.order_by("-touches", "nb_mots", "-nb_metiers", "code")[: MONTREES + 1])


def _corriger(mot: str) -> str:
    """The word of the ROME's labels that looks most like this one, when no label has it."""
    if len(mot) < LONGUEUR_A_CORRIGER or TitreDItem.objects.nommant([mot]).exists():
        return mot
    connus = PoidsDeMot.objects.filter(mot__startswith=mot[0]).order_by("mot").values_list("mot", flat=True)
    meilleur = process.extractOne(mot, list(connus), scorer=fuzz.ratio, score_cutoff=RESSEMBLANCE)
    return meilleur[0] if meilleur else mot
