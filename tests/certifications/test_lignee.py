"""What a certification follows, gives way to, or is worth."""

import pytest

from certifications.lignee import Lignee
from certifications.models import Certification, Correspondance, Filiation
from tests import objets

pytestmark = pytest.mark.django_db


def correspondance(certification: Certification, groupe: int, bloc: str, numero: str, obtenu: str) -> None:
    Correspondance.objects.create(
        certification=certification,
        groupe=groupe,
        bloc_source=bloc,
        numero_destination=numero,
        bloc_destination=obtenu,
    )


def test_blocs_that_are_worth_another_together_are_shown_together():
    certification = objets.certification("RNCP1")
    for bloc in ("RNCP1BC01", "RNCP1BC02"):
        correspondance(certification, 1, bloc, "RNCP2", "RNCP2BC03")
    correspondance(certification, 2, "", "RNCP3", "")

    equivalences = Lignee(certification).equivalences

    assert [(e.blocs, e.numero, e.blocs_obtenus) for e in equivalences] == [
        (("RNCP1BC01", "RNCP1BC02"), "RNCP2", ("RNCP2BC03",)),
        ((), "RNCP3", ()),
    ]


def test_an_equivalence_leads_only_to_certifications_that_are_loaded(client):
    certification, connue = objets.certification("RNCP1"), objets.certification("RNCP2")
    correspondance(certification, 1, "RNCP1BC01", "RNCP2", "RNCP2BC03")
    correspondance(certification, 2, "RNCP1BC01", "RNCP999", "")

    page = client.get(certification.get_absolute_url()).content.decode()

    assert [e.certification for e in Lignee(certification).equivalences] == [connue, None]
    assert connue.get_absolute_url() in page
    assert "/certifications/RNCP999" not in page


def test_of_what_replaces_it_certifications_in_force_come_first():
    ancienne = objets.certification("RNCP1")
    for numero in ("RNCP2", "RNCP3", "RNCP4"):
        Filiation.objects.create(ancienne="RNCP1", nouvelle=numero, declaree_par=numero)
    objets.certification("RNCP2", active_selon_source=False)
    objets.certification("RNCP4")

    lignee = Lignee(ancienne)

    assert next(p.numero for p in lignee.nouvelles) == "RNCP4"
    assert {p.numero: p.certification is not None for p in lignee.nouvelles} == {
        "RNCP2": True,
        "RNCP3": False,
        "RNCP4": True,
    }
    assert lignee.anciennes == []


def test_what_it_replaces_comes_nearest_first():
    for ancienne, nouvelle in (("RNCP1", "RNCP2"), ("RNCP2", "RNCP3")):
        Filiation.objects.create(ancienne=ancienne, nouvelle=nouvelle, declaree_par=nouvelle)

    assert [p.numero for p in Lignee(objets.certification("RNCP3")).anciennes] == ["RNCP2", "RNCP1"]
