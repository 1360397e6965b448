"""Links between formations and métiers that follow from certifications and cited codes."""

from __future__ import annotations

import pytest

from catalogue.signals import donnees_importees
from formations.models import Formation, LienFormationMetier
from tests import objets

pytestmark = pytest.mark.django_db
ORIGINE = LienFormationMetier.Origine


def liens() -> set[tuple[str, str, str]]:
    return set(LienFormationMetier.objects.values_list("formation", "metier__code_rome", "origine"))


def test_deriver_links_to_the_metiers_of_the_certification() -> None:
    certification, metier = objets.certification("RNCP34809"), objets.metier("D1408")
    objets.debouche(certification, metier)
    objets.formation("F1", numero_certification="RNCP34809", certification=certification)

    changes = [LienFormationMetier.objects.deriver(), LienFormationMetier.objects.deriver()]

    assert (liens(), changes) == ({("F1", "D1408", "certification")}, [1, 0])


def test_deriver_removes_what_no_longer_follows_and_nothing_else() -> None:
    metier = objets.metier("D1408")
    formation = objets.formation("F1")
    for origine in ORIGINE:
        objets.lien_formation(formation, metier, origine)

    LienFormationMetier.objects.deriver()

    assert liens() == {("F1", "D1408", "source"), ("F1", "D1408", "editeur")}


def test_deriver_follows_the_codes_the_source_cites() -> None:
    objets.metier("D1408")
    formation = objets.formation("F1", codes_rome=["D1408", "Z9999"])
    LienFormationMetier.objects.deriver()
    avant = liens()

    Formation.objects.filter(pk=formation.pk).update(codes_rome=["Z9999"])
    LienFormationMetier.objects.deriver()

    assert avant == {("F1", "D1408", "source")}
    # A formation that cites no known code keeps no link of that origin.
    assert liens() == set()


def test_an_import_of_certifications_attaches_the_formations_that_waited() -> None:
    objets.formation("F1", numero_certification="RNCP34809")
    objets.debouche(objets.certification("RNCP34809"), objets.metier("D1408"))

    donnees_importees.send(sender=None, version=objets.version("rncp"))

    assert Formation.objects.get(pk="F1").certification_id == "RNCP34809"
    assert liens() == {("F1", "D1408", "certification")}
