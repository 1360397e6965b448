"""The national kit of January 2021 and the export in CSV of 2024, imported beside the XML of 2026."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.table import lire_table
from certifications.models import Certification, Debouche
from metiers.models import Metier
from tests import objets
from tests.livraisons import importer, totaux

pytestmark = pytest.mark.django_db


def test_official_kit_after_the_xml_and_the_csv(donnees_officielles, client):
    _metiers_de_la_version_60(donnees_officielles)
    rncp = donnees_officielles / "rncp"
    importer("import_rncp", rncp / "export_fiches_RNCP_V4_1_extrait-dev.xml")
    importer("import_rncp", rncp / "export-fiches-csv-2024-02-22.zip")

    rapport = importer("import_rncp", rncp / "legacy-kit-csv-2021-01_v1.4.zip")
    encore = importer("import_rncp", rncp / "legacy-kit-csv-2021-01_v1.4.zip")

    assert (totaux(encore)[:2], totaux(encore)[3]) == ([0, 0], 0)
    assert "45165 lien(s) vers le ROME : 44942 vers un métier, 223 refusé(s)" in rapport
    assert "gardé(s) sans métier : 104 code(s) inconnu(s) ou retiré(s), " in rapport
    connues = Certification.objects.in_bulk(["RNCP34762", "RNCP509", "RNCP34809"])
    # The XML is believed, then the CSV of 2024, then the kit.
    assert connues["RNCP34762"].date_fin_enregistrement == date(2024, 8, 31)
    assert connues["RNCP509"].date_fin_enregistrement == date(2023, 8, 31)
    assert str(connues["RNCP34809"].version) == "RNCP, version kit v1.4 du 01/01/2021"
    _la_filiation_se_suit(client)


def _metiers_de_la_version_60(donnees_officielles) -> None:
    """The 1,584 codes of the ROME, which is all that links need."""
    domaine = objets.domaine("D14")
    with ouvrir(donnees_officielles / "rome" / "open-data-rome-v460-csv.zip") as dossier:
        nom = next(nom for nom in dossier.noms() if nom.startswith("unix_referentiel_code_rome_v"))
        with dossier.ouvrir(nom) as flux:
            Metier.objects.bulk_create(
                Metier(
                    code_rome=ligne["code_rome"], code_ogr=ligne["code_ogr"], libelle=ligne["libelle_rome"], domaine=domaine
                )
                for ligne in lire_table(flux, nom, ["code_rome", "code_ogr", "libelle_rome"])
            )  # fmt: skip


def _la_filiation_se_suit(client) -> None:
    """RNCP26900 → RNCP32204 → RNCP34809 from any of them, on the pages and in the search."""
    chaine = ["RNCP26900", "RNCP32204", "RNCP34809"]
    adresses = {c.pk: c.get_absolute_url() for c in Certification.objects.filter(pk__in=chaine)}
    for numero in chaine:
        page = client.get(adresses[numero]).content.decode()
        assert [f'href="{adresses[autre]}"' in page for autre in chaine if autre != numero] == [True, True]
        assert client.get("/recherche/", {"q": numero}).status_code == 302
    resultats = client.get(
        "/recherche/", {"q": "chargé de clientèle", "type": "certification"}
    ).content.decode()
    assert adresses["RNCP34809"] in resultats

    fiche = Certification.objects.get(pk="RNCP34809")
    assert (fiche.intitule, fiche.niveau) == ("Chargé de clientèle", 5)
    assert fiche.date_fin_enregistrement == date(2025, 7, 23)
    assert sorted(fiche.blocs.values_list("code", flat=True)) == [f"RNCP34809BC0{n}" for n in "123"]
    assert fiche.blocs.get(code="RNCP34809BC03").libelle.endswith('(du "multicanal" à "l\'omnicanal")')
    assert Counter(fiche.voies.values_list("ouverte", flat=True)) == {True: 6}
    assert sorted(
        Debouche.objects.filter(certification=fiche).values_list("metier__code_rome", flat=True)
    ) == [
        "D1401",
        "D1402",
        "D1403",
    ]
    assert sorted(fiche.certificateurs.values_list("siret", "nom")) == [
        ("", "INSTITUT INTERNAT COMMERCE ET DISTRIBUTION"),
        ("33264146300028", "GROUPE IGS - CIEFA"),
    ]
