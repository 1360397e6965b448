"""What a question may be about: a closed list, since each criterion is a rule of this program.

Editors choose the questions, their words and their order; the values of an option are codes that its criterion
knows how to compare.
"""

from __future__ import annotations

import re

from django.db.models import TextChoices

SEPARATEURS = re.compile(r"[,;\s]+")


class Critere(TextChoices):
    RIASEC = "riasec", "Types d'intérêt (RIASEC)"
    INTERET = "interet", "Centres d'intérêt du ROME"
    RECHERCHER = "rechercher", "Contextes de travail à rechercher"
    EVITER = "eviter", "Contextes de travail à éviter"
    NIVEAU = "niveau", "Niveau que l'on a"
    ETUDES = "etudes", "Durée d'études acceptée"
    LIEU = "lieu", "Lieu et distance"
    BUDGET = "budget", "Budget"
    ALTERNANCE = "alternance", "Alternance ou non"


A_PLUSIEURS = frozenset({Critere.RIASEC, Critere.INTERET, Critere.RECHERCHER, Critere.EVITER})
"""Several answers to one question, and several questions about one criterion. Of the others there is one question."""
DES_METIERS = A_PLUSIEURS | {Critere.NIVEAU, Critere.ETUDES}
"""Those that say something of métiers; the others speak of formations alone."""

AIDE_DES_VALEURS = (
    "Des codes séparés par des virgules. Types d'intérêt : une lettre (R, I, A, S, E, C). Centres d'intérêt : leurs "
    "codes ROME. Contextes : leurs codes OGR. Niveau : 0 (sans diplôme), 2 à 8. Durée d'études et budget : un nombre "
    "d'années, un nombre d'euros. Alternance : oui ou non. Lieu : des distances en kilomètres, une par réponse."
)

_FORMES = {
    Critere.RIASEC: (r"[RIASEC]", "une lettre parmi R, I, A, S, E, C"),
    Critere.INTERET: (r"\d{1,5}", "des codes de centres d'intérêt"),
    Critere.RECHERCHER: (r"\d{1,10}", "des codes OGR de contextes de travail"),
    Critere.EVITER: (r"\d{1,10}", "des codes OGR de contextes de travail"),
    Critere.NIVEAU: (r"[02-8]", "0 (sans diplôme) ou un niveau de 2 à 8"),
    Critere.ETUDES: (r"\d{1,2}", "un nombre d'années"),
    Critere.LIEU: (r"[1-9]\d{0,2}", "une distance en kilomètres, de 1 à 999"),
    Critere.BUDGET: (r"\d{1,6}", "un nombre d'euros"),
    Critere.ALTERNANCE: (r"oui|non", "oui ou non"),
}


def lire_valeurs(texte: str) -> tuple[str, ...]:
    """« 403092, 403962 » → the codes, each once, in order."""
    return tuple(dict.fromkeys(code for code in SEPARATEURS.split(texte.strip()) if code))


def faute(critere: str, texte: str) -> str:
    """One sentence when these values mean nothing for the criterion, else nothing."""
    motif, attendu = _FORMES[Critere(critere)]
    valeurs = lire_valeurs(texte)
    if not valeurs or not all(re.fullmatch(motif, valeur) for valeur in valeurs):
        return f"Pour ce critère, indiquez {attendu}."
    if len(valeurs) > 1 and Critere(critere) not in A_PLUSIEURS:
        return "Pour ce critère, une réponse a une seule valeur."
    return ""
