"""The state of a certification on a day, in Python and in SQL alike."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certifications.etat import Etat, etat
from certifications.models import Certification
from tests import objets

JOUR = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("fin", "selon_source", "attendu"),
    [
        (date(2026, 7, 2), None, Etat.ACTIVE),
        # The last day of the registration is still a day of registration.
        (date(2026, 7, 1), None, Etat.ACTIVE),
        (date(2026, 6, 30), None, Etat.EXPIREE),
        # The date decides, whatever the flag was on the day of the export.
        (date(2026, 6, 30), True, Etat.EXPIREE),
        (date(2026, 7, 2), False, Etat.ACTIVE),
        (None, True, Etat.ACTIVE),
        (None, False, Etat.INACTIVE),
        (None, None, Etat.INCONNU),
    ],
)
def test_the_date_decides_then_the_source(fin, selon_source, attendu):
    assert etat(fin, selon_source, JOUR) is attendu


@given(fin=st.dates(), jour=st.dates(), selon_source=st.none() | st.booleans())
def test_an_expired_certification_never_comes_back(fin, jour, selon_source):
    avant, apres = etat(fin, selon_source, jour), etat(fin, selon_source, max(jour, fin) + timedelta(days=1))

    assert avant in (Etat.ACTIVE, Etat.EXPIREE)
    assert apres is Etat.EXPIREE


def test_states_are_listed_active_first_then_unknown_then_ended():
    assert sorted(Etat, key=lambda e: (e.rang, e.value)) == [
        Etat.ACTIVE,
        Etat.INCONNU,
        Etat.EXPIREE,
        Etat.INACTIVE,
    ]


@pytest.fixture
def une_de_chaque(db) -> dict[str, Certification]:
    """Every mix of date and flag, around JOUR."""
    fins = {"hier": JOUR - timedelta(days=1), "jour": JOUR, "demain": JOUR + timedelta(days=1), "": None}
    return {
        (
            certification := objets.certification(
                f"RNCP{rang}", date_fin_enregistrement=fin, active_selon_source=selon_source
            )
        ).numero: certification
        for rang, (fin, selon_source) in enumerate(
            ((fin, selon_source) for fin in fins.values() for selon_source in (None, True, False)), start=1
        )
    }


def test_the_database_says_the_same_as_python(une_de_chaque):
    selon_la_base = dict(Certification.objects.with_etat(JOUR).values_list("numero", "etat_du_jour"))

    assert selon_la_base == {numero: c.etat(JOUR).value for numero, c in une_de_chaque.items()}


def test_actives_are_those_whose_state_is_active(une_de_chaque):
    actives = set(Certification.objects.actives(JOUR).values_list("numero", flat=True))

    assert actives == {numero for numero, c in une_de_chaque.items() if c.etat(JOUR) is Etat.ACTIVE}


def test_lists_put_active_ones_first_then_by_title(db):
    hier = timezone.localdate() - timedelta(days=1)
    objets.certification("RNCP1", intitule="A", date_fin_enregistrement=hier)
    objets.certification("RNCP2", intitule="C")
    objets.certification("RNCP3", intitule="B")
    objets.certification("RNCP4", intitule="A", active_selon_source=None)

    assert list(Certification.objects.actives_dabord().values_list("numero", flat=True)) == [
        "RNCP3",
        "RNCP2",
        "RNCP4",
        "RNCP1",
    ]


def test_the_last_day_is_a_day_of_paris(db, settings):
    """At 23:30 in Paris the registration that ends this day is still in force; after midnight it is not."""
    certification = objets.certification(date_fin_enregistrement=JOUR)

    assert certification.etat(JOUR) is Etat.ACTIVE
    assert certification.etat(JOUR + timedelta(days=1)) is Etat.EXPIREE
    assert settings.TIME_ZONE == "Europe/Paris"
