"""Dossiers and glossary as schema.org sees them. Only what the pages say: no author or publisher is guessed."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.jsonld import Noeud, fil_dariane
from guides.dossier import PageDossier
from guides.models import Terme
from guides.terme import PageTerme


def noeuds_dossier(page: PageDossier, adresse: str, racine: str) -> list[Noeud]:
    """An Article; its source is what it is based on, never its author."""
    d = page.dossier
    article: Noeud = {
        "@type": "Article",
        "@id": f"{adresse}#dossier",
        "headline": page.titre,
        "description": d.accroche,
        "inLanguage": "fr",
        "dateModified": d.modifie_le.isoformat(),
        "about": [
            {"@type": "Occupation", "name": metier.libelle, "@id": f"{racine.rstrip('/')}{metier.url}#metier"}
            for famille in page.familles
            for role in famille.roles
            for metier in role.metiers
        ],
        "isBasedOn": ""
        if d.est_de_la_redaction
        else {
            "@type": "Article",
            "name": d.source.nom,
            "url": d.source.url,
            "datePublished": d.date.isoformat() if d.date else "",
            "author": {"@type": "Person", "name": d.auteur} if d.auteur else "",
            "publisher": {"@type": "Organization", "name": d.editeur} if d.editeur else "",
        },
    }
    return [
        _page(adresse, page.titre, "dossier"),
        article,
        _fil("Dossiers", "dossiers", page.titre, adresse, racine),
    ]


def noeuds_terme(page: PageTerme, adresse: str, racine: str) -> list[Noeud]:
    """A DefinedTerm of the glossary."""
    defini: Noeud = {
        "@type": "DefinedTerm",
        "@id": f"{adresse}#terme",
        "name": page.titre,
        "alternateName": page.autres_noms,
        "description": page.definition_courte,
        "inDefinedTermSet": {"@id": f"{racine}glossaire/#glossaire"},
    }
    return [
        _page(adresse, page.titre, "terme"),
        defini,
        _fil("Glossaire", "glossaire", page.titre, adresse, racine),
    ]


def noeuds_glossaire(termes: Iterable[Terme], adresse: str, racine: str) -> list[Noeud]:
    """The DefinedTermSet, with the address of each term."""
    ensemble: Noeud = {
        "@type": "DefinedTermSet",
        "@id": f"{adresse}#glossaire",
        "name": "Glossaire",
        "inLanguage": "fr",
        "hasDefinedTerm": [
            {
                "@id": f"{racine.rstrip('/')}{terme.get_absolute_url()}#terme",
                "@type": "DefinedTerm",
                "name": terme.terme,
            }
            for terme in termes
        ],
    }
    return [
        _page(adresse, "Glossaire", "glossaire"),
        ensemble,
        fil_dariane([("Accueil", racine), ("Glossaire", adresse)]),
    ]


def _page(adresse: str, titre: str, fragment: str) -> Noeud:
    return {
        "@type": "WebPage",
        "@id": adresse,
        "url": adresse,
        "name": titre,
        "inLanguage": "fr",
        "mainEntity": {"@id": f"{adresse}#{fragment}"},
    }


def _fil(rubrique: str, chemin: str, titre: str, adresse: str, racine: str) -> Noeud:
    return fil_dariane([("Accueil", racine), (rubrique, f"{racine}{chemin}/"), (titre, adresse)])
