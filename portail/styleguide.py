"""The page that shows every component of templates/composants/, with samples that need no database. DEBUG only."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.facettes import FacetteAffichee, Option, Puce, Retrait, Tri
from catalogue.models import Source
from catalogue.texte import structurer
from certifications.etat import Etat
from certifications.models import Certification
from formations.models import Formation
from metiers.autres_sources import ExtraitsDUneSource
from metiers.faits import Fait
from metiers.hexagone import hexagone
from metiers.models import DomaineProfessionnel, GrandDomaine, IndicateurEditorial, Metier, NatureIndicateur
from metiers.scores.du_metier import ScoreAffiche
from metiers.scores.score import Element

LETTRES = "ABCDEFGHIJKLMN"


def styleguide(request: HttpRequest) -> HttpResponse:
    """Samples only: nothing here is a fact about a métier."""
    grand = GrandDomaine(code="D", libelle="Commerce, Vente et Grande distribution")
    metier = Metier(
        code_rome="D1415",
        libelle="Chargé / Chargée de relation client",
        domaine=DomaineProfessionnel(code="D14", libelle="Force de vente", grand_domaine=grand),
        niveau_acces=5,
        score_acces=Decimal("4.8"),
    )
    inconnu = Metier(code_rome="D1400", libelle="Métier sans données", domaine=metier.domaine)
    source = Source(
        code="exemple", nom="Source d'exemple", producteur="Producteur", licence="Licence d'exemple"
    )
    hier, bientot = date.today() - timedelta(days=1), date.today() + timedelta(days=400)  # noqa: DTZ011 -- a sample
    return render(
        request,
        "styleguide.html",
        {
            "lettres": LETTRES,
            "grand": grand,
            "metiers": [metier, inconnu],
            "certifications": [
                Certification(
                    numero="RNCP1",
                    type="RNCP",
                    intitule="Certification active",
                    niveau=5,
                    date_fin_enregistrement=bientot,
                ),
                Certification(
                    numero="RNCP2", type="RNCP", intitule="Certification échue", date_fin_enregistrement=hier
                ),
                Certification(numero="RS3", type="RS", intitule="Certification du répertoire spécifique"),
            ],
            "formation": Formation(
                identifiant="FOR.0", intitule="Formation d'exemple", niveau_sortie=4, duree="2 ans"
            ),
            "etats": list(Etat),
            "indicateurs": [
                IndicateurEditorial(
                    nature=NatureIndicateur(
                        code="a", libelle="Score sans sens connu", aide="Comment le lire."
                    ),
                    valeur=Decimal("4.38"),
                    valeur_affichee="4,4",
                    echelle=10,
                    source=source,
                ),
                IndicateurEditorial(
                    nature=NatureIndicateur(code="b", libelle="Salaire, 1er décile"),
                    valeur=Decimal(1234),
                    unite="€ brut par mois",
                    source=source,
                    millesime="2020",
                    effectif=12,
                ),
            ],
            "faits": [
                Fait("Niveau d'études", "Niveau 5 (bac+2)", "Niveau lu dans un texte."),
                Fait("Expérience", "Non renseigné", renseigne=False),
            ],
            "texte": structurer("Une phrase qui présente.    * un élément    * un autre    * un troisième"),
            "phrases": ["Une première phrase.", "Une mission", "Une autre mission"],
            "extraits": [ExtraitsDUneSource("Producteur", (("Rangement", ("Un libellé", "Un autre")),))],
            "scores": scores_d_exemple(source),
            "hexagone": hexagone({"S": 1, "E": 2, "I": 3, "R": 4, "A": 5}),
            "chapitres": [("", "Un texte."), ("Un intertitre", "Un autre texte.")],
            "facette": FacetteAffichee(
                "niveau",
                "Niveau",
                "Une aide en une phrase.",
                [
                    Option("5", "Niveau 5 (bac+2)", 12, True),
                    Option(
                        "D",
                        "Commerce",
                        7,
                        False,
                        "D",
                        developper=lambda: [Option("D14", "Force de vente", 3, False)],
                    ),
                    Option("8", "Niveau 8 (doctorat)", 0, False),
                    Option("non-renseigne", "Non renseigné", 4, False),
                ],
            ),
            "filtre": {
                "gardes": [],
                "cherche": True,
                "texte": "vendeur",
                "complement": "",
                "mots_proches": [],
                "nombre_partout": 3,
                "facettes": [
                    FacetteAffichee("type", "Type", "", [Option("RNCP", "Diplôme ou titre (RNCP)", 3, False)])
                ],
                "puces": [Puce("Niveau", "Niveau 5 (bac+2)", "?")],
                "valeurs_ignorees": [("Niveau", "99")],
                "url_reinitialiser": "?",
                "retraits": [Retrait("Niveau", "Niveau 5 (bac+2)", "?", 12)],
                "tri": Tri("", "Ordre alphabétique", "Par ordre alphabétique."),
                "tris": ("", "niveau"),
                "liens_de_tri": [
                    ("Ordre alphabétique", "?", True),
                    ("Niveau d'études", "?tri=niveau", False),
                ],
            },
            "source": source,
            "proximite": {"inconnue": "Nulle-Part", "propositions": [], "saisie": "Nulle-Part"},
            "liens_d_exemple": [("Tous les métiers", "/metiers/")],
            "page_obj": Paginator(range(300), 30).page(4),
        },
    )


def scores_d_exemple(source: Source) -> list[ScoreAffiche]:
    """One with its reasons and a source's own beside it, one without inputs."""
    absents: dict[str, Any] = {
        "valeur": None,
        "valeur_en_clair": "",
        "sens": "",
        "elements": (),
        "manquants": (),
        "formule": "",
        "sources": (),
        "selon_les_sources": (),
    }
    element = Element("niveau", "Niveau d'accès", "Niveau 5 (bac+2)", Decimal("4.5"), 6, "Source d'exemple")
    d_une_source = IndicateurEditorial(
        nature=NatureIndicateur(code="c", libelle="Score d'exemple", aide="Comment le lire."),
        valeur=Decimal("4.2"),
        echelle=10,
        source=source,
    )
    calcule = ScoreAffiche(
        nom="Score d'exemple",
        phrase="Plutôt favorable",
        valeur=Decimal("4.5"),
        valeur_en_clair="4,5 sur 10",
        sens="10 = le plus favorable",
        elements=(element,),
        manquants=("Durée",),
        formule="(6 × 4,5) ÷ 6 = 4,5",
        sources=("Source d'exemple",),
        reserve="Une réserve.",
        selon_les_sources=(d_une_source,),
    )
    return [
        calcule,
        ScoreAffiche(
            nom="Score sans donnée",
            phrase="Non renseigné",
            reserve="Rien ne permet de le calculer.",
            **absents,
        ),
    ]
