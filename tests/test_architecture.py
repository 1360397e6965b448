"""The line of packages: each may import those to its right, none to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
LIGNE = ["portail", "orientation", "guides", "formations", "certifications", "metiers", "catalogue"]


def imports_vers_le_haut(paquet: str, source: str) -> list[str]:
    """The packages to the left of `paquet` that `source` imports, wherever the import stands in the text."""
    a_gauche = set(LIGNE[: LIGNE.index(paquet)])
    noms = []
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Import):
            noms += [alias.name for alias in noeud.names]
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and noeud.level == 0:
            noms.append(noeud.module)
    return sorted({racine for nom in noms if (racine := nom.partition(".")[0]) in a_gauche})


def modules() -> list[tuple[str, Path]]:
    return [
        (paquet, chemin.relative_to(RACINE))
        for paquet in LIGNE
        for chemin in sorted((RACINE / paquet).rglob("*.py"))
    ]


@pytest.mark.parametrize(("paquet", "chemin"), modules(), ids=str)
def test_module_never_imports_a_package_to_its_left(paquet: str, chemin: Path) -> None:
    source = (RACINE / chemin).read_text(encoding="utf-8")

    assert imports_vers_le_haut(paquet, source) == []


@pytest.mark.parametrize(
    ("paquet", "source"),
    [
        ("catalogue", "from metiers.models import Metier"),
        ("metiers", "import certifications.models"),
        ("certifications", "def tard():\n    from formations import models"),
        ("formations", "from portail.settings import env"),
    ],
)
def test_upward_import_is_caught_even_inside_a_function(paquet: str, source: str) -> None:
    assert len(imports_vers_le_haut(paquet, source)) == 1


def test_downward_and_outside_imports_are_allowed() -> None:
    source = "import ast\nfrom django.db import models\nfrom metiers.models import Metier\nfrom . import etat"

    assert imports_vers_le_haut("certifications", source) == []


def test_every_importer_is_pure() -> None:
    """Readers turn a file into records; they never see the ORM."""
    fautifs = [
        str(chemin.relative_to(RACINE))
        for paquet in LIGNE
        for chemin in (RACINE / paquet / "importers").rglob("*.py")
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.ImportFrom)
        and noeud.module
        and (noeud.module.startswith("django") or ".models" in noeud.module)
    ]

    assert fautifs == []
