"""The dossier as people build it, with and without scripts, and what leaves the printer: pages, words, QR codes."""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib

import numpy
import pytest
import zxingcpp
from pypdf import PdfReader

DOSSIER = "m=D1415,D1408,D1403&c=RNCP34809,RNCP38368&f=FOR.2316,FOR.2317&de=D1408&vers=D1415"
# Address of the sheet, pages at most, and the address of its QR code.
FEUILLES = {
    "comparaison": ("/comparer/?m=D1415,D1408,D1403,D1401", 2, "/comparer/?m=D1415,D1408,D1403,D1401"),
    "ecart": ("/ecart/?de=D1408&vers=D1415", 3, "/ecart/?de=D1408&vers=D1415"),
    "vae": ("/dossier/vae/?c=RNCP34809", 3, "/dossier/vae/?c=RNCP34809"),
    "synthese": (f"/dossier/synthese/?{DOSSIER}", 2, f"/dossier/?{DOSSIER}"),
    "formations": (f"/dossier/formations/?{DOSSIER}", 2, f"/dossier/formations/?{DOSSIER}"),
    "financements": ("/financements/", 2, "/financements/"),
}
TEXTES_DES_CELLULES = """
() => [...document.querySelectorAll('main th, main td, main li')]
  .filter(e => e.checkVisibility() && getComputedStyle(e).clipPath === 'none').map(e => e.innerText)
"""
# Width of the paper between the margins, in CSS pixels, that nothing may overflow.
DEBORDS = """
() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('.cache, svg')
    && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + ' ' + e.className)
"""


def lettres(texte: str) -> str:
    """Without what a PDF does not keep: spaces, hyphens, bullets; ligatures taken apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", texte) if c.isalnum())


def pixels(png: bytes) -> numpy.ndarray:
    """The levels of grey of a screenshot (PNG of 8 bits a channel, not interlaced), read without an image library."""
    largeur, hauteur, _, couleurs = struct.unpack(">IIBB", png[16:26])
    canaux = {0: 1, 2: 3, 6: 4}[couleurs]
    donnees, place = b"", 8
    while place < len(png):
        (taille,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            donnees += png[place + 8 : place + 8 + taille]
        place += taille + 12
    lignes = numpy.frombuffer(zlib.decompress(donnees), numpy.uint8).reshape(hauteur, -1)
    image = numpy.zeros((hauteur, largeur, canaux), numpy.uint8)
    au_dessus = numpy.zeros((largeur, canaux), numpy.int32)
    for y, ligne in enumerate(lignes):
        filtre, brut = ligne[0], ligne[1:].reshape(largeur, canaux).astype(numpy.int32)
        if filtre == 0:
            rendu = brut
        elif filtre == 2:
            rendu = brut + au_dessus
        elif filtre == 1:
            rendu = numpy.cumsum(brut, axis=0)
        else:
            rendu = numpy.zeros_like(brut)
            gauche = coin = numpy.zeros(canaux, numpy.int32)
            for x in range(largeur):
                haut = au_dessus[x]
                if filtre == 3:
                    prevu = (gauche + haut) // 2
                else:
                    p = gauche + haut - coin
                    a, b, c = abs(p - gauche), abs(p - haut), abs(p - coin)
                    prevu = numpy.where((a <= b) & (a <= c), gauche, numpy.where(b <= c, haut, coin))
                rendu[x] = gauche = (brut[x] + prevu) & 255
                coin = haut
        au_dessus = rendu & 255
        image[y] = au_dessus
    return numpy.ascontiguousarray(image[:, :, 0])


@pytest.mark.parametrize("nom", FEUILLES)
def test_a_sheet_leaves_the_printer_whole(visiter, portail, nom):
    chemin, pages_au_plus, adresse_du_qr = FEUILLES[nom]
    visite = visiter()
    assert visite.ouvrir(chemin) == 200
    page = visite.page

    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    imprime = lettres("".join(feuille.extract_text() for feuille in pdf.pages))
    paysage = pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1050 if paysage else 680, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    attendus = [lettres(ligne) for texte in page.evaluate(TEXTES_DES_CELLULES) for ligne in texte.split("\n")]
    image = pixels(page.locator("svg.qr").first.screenshot())
    codes = [code.text for code in zxingcpp.read_barcodes(image)]

    assert (len(pdf.pages) <= pages_au_plus, paysage) == (True, nom == "comparaison")
    assert [texte for texte in attendus if texte not in imprime] == []
    assert page.evaluate(DEBORDS) == []
    assert codes == [f"{portail}{adresse_du_qr}"]
    assert (visite.cookies(), visite.ennuis) == ([], [])


def test_an_address_opens_the_same_in_a_fresh_browser(visiter):
    chemins = [*(chemin for chemin, _, _ in FEUILLES.values()), f"/dossier/?{DOSSIER}"]
    textes = []
    for visite in (visiter(), visiter()):
        for chemin in chemins:
            visite.ouvrir(chemin)
            textes.append(visite.page.locator("main").inner_text())
        assert visite.cookies() == []

    assert textes[: len(chemins)] == textes[len(chemins) :]


def test_the_tray_follows_the_visitor_and_forgets(visiter, portail):
    visite = visiter()
    page = visite.page
    visite.ouvrir("/metiers/D1415-charge-de-relation-client/")
    assert page.locator("#plateau").is_hidden()

    page.locator(".tete [data-ajouter]").click()
    assert page.locator("#plateau [role=status]").inner_text() == "Ajouté à votre dossier."
    visite.ouvrir("/formations/FOR.2316/")
    page.locator(".tete [data-ajouter]").click()
    assert page.locator("#plateau a").inner_text() == "Mon dossier (2)"
    assert page.locator(".tete [data-ajouter]").inner_text().startswith("Dans mon dossier")
    page.locator("#plateau a").click()
    page.wait_for_url("**/dossier/?*")
    assert page.url == f"{portail}/dossier/?m=D1415&f=FOR.2316"

    page.locator("#oublier").click()
    page.wait_for_url("**/dossier/")
    assert page.locator("#plateau").is_hidden()
    assert (visite.cookies(), visite.ennuis) == ([], [])


def test_a_fifth_metier_is_refused_in_words(visiter):
    visite = visiter()
    visite.ouvrir("/dossier/?m=D1415,D1408,D1403,D1401")
    visite.ouvrir("/metiers/N1101-cariste/")

    visite.page.locator(".tete [data-ajouter]").click()

    assert "quatre métiers au plus" in visite.page.locator("#plateau [role=status]").inner_text()
    assert visite.page.locator("#plateau a").inner_text() == "Mon dossier (4)"


def test_another_dossier_opened_gives_the_first_one_back(visiter):
    visite = visiter()
    visite.ouvrir("/dossier/?m=D1415")
    visite.ouvrir("/dossier/?m=D1408")

    lien = visite.page.locator("#autre-dossier a")

    assert lien.get_attribute("href") == "/dossier/?m=D1415"


@pytest.mark.parametrize("largeur", [1280, 360])
@pytest.mark.parametrize("chemin", ["/dossier/?m=D1415,D1408,D1403", "/metiers-proches/?m=D1408"])
def test_no_card_covers_the_links_under_another(visiter, chemin, largeur):
    visite = visiter(largeur)
    visite.ouvrir(chemin)

    liens = visite.page.locator(".pile .actions a").all()[:6]

    assert len(liens) == 6
    for lien in liens:
        lien.click(trial=True, timeout=2_000)


def test_the_header_stays_on_one_line_beside_the_tray(visiter):
    visite = visiter()
    visite.ouvrir("/dossier/?m=D1415,D1408,D1403,D1401&c=RNCP34809,RNCP38368&f=FOR.2316,FOR.2317")
    page = visite.page

    assert page.locator("#plateau").is_visible()
    assert page.locator(".entete").bounding_box()["height"] < 80
    assert page.locator("#recherche").bounding_box()["width"] > 150


def test_without_a_script_a_dossier_is_built_by_links(visiter, portail):
    visite = visiter(javascript=False)
    page = visite.page
    visite.ouvrir("/metiers/D1415-charge-de-relation-client/")

    page.locator(".tete [data-ajouter]").click()
    page.get_by_role("link", name="Commencer un dossier").click()
    page.locator("#mots").fill("D1408")
    page.get_by_role("button", name="Chercher").last.click()
    page.get_by_role("link", name="Descendre D1415").click()

    assert page.url == f"{portail}/dossier/?m=D1408,D1415"
