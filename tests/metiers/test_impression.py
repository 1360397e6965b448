"""The sheet of one page: the essential, its address in clear and as a QR code, its dates."""

from __future__ import annotations

import re

import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import qr
from tests import objets

CANONIQUE = "/metiers/D1415-vendeur-en-magasin/"


@pytest.fixture
def vendeur(db):
    metier = objets.metier(
        "D1415", libelle="Vendeur / Vendeuse en magasin", version=objets.version("rome", "60")
    )
    objets.fiche_editoriale(metier, en_clair="Vous conseillez et vendez.")
    return metier


def texte(reponse) -> str:
    return reponse.content.decode()


def matrice(svg: str) -> list[list[int]]:
    """Read the dark modules back from the strokes of the drawing, margins left out."""
    cote = int(re.search(r'viewBox="0 0 (\d+) \d+"', svg)[1])
    grille = [[0] * cote for _ in range(cote)]
    trace = re.findall(r'class="?[^>]*stroke="#000"[^>]* d="([^"]+)"|stroke="#000"[^>]*d="([^"]+)"', svg)
    d = next(g for groupe in trace for g in groupe if g)
    x = y = 0.0
    for commande, valeurs in re.findall(r"([Mmh])([-\d. ]+)", d):
        nombres = [float(n) for n in re.findall(r"-?\d*\.?\d+", valeurs)]
        if commande == "M":
            x, y = nombres
        elif commande == "m":
            x, y = x + nombres[0], y + nombres[1]
        else:
            for colonne in range(int(x), int(x + nombres[0])):
                grille[int(y)][colonne] = 1
            x += nombres[0]
    interieur = slice(qr.MARGE, cote - qr.MARGE)
    return [ligne[interieur] for ligne in grille[interieur]]


def test_the_qr_code_is_that_of_the_canonical_address(client, vendeur):
    html = texte(client.get(f"{CANONIQUE}imprimer/"))
    dessin = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", html, re.DOTALL)

    attendue = segno.make(f"http://testserver{CANONIQUE}", micro=False, error="m", mask=qr.MASQUE).matrix

    assert dessin is not None
    assert matrice(dessin[0]) == [list(ligne) for ligne in attendue]


def test_the_sheet_bears_its_address_and_its_dates(client, vendeur):
    html = texte(client.get(f"{CANONIQUE}imprimer/"))

    assert f"<strong>http://testserver{CANONIQUE}</strong>" in html
    assert f"Imprimé le {timezone.localdate():%d/%m/%Y}" in html
    assert vendeur.version.mention in html


def test_the_sheet_points_to_the_fiche_and_is_not_indexed(client, vendeur):
    html = texte(client.get(f"{CANONIQUE}imprimer/"))

    assert f'<link rel="canonical" href="http://testserver{CANONIQUE}">' in html
    assert '<meta name="robots" content="noindex, follow">' in html


@pytest.mark.parametrize("adresse", ["/metiers/D1415/imprimer/", "/metiers/d1415-autre/imprimer/"])
def test_other_addresses_lead_to_the_canonical_one(client, vendeur, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse["Location"]) == (301, f"{CANONIQUE}imprimer/")


def test_an_unknown_code_is_not_found(client, db):
    assert client.get("/metiers/Z9999/imprimer/").status_code == 404


def test_long_lists_are_cut_and_say_so(client, vendeur):
    for rang in range(12):
        objets.debouche(objets.certification(f"RNCP{rang}", active_selon_source=True), vendeur)

    assert "Les 5 premières sur 12" in texte(client.get(f"{CANONIQUE}imprimer/"))


def test_a_metier_of_which_nothing_is_known_has_its_sheet(client, db):
    metier = objets.metier("D1400", definition="", acces_metier="", version=None)

    assert client.get(metier.url_imprimer).status_code == 200


def test_the_sheet_costs_as_many_queries_at_1_as_at_30(client, vendeur):
    objets.debouche(objets.certification("RNCP1"), vendeur)
    objets.competence_requise(vendeur)
    with CaptureQueriesContext(connection) as a_un:
        client.get(f"{CANONIQUE}imprimer/")
    for rang in range(30):
        objets.debouche(objets.certification(f"RNCP2{rang}"), vendeur)
        objets.competence_requise(vendeur)

    with CaptureQueriesContext(connection) as a_trente:
        client.get(f"{CANONIQUE}imprimer/")

    assert len(a_trente) == len(a_un)
