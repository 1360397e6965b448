"""A certification and a bloc as schema.org sees them: EducationalOccupationalCredential. Only what the page says."""

from __future__ import annotations

from catalogue.jsonld import Noeud, fil_dariane
from certifications.fiche import FicheCertification
from certifications.models import BlocDeCompetences

FRANCE_COMPETENCES: Noeud = {
    "@type": "Organization",
    "name": "France compétences",
    "url": "https://www.francecompetences.fr/",
}


def noeuds(fiche: FicheCertification, adresse: str, racine: str) -> list[Noeud]:
    """`adresse` is the canonical address of the page, `racine` that of the site, both absolute."""
    c = fiche.certification
    site = racine.rstrip("/")
    return [
        {
            "@type": "EducationalOccupationalCredential",
            "@id": f"{adresse}#certification",
            "url": adresse,
            "name": fiche.titre,
            "identifier": {"@type": "PropertyValue", "propertyID": c.type, "value": c.chiffres},
            "educationalLevel": fiche.niveau if c.niveau is not None else "",
            "recognizedBy": FRANCE_COMPETENCES,
            "creator": [
                {
                    "@type": "Organization",
                    "legalName": certificateur.nom,
                    "name": certificateur.nom_commercial,
                    "identifier": certificateur.siret,
                    "url": certificateur.site_internet,
                }
                for certificateur in c.certificateurs.all()
            ],
            "validIn": {"@type": "Country", "name": "FR"},
            "expires": c.date_fin_enregistrement.isoformat() if c.date_fin_enregistrement else "",
            "competencyRequired": [skill for bloc in c.blocs.all() for skill in bloc.competences],
            "hasPart": [
                {
                    "@type": "EducationalOccupationalCredential",
                    "@id": f"{site}{bloc.get_absolute_url()}#bloc",
                    "name": bloc.libelle,
                }
                for bloc in c.blocs.all()
            ],
            # What it replaces; schema.org has no word for a certification's successor, the page does.
            "isBasedOn": [
                {"@type": "EducationalOccupationalCredential", "identifier": parente.numero}
                for parente in fiche.lignee.anciennes[:1]
            ],
        },
        fil_dariane(
            [("Accueil", racine), ("Certifications", f"{racine}certifications/"), (fiche.titre, adresse)]
        ),
    ]


def noeuds_bloc(bloc: BlocDeCompetences, adresse: str, racine: str) -> list[Noeud]:
    certification = bloc.certification
    url = f"{racine.rstrip('/')}{certification.get_absolute_url()}"
    return [
        {
            "@type": "EducationalOccupationalCredential",
            "@id": f"{adresse}#bloc",
            "url": adresse,
            "name": bloc.libelle,
            "identifier": {"@type": "PropertyValue", "propertyID": "bloc de compétences", "value": bloc.code},
            "competencyRequired": bloc.competences,
            "isPartOf": {
                "@type": "EducationalOccupationalCredential",
                "@id": f"{url}#certification",
                "name": certification.intitule,
            },
            "recognizedBy": FRANCE_COMPETENCES,
        },
        fil_dariane(
            [
                ("Accueil", racine),
                ("Certifications", f"{racine}certifications/"),
                (certification.intitule, url),
                (bloc.code, adresse),
            ]
        ),
    ]
