"""`import_rome`: versions that are refused, and what --forcer lets through."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError

from tests.livraisons import LivraisonRome, importer, photographie
from tests.redaction import (
    ECRITS,
    LIVREUR,
    TOUS,
    affiches,
    ecrits,
    titres,
)


@pytest.fixture
def refuse():
    """Import, expecting a refusal, and check that the database has not moved."""

    def importer_sans_effet(livraison, **options) -> str:
        avant = photographie()
        with pytest.raises(CommandError) as erreur:
            importer("import_rome", livraison, **options)
        assert photographie() == avant
        assert "\n" not in str(erreur.value)
        return str(erreur.value)

    return importer_sans_effet


def test_older_version_is_refused_without_forcer(v60, v61, refuse):
    importer("import_rome", v61)

    message = refuse(v60)

    assert message == (
        "Fichier refusé, rien n'a été importé. La version 60 du ROME est plus ancienne que la version 61, déjà "
        "chargée. Si c'est bien voulu, relancez avec --forcer."
    )


def test_older_version_is_loaded_with_forcer(v60, v61):
    v61.changer("referentiel_code_rome", {"code_rome": "N4191"}, libelle_rome="Coursier")
    importer("import_rome", v61)

    importer("import_rome", v60, forcer=True)

    assert titres()["N4191"] == LIVREUR
    assert affiches() == TOUS


def test_withdrawal_of_many_fiches_is_refused_without_forcer(v61, refuse):
    v61.oter_fiche("M1692")
    v61.oter_fiche("N4191")

    message = refuse(v61)

    assert message == (
        "Fichier refusé, rien n'a été importé. Il retirerait 2 fiches en vigueur sur 5 : il est sans doute "
        "incomplet. Si c'est bien voulu, relancez avec --forcer."
    )


def test_withdrawal_of_many_fiches_is_done_with_forcer(v61):
    v61.oter_fiche("M1692")
    v61.oter_fiche("N4191")

    importer("import_rome", v61, forcer=True)

    assert sorted(titres()) == ["D1491", "D1492", "M1691"]
    assert ecrits() == ECRITS


def test_large_table_cut_at_the_end_of_a_line_is_refused(v61, refuse, monkeypatch):
    monkeypatch.setattr("metiers.management.commands.import_rome.GRANDE_TABLE", 5)
    v61.ecrire("liens_rome_referentiels", v61.lignes("liens_rome_referentiels")[:12])
    v61.ecrire("coherence_item", v61.lignes("coherence_item")[:5])

    message = refuse(v61)

    assert "Il retirerait 7 savoir-faire et savoir-être sur 11 : il est sans doute incomplet." in message


@pytest.mark.django_db
def test_table_of_fiches_cut_at_the_end_of_a_line_is_refused_at_the_first_import(tmp_path, refuse):
    livraison = LivraisonRome(tmp_path)
    livraison.ecrire("referentiel_code_rome", livraison.lignes("referentiel_code_rome")[:1])

    message = refuse(livraison)

    assert "une de ses tables est sans doute incomplète. La première : texte D1492 definition 1" in message


@pytest.mark.django_db
def test_missing_table_is_refused(tmp_path, refuse):
    livraison = LivraisonRome(tmp_path)
    livraison.oter_table("referentiel_appellation")

    message = refuse(livraison)

    assert message == (
        "Fichier refusé, rien n'a été importé. rome-v60 est incomplet : tables absentes, referentiel_appellation."
    )


def test_code_or_label_longer_than_its_column_is_reported_and_left_out(v61):
    v61.ajouter("themes", v61.lignes("themes")[0], code_theme="0" * 11)
    v61.ajouter(
        "referentiel_appellation",
        {"code_ogr": "510002"},
        code_ogr="510099",
        libelle_appellation_long="Vendeur " * 40,
    )

    rapport = importer("import_rome", v61)

    assert [ligne.strip() for ligne in rapport.splitlines() if "caractères" in ligne] == [
        "appellation 510099 : libellé de 319 caractères, au plus 300",
        "thème 00000000000 : code de 11 caractères, au plus 10",
    ]
    assert titres()["N4191"] == LIVREUR
