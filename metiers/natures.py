"""The kinds of figures that imports attach to métiers; made the first time one is needed, then the editors' to reword."""

from __future__ import annotations

from metiers.models.chiffres import NatureIndicateur

TENSION = "tension-dares"
EMPLOIS = "emplois-famille"
SALAIRE_MEDIAN = "salaire-median"
PROJETS = "projets-recrutement-bmo"
PROJETS_DIFFICILES = "projets-difficiles-bmo"

EUROS_NETS = "€ net par mois"
"""The unit of the net monthly amounts; the others are of another kind, and not to be compared with them."""

_MARCHE, _SALAIRE = NatureIndicateur.Theme.MARCHE, NatureIndicateur.Theme.SALAIRE
DE_FAMILLE = (
    NatureIndicateur(
        code=SALAIRE_MEDIAN,
        libelle="Salaire médian",
        theme=_SALAIRE,
        aide="La moitié des personnes gagne moins, l'autre moitié gagne plus. Ce n'est pas une moyenne : quelques très "
        "hauts salaires ne le déplacent pas.",
        ordre=20,
    ),
    NatureIndicateur(
        code=TENSION,
        libelle="Tension, catégorie Dares",
        theme=_MARCHE,
        aide="Une note de 1 à 5 donnée à une famille de métiers entière. À 5, les employeurs ont le plus de mal à "
        "recruter. Le chiffre est national et vaut pour l'année indiquée.",
        ordre=40,
    ),
    NatureIndicateur(
        code=PROJETS,
        libelle="Projets de recrutement",
        theme=_MARCHE,
        aide="Le nombre d'embauches que les employeurs interrogés prévoient dans l'année, pour toute une famille de "
        "métiers. C'est une intention, pas un nombre d'offres.",
        ordre=50,
    ),
    NatureIndicateur(
        code=PROJETS_DIFFICILES,
        libelle="Projets de recrutement jugés difficiles",
        theme=_MARCHE,
        aide="Parmi les projets déclarés, ceux pour lesquels l'employeur s'attend à avoir du mal à trouver quelqu'un.",
        ordre=60,
    ),
    NatureIndicateur(
        code=EMPLOIS,
        libelle="Personnes en emploi dans la famille de métiers",
        theme=_MARCHE,
        aide="Le nombre moyen de personnes qui travaillent dans toute la famille professionnelle, dont votre métier n'est "
        "qu'une partie.",
        ordre=70,
    ),
)
"""Figures of a whole family of métiers, which a métier reaches through a crosswalk."""


def assurer() -> None:
    """Make the kinds that are not there yet; those that are keep the editors' words."""
    NatureIndicateur.objects.bulk_create(DE_FAMILLE, ignore_conflicts=True)
