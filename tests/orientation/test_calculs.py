"""What imports refresh."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from catalogue.models import VersionCatalogue
from catalogue.signals import donnees_importees
from orientation import calculs
from orientation.models import CouvertureDeBloc, Proximite
from tests import objets

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc():
    """A bloc whose words are those of the only skill of the métier it leads to."""
    metier = objets.metier()
    objets.competence_requise(metier, objets.competence("Traiter les réclamations"))
    certification = objets.certification()
    objets.debouche(certification, metier)
    return objets.bloc(certification, libelle="Traiter les réclamations des clients")


def annoncer(code_source: str) -> None:
    donnees_importees.send(sender=None, version=objets.version(code_source))


@pytest.mark.parametrize("source", ["rome", "rncp"])
def test_an_import_refreshes_the_suggestions(bloc, source):
    annoncer(source)

    couverture = CouvertureDeBloc.objects.get()
    assert (couverture.bloc, couverture.item.libelle, couverture.mots) == (
        bloc,
        "Traiter les réclamations",
        ["traiter", "réclamations"],
    )


def test_an_import_of_the_rs_which_has_no_blocs_compares_nothing(bloc):
    annoncer("rs")

    assert not CouvertureDeBloc.objects.exists()


def test_a_second_import_changes_nothing(bloc):
    annoncer("rome")
    version = VersionCatalogue.courante()

    annoncer("rome")

    assert VersionCatalogue.courante() == version
    assert not calculs.actualiser_couvertures().a_change


@pytest.mark.parametrize("statut", [CouvertureDeBloc.Statut.CONFIRME, CouvertureDeBloc.Statut.REFUSE])
def test_an_import_leaves_what_editors_decided(bloc, statut):
    annoncer("rncp")
    CouvertureDeBloc.objects.update(statut=statut)
    bloc.libelle = "Tout autre chose"
    bloc.save()

    annoncer("rncp")

    assert list(CouvertureDeBloc.objects.values_list("statut", flat=True)) == [statut]


def test_a_suggestion_that_no_longer_holds_goes(bloc):
    annoncer("rncp")
    bloc.libelle = "Tout autre chose"
    bloc.save()

    annoncer("rncp")

    assert not CouvertureDeBloc.objects.exists()


def test_a_child_inherits_the_certifications_of_its_parent(bloc):
    parent = bloc.certification.debouches.get().metier
    enfant = objets.metier("D1499", parent=parent)
    objets.competence_requise(enfant, objets.competence("Réclamations des clients"))

    annoncer("rome")

    assert CouvertureDeBloc.objects.count() == 2


def test_onisep_brings_near_what_it_associates():
    un, deux = objets.metier("D1415"), objets.metier("D1408")
    fiche = objets.fiche_onisep(metier=un)
    fiche.metiers_associes.add(objets.fiche_onisep(nom="téléconseiller", metier=deux))

    annoncer("onisep")

    proximite = Proximite.objects.get()
    assert (proximite.metier, proximite.proche, proximite.raison) == (
        un,
        deux,
        "Métier associé selon l'Onisep (« téléconseiller »)",
    )


def test_an_import_of_another_source_computes_nothing(bloc):
    annoncer("dares")

    assert not CouvertureDeBloc.objects.exists()


def test_a_withdrawn_metier_is_near_nobody():
    un, deux = objets.metier("D1415"), objets.metier("D1408", retire_le="2026-01-01")
    objets.mobilite(un, deux)

    calculs.actualiser_proximites()

    assert not Proximite.objects.exists()


def test_the_command_says_what_it_did(bloc):
    sortie = StringIO()

    call_command("calculer_rapprochements", stdout=sortie)

    assert "métiers proches : 0 créé(s), 0 modifié(s), 0 inchangé(s), 0 retiré(s)." in sortie.getvalue()
    assert CouvertureDeBloc.objects.count() == 1
