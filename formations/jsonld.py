"""A formation and a session as schema.org sees them. Only what the page says."""

from __future__ import annotations

import re

from catalogue.jsonld import Noeud, fil_dariane
from formations.fiche import FicheFormation
from formations.models import Organisme, Session

MODES = {"presentiel": "onsite", "mixte": "blended", "distance": "online"}


def noeuds(fiche: FicheFormation, adresse: str, racine: str) -> list[Noeud]:
    """`adresse` is the canonical address of the page, `racine` that of the site, both absolute."""
    f = fiche.formation
    return [
        {
            "@type": "EducationalOccupationalProgram",
            "@id": f"{adresse}#formation",
            "url": adresse,
            "name": f.intitule,
            "identifier": f.identifiant,
            "description": f.objectif,
            "programPrerequisites": f.acces,
            "timeToComplete": duree_iso(f.duree),
            "educationalProgramMode": sorted(
                {MODES[s.modalite] for s in fiche.sessions if s.modalite in MODES}
            ),
            "provider": [
                organisation(organisme)
                for organisme in {s.organisme_id: s.organisme for s in fiche.sessions}.values()
            ],
            "offers": [
                {"@type": "Offer", "price": float(prix), "priceCurrency": "EUR"}
                for prix in sorted({s.prix for s in fiche.sessions if s.prix is not None})
            ],
            "educationalCredentialAwarded": f.certification.intitule if f.certification else "",
            "occupationalCategory": [
                {"@type": "CategoryCode", "codeValue": lien.metier.code_rome, "inCodeSet": "ROME 4.0"}
                for lien in fiche.metiers
            ],
        },
        fil_dariane([("Accueil", racine), ("Formations", f"{racine}formations/"), (f.intitule, adresse)]),
    ]


def noeuds_session(session: Session, adresse: str, racine: str) -> list[Noeud]:
    formation = session.formation
    return [
        {
            "@type": "Course",
            "@id": f"{adresse}#cours",
            "name": formation.intitule,
            "provider": organisation(session.organisme),
            "hasCourseInstance": {
                "@type": "CourseInstance",
                "courseMode": MODES.get(session.modalite, ""),
                "location": str(session.lieu) if session.lieu else "",
                "startDate": session.debut.isoformat() if session.debut else "",
                "endDate": session.fin.isoformat() if session.fin else "",
            },
        },
        fil_dariane(
            [
                ("Accueil", racine),
                ("Formations", f"{racine}formations/"),
                (formation.intitule, f"{racine.rstrip('/')}{formation.get_absolute_url()}"),
                ("Session", adresse),
            ]
        ),
    ]


def noeuds_organisme(organisme: Organisme, adresse: str, racine: str) -> list[Noeud]:
    return [
        {"@id": f"{adresse}#organisme", "name": organisme.nom, **organisation(organisme)},
        fil_dariane([("Accueil", racine), ("Formations", f"{racine}formations/"), (organisme.nom, adresse)]),
    ]


def duree_iso(duree: str) -> str:
    """« 2 ans » → « P2Y », « 6 mois » → « P6M »; empty for anything less plain."""
    lue = re.fullmatch(r"(\d{1,2}) (ans?|mois)", duree.strip())
    return f"P{lue[1]}{'M' if lue[2] == 'mois' else 'Y'}" if lue else ""


def organisation(organisme: Organisme) -> Noeud:
    return {
        "@type": "Organization",
        "legalName": organisme.raison_sociale or organisme.nom,
        "identifier": organisme.siret or organisme.uai,
        "url": organisme.site_internet,
    }
