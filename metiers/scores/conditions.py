"""« Conditions de travail »: how few constraints the ROME signals, 0 to 10, 10 = none.

From the contextes de travail of a fiche, types 1 (conditions and risks) and 2 (hours) of `referentiel_contexte_travail`,
known by their OGR codes. Two classes of constraints, and one plus:

==============  ======  ==================================================================================
input           weight  points
==============  ======  ==================================================================================
exposition         3    10 without any constraint of the body or its surroundings, 2 less for each, 0 from 5 on
horaires           2    10 without any constraint on time, 2 less for each, 0 from 5 on
télétravail        1    10 when the ROME says that it is possible; left out otherwise, for silence is not a no
==============  ======  ==================================================================================

The body comes first: an exposure can harm for good, hours mostly tire. A fiche without any context of a type says
nothing about it: that input is missing, and without either there is no score. Places (chantier, atelier, extérieur,
altitude, en mer), journeys, contact with the public and outfits are matters of taste: they count neither way.
On ROME 4.60: 1,582 fiches of 1,584 have a score, from 0 to 10; first decile 4.4, median 8.0, ninth decile 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from metiers.scores.score import SUR, Element, Score, moyenne

NOM = "Conditions de travail"
CODE_TYPE_CONDITIONS, CODE_TYPE_HORAIRES = "1", "2"
RETRAIT_PAR_CONTRAINTE = 2

EXPOSITIONS = {
    "23383": "En milieu nucléaire",
    "23384": "En milieu hyperbare",
    "23385": "En milieu exigu ou confiné",
    "300781": "En environnement allergène",
    "300782": "En grande hauteur",
    "300787": "En zone frigorifique",
    "300789": "Exposition à de hautes températures",
    "300790": "En environnement climatique difficile",
    "300791": "Manipulation de produits à risques",
    "300792": "Port de gilet pare-balles",
    "300794": "Manipulation d'un engin, équipement ou outil dangereux",
    "300795": "Port et manipulation de charges lourdes ou encombrantes",
    "300798": "Position pénible",
    "300800": "Station debout prolongée",
    "300801": "Travail répétitif ou cadence imposée",
    "300824": "En environnement bruyant",
    "38055": "Port d'équipement de protection individuelle (EPI)",
    "400047": "Travail dans des environnements hostiles et dangereux",
    "402010": "Sans lumière naturelle",
    "403021": "Exposition à de basses températures",
    "403022": "Exposition possible à gaz, aérosol, fumées",
    "511229": "Risques de chutes",
    "511359": "En environnement humide",
    "511480": "Travail dans des milieux difficiles et exigeants pour l'humain",
    "511495": "Port d'arme et de munitions",
}
"""Constraints on the body: what it carries, breathes, bears. The protective equipment counts: it is worn against a risk."""
HORAIRES = {
    "126450": "Travail posté",
    "23374": "Travail le samedi",
    "23376": "Travail les week-ends et jours fériés",
    "300793": "Travail le dimanche",
    "300803": "Travail de nuit",
    "300804": "Travail en astreinte",
    "300805": "Travail en horaires décalés",
    "300808": "Travail par roulement",
    "300834": "En flux tendu",
    "400005": "Travail en horaires fractionnés",
    "400040": "Travail saisonnier",
    "403095": "Travail selon un rythme irrégulier et des pics d'activité",
    "403826": "Travail durant les vacances scolaires",
    "511474": "Mobilisable en urgence",
}
"""Constraints on time. « En flux tendu » is of type 1 in the ROME, and speaks of rhythm."""
TELETRAVAIL = "300799"

_PHRASES = (
    (10, "aucune contrainte signalée"),
    (8, "peu de contraintes signalées"),
    (6, "quelques contraintes signalées"),
    (4, "plusieurs contraintes signalées"),
    (0, "de nombreuses contraintes signalées"),
)


class Contexte(NamedTuple):
    """A contexte de travail of the fiche."""

    code_ogr: str
    code_type: str
    libelle: str


def conditions(contextes: Iterable[Contexte], origine: str = "") -> Score | None:
    """The score, or None without any context of types 1 and 2. Never rises when a constraint is added."""
    retenus = {c.code_ogr: c for c in contextes if c.code_type in (CODE_TYPE_CONDITIONS, CODE_TYPE_HORAIRES)}
    types = {contexte.code_type for contexte in retenus.values()}
    elements, manquants = [], []
    for nom, libelle, code_type, codes, poids in (
        ("exposition", "Contraintes du corps et de l'environnement", CODE_TYPE_CONDITIONS, EXPOSITIONS, 3),
        ("horaires", "Contraintes d'horaires et de rythme", CODE_TYPE_HORAIRES, HORAIRES, 2),
    ):
        # A constraint is a statement about its class, whatever type the ROME files it under.
        if code_type in types or retenus.keys() & codes.keys():
            elements.append(_contraintes(nom, libelle, retenus, codes, poids, origine))
        else:
            manquants.append(libelle)
    if not elements:
        return None
    if TELETRAVAIL in retenus:
        elements.append(Element("teletravail", "Télétravail", "possible", Decimal(SUR), 1, origine))
    valeur = moyenne(elements)
    return Score(
        nom=NOM,
        valeur=valeur,
        phrase=next(phrase for minimum, phrase in _PHRASES if valeur >= minimum),
        sens="10 = aucune contrainte signalée",
        elements=tuple(elements),
        manquants=tuple(manquants),
        reserve=(
            "Le ROME signale ce que l'on peut rencontrer dans le métier, pas ce que chaque poste impose. Travailler dehors, "
            "se déplacer ou recevoir du public n'est compté ni pour ni contre."
        ),
    )


def _contraintes(
    nom: str,
    libelle: str,
    contextes: Mapping[str, Contexte],
    codes: Collection[str],
    poids: int,
    origine: str,
) -> Element:
    libelles = sorted(contexte.libelle for code, contexte in contextes.items() if code in codes)
    valeur = f"{len(libelles)} ({' ; '.join(libelles)})" if libelles else "aucune signalée"
    points = max(Decimal(0), Decimal(SUR - RETRAIT_PAR_CONTRAINTE * len(libelles)))
    return Element(nom, libelle, valeur, points, poids, origine)
