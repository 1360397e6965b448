"""The values that a session has for each criterion, and the bit that stands for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from formations.models.session import Session

NON_RENSEIGNE = "non-renseigne"
DESSOUS = {"region": "departement", "domaine": "sous-domaine"}
"""The values under those of a criterion, which are counted apart: pages seldom show them."""
DESSUS = {dessous: critere for critere, dessous in DESSOUS.items()}


@dataclass(frozen=True)
class Bande:
    """A range of a figure, its lower end included, its upper end not."""

    valeur: str
    libelle: str
    minimum: int


DUREES = (
    Bande("moins-35", "Moins de 35 heures (une semaine)", 1),
    Bande("35-149", "De 35 à 149 heures (un mois)", 35),
    Bande("150-399", "De 150 à 399 heures (un à trois mois)", 150),
    Bande("400-799", "De 400 à 799 heures (trois à six mois)", 400),
    Bande("800-1599", "De 800 à 1 599 heures (six mois à un an)", 800),
    Bande("1600-et-plus", "1 600 heures et plus (plus d'un an)", 1_600),
)
"""Hours of training. A duration of 0 says nothing: it is unknown."""

PRIX = (
    Bande("gratuit", "Gratuit", 0),
    Bande("jusqu-a-500", "Moins de 500 €", 1),
    Bande("500-1499", "De 500 à 1 499 €", 500),
    Bande("1500-2999", "De 1 500 à 2 999 €", 1_500),
    Bande("3000-5999", "De 3 000 à 5 999 €", 3_000),
    Bande("6000-et-plus", "6 000 € et plus", 6_000),
)
"""Euros, all taxes included. 0 is a price: free. Anything above 0 and under 1 is in the second band."""

MOIS_ANNONCES = 12
PERMANENTES, PLUS_TARD, PASSEES = "permanentes", "plus-tard", "passees"
EPOQUE = date(2000, 1, 1)
"""Days are counted from here, the first one being 1; 0 is an unknown date. Sixteen bits last until 2179."""
DERNIER_JOUR = 65_535


@dataclass(frozen=True)
class Place:
    """Where the bits of a criterion are in a session's word: one per value, then one for « non renseigné »."""

    premier: int
    valeurs: tuple[str, ...]

    @property
    def inconnu(self) -> int:
        return self.premier + len(self.valeurs)

    def bits(self, valeurs: object) -> int:
        """The word in which the bits of these values are set."""
        demandees = set(valeurs)  # type: ignore[call-overload]
        mot = sum(1 << self.premier + rang for rang, v in enumerate(self.valeurs) if v in demandees)
        return mot | (1 << self.inconnu if NON_RENSEIGNE in demandees else 0)


def _places(**valeurs: tuple[str, ...]) -> dict[str, Place]:
    """One after the other, but for those that a byte would cut in two: each is read by reading its bytes."""
    places, premier = {}, 0
    for nom, possibles in valeurs.items():
        taille = len(possibles) + 1
        if premier % 8 + taille > 8:
            premier = -(-premier // 8) * 8
        places[nom] = Place(premier, possibles)
        premier += taille
    assert premier < BIT_PERMANENT, "a word has 64 bits"  # noqa: S101
    return places


BIT_PERMANENT = 63
"""Set in what is stored; the bits of « debut » depend on the day and are set when it is read."""

PLACES = _places(
    voie=tuple(Session.Voie.values),
    modalite=tuple(Session.Modalite.values),
    cpf=("oui", "non"),
    duree=tuple(b.valeur for b in DUREES),
    prix=tuple(b.valeur for b in PRIX),
    debut=(PERMANENTES, *(f"+{n}" for n in range(MOIS_ANNONCES)), PLUS_TARD, PASSEES),
)
"""« +0 » is the present month, « +1 » the next one."""


def mois_annonces(jour: date) -> list[date]:
    """The first days of the month of `jour` and of those after it, one option each."""
    rangs = range(jour.year * 12 + jour.month - 1, jour.year * 12 + jour.month - 1 + MOIS_ANNONCES)
    return [date(rang // 12, rang % 12 + 1, 1) for rang in rangs]


def en_jours(jour: date) -> int:
    """1 for the first of January 2000; dates out of range are brought to its ends."""
    return min(max((jour - EPOQUE).days + 1, 1), DERNIER_JOUR)


def en_date(jours: int) -> date:
    return EPOQUE + timedelta(days=jours - 1)
