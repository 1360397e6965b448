"""One command for a folder of official files; another to say what it brought."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalogue.models import ImportEffectue
from certifications.models import Certification
from metiers.models import Metier
from portail.importations import IMPORTATIONS, cle_de_tri, livraisons, reconnaitre
from tests.livraisons import photographie


def importer_tout(dossier: Path, **options) -> tuple[str, CommandError | None]:
    """What the operator reads, and how it ended."""
    sortie = StringIO()
    try:
        call_command("importer_tout", str(dossier), stdout=sortie, stderr=sortie, **options)
    except CommandError as erreur:
        return sortie.getvalue(), erreur
    return sortie.getvalue(), None


def etat() -> list[str]:
    sortie = StringIO()
    call_command("etat_donnees", stdout=sortie)
    return sortie.getvalue().splitlines()


@pytest.fixture
def dossier(tmp_path, petites_donnees) -> Path:
    """A folder with sub-folders, of ROME and certifications, and a file that is none of them."""
    shutil.copytree(petites_donnees / "rome", tmp_path / "b" / "rome")
    shutil.copytree(petites_donnees / "rncp", tmp_path / "a")
    (tmp_path / "LISEZMOI.txt").write_text("Bonjour.")
    return tmp_path


def test_each_official_file_is_recognised_and_takes_its_turn(donnees_officielles):
    reconnues = [(chemin, reconnaitre(chemin)) for chemin in livraisons(donnees_officielles)]

    choisies = sorted(((c, i) for c, i in reconnues if i), key=lambda choisie: cle_de_tri(*choisie))
    ignorees = sorted(chemin.name for chemin, importation in reconnues if importation is None)

    assert [importation.commande.removeprefix("import_") for _, importation in choisies] == (
        ["lieux"] * 2 + ["rome"] + ["onisep_metiers"] * 2 + ["nsf"] + ["rncp"] * 5 + ["onisep_passage"]
        + ["onisep_formations"] * 2 + ["onisep_offre"] * 2 + ["mcf"] * 2
        + ["parcoursup", "apprentissage", "lheo"] + ["dares"] * 2 + ["bmo"]
    )  # fmt: skip
    assert choisies[0][0].name == "etalab-decoupage-administratif-6.0.0.tgz"
    assert [c.name for c, importation in choisies if importation.commande == "import_rncp"] == [
        "legacy-kit-csv-2021-01_v1.4.zip",
        "export-fiches-csv-2024-02-22.zip",
        "export-fiches-rncp-v4-1-extrait-RNCP35340.xml",
        "export_fiches_RNCP_V4_1_extrait-dev.xml",
        "export_fiches_RS_V4_1_extrait-dev.xml",
    ]
    assert ignorees == [
        "SOURCES.txt",
        "formats.md",
        "lheo-2.3-grammaire-gml.zip",
        "rncp-rs-france-competence-v2.0.xsd",
    ]


def test_small_files_without_telling_names_are_recognised_by_their_content(petites_donnees):
    noms = {
        "dares": "import_dares",
        "formations/decoupage": "import_lieux",
        "formations/apprentissage.json": "import_apprentissage",
        "formations/lheo-2.3.xml": "import_lheo",
        "onisep/actions.xml": "import_onisep_offre",
        "onisep/structures.xml": "import_onisep_offre",
        "rncp_tables/kit-csv-2019-03_v1.2": "import_rncp",
        "rome": "import_rome",
        "rome-json": "import_rome",
        "rome-json/unix_fiche_emploi_metier_v460.json": "import_rome",
    }

    reconnues = {nom: reconnaitre(petites_donnees / nom) for nom in noms}

    assert {nom: importation and importation.commande for nom, importation in reconnues.items()} == noms


def test_versions_of_the_rome_come_in_order_whatever_their_form(petites_donnees, tmp_path):
    (tmp_path / "a").mkdir()
    for nom in ("a/RefRomeCsv.zip", "unix_fiche_emploi_metier_v461.json", "open-data-rome-v462-csv.zip"):
        (tmp_path / nom).touch()
    shutil.copytree(petites_donnees / "rome-json", tmp_path / "z")
    rome = IMPORTATIONS[1]

    noms = sorted(livraisons(tmp_path), key=lambda chemin: cle_de_tri(chemin, rome))

    assert [chemin.name for chemin in noms] == [
        "RefRomeCsv.zip",
        "z",
        "unix_fiche_emploi_metier_v461.json",
        "open-data-rome-v462-csv.zip",
    ]


@pytest.mark.django_db
class TestImporterTout:
    def test_folder_is_imported_in_order(self, dossier):
        sortie, erreur = importer_tout(dossier)

        assert erreur is None
        assert sortie.splitlines()[:4] == [
            "Ignoré, aucun import pour ce fichier : LISEZMOI.txt",
            "ROME 4.0 : rome…",
            "RNCP et RS : export_fiches_RNCP_V4_1_2026-08-16.xml…",
            "RNCP et RS : export_fiches_RS_V4_1_2026-08-16.xml…",
        ]
        assert Metier.objects.exists()
        assert Certification.objects.exists()

    def test_folder_imported_again_changes_nothing(self, dossier):
        importer_tout(dossier)
        sortie, _ = importer_tout(dossier)

        tableau = [ligne.split() for ligne in sortie.splitlines()[-3:]]

        # créés, modifiés, retirés
        assert [(ligne[1], ligne[2], ligne[4]) for ligne in tableau] == [("0", "0", "0")] * 3

    def test_refused_file_is_said_and_the_others_are_imported(self, dossier):
        (dossier / "open-data-rome-v461.zip").write_bytes(b"PK\3\4 et plus rien")

        sortie, erreur = importer_tout(dossier)

        assert str(erreur) == "1 fichier(s) refusé(s) sur 4 : voir ci-dessus."
        assert (
            "  Fichier refusé, rien n'a été importé. L’archive open-data-rome-v461.zip est endommagée ou incomplète."
        ) in sortie.splitlines()
        assert [ligne.split()[1:] for ligne in sortie.splitlines() if ligne.startswith("open-data")] == [
            ["refusé"]
        ]
        assert Certification.objects.exists()

    def test_dry_run_keeps_nothing(self, dossier):
        avant = photographie()

        sortie, erreur = importer_tout(dossier, dry_run=True)

        assert erreur is None
        assert sortie.splitlines()[-1] == "Essai à blanc : rien n'a été gardé."
        assert photographie() == avant

    def test_folder_without_any_official_file_is_refused(self, tmp_path):
        (tmp_path / "LISEZMOI.txt").write_text("Bonjour.")

        assert str(importer_tout(tmp_path)[1]) == f"{tmp_path} ne contient aucun fichier officiel reconnu."

    def test_path_that_is_no_folder_is_refused(self, tmp_path):
        assert str(importer_tout(tmp_path / "absent")[1]) == f"{tmp_path / 'absent'} n'est pas un dossier."


@pytest.mark.django_db
class TestEtatDesDonnees:
    def test_empty_base_says_everything_that_is_missing(self):
        assert etat() == [
            "Aucune donnée n'est chargée.",
            *(f"Manque : {i.objet} (manage.py {i.commande})." for i in IMPORTATIONS),
        ]

    def test_what_is_loaded_is_said_with_its_edition_counts_and_rejects(self, petites_donnees):
        call_command("import_rome", str(petites_donnees / "rome"), verbosity=0)

        lignes = etat()

        effectue = ImportEffectue.objects.get()
        nombre = Metier.objects.count()
        assert lignes[0].startswith("ROME 4.0, version 60 du 18/09/2025 (âge : ")
        assert lignes[1].endswith(f", fichier rome, {effectue.nombre_de_rejets} rejet(s)")
        assert f"{nombre} métiers" in lignes[2]
        assert "Manque : ROME 4.0 (manage.py import_rome)." not in lignes


@pytest.mark.django_db
def test_each_form_of_the_rncp_is_told_with_its_own_age(petites_donnees):
    for nom in ("rncp/export_fiches_RNCP_V4_1_2026-08-16.xml", "rncp_tables/kit-csv-2019-03_v1.2"):
        call_command("import_rncp", str(petites_donnees / nom), verbosity=0)

    editions = [ligne.split(" (âge")[0] for ligne in etat() if " (âge" in ligne]

    assert editions == ["RNCP, version kit v1.2 du 01/03/2019", "RNCP, export du 16/08/2026"]
