"""A fiche métier as schema.org sees it: an Occupation in a WebPage. Only what the page says."""

from __future__ import annotations

from catalogue import niveaux
from catalogue.jsonld import Noeud, fil_dariane, terme
from metiers.fiche import FicheMetier

ROME = "ROME 4.0"


def noeuds(fiche: FicheMetier, adresse: str, racine: str) -> list[Noeud]:
    """`adresse` is the canonical address of the page, `racine` that of the site, both absolute."""
    metier = fiche.metier
    domaine = metier.domaine
    occupation: Noeud = {
        "@type": "Occupation",
        "@id": f"{adresse}#metier",
        "name": fiche.titre,
        "alternateName": fiche.appellations[:20],
        "description": fiche.editorial.accroche if fiche.editorial else "",
        "occupationalCategory": [
            {"@type": "CategoryCode", "codeValue": metier.code_rome, "inCodeSet": ROME},
            *(
                [{"@type": "CategoryCode", "codeValue": metier.parent.code_rome, "inCodeSet": ROME}]
                if metier.parent
                else []
            ),
        ],
        "responsibilities": [m.texte for m in fiche.editorial.missions.all()] if fiche.editorial else [],
        "skills": [
            terme(item.libelle, ensemble=ROME)
            for groupe in fiche.savoir_faire
            for item in groupe.items
            if item.coeur
        ],
        "educationRequirements": niveaux.libelle(fiche.acces.niveau)
        if fiche.acces.niveau is not None
        else "",
        "experienceRequirements": fiche.acces.experience.libelle if fiche.acces.experience else "",
        "estimatedSalary": _salaires(fiche),
    }
    return [
        {
            "@type": "WebPage",
            "@id": adresse,
            "url": adresse,
            "name": f"{fiche.titre} ({metier.code_rome})",
            "inLanguage": "fr",
            "mainEntity": {"@id": f"{adresse}#metier"},
        },
        occupation,
        fil_dariane(
            [
                ("Accueil", racine),
                ("Métiers", f"{racine}metiers/"),
                (domaine.grand_domaine.libelle, f"{racine}metiers/?domaine={domaine.grand_domaine_id}"),
                (fiche.titre, adresse),
            ]
        ),
    ]


def _salaires(fiche: FicheMetier) -> list[Noeud]:
    """One distribution per source and vintage; deciles as the source gives them, no year when it gives none."""
    distributions: dict[tuple[str, str], Noeud] = {}
    noms = {"salaire-p10": "percentile10", "salaire-median": "median", "salaire-p90": "percentile90"}
    for _, indicateurs in fiche.indicateurs:
        for i in indicateurs:
            if i.nature_id in noms and i.valeur is not None:
                noeud = distributions.setdefault(
                    (i.source_id, i.millesime),
                    {
                        "@type": "MonetaryAmountDistribution",
                        "name": " ".join(part for part in (i.unite, str(i.source), i.millesime) if part),
                        "currency": "EUR",
                        "duration": "P1M",
                    },
                )
                noeud[noms[i.nature_id]] = float(i.valeur)
    return list(distributions.values())
