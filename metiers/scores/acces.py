"""« Facilité d'accès »: how easy a métier is to enter, 0 to 10, 10 = easiest. It says nothing about handicap.

Pure arithmetic over stated inputs, so that a page can unfold « pourquoi ce score ? ». Each known input is given
points from 0 (the longest way in) to 10 (the shortest); the score is their mean, weighted as follows:

===================  ======  ==========================================================================
input                weight  why
===================  ======  ==========================================================================
niveau                   6   the studies asked for decide most of the time needed, and are best known
experience               2   a door closed to beginners is hard to open, whatever the diploma
duree_formation          1   months of training; mostly follows the niveau, hence light
technicite               1   an appreciation, 1 to 5, given by editors or by a source
nb_competences           1   savoir-faire ROME requires: long lists ask for more learning, but also only
                             reflect how finely a fiche was written, hence light
===================  ======  ==========================================================================

A missing input is left out and the weights of the others are shared again (weighted mean over what is known):
the unknown neither helps nor harms. Without a niveau, or with fewer than two inputs, there is no score (None).
A score of another source is never recomputed from ours; it stands beside it under its own name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from catalogue import niveaux
from catalogue.niveaux import Niveau
from metiers.acces import Experience
from metiers.scores.score import SUR, Element, Score, arrondi, moyenne

NOM = "Facilité d'accès"
SENS = "10 = le plus facile d'accès"

_POINTS_NIVEAU = {
    Niveau.SANS_DIPLOME: Decimal(10),
    Niveau.NIVEAU_2: Decimal(9),
    Niveau.CAP: Decimal("8"),
    Niveau.BAC: Decimal("6.5"),
    Niveau.BAC_2: Decimal("4.5"),
    Niveau.BAC_3_OU_4: Decimal("3"),
    Niveau.BAC_5: Decimal("1.5"),
    Niveau.DOCTORAT: Decimal(0),
}
_POINTS_EXPERIENCE = {
    Experience.AUCUNE: Decimal(10),
    Experience.SOUHAITEE: Decimal(7),
    Experience.DEMANDEE: Decimal(3),
    Experience.CONFIRMEE: Decimal(0),
}
MOIS_MAXIMUM = 72
"""Six years and more of training give 0 point; none gives 10."""
COMPETENCES_MAXIMUM = 60
"""Sixty required savoir-faire and more give 0 point, none gives 10 (ROME 4.60: 7 to 81, median 30)."""


@dataclass(frozen=True, slots=True)
class ScoreDAcces(Score):
    """The score, 10 = easiest, with its band."""

    @property
    def bande(self) -> "Bande":
        return bande(self.valeur)


class Bande(Enum):
    """Five bands; the lower bound belongs to the band, and 10 belongs to the last."""

    TRES_DIFFICILE = (0, "Très difficile", "un accès qui se prépare sur plusieurs années")
    DIFFICILE = (2, "Difficile", "un accès exigeant, qui se prépare")
    MOYENNE = (4, "Moyenne", "un accès de difficulté moyenne")
    FACILE = (6, "Facile", "plutôt facile d'accès")
    TRES_FACILE = (8, "Très facile", "très facile d'accès")

    def __init__(self, minimum: int, libelle: str, phrase: str) -> None:
        self.minimum = minimum
        self.libelle = libelle
        """Word of the facet « Facilité d'accès »."""
        self.phrase = phrase
        """Words for a page, which inform without discouraging."""

    @property
    def maximum(self) -> int:
        """Upper bound, which belongs to the next band (except 10)."""
        return self.minimum + 2

    @property
    def libelle_avec_bornes(self) -> str:
        return f"{self.libelle} ({self.minimum} à {self.maximum})"


def bande(valeur: Decimal | float) -> Bande:
    """Band of a score; ValueError outside 0–10."""
    if not 0 <= valeur <= SUR:
        raise ValueError(f"Un score va de 0 à {SUR} : « {valeur} ».")
    return max((b for b in Bande if b.minimum <= valeur), key=lambda b: b.minimum)


def facilite_acces(
    *,
    niveau: int | None = None,
    experience: Experience | None = None,
    duree_formation_mois: int | None = None,
    technicite: int | None = None,
    nb_competences: int | None = None,
    origines: Mapping[str, str] | None = None,
) -> ScoreDAcces | None:
    """Score of the inputs known, or None without a niveau or with fewer than two inputs.

    niveau: 0, 2 to 8 (`catalogue.niveaux`); duree_formation_mois: 0 and more; technicite: 1 (simple) to 5;
    nb_competences: savoir-faire required by the fiche (`unix_liens_rome_referentiels_v*`, code_compo_bloc 5,
    code_rubrique 1), 0 and more; origines: who says each input, by its name. ValueError out of these ranges. Never rises
    when an input gets harder.
    """
    candidats = dict(
        _elements(niveau, experience, duree_formation_mois, technicite, nb_competences, origines or {})
    )
    connus = tuple(element for element in candidats.values() if element is not None)
    if niveau is None or len(connus) < 2:
        return None
    valeur = moyenne(connus)
    return ScoreDAcces(
        nom=NOM,
        valeur=valeur,
        phrase=bande(valeur).phrase,
        sens=SENS,
        elements=connus,
        manquants=tuple(libelle for libelle, element in candidats.items() if element is None),
        reserve="Sans rapport avec le handicap.",
    )


def _elements(
    niveau: int | None,
    experience: Experience | None,
    mois: int | None,
    technicite: int | None,
    competences: int | None,
    origines: Mapping[str, str],
) -> Iterator[tuple[str, Element | None]]:
    """Every input under its label, None when unknown, in the order of the weights."""

    def element(nom: str, libelle: str, valeur: str, points: Decimal, poids: int) -> Element:
        return Element(nom, libelle, valeur, arrondi(points), poids, origines.get(nom, ""))

    libelle = "Niveau d'accès"
    yield (
        libelle,
        None
        if niveau is None
        else element("niveau", libelle, niveaux.libelle(niveau), _POINTS_NIVEAU[Niveau(niveau)], 6),
    )
    libelle = "Expérience"
    yield (
        libelle,
        None
        if experience is None
        else element("experience", libelle, experience.libelle.lower(), _POINTS_EXPERIENCE[experience], 2),
    )
    libelle = "Durée de formation"
    yield (
        libelle,
        None
        if mois is None
        else element(
            "duree_formation", libelle, f"{mois} mois", _decroissant(mois, 0, MOIS_MAXIMUM, libelle), 1
        ),
    )
    libelle = "Technicité"
    if technicite is not None and technicite > 5:
        raise ValueError(f"{libelle} : de 1 à 5, et non « {technicite} ».")
    yield (
        libelle,
        None
        if technicite is None
        else element(
            "technicite", libelle, f"{technicite} sur 5", _decroissant(technicite, 1, 5, libelle), 1
        ),
    )
    libelle = "Savoir-faire requis"
    yield (
        libelle,
        None
        if competences is None
        else element(
            "nb_competences",
            libelle,
            str(competences),
            _decroissant(competences, 0, COMPETENCES_MAXIMUM, libelle),
            1,
        ),
    )


def _decroissant(valeur: int, minimum: int, maximum: int, libelle: str) -> Decimal:
    """10 points at the minimum, 0 from the maximum on, a straight line between."""
    if valeur < minimum:
        raise ValueError(f"{libelle} : au moins {minimum}, et non « {valeur} ».")
    return Decimal(SUR) * (1 - Decimal(min(valeur, maximum) - minimum) / (maximum - minimum))
