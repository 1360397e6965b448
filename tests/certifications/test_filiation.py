"""Which certification replaces which: chains, forks, loops, followed in one query."""

import pytest
from django.db import IntegrityError, transaction

from certifications.models import Filiation
from certifications.models.filiation import LONGUEUR_MAXIMALE
from tests import objets

pytestmark = pytest.mark.django_db


def remplacer(*couples: str, declaree_par: str = "") -> None:
    """« 1→2 » : RNCP2 replaces RNCP1."""
    for couple in couples:
        ancienne, nouvelle = (f"RNCP{numero}" for numero in couple.split("→"))
        Filiation.objects.create(ancienne=ancienne, nouvelle=nouvelle, declaree_par=declaree_par or nouvelle)


def lignee(numero: int) -> tuple[list[str], list[str]]:
    avant, apres = Filiation.objects.lignee(f"RNCP{numero}")
    return [n.removeprefix("RNCP") for n in avant], [n.removeprefix("RNCP") for n in apres]


def test_a_lone_certification_replaces_nothing():
    remplacer("8→9")

    assert lignee(1) == ([], [])


def test_a_chain_is_followed_to_both_ends_nearest_first():
    remplacer("1→2", "2→3", "3→4", "4→5")

    assert lignee(3) == (["2", "1"], ["4", "5"])


def test_forks_are_followed_on_every_branch():
    remplacer("1→3", "2→3", "3→4", "3→5", "5→6")

    assert lignee(3) == (["1", "2"], ["4", "5", "6"])


def test_a_number_reached_twice_is_told_once_at_its_nearest():
    remplacer("1→2", "2→3", "1→3", "3→4")

    assert lignee(1) == ([], ["2", "3", "4"])


def test_other_branches_of_an_ancestor_are_no_kin():
    remplacer("1→2", "1→3")

    assert lignee(3) == (["1"], [])


def test_a_link_stated_by_both_fiches_is_told_once():
    remplacer("1→2", declaree_par="RNCP1")
    remplacer("1→2", declaree_par="RNCP2")

    assert lignee(1) == ([], ["2"])


def test_a_loop_ends_and_nobody_replaces_itself():
    remplacer("1→2", "2→3", "3→1")

    assert lignee(1) == (["3", "2"], ["2", "3"])


def test_a_chain_is_followed_up_to_a_bound():
    remplacer(*(f"{rang}→{rang + 1}" for rang in range(100, 130)))

    assert lignee(100) == ([], [str(101 + rang) for rang in range(LONGUEUR_MAXIMALE)])


def test_fiches_that_are_not_loaded_are_followed_too():
    objets.certification("RNCP1")
    objets.certification("RNCP3")
    remplacer("1→2", "2→3")

    assert lignee(1) == ([], ["2", "3"])


def test_it_takes_one_query(django_assert_num_queries):
    remplacer("1→2", "2→3", "3→4")

    with django_assert_num_queries(1):
        lignee(2)


def test_a_certification_cannot_replace_itself():
    with pytest.raises(IntegrityError), transaction.atomic():
        remplacer("1→1")
