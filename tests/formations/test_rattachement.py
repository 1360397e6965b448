"""Which commune a place is in."""

from __future__ import annotations

from typing import Any

import pytest

from formations.models import Lieu, PartieDeCommune
from formations.rattachement import nom_normalise
from tests import objets


@pytest.fixture
def _communes(db: None) -> None:
    objets.commune("69123", nom="Lyon", codes_postaux=["69001", "69002"], latitude=45.758, longitude=4.835)
    objets.commune("69266", nom="Villeurbanne", codes_postaux=["69100"], latitude=45.772, longitude=4.889)
    objets.commune("42218", nom="Saint-Étienne", codes_postaux=["42000"], latitude=45.434, longitude=4.390)
    objets.commune("01001", nom="Saint-Étienne", codes_postaux=["01370"], latitude=46.28, longitude=5.28)
    PartieDeCommune.objects.create(
        code="69381", type=PartieDeCommune.Type.ARRONDISSEMENT, nom="Lyon 1er", commune_id="69123"
    )


@pytest.mark.usefixtures("_communes")
@pytest.mark.parametrize(
    ("mots", "commune"),
    [
        ({"code_insee": "69266"}, "69266"),
        ({"code_insee": "69381", "code_postal": "69001"}, "69123"),
        ({"code_insee": "12999", "code_postal": "69283", "ville": "LYON CEDEX 01"}, "69123"),
        ({"code_postal": "69283", "latitude": 45.76, "longitude": 4.83}, "69123"),
        ({"ville": "Lyon 2e Arrondissement", "latitude": 45.77, "longitude": 4.88}, "69123"),
        ({"ville": "Villeurbane", "latitude": 45.77, "longitude": 4.88}, "69266"),
        ({"ville": "ST ETIENNE", "code_postal": "42000"}, "42218"),
        ({"ville": "St-Étienne", "code_departement": "01"}, "01001"),
        ({"ville": "Saint-Étienne"}, None),
        ({"latitude": 0.5, "longitude": 0.5}, None),
        ({"ville": "Ailleurs", "code_postal": "42000"}, None),
    ],
)
def test_rattacher_follows_code_then_point_then_name(mots: dict[str, Any], commune: str | None) -> None:
    vide = {"adresse": "", "code_postal": "", "ville": "", "commune": None, "departement": None}
    lieu = objets.lieu(**{**vide, **mots})

    Lieu.objects.rattacher()

    lieu.refresh_from_db()
    assert lieu.commune_id == commune


@pytest.mark.usefixtures("_communes")
def test_rattacher_gives_the_departement_when_it_knows_no_more() -> None:
    lieu = objets.lieu(adresse="", code_postal="", ville="", commune=None, code_departement="42")

    changes = [Lieu.objects.rattacher(), Lieu.objects.rattacher()]

    lieu.refresh_from_db()
    assert (lieu.commune_id, lieu.departement_id, changes) == (None, "42", [1, 0])


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("QUIMPERLÉ CEDEX", "quimperle"),
        ("Paris 1er Arrondissement", "paris"),
        ("Paris  2e  Arrondissement", "paris"),
        ("LYON CEDEX 03", "lyon"),
        ("Ste-Foy-lès-Lyon", "sainte foy les lyon"),
        ("Œting", "oeting"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
    ],
)
def test_nom_normalise(nom: str, attendu: str) -> None:
    resultat = nom_normalise(nom)

    assert resultat == attendu
