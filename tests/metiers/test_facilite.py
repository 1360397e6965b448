"""What a métier asks for: the editors' word, then Onisep's, then what is read in the ROME, and who said it."""

from datetime import date
from decimal import Decimal

import pytest

from metiers.acces import Experience
from metiers.facilite import Facilite, facilite
from metiers.models import Competence, FicheEditoriale, FicheOnisep, Metier
from tests import objets

BAC_PLUS_2 = "Cet emploi/métier est accessible avec un Bac+2 (BTS, DUT, ...)."
RIEN = "L'accès à ce métier dépend de la situation."


def calculer(
    texte: str = RIEN,
    editorial: dict | None = None,
    onisep: tuple[int | None, ...] = (),
    nb_savoir_faire: int = 0,
) -> Facilite:
    fiche = None if editorial is None else FicheEditoriale(**editorial)
    return facilite(
        Metier(acces_metier=texte), fiche, [FicheOnisep(niveau_acces=n) for n in onisep], nb_savoir_faire
    )


@pytest.mark.parametrize(
    ("sources", "niveau", "origine"),
    [
        ({"texte": BAC_PLUS_2, "editorial": {"niveau_acces": 3}, "onisep": (7,)}, 3, "editeur"),
        # 0, « sans diplôme », is an answer.
        ({"texte": BAC_PLUS_2, "editorial": {"niveau_acces": 0}, "onisep": (7,)}, 0, "editeur"),
        ({"texte": BAC_PLUS_2, "editorial": {"niveau_acces": None}, "onisep": (7,)}, 7, "onisep"),
        ({"texte": BAC_PLUS_2, "onisep": (None, 0)}, 0, "onisep"),
        # Several fiches of Onisep: the shortest way in.
        ({"texte": BAC_PLUS_2, "onisep": (7, None, 6)}, 6, "onisep"),
        ({"texte": BAC_PLUS_2, "onisep": (None,)}, 5, "rome"),
        ({"texte": BAC_PLUS_2}, 5, "rome"),
        ({"texte": RIEN}, None, ""),
        ({"texte": ""}, None, ""),
    ],
)
def test_the_first_who_knows_gives_the_niveau_and_is_named(sources, niveau, origine):
    resultat = calculer(**sources)

    assert (resultat.niveau, resultat.origine) == (niveau, origine)


def test_other_inputs_come_from_the_editors_first():
    resultat = calculer(
        editorial={
            "niveau_acces": 5,
            "experience": Experience.CONFIRMEE.value,
            "duree_formation_mois": 24,
            "technicite": 4,
        },
        nb_savoir_faire=30,
    )

    assert (resultat.experience, resultat.duree_formation_mois, resultat.technicite) == (
        Experience.CONFIRMEE,
        24,
        4,
    )
    assert [e.nom for e in resultat.score.elements] == [
        "niveau",
        "experience",
        "duree_formation",
        "technicite",
        "nb_competences",
    ]


def test_a_training_of_no_month_is_an_answer():
    resultat = calculer(editorial={"niveau_acces": 0, "duree_formation_mois": 0})

    assert resultat.duree_formation_mois == 0
    assert [(e.nom, e.points) for e in resultat.score.elements] == [
        ("niveau", Decimal(10)),
        ("duree_formation", Decimal(10)),
    ]


def test_no_savoir_faire_counts_as_unknown():
    assert calculer(editorial={"niveau_acces": 5}, nb_savoir_faire=0).score is None


def test_nothing_known_gives_no_score():
    resultat = calculer(RIEN, nb_savoir_faire=30)

    assert (resultat.niveau, resultat.score) == (None, None)


@pytest.fixture
def metier(db) -> Metier:
    return objets.metier("D1415", acces_metier=BAC_PLUS_2)


def acces_calcule(metier: Metier) -> tuple[int | None, str]:
    Metier.objects.recalculer_acces()
    metier.refresh_from_db()
    return metier.niveau_acces, metier.niveau_acces_origine


def test_stored_values_follow_the_same_precedence(metier):
    selon_le_rome = acces_calcule(metier)
    objets.fiche_onisep(metier=metier, niveau_acces=6)
    selon_l_onisep = acces_calcule(metier)
    objets.fiche_editoriale(metier, niveau_acces=4)
    selon_les_editeurs = acces_calcule(metier)

    assert (selon_le_rome, selon_l_onisep, selon_les_editeurs) == ((5, "rome"), (6, "onisep"), (4, "editeur"))


def test_an_editorial_fiche_set_aside_or_unpublished_says_nothing(metier):
    objets.fiche_editoriale(metier, niveau_acces=3, ecrit_pour="1")
    objets.fiche_editoriale(metier, niveau_acces=4, publie=False)

    assert acces_calcule(metier) == (5, "rome")


def test_a_withdrawn_fiche_of_onisep_says_nothing(metier):
    objets.fiche_onisep(metier=metier, niveau_acces=7, retire_le=date(2026, 1, 1))

    assert acces_calcule(metier) == (5, "rome")


def test_savoir_etre_do_not_weigh_on_the_score(metier):
    savoir_etre = objets.competence(categorie=Competence.SAVOIR_ETRE)
    for _ in range(30):
        objets.competence_requise(metier)
    Metier.objects.recalculer_acces()
    metier.refresh_from_db()
    avant = metier.score_acces

    objets.competence_requise(metier, savoir_etre)
    changes = Metier.objects.recalculer_acces()

    assert (avant is not None, changes) == (True, 0)


def test_what_has_not_changed_is_not_written_again(metier):
    premier, second = Metier.objects.recalculer_acces(), Metier.objects.recalculer_acces()

    assert (premier, second) == (1, 0)
