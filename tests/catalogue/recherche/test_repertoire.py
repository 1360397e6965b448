"""What each process keeps in memory of what can be found, and when it reads it again."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.models import ColonneDeTitres, Synonyme, VersionCatalogue
from catalogue.recherche import repertoire as en_memoire
from catalogue.recherche.colonnes import Colonnes
from catalogue.recherche.index import actualiser, reindexer
from catalogue.recherche.moteur import chercher
from catalogue.recherche.repertoire import repertoire
from metiers.models import Appellation
from tests import objets
from tests.guides.ecrits import terme


@pytest.fixture
def titres(db):
    objets.metier("K2503", libelle="Agent de sécurité")
    terme(terme="Validation des acquis")
    reindexer()


def autre_processus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(en_memoire, "_courant", None)
    monkeypatch.setattr(en_memoire, "_lus", {})


def premiers(texte: str) -> list[str]:
    return [t.cle for t in chercher(texte).trouvailles]


def test_the_same_version_is_read_once(titres):
    assert repertoire() is repertoire()


def test_a_new_version_reads_again_the_kinds_that_have_changed_and_no_other(titres):
    avant = repertoire().titres
    objets.metier("K2504", libelle="Agent de sûreté")
    actualiser("metier", ["K2504"])
    VersionCatalogue.avancer()

    apres = repertoire().titres

    assert apres["terme"] is avant["terme"]
    assert (len(avant["metier"].cles), len(apres["metier"].cles)) == (1, 2)


def test_a_new_version_brings_its_synonyms(titres):
    assert premiers("vigile") == []
    Synonyme.objects.create(expression="vigile", equivalent="agent de sécurité")
    VersionCatalogue.avancer()

    assert premiers("vigile") == ["K2503"]


def test_another_process_reads_what_was_kept(titres, monkeypatch):
    autre_processus(monkeypatch)

    with CaptureQueriesContext(connection) as capture:
        assert premiers("sécurité") == ["K2503"]

    lues = [requete["sql"] for requete in capture]
    assert not any("catalogue_documentderecherche" in sql and "mots" in sql for sql in lues)


def _marques() -> dict[str, set[str]]:
    marques: dict[str, set[str]] = {}
    for genre, marque in ColonneDeTitres.objects.values_list("genre", "marque"):
        marques.setdefault(genre, set()).add(marque)
    return marques


@pytest.mark.parametrize(
    "changer",
    [
        lambda colonnes: (
            colonnes.exclude(nom="pk").delete() and colonnes.update(nom="", marque="", contenu=b"")
        ),
        lambda colonnes: colonnes.filter(nom="niveau").delete(),
        lambda colonnes: colonnes.filter(nom="niveau").update(nom="hauteur"),
    ],
    ids=["still to be made", "a column less", "another column"],
)
def test_what_is_missing_or_of_another_release_is_made_on_the_spot_and_not_written(
    titres, monkeypatch, changer
):
    colonnes = ColonneDeTitres.objects.filter(genre="metier")
    changer(colonnes)
    avant = sorted(colonnes.values_list("nom", flat=True))
    autre_processus(monkeypatch)

    assert premiers("sécurité") == ["K2503"]
    assert sorted(colonnes.values_list("nom", flat=True)) == avant


def test_titles_that_have_not_changed_are_not_written_again(titres):
    avant = _marques()
    Appellation.objects.update(masculin="Agent de sûreté")

    with CaptureQueriesContext(connection) as capture:
        reindexer("metier", "terme")

    apres = _marques()
    assert {genre for genre in avant if avant[genre] != apres[genre]} == {"metier"}
    assert [len(marques) for marques in apres.values()] == [1] * len(apres)
    ecrites = [r["sql"] for r in capture if 'INSERT INTO "catalogue_colonnedetitres"' in r["sql"]]
    assert len(ecrites) == len(Colonnes.noms())


def test_what_is_rolled_back_is_not_found(titres):
    with transaction.atomic():
        objets.metier("K2504", libelle="Agent de sûreté")
        actualiser("metier", ["K2504"])
        pendant = premiers("sûreté")
        transaction.set_rollback(True)

    assert (pendant, premiers("sûreté")) == (["K2504"], [])


def test_a_kind_that_is_no_longer_kept_is_forgotten(titres):
    repertoire()
    ColonneDeTitres.objects.filter(genre="terme").delete()
    VersionCatalogue.avancer()

    assert "terme" not in repertoire().titres


def test_nothing_can_be_found_in_an_empty_base(db, monkeypatch):
    ColonneDeTitres.objects.all().delete()
    autre_processus(monkeypatch)

    assert (repertoire().titres, premiers("sécurité")) == ({}, [])
