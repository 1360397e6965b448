"""The scores of a métier, from what the imports and the editors brought."""

from __future__ import annotations

from decimal import Decimal

import pytest

from metiers.fiche import presenter
from metiers.models import ContexteDeTravail, ContexteDuMetier, Indicateur, IndicateurEditorial, Metier
from metiers.scores.du_metier import sans_doublons, scores
from tests import objets
from tests.livraisons import importer

pytestmark = pytest.mark.django_db

NOMS = ["Attractivité", "Tension du marché", "Salaire", "Conditions de travail", "Facilité d'accès"]


@pytest.fixture
def metier():
    metier = objets.metier("D1491", version=objets.version("rome", "60"))
    for code, type_, libelle in (
        ("300803", "2", "Travail de nuit"),
        ("300824", "1", "En environnement bruyant"),
    ):
        contexte = ContexteDeTravail.objects.create(code_ogr=code, code_type=type_, libelle=libelle)
        ContexteDuMetier.objects.create(metier=metier, contexte=contexte)
    return metier


def fiche(metier):
    return presenter(Metier.objects.for_detail().get(pk=metier.pk))


def par_nom(metier):
    return {score.nom: score for score in fiche(metier).scores}


def deciles(metier, source, bas, haut, millesime="2024"):
    for nature, valeur in (("salaire-p10", bas), ("salaire-p90", haut)):
        objets.indicateur(metier, nature, source=objets.source(source), valeur=valeur, millesime=millesime)


def test_scores_are_always_five_in_the_same_order(metier):
    lus = fiche(metier).scores

    assert [score.nom for score in lus] == NOMS
    assert [score.renseigne for score in lus] == [False, False, False, True, False]


def test_score_without_inputs_says_why_and_has_no_number(metier):
    tension = par_nom(metier)["Tension du marché"]

    assert (tension.phrase, tension.valeur, tension.valeur_en_clair) == ("Non renseigné", None, "")
    assert tension.reserve == "Aucune catégorie de tension n'est connue pour ce métier."


def test_imported_figures_make_the_scores_and_tell_their_sources(metier, petites_donnees):
    importer("import_dares", petites_donnees / "dares")

    lus = par_nom(metier)

    # Categories 2 and 5; the lowest and the fifth of 22 salaries; one constraint of each class.
    assert {nom: score.valeur_en_clair for nom, score in lus.items()} == {
        "Attractivité": "4,9 sur 10",
        "Tension du marché": "6,3 sur 10",
        "Salaire": "1,1 sur 10",
        "Conditions de travail": "8 sur 10",
        "Facilité d'accès": "",
    }
    assert lus["Tension du marché"].phrase == "Les employeurs avaient du mal à recruter (2019)"
    assert [e.libelle for e in lus["Tension du marché"].elements] == [
        "Tension, catégorie Dares, famille professionnelle Y0Z60",
        "Tension, catégorie Dares, famille professionnelle Y1Z60",
    ]
    assert lus["Salaire"].sources == ("Dares, Portraits statistiques des métiers, 2017-2019",)
    assert lus["Attractivité"].manquants == ()


def test_scores_of_a_source_stand_beside_ours(metier):
    objets.indicateur(metier, "score-conditions", valeur="8.4", echelle=10)
    objets.indicateur(metier, "tension-vocaneo", valeur="3", echelle=10)

    lus = par_nom(metier)

    assert [i.en_clair for i in lus["Conditions de travail"].selon_les_sources] == ["8,4 / 10"]
    assert [i.en_clair for i in lus["Tension du marché"].selon_les_sources] == ["3 / 10"]
    assert lus["Tension du marché"].valeur is None


def test_category_copied_by_an_editor_counts_until_an_import_brings_it(metier, petites_donnees):
    editoriale = objets.fiche_editoriale(metier, publie=True)
    source = objets.source("dares-tensions-2019")
    objets.indicateur_editorial(
        editoriale, "tension-dares", valeur=1, echelle=5, source=source, millesime="2019", territoire="France"
    )

    avant = par_nom(metier)["Tension du marché"]
    importer("import_dares", petites_donnees / "dares")
    apres = par_nom(metier)["Tension du marché"]

    assert [e.valeur for e in avant.elements] == ["catégorie 1 sur 5"]
    assert [e.valeur for e in apres.elements] == ["catégorie 2 sur 5", "catégorie 5 sur 5"]


def test_deciles_are_placed_among_those_of_their_source(metier):
    for rang in range(19):
        deciles(objets.metier(f"E10{rang:02}"), "insee", 1000 + rang, 3000 + rang)
    deciles(metier, "insee", 5000, 2000)

    salaire = par_nom(metier)["Salaire"]

    assert salaire.formule == "(1 × 9,8 + 1 × 0,3) ÷ 2 = 5,1"


@pytest.mark.parametrize(("nombre", "millesime"), [(19, ""), (5, "2024")], ids=["no vintage", "too few"])
def test_deciles_that_cannot_be_placed_give_no_score(metier, nombre, millesime):
    for rang in range(nombre):
        deciles(objets.metier(f"E10{rang:02}"), "vocaneo", 1000 + rang, 3000 + rang, millesime)
    deciles(metier, "vocaneo", 1747, 2498, millesime)

    assert par_nom(metier)["Salaire"].valeur is None


def test_number_of_queries_does_not_grow_with_the_figures(
    metier, petites_donnees, django_assert_max_num_queries
):
    importer("import_dares", petites_donnees / "dares")
    lue = fiche(metier)
    figures = [i for _, groupe in lue.indicateurs for i in groupe]
    acces = lue.acces.score

    with django_assert_max_num_queries(1):
        lus = scores(lue.metier, figures, acces)

    assert lus == lue.scores


def test_figure_that_an_import_brought_too_is_shown_once():
    importe = Indicateur(
        nature_id="n", source_id="s", millesime="2019", territoire="France", valeur=Decimal(2)
    )
    copie = IndicateurEditorial(
        nature_id="n", source_id="s", millesime="2019", territoire="France", valeur=Decimal(2)
    )
    autre = IndicateurEditorial(
        nature_id="n", source_id="t", millesime="2019", territoire="France", valeur=Decimal(3)
    )

    assert sans_doublons([importe, copie, autre]) == [importe, autre]
    assert sans_doublons([copie, autre]) == [copie, autre]
