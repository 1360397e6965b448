"""What each kind of page says to machines, and that no text can break out of it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.jsonld import graphe
from certifications.models import Filiation
from formations.jsonld import duree_iso
from tests import objets

SITE = "http://testserver"


def graphe_de(client, adresse: str) -> dict[str, dict[str, Any]]:
    """The nodes of the page by type; a page has one block of data."""
    html = client.get(adresse).content.decode()
    blocs = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocs) == 1
    return {noeud["@type"]: noeud for noeud in json.loads(blocs[0])["@graph"]}


@pytest.fixture
def vendeur(db):
    parent = objets.metier("D1401", libelle="Assistant / Assistante")
    metier = objets.metier("D1415", libelle="Vendeur / Vendeuse", parent=parent)
    objets.appellation(metier, "Vendeuse en ligne")
    fiche = objets.fiche_editoriale(metier, accroche="Vendre et conseiller.", niveau_acces=5)
    fiche.missions.create(texte="Accueillir les clients.")
    for nature, valeur in (("salaire-p10", 1747), ("salaire-p90", 2498)):
        objets.indicateur_editorial(
            fiche, code_nature=nature, valeur=valeur, unite="€ brut par mois", millesime=""
        )
    return metier


@pytest.fixture
def charge(db):
    certification = objets.certification(
        "RNCP34809",
        intitule="Chargé de clientèle",
        niveau=5,
        date_fin_enregistrement=date(2025, 7, 23),
    )
    objets.bloc(certification, "RNCP34809BC01", libelle="Collecter", liste_competences="- Trier\n- Classer")
    Filiation.objects.create(ancienne="RNCP32204", nouvelle="RNCP34809")
    return certification


def test_a_metier_is_an_occupation(client, vendeur):
    noeuds = graphe_de(client, vendeur.get_absolute_url())

    metier = noeuds["Occupation"]
    assert noeuds["WebPage"]["mainEntity"] == {"@id": metier["@id"]}
    assert (metier["name"], metier["alternateName"]) == ("Vendeur / Vendeuse", ["Vendeuse en ligne"])
    assert [c["codeValue"] for c in metier["occupationalCategory"]] == ["D1415", "D1401"]
    assert metier["responsibilities"] == ["Accueillir les clients."]
    assert metier["educationRequirements"] == "Niveau 5 (bac+2)"
    [salaire] = metier["estimatedSalary"]
    assert (salaire["percentile10"], salaire["percentile90"]) == (1747, 2498)
    assert (salaire["currency"], salaire["duration"]) == ("EUR", "P1M")
    assert not re.search(r"20\d\d", salaire["name"])


def test_a_certification_is_a_credential(client, charge):
    noeuds = graphe_de(client, charge.get_absolute_url())

    certification = noeuds["EducationalOccupationalCredential"]
    assert certification["identifier"] == {"@type": "PropertyValue", "propertyID": "RNCP", "value": "34809"}
    assert certification["educationalLevel"] == "Niveau 5 (bac+2)"
    assert certification["recognizedBy"]["name"] == "France compétences"
    assert certification["validIn"] == {"@type": "Country", "name": "FR"}
    assert certification["expires"] == "2025-07-23"
    assert certification["competencyRequired"] == ["Trier", "Classer"]
    [bloc] = certification["hasPart"]
    assert bloc["@id"] == f"{SITE}/certifications/RNCP34809/blocs/RNCP34809BC01/#bloc"
    assert [ancienne["identifier"] for ancienne in certification["isBasedOn"]] == ["RNCP32204"]
    assert "supersededBy" not in certification


def test_a_bloc_is_part_of_its_certification(client, charge):
    bloc = graphe_de(client, charge.blocs.get().get_absolute_url())["EducationalOccupationalCredential"]

    assert bloc["identifier"]["value"] == "RNCP34809BC01"
    assert bloc["isPartOf"]["@id"] == f"{SITE}{charge.get_absolute_url()}#certification"


def test_a_formation_is_a_program(client, charge, vendeur):
    formation = objets.formation("FOR.1", certification=charge, duree="2 ans", acces="Le bac.")
    objets.lien_formation(formation, vendeur)
    objets.session(formation, modalite="mixte", prix=100)

    programme = graphe_de(client, "/formations/FOR.1/")["EducationalOccupationalProgram"]

    assert programme["educationalCredentialAwarded"] == "Chargé de clientèle"
    assert [c["codeValue"] for c in programme["occupationalCategory"]] == ["D1415"]
    assert (programme["programPrerequisites"], programme["timeToComplete"]) == ("Le bac.", "P2Y")
    assert programme["educationalProgramMode"] == ["blended"]
    assert len(programme["provider"]) == 1
    assert programme["offers"] == [{"@type": "Offer", "price": 100, "priceCurrency": "EUR"}]


def test_a_session_is_a_course(client, db):
    session = objets.session(objets.formation("FOR.1"), debut=date(2026, 9, 1), modalite="distance")

    cours = graphe_de(client, session.get_absolute_url())["Course"]

    assert cours["provider"]["@type"] == "Organization"
    assert cours["hasCourseInstance"]["startDate"] == "2026-09-01"
    assert cours["hasCourseInstance"]["courseMode"] == "online"


def test_an_organisme_is_an_organization(client, db):
    organisme = objets.session(objets.formation("FOR.1")).organisme

    noeud = graphe_de(client, organisme.get_absolute_url())["Organization"]

    assert noeud["legalName"] in (organisme.raison_sociale, organisme.nom)


def test_a_list_counts_everything_and_names_its_page(client, db):
    for rang in range(31):
        objets.metier(f"D14{rang:02}")

    noeuds = graphe_de(client, "/metiers/?page=2")

    liste = noeuds["ItemList"]
    assert liste["numberOfItems"] == 31
    assert [element["position"] for element in liste["itemListElement"]] == [31]
    assert [etape["name"] for etape in noeuds["BreadcrumbList"]["itemListElement"]] == ["Accueil", "Métiers"]


def test_the_breadcrumb_of_the_page_is_in_the_data(client, vendeur):
    html = client.get(vendeur.get_absolute_url()).content.decode()
    fil = re.search(r'<nav class="fil".*?</nav>', html, re.DOTALL)

    noms = [
        e["name"] for e in graphe_de(client, vendeur.get_absolute_url())["BreadcrumbList"]["itemListElement"]
    ]

    assert fil is not None
    assert [nom for nom in noms if nom not in fil[0]] == []


def test_home_is_the_site(client, db):
    site = graphe_de(client, "/")["WebSite"]

    assert (site["url"], site["inLanguage"]) == (f"{SITE}/", "fr")


@pytest.mark.parametrize(
    ("duree", "attendue"), [("2 ans", "P2Y"), ("1 an", "P1Y"), ("6 mois", "P6M"), ("2 à 3 ans", ""), ("", "")]
)
def test_only_plain_durations_are_coded(duree, attendue):
    assert duree_iso(duree) == attendue


@given(texte=st.text() | st.sampled_from(["</script><script>alert(1)</script>", "<!--", "&lt;/script&gt;"]))
def test_no_text_closes_the_block(texte):
    rendu = graphe([{"@type": "Thing", "name": texte, "description": f"</script{texte}"}])

    assert not set("<>&") & set(rendu)
    assert json.loads(rendu)["@graph"][0].get("name", "") == texte


def test_a_page_names_itself_to_those_who_share_it(client, vendeur):
    html = client.get(vendeur.get_absolute_url()).content.decode()

    titre = re.search(r"<title>(.*) — ", html)
    assert titre is not None
    assert f'<meta property="og:title" content="{titre[1]}">' in html
    assert f'<meta property="og:url" content="{SITE}{vendeur.get_absolute_url()}">' in html
    assert f'<link rel="canonical" href="{SITE}{vendeur.get_absolute_url()}">' in html


def test_a_filtered_list_points_to_the_bare_list(client, vendeur):
    html = client.get("/metiers/?niveau=5&domaine=D").content.decode()

    assert f'<link rel="canonical" href="{SITE}/metiers/">' in html
