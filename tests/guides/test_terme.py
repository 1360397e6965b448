"""The glossary made ready for its pages."""

import pytest

from guides.models import LienDeSource, Terme, TypeDeTerme
from guides.terme import Partie, alphabet, presenter
from tests.guides import ecrits

pytestmark = pytest.mark.django_db


def page(terme: Terme):
    return presenter(Terme.objects.for_detail().get(pk=terme.pk))


def test_the_alphabet_ignores_accents_and_capitals():
    for nom in ("Étude", "emploi", "Œuvre", "4.0", "VAE"):
        ecrits.terme(nom)

    lettres = alphabet(Terme.objects.all())

    pleines = [(lettre.lettre, [t.terme for t in lettre.termes]) for lettre in lettres if lettre.termes]
    assert pleines == [("0-9", ["4.0"]), ("E", ["emploi", "Étude"]), ("O", ["Œuvre"]), ("V", ["VAE"])]
    assert len(lettres) == 27


def test_an_empty_glossary_still_has_its_letters():
    assert "".join(lettre.lettre for lettre in alphabet([])) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_a_short_definition_is_not_an_article():
    assert page(ecrits.terme("VAE")).est_un_article is False


def test_an_article_has_its_parts_in_order():
    terme = ecrits.terme("Gestionnaire", analyse="Trois.", competences="Un.\n\nDeux.", points_forts="A\nB")
    TypeDeTerme.objects.create(terme=terme, ordre=2, titre="Commercial", texte="C.")
    TypeDeTerme.objects.create(terme=terme, ordre=1, titre="Client", texte="D.\n\nE.")

    affichee = page(terme)

    assert affichee.comprendre == [
        Partie("Les compétences", ("Un.", "Deux.")),
        Partie("L'analyse", ("Trois.",)),
    ]
    assert affichee.types == [Partie("Client", ("D.", "E.")), Partie("Commercial", ("C.",))]
    assert (affichee.points_forts, affichee.est_un_article) == (["A", "B"], True)


def test_related_terms_go_both_ways_and_only_when_published():
    vae, jury, brouillon = ecrits.terme("VAE"), ecrits.terme("Jury"), ecrits.terme("Acquis", publie=False)
    vae.termes_lies.add(jury, brouillon)

    assert [t.terme for t in page(vae).termes_lies] == ["Jury"]
    assert [t.terme for t in page(jury).termes_lies] == ["VAE"]


def test_texts_are_searched_for_every_name_of_the_terms_to_link():
    ecrits.terme("VAE", slug="vae", autres_noms="validation des acquis\r\n\r\n V.A.E. ")
    ecrits.terme("Savoir", a_lier=False)
    ecrits.terme("Acquis", publie=False)

    entrees = [(e.cle, e.formes) for e in Terme.objects.entrees()]

    assert entrees == [("vae", ("VAE", "validation des acquis", "V.A.E."))]


def test_a_link_of_the_source_without_target_is_a_broken_one():
    terme = ecrits.terme("Gestionnaire")
    crm = ecrits.terme("CRM")
    LienDeSource.objects.create(terme=terme, libelle="gestion", adresse="/crm", cible=crm)
    rompu = LienDeSource.objects.create(terme=terme, libelle="maîtrise", adresse="/mba")

    assert list(LienDeSource.objects.filter(cible=None)) == [rompu]
