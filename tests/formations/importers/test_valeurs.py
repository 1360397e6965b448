"""Values of the offer's files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formations.importers import valeurs


@pytest.mark.parametrize(
    ("brut", "lu"),
    [
        ("<ul><li> Petits groupes</li><li>Café &amp; wifi</li></ul>", "- Petits groupes\n- Café & wifi"),
        ("<p>Un<br/>deux</p><script>alert(1)</script>", "Un\ndeux"),
        ("prix < 100 €", "prix < 100 €"),
        ("-", ""),
        (" – ", ""),
        (None, ""),
    ],
)
def test_texte_is_plain(brut: str | None, lu: str) -> None:
    resultat = valeurs.texte(brut)

    assert resultat == lu


@given(st.text())
def test_texte_of_anything_is_stable(brut: str) -> None:
    une_fois = valeurs.ligne(brut, 40)

    assert len(une_fois) <= 40
    assert "\n" not in une_fois


@pytest.mark.parametrize(
    ("lecteur", "brut", "lu"),
    [
        (valeurs.code, "35.0", "35"),
        (valeurs.code, "-1", ""),
        (valeurs.code, "-1.0", ""),
        (valeurs.code_departement, "4.0", "04"),
        (valeurs.code_departement, "2a", "2A"),
        (valeurs.code_departement, "974.0", "974"),
        (valeurs.code_departement, "Paris", ""),
        (valeurs.code_postal, "1400", "01400"),
        (valeurs.code_insee, "2A004", "2A004"),
        (valeurs.siret, "732 829 320 00074", "73282932000074"),
        (valeurs.siret, "123", ""),
        (valeurs.uai, "0121471j", "0121471J"),
        (valeurs.positif, "0", None),
        (valeurs.montant, "1 500,50", Decimal("1500.50")),
        (valeurs.montant, "0.0", None),
        (valeurs.montant, "NaN", None),
        (valeurs.jour, "20260901", date(2026, 9, 1)),
        (valeurs.jour, "2026-09-01T00:00:00.000Z", date(2026, 9, 1)),
        (valeurs.jour, "99999999", None),
        (valeurs.coordonnees, "44.35624, 2.56417", (44.35624, 2.56417)),
        (valeurs.coordonnees, "91,0", None),
        (valeurs.coordonnees, "nan,nan", None),
        (valeurs.adresse_web, "ecole.fr", "http://ecole.fr"),
        (valeurs.adresse_web, "javascript:alert(1)", ""),
    ],
)
def test_valeur_is_read(lecteur, brut: str, lu: object) -> None:
    resultat = lecteur(brut)

    assert resultat == lu


def test_siret_gets_its_lost_zeros_back_when_the_key_says_so() -> None:
    bruts = ("580012300019", "580012300018")

    lus = [valeurs.siret(brut) for brut in bruts]

    assert lus == ["00580012300019", ""]


def test_identifiant_is_fit_for_an_address_and_tells_apart() -> None:
    sur = valeurs.identifiant("MCF", "123_A", 80)
    changes = {valeurs.identifiant("MCF", brut, 80) for brut in ("a/b", "a b", "a-b", "é" * 200)}

    assert sur == "MCF-123_A"
    assert len(changes) == 4
    assert all(len(c) <= 80 and "/" not in c and " " not in c for c in changes)
