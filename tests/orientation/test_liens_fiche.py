"""The links that a fiche shows to the counsellor's desk."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("parametre", "code", "adresses"),
    [
        (
            "m",
            "D1415",
            [
                "/dossier/ajouter/?m=D1415",
                "/comparer/?m=D1415",
                "/ecart/?vers=D1415",
                "/metiers-proches/?m=D1415",
                "/passerelles/?m=D1415",
                "/competences/?de=D1415",
                "/dossier/formations/?m=D1415",
            ],
        ),
        (
            "c",
            "RNCP34809",
            [
                "/dossier/ajouter/?c=RNCP34809",
                "/comparer/?c=RNCP34809",
                "/dossier/vae/?c=RNCP34809",
                "/dossier/formations/?c=RNCP34809",
            ],
        ),
        (
            "f",
            "A&B",
            ["/dossier/ajouter/?f=A%26B", "/comparer/?f=A%26B", "/dossier/formations/?f=A%26B"],
        ),
    ],
)
def test_each_catalogue_has_its_links(parametre, code, adresses):
    html = render_to_string(
        "orientation/liens_fiche.html", {"parametre": parametre, "code": code, "libelle": "Une fiche"}
    )

    assert re.findall(r'href="([^"]+)"', html) == adresses
    assert "Ajouter à la comparaison" in html
