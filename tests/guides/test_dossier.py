"""The dossier made ready for its page."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from guides.dossier import EtapeAffichee, LienAffiche, presenter
from guides.models import Citation, Dossier, LienRoleMetier, ParcoursEvolution, Tendance
from metiers.models import Metier
from tests import objets
from tests.guides import ecrits

pytestmark = pytest.mark.django_db


def page(dossier: Dossier):
    return presenter(Dossier.objects.for_detail().get(pk=dossier.pk))


def test_what_the_source_does_not_say_is_said_unknown():
    source = objets.source("blog", nom="Un article")
    dossier = ecrits.dossier(
        source=source, rubrique="Blog", date=date(2025, 4, 30), verifie_le=date(2026, 11, 2)
    )

    assert page(dossier).reperes == [
        ("Source", "Un article"),
        ("Rubrique", "Blog"),
        ("Date", "30 avril 2025"),
        ("Auteur", "non renseigné"),
        ("Éditeur", "non renseigné"),
        ("Vérifié par la rédaction", "2 novembre 2026"),
    ]


def test_lists_and_paragraphs_are_cut_as_typed():
    dossier = ecrits.dossier(introduction="Un.\r\n\r\nDeux,\r\nsuite.")
    ecrits.role(ecrits.famille(dossier), missions="Répondre\n\n Noter ", qualites="Écouter", remarque="Vrai.")

    affichee = page(dossier)

    role = affichee.familles[0].roles[0]
    assert affichee.introduction == ["Un.", "Deux, suite."]
    assert (role.missions, role.qualites, role.remarque) == (("Répondre", "Noter"), ("Écouter",), ("Vrai.",))


def test_a_role_that_the_source_only_names_says_so():
    famille = ecrits.famille()
    ecrits.role(famille, ordre=1)
    ecrits.role(famille, ordre=2, accroche="Répond.")

    assert [r.est_un_nom for r in page(famille.dossier).familles[0].roles] == [True, False]


def test_only_confirmed_links_are_shown_with_their_reason():
    role = ecrits.role()
    ecrits.lien(role, objets.metier("D1408", libelle="Conseiller"), raison="Une appellation de la fiche.")
    ecrits.lien(role, objets.metier("D1403"), statut=LienRoleMetier.Statut.SUGGERE)
    ecrits.lien(role, objets.metier("D1415", libelle="Chargé"))
    Metier.objects.filter(code_rome="D1415").update(temoin="1", libelle="Un autre métier")

    metiers = page(role.famille.dossier).familles[0].roles[0].metiers

    assert metiers == (
        LienAffiche("Conseiller", "D1408", "/metiers/D1408-conseiller/", "Une appellation de la fiche."),
    )


@pytest.mark.parametrize(
    ("champs", "producteur", "origine"),
    [
        ({"selon": "Baromètre 2024"}, "", "selon « Baromètre 2024 »"),
        ({"selon": "Baromètre 2024"}, "Onisep", "selon « Baromètre 2024 »"),
        ({}, "Onisep", "selon Onisep"),
        ({}, "", "source non précisée"),
    ],
)
def test_a_figure_says_who_is_said_to_have_measured_it(champs, producteur, origine):
    dossier = ecrits.dossier(source=objets.source("article", producteur=producteur))
    ecrits.chiffre(dossier, **champs)

    assert page(dossier).chiffres[0].chiffres[0].origine == origine


def test_contradictory_figures_stay_side_by_side():
    dossier = ecrits.dossier(date=date(2025, 4, 30), source=objets.source("article", nom="L'article"))
    ecrits.chiffre(dossier, ordre=1, valeur=350_000, valeur_affichee="plus de 350 000", unite="personnes")
    ecrits.chiffre(dossier, ordre=2, sujet="Équipe", valeur=None, valeur_texte="10 à 15 personnes")
    ecrits.chiffre(
        dossier, ordre=3, valeur=27_300, source=objets.source("onisep", nom="Idéo"), millesime="2024"
    )

    sujets = page(dossier).chiffres

    assert [
        (s.titre, s.divergent, [(c.valeur, c.millesime, c.lu_dans) for c in s.chiffres]) for s in sujets
    ] == [
        (
            "Personnes employées",
            True,
            [
                ("plus de 350 000 personnes", "millésime non renseigné", "L'article (30 avril 2025)"),
                ("27\u202f300", "2024", "Idéo"),
            ],
        ),
        ("Équipe", False, [("10 à 15 personnes", "millésime non renseigné", "L'article (30 avril 2025)")]),
    ]


def test_a_figure_of_a_role_is_shown_with_it():
    role = ecrits.role()
    ecrits.chiffre(role.famille.dossier, role=role, valeur=68, unite="%")

    assert [c.valeur for c in page(role.famille.dossier).familles[0].roles[0].chiffres] == ["68 %"]


def test_a_figure_cannot_speak_of_a_role_of_another_dossier():
    chiffre = ecrits.chiffre(ecrits.dossier())
    chiffre.role = ecrits.role()

    with pytest.raises(ValidationError, match="Ce rôle appartient à un autre dossier"):
        chiffre.clean()


def test_two_steps_on_one_metier_stay_two_steps():
    plateau = objets.metier("D1435", libelle="Responsable de plateau")
    role = ecrits.role()
    parcours = ParcoursEvolution.objects.create(dossier=role.famille.dossier, titre="Monter")
    ecrits.etape(parcours, "Conseil", ordre=1, role=role, duree="2 ou 3 ans")
    ecrits.etape(parcours, "Supervision", ordre=2, metier=plateau)
    ecrits.etape(parcours, "Direction du plateau", ordre=3, metier=plateau)
    ecrits.etape(parcours, "Ailleurs", ordre=4)

    assert page(role.famille.dossier).parcours[0].etapes == (
        EtapeAffichee("Conseil", "2 ou 3 ans", f"#role-{role.pk}", ""),
        EtapeAffichee("Supervision", "", plateau.get_absolute_url(), "Responsable de plateau"),
        EtapeAffichee("Direction du plateau", "", plateau.get_absolute_url(), "Responsable de plateau"),
        EtapeAffichee("Ailleurs", "", "", ""),
    )


def test_trends_are_told_by_volet_and_the_summary_lists_what_there_is():
    dossier = ecrits.dossier(conclusion="Fin.")
    Tendance.objects.create(dossier=dossier, volet=Tendance.Volet.AVENIR, titre="IA", elements="Un\nDeux")

    affichee = page(dossier)

    assert ([t.titre for t in affichee.competences], [t.elements for t in affichee.avenir]) == (
        [],
        [("Un", "Deux")],
    )
    assert [titre for _, titre in affichee.sommaire] == [
        "En bref",
        "Les perspectives",
        "Pour conclure",
        "Source",
    ]


def test_a_quotation_is_attributed_and_doubted():
    dossier = ecrits.dossier()
    Citation.objects.create(dossier=dossier, texte="La voix compte.", auteur="C. M.", qualite="présidente")

    citation = page(dossier).citations[0]

    assert (citation.attribution, citation.litterale, citation.a_verifier) == (
        "C. M., présidente",
        True,
        True,
    )
