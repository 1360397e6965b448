"""The command that judges the search."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Synonyme
from catalogue.recherche import jugement
from catalogue.recherche.index import reindexer
from tests import objets

JUGEMENTS = Path(__file__).resolve().parents[2] / "data" / "recherche" / "jugements.csv"
ENTETE = "requete,attendus,jamais_premier,sorte,moitie\n"


@pytest.fixture
def boulanger(db):
    objets.metier("D1102", libelle="Boulanger")
    objets.metier("D1108", libelle="Chef boulanger")
    reindexer()


def evaluer(tmp_path: Path, lignes: str, **options) -> str:
    fichier = tmp_path / "jugements.csv"
    fichier.write_text(ENTETE + lignes, encoding="utf-8")
    sortie = StringIO()
    call_command("evaluer_recherche", fichier=fichier, stdout=sortie, **options)
    return sortie.getvalue()


def test_a_good_search_passes_with_its_figures(boulanger, tmp_path):
    sortie = evaluer(tmp_path, "boulangère,metier:D1102,metier:D1108,intitule,controle\n", durees=False)

    assert "toutes       1 requêtes   précision à 1 : 1.000   à 5 : 1.000" in sortie


def test_the_second_place_is_not_the_first(boulanger, tmp_path):
    with pytest.raises(CommandError, match="moins de 95"):
        evaluer(tmp_path, "boulangère,metier:D1108,,intitule,controle\n")


def test_what_must_not_come_first_fails_even_if_it_is_expected(boulanger):
    juge = jugement.Jugement("boulanger", ("metier:*",), ("metier:D1102",), "", "controle")

    mesure = jugement.juger([juge])

    assert (mesure.precision_a_1, mesure.precision_a_5, mesure.rang_reciproque) == (0, 0, 0)


def test_a_file_that_is_not_one_is_refused_in_one_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("evaluer_recherche", fichier=tmp_path / "absent.csv")
    (tmp_path / "autre.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="n'est pas un jeu de requêtes jugées"):
        call_command("evaluer_recherche", fichier=tmp_path / "autre.csv")


DEUX = "boulangère,metier:D1102,,intitule,controle\nchef boulanger,metier:D1108,,intitule,controle\n"


def test_durations_are_said_beside_what_is_aimed_at(boulanger, tmp_path):
    sortie = evaluer(tmp_path, DEUX, durees=True)

    lignes = [ligne.split() for ligne in sortie.splitlines() if "objectif" in ligne]
    assert [(ligne[0], ligne[-2]) for ligne in lignes] == [
        ("recherche", "5"),
        ("suggestions", "3"),
        ("frappe", "3"),
    ]


def test_the_answers_of_two_databases_are_compared(boulanger, tmp_path):
    ecrites = tmp_path / "reponses.json"
    evaluer(tmp_path, DEUX, ecrire=ecrites)

    memes = evaluer(tmp_path, DEUX, comparer=ecrites)
    ecrites.write_text('{"boulangère": ["metier:D1108"], "chef boulanger": ["metier:D1108"]}')

    assert "les mêmes cinq premières réponses à 2 requêtes sur 2 (100.0%)" in memes
    with pytest.raises(CommandError, match=r"Moins de 95\s?% des réponses"):
        evaluer(tmp_path, DEUX, comparer=ecrites)


@pytest.mark.parametrize("contenu", ["[]", "autre chose"])
def test_answers_that_are_none_are_refused_in_one_sentence(boulanger, tmp_path, contenu):
    ecrites = tmp_path / "reponses.json"
    ecrites.write_text(contenu)

    with pytest.raises(CommandError, match="n'a pas été écrit par --ecrire"):
        evaluer(tmp_path, DEUX, comparer=ecrites)


def test_the_judged_queries_are_many_varied_and_each_once():
    jugements = jugement.lire(JUGEMENTS)
    domaines = {cle[7] for j in jugements for cle in j.attendus if cle.startswith("metier:")}
    genres = {cle.partition(":")[0] for j in jugements for cle in j.attendus}

    assert len(jugements) >= 160
    assert len({j.requete for j in jugements}) == len(jugements)
    assert domaines == set("ABCDEFGHIJKLMN")
    assert genres >= {
        "metier",
        "domaine",
        "certification",
        "formation",
        "terme",
        "guide",
        "organisme",
        "bloc",
    }
    assert sum(bool(j.jamais_premier) for j in jugements) >= 50


def test_synonyms_are_added_once_and_never_overwritten(db):
    Synonyme.objects.create(expression="nounou", equivalent="le choix des éditeurs")

    for _ in range(2):
        call_command("charger_synonymes", stdout=StringIO())

    assert Synonyme.objects.get(expression="nounou").equivalent == "le choix des éditeurs"
    assert Synonyme.objects.count() > 150
