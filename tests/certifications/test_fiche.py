import pytest

from certifications.fiche import presenter
from certifications.models import Certification, Correspondance
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

    equivalences = presenter(certification).equivalences

    assert [(e.blocs, e.numero, e.blocs_obtenus) for e in equivalences] == [
        (("RNCP1BC01", "RNCP1BC02"), "RNCP2", ("RNCP2BC03",)),
        ((), "RNCP3", ()),
    ]


def test_an_equivalence_leads_only_to_certifications_that_are_loaded(client):
    certification, connue = objets.certification("RNCP1"), objets.certification("RNCP2")
    correspondance(certification, 1, "RNCP1BC01", "RNCP2", "RNCP2BC03")
    correspondance(certification, 2, "RNCP1BC01", "RNCP999", "")

    page = client.get(certification.get_absolute_url()).content.decode()

    assert [e.certification for e in presenter(certification).equivalences] == [connue, None]
    assert connue.get_absolute_url() in page
    assert "/certifications/RNCP999" not in page
