"""The criteria by which métiers are listed; each is declared once, here."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.facettes import Choix, Facette, FacettesFilterSet
from catalogue.niveaux import Niveau
from metiers.models import GrandDomaine, Metier
from metiers.models.metier import Riasec
from metiers.scores.acces import Bande


def choix_domaines() -> Iterator[Choix]:
    """The fourteen grands domaines, each with its domaines professionnels: two queries."""
    for grand in GrandDomaine.objects.publies().prefetch_related("domaines"):
        yield Choix(
            grand.code,
            grand.libelle,
            tuple(Choix(d.code, d.libelle) for d in grand.domaines.all() if not d.est_retire),
            repere=grand.code,
        )


def choix_niveaux() -> list[Choix]:
    return [Choix(str(niveau.value), niveau.libelle) for niveau in Niveau]


class MetierFilterSet(FacettesFilterSet):
    domaine = Facette(
        "domaine__grand_domaine",
        "domaine",
        choix=choix_domaines,
        libelle="Domaine",
        aide="Les quatorze grands domaines du ROME et leurs domaines professionnels.",
        avec_non_renseigne=False,
    )
    niveau = Facette(
        "niveau_acces",
        choix=choix_niveaux,
        libelle="Niveau d'études pour y accéder",
        aide="Le diplôme le plus court qui ouvre le métier, selon la rédaction, l'Onisep ou le texte du ROME.",
    )
    acces = Facette(
        "bande_acces",
        choix=[
            Choix(str(rang), bande.libelle_avec_bornes)
            for rang, bande in reversed(list(enumerate(sorted(Bande, key=lambda b: b.minimum), start=1)))
        ],
        libelle="Facilité d'accès",
        aide="Score de 0 à 10 ; 10 = le plus facile d'accès. Sans rapport avec le handicap.",
    )
    riasec = Facette(
        "riasec_majeur",
        choix=[Choix(type_.value, type_.label) for type_ in Riasec],
        libelle="Intérêt dominant (RIASEC)",
        aide="Le type d'intérêt que le ROME donne en premier à ce métier.",
        vide="",
    )

    class Meta:
        model = Metier
        fields: list[str] = []
