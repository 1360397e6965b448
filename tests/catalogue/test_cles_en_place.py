"""Which keys were in a table before an import wrote in it."""

import pytest

from catalogue.cles_en_place import ClesEnPlace
from metiers.models import Savoir


def ecrire(*codes):
    Savoir.objects.bulk_create(Savoir(code_ogr=code, libelle=code) for code in codes)


@pytest.mark.django_db
class TestClesEnPlace:
    def test_those_in_place_are_told_from_the_others_in_their_order(self):
        ecrire("3", "1", "2")

        assert ClesEnPlace(Savoir.objects.values_list("pk")).parmi(["9", "3", "0", "1"]) == ["3", "1"]

    def test_what_is_written_since_was_not_there(self):
        ecrire("1")
        cles = ClesEnPlace(Savoir.objects.values_list("pk"))
        ecrire("2")

        assert cles.parmi({"1": "Droit", "2": "Paie"}) == ["1"]

    def test_empty_table_held_nothing(self):
        assert ClesEnPlace(Savoir.objects.values_list("pk")).parmi(["1"]) == []

    def test_nothing_is_asked_of_no_key(self):
        ecrire("1")

        assert ClesEnPlace(Savoir.objects.values_list("pk")).parmi([]) == []
