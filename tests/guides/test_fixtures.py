"""The demonstration glossary and dossiers hold together, whatever the rest of the demonstration holds."""

import json
from pathlib import Path

import pytest

from guides import models

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def lignes() -> list[dict]:
    return [
        ligne
        for nom in ("60_glossaire.json", "61_dossiers.json", "62_financements.json")
        for ligne in json.loads((FIXTURES / nom).read_text(encoding="utf-8"))
    ]


def champs(lignes: list[dict], modele: str) -> list[dict]:
    return [ligne["fields"] for ligne in lignes if ligne["model"] == f"guides.{modele}"]


def test_keys_are_unique_and_in_their_range(lignes):
    cles = [(ligne["model"], ligne["pk"]) for ligne in lignes]

    assert len(cles) == len(set(cles))
    assert [cle for cle in cles if not 60_000 <= cle[1] < 80_000] == []


@pytest.mark.parametrize("modele", [getattr(models, nom) for nom in models.__all__])
def test_every_short_text_fits_its_column(lignes, modele):
    """SQLite would let a longer one in, PostgreSQL would not."""
    longueurs = {c.name: c.max_length for c in modele._meta.fields if c.max_length}

    trop_longs = [
        (nom, valeur)
        for ligne in champs(lignes, modele._meta.model_name)
        for nom, valeur in ligne.items()
        if nom in longueurs and isinstance(valeur, str) and len(valeur) > longueurs[nom]
    ]

    assert trop_longs == []


def test_a_name_leads_to_one_term_only(lignes):
    noms = [
        nom.casefold()
        for terme in champs(lignes, "terme")
        for nom in (terme["terme"], *terme["autres_noms"].splitlines())
    ]

    assert sorted({nom for nom in noms if noms.count(nom) > 1} - {"smic"}) == []


def test_related_terms_are_related_both_ways(lignes):
    """`loaddata` sets each list in turn, and a list that forgets the other term would undo its own."""
    lies = {t["pk"]: set(t["fields"]["termes_lies"]) for t in lignes if t["model"] == "guides.terme"}

    assert [(pk, autre) for pk, autres in lies.items() for autre in autres if pk not in lies[autre]] == []
    assert [pk for pk, autres in lies.items() if not autres] == []


def test_only_confirmed_links_are_tied_to_a_job(lignes):
    liens = champs(lignes, "lienrolemetier")

    assert [lien for lien in liens if (lien["statut"] == "confirme") != bool(lien["confirme_pour"])] == []


def test_every_figure_has_a_value_and_a_source(lignes):
    assert [c for c in champs(lignes, "chiffredudossier") if not c["source"]] == []
    assert [c for c in champs(lignes, "chiffredudossier") if not (c["valeur"] or c["valeur_texte"])] == []
