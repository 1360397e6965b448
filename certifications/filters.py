"""The criteria by which certifications are listed; each is declared once, here."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from catalogue.facettes import Choix, Facette, FacettesEnMemoire, Mots, Tri
from certifications import nsf
from certifications.etat import Etat
from certifications.models import Certificateur, Certification, VoieDAccesCertification
from metiers.filters import choix_domaines, choix_niveaux

VAE = VoieDAccesCertification.Voie.VAE


def choix_certificateurs() -> list[Choix]:
    """Those known by a SIRET, under the name that the fiches give last: one query.

    The same organisme bears several names from one fiche to another, and a name alone identifies nobody.
    """
    noms = {
        siret: commercial or legal
        for siret, commercial, legal in Certificateur.objects.exclude(siret="")
        .filter(certification__retire_le__isnull=True)
        .order_by("pk")
        .values_list("siret", "nom_commercial", "nom")
    }
    return [
        Choix(siret, nom)
        for siret, nom in sorted(noms.items(), key=lambda paire: (paire[1].casefold(), paire[0]))
    ]


class CertificationFilterSet(FacettesEnMemoire):
    tris = (
        Tri(
            "",
            "Actives d'abord",
            "Actives d'abord, puis par intitulé. L'état est calculé aujourd'hui, d'après la date d'échéance.",
        ),
        Tri("intitule", "Intitulé", "Par ordre alphabétique des intitulés.", ("intitule", "numero")),
        Tri(
            "niveau",
            "Niveau",
            "Du niveau le moins élevé au plus élevé ; celles dont le niveau n'est pas renseigné à la fin.",
            (F("niveau").asc(nulls_last=True), "intitule", "numero"),
        ),
    )

    q = Mots("certification", "numero", "Mots cherchés dans les intitulés")
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
    nsf = Facette(
        "nsf__code__domaine_nsf",
        "nsf__code__groupe_nsf",
        choix=nsf.choix,
        libelle="Spécialité (NSF)",
        aide="Les groupes de la nomenclature des spécialités de formation, sous leurs dix-sept domaines.",
        plusieurs=True,
        vide="",
    )
    voie = Facette(
        choix=[Choix(voie.value, voie.label) for voie in VoieDAccesCertification.Voie if voie != VAE],
        conditions={
            voie.value: Q(voies__voie=voie, voies__ouverte=True)
            for voie in VoieDAccesCertification.Voie
            if voie != VAE
        },
        libelle="Voie d'accès ouverte",
        aide="Les manières de la préparer que la fiche dit ouvertes, hors expérience.",
        libelle_non_renseigne="Aucune que la fiche dise ouverte",
    )
    vae = Facette(
        choix=(Choix("oui", "Ouverte"), Choix("non", "Fermée")),
        conditions={
            "oui": Q(voies__voie=VAE, voies__ouverte=True),
            "non": Q(voies__voie=VAE, voies__ouverte=False),
        },
        libelle="Par l'expérience (VAE)",
        aide="Obtenir la certification en faisant reconnaître son expérience.",
    )
    certificateur = Facette(
        "certificateurs__siret",
        choix=choix_certificateurs,
        libelle="Certificateur",
        aide="L'organisme qui délivre la certification, reconnu à son SIRET.",
        plusieurs=True,
        vide="",
        libelle_non_renseigne="SIRET non renseigné",
        recherche="certificateur_nom",
    )

    class Meta:
        model = Certification
        fields: list[str] = []

    @classmethod
    def population(cls) -> QuerySet:
        return Certification.objects.publies().actives_dabord()
