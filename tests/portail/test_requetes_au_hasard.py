"""No address breaks a public page: query strings made of real names, real values and nonsense, always the same ones."""

from __future__ import annotations

import os
import random

import pytest
from django.http import QueryDict
from django.test import Client

from catalogue.models import VersionCatalogue
from certifications.filters import CertificationFilterSet
from formations.filters import FormationFilterSet
from metiers.filters import MetierFilterSet
from tests import objets

pytestmark = pytest.mark.django_db

NOMBRE = int(os.environ.get("REQUETES_AU_HASARD", "300"))
"""Requests of one run; REQUETES_AU_HASARD=10000 makes as many as the issue promises."""
PAGES = ("/", "/metiers/", "/certifications/", "/formations/", "/recherche/", "/recherche/suggestions/")
FICHES = ("/metiers/D1401/", "/certifications/RNCP1/", "/formations/FOR.1/")
AUTRES = ("/glossaire/", "/dossiers/", "/sources/", "/comparer/", "/api/v1/metiers", "/api/v1/certifications")
NOMS = sorted(
    {nom for f in (MetierFilterSet, CertificationFilterSet, FormationFilterSet) for nom in f.base_filters}
    | {
        "page",
        "tri",
        "ouvrir",
        "q",
        "genre",
        "partenaire",
        "certificateur_nom",
        "limite",
        "curseur",
        "facettes",
    }
)
VALEURS = (
    *(
        "D",
        "D14",
        "5",
        "0",
        "S",
        "oui",
        "non",
        "non-renseigne",
        "RNCP",
        "active",
        "312",
        "VAE",
        "acces",
        "niveau",
    ),
    *(
        "secteur",
        "domaine.D",
        "metier",
        "1",
        "2",
        "-1",
        "999999999999999999999",
        "1e9",
        "NaN",
        "",
        " ",
        "\0",
        "\x1b",
    ),
    *(
        "vendeur",
        "bac pro",
        "'\"<script>",
        "%",
        "*",
        "a" * 3000,
        "é̂",
        "\u202e",
        "😀",
        "\ud7ff",
        "null",
        "[]",
        "../..",
    ),
)


def requete(hasard: random.Random) -> str:
    donnees = QueryDict(mutable=True)
    for _ in range(hasard.randrange(7)):
        nom = hasard.choice(NOMS) if hasard.random() < 0.9 else hasard.choice(VALEURS)
        donnees.appendlist(nom, hasard.choice(VALEURS))
    suite = donnees.urlencode()
    return suite if hasard.random() < 0.9 else suite + hasard.choice(("&&=", "%", "%FF=%C0%80", "&q=%", ";"))


def test_no_query_string_breaks_a_public_page(settings):
    settings.GARDE_PAR_VERSION = True
    metier = objets.metier("D1401", niveau_acces=5)
    certification = objets.certification("RNCP1")
    objets.debouche(certification, metier)
    objets.formation("FOR.1", certification=certification)
    VersionCatalogue.avancer()
    hasard = random.Random(5)
    client = Client(raise_request_exception=False)

    pannes = [
        (adresse, reponse.status_code)
        for _ in range(NOMBRE)
        if (
            reponse := client.get(adresse := f"{hasard.choice((*PAGES, *FICHES, *AUTRES))}?{requete(hasard)}")
        ).status_code
        >= 500
    ]

    assert pannes == []
