"""`import_lieux`: communes of today, and nothing created from older tables."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from formations.models import Commune, Departement, Epci, PartieDeCommune, Region
from tests import objets

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(petites_donnees: Path) -> Path:
    return petites_donnees / "formations"


def importer(chemin: Path, **options: object) -> list[str]:
    sortie = StringIO()
    call_command("import_lieux", chemin, stdout=sortie, **options)
    return sortie.getvalue().splitlines()


def test_import_keeps_current_communes_and_the_parts_of_them(dossier: Path) -> None:
    importer(dossier / "decoupage")

    assert list(Commune.objects.values_list("code", flat=True).order_by("code")) == [
        "29232",
        "29233",
        "75056",
    ]
    assert list(PartieDeCommune.objects.values_list("code", "commune").order_by("code")) == [
        ("29001", "29233"),
        ("29232", "29232"),
        ("75101", "75056"),
        ("75102", "75056"),
    ]
    assert (Region.objects.count(), Departement.objects.count()) == (3, 3)


def test_import_puts_communes_in_their_intercommunalite(dossier: Path, tmp_path: Path) -> None:
    importer(dossier / "decoupage")
    avant = dict(Commune.objects.values_list("code", "epci"))
    suivant = tmp_path / "decoupage"
    shutil.copytree(dossier / "decoupage", suivant)
    epci = json.loads((suivant / "epci.json").read_text())
    (suivant / "epci.json").write_text(
        json.dumps([epci[0] | {"membres": [{"code": "29232"}, {"code": "75056"}]}])
    )

    importer(suivant, forcer=True)
    (suivant / "epci.json").unlink()
    importer(suivant)

    assert avant == {"29232": None, "29233": "242900694", "75056": "200054781"}
    assert dict(Commune.objects.values_list("code", "epci")) == {
        "29232": "200054781",
        "29233": None,
        "75056": "200054781",
    }
    assert [str(epci) for epci in Epci.objects.all()] == ["Métropole du Grand Paris"]


def test_import_refuses_to_lose_many_intercommunalites(dossier: Path, tmp_path: Path) -> None:
    importer(dossier / "decoupage")
    suivant = tmp_path / "decoupage"
    shutil.copytree(dossier / "decoupage", suivant)
    (suivant / "epci.json").write_text(json.dumps(json.loads((suivant / "epci.json").read_text())[:1]))

    with pytest.raises(CommandError) as refus:
        importer(suivant)

    assert "Il retirerait 1 intercommunalités sur 2" in str(refus.value)


@pytest.mark.parametrize(
    ("nom", "nature", "dite"),
    [
        ("CC Faucigny - Glières", "CC", "Communauté de communes Faucigny - Glières"),
        ("CU d'Arras", "CU", "Communauté urbaine d'Arras"),
        ("Métropole de Lyon", "MET69", "Métropole de Lyon"),
        ("CC", "CC", "CC"),
    ],
)
def test_intercommunalite_is_said_in_full(nom: str, nature: str, dite: str) -> None:
    assert str(Epci(nom=nom, nature=nature)) == dite


def test_import_of_hexasmal_completes_and_creates_nothing(dossier: Path) -> None:
    importer(dossier / "decoupage")

    lignes = importer(dossier / "hexasmal.csv")

    assert list(
        Commune.objects.values_list("code", "codes_postaux", "latitude", "longitude").order_by("code")
    ) == [
        ("29232", ["29000"], 47.9971, -4.0916),
        ("29233", ["29300"], 47.8682, -3.5603),
        ("75056", ["75001", "75002"], 48.86505, 2.34),
    ]
    assert lignes[-3:-1] == [
        "6 lignes lues, 5 codes INSEE ; 0 commune(s) n'y figurent pas.",
        "1 code(s) ne sont plus ceux d'une commune actuelle, rien n'en a été créé : 29999 DISPARUE…",
    ]


def test_import_again_changes_nothing(dossier: Path) -> None:
    for chemin in ("decoupage", "hexasmal.csv"):
        importer(dossier / chemin)

    lignes = [importer(dossier / chemin)[-1] for chemin in ("decoupage", "hexasmal.csv")]

    assert lignes == ["Rien n'a changé : ces données étaient déjà en place."] * 2


def test_import_matches_the_places_already_there(dossier: Path) -> None:
    lieu = objets.lieu(commune=None, departement=None, code_insee="75101", code_postal="", ville="")

    importer(dossier / "decoupage")

    lieu.refresh_from_db()
    assert (lieu.commune_id, lieu.departement_id) == ("75056", "75")


def test_import_follows_a_commune_into_the_one_it_joined(dossier: Path, tmp_path: Path) -> None:
    importer(dossier / "decoupage")
    lieu = objets.lieu(commune_id="29232", departement_id="29", code_insee="29232", code_postal="", ville="")
    fusion = tmp_path / "decoupage"
    shutil.copytree(dossier / "decoupage", fusion)
    communes = [c for c in json.loads((fusion / "communes.json").read_text()) if c["code"] != "29232"]
    communes.append(
        {
            "code": "29232",
            "nom": "Quimper",
            "type": "commune-deleguee",
            "chefLieu": "29233",
            "departement": "29",
        }
    )
    (fusion / "communes.json").write_text(json.dumps(communes))

    importer(fusion, forcer=True)

    lieu.refresh_from_db()
    assert lieu.commune_id == "29233"
    assert not Commune.objects.filter(code="29232").exists()


def test_import_of_hexasmal_needs_the_communes(dossier: Path) -> None:
    with pytest.raises(CommandError) as refus:
        importer(dossier / "hexasmal.csv")

    assert str(refus.value) == (
        "Fichier refusé, rien n'a été importé. Aucune commune n'est chargée : importez d'abord le découpage "
        "administratif."
    )
