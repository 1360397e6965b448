"""« Attractivité »: the demand, the salary and the conditions together, 0 to 10, 10 = the most favourable.

The weighted mean of the three scores, at least two of them. Salary and conditions weigh 2: they are felt every day. The
tension weighs 1: it helps to get in, and its figures are the oldest. Everyone is free to weigh otherwise: the three scores
are shown first.
"""

from __future__ import annotations

from metiers.scores import conditions, salaire, tension
from metiers.scores.score import Element, Score, en_francais, moyenne

NOM = "Attractivité"
POIDS = {tension.NOM: 1, salaire.NOM: 2, conditions.NOM: 2}
ELEMENTS_MINIMUM = 2

_PHRASES = (
    (8, "très favorable dans l'ensemble"),
    (6, "plutôt favorable dans l'ensemble"),
    (4, "du pour et du contre"),
    (2, "plutôt des points de vigilance"),
    (0, "surtout des points de vigilance"),
)


def attractivite(*scores: Score | None) -> Score | None:
    """The score of those given (tension, salaire, conditions), or None with fewer than two. KeyError for another score."""
    connus = {score.nom: score for score in scores if score is not None}
    elements = tuple(
        Element(
            nom,
            nom,
            f"{en_francais(score.valeur)} sur {score.sur}",
            score.valeur,
            POIDS[nom],
            " ; ".join(score.sources),
        )
        for nom, score in connus.items()
    )
    if len(elements) < ELEMENTS_MINIMUM:
        return None
    valeur = moyenne(elements)
    manquants = tuple(nom for nom in POIDS if nom not in connus)
    # Said with the sentence: two scores out of three may draw quite another picture than the three.
    restriction = f", sans compter : {manquants[0].lower()}" if manquants else ""
    return Score(
        nom=NOM,
        valeur=valeur,
        phrase=next(phrase for minimum, phrase in _PHRASES if valeur >= minimum) + restriction,
        sens="10 = le plus favorable",
        elements=elements,
        manquants=manquants,
        reserve="Les poids sont un choix de ce portail : vous pouvez en juger autrement en lisant chaque score.",
    )
