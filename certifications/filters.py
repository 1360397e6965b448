"""The criteria by which certifications are listed; each is declared once, here."""

from __future__ import annotations

from catalogue.facettes import Choix, Facette, FacettesFilterSet
from certifications.etat import Etat
from certifications.models import Certification
from metiers.filters import choix_domaines, choix_niveaux


class CertificationFilterSet(FacettesFilterSet):
    niveau = Facette(
        "niveau",
        choix=choix_niveaux,
        libelle="Niveau",
        aide="Niveau de qualification du cadre national. Les fiches du répertoire spécifique n'en ont pas.",
    )
    type = Facette(
        "type",
        choix=[Choix(type_.value, type_.label) for type_ in Certification.Type],
        libelle="Répertoire",
        avec_non_renseigne=False,
    )
    etat = Facette(
        "etat_du_jour",
        choix=[Choix(etat.value, etat.label) for etat in Etat],
        libelle="État",
        aide="Calculé aujourd'hui, d'après la date d'échéance de l'enregistrement.",
        avec_non_renseigne=False,
    )
    domaine = Facette(
        "debouches__metier__domaine__grand_domaine",
        "debouches__metier__domaine",
        choix=choix_domaines,
        libelle="Domaine des métiers visés",
        aide="Domaines ROME des métiers que la fiche cite.",
        plusieurs=True,
    )

    class Meta:
        model = Certification
        fields: list[str] = []
