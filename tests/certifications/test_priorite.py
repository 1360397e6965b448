"""Which edition is believed, rubrique by rubrique, whatever the order in which editions come."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.priorite import Edition, EnPlace, Forme, arbitrer

XML_2026 = Edition(1, Forme.XML, date(2026, 8, 16))
CSV_2024 = Edition(2, Forme.CSV, date(2024, 2, 22))
CSV_2026 = Edition(3, Forme.CSV, date(2026, 8, 16))
CSV_SUIVANT = Edition(4, Forme.CSV, date(2026, 9, 1))
KIT = Edition(5, Forme.KIT, date(2021, 1, 1))
XML_SANS_DATE = Edition(6, Forme.XML, None)
KIT_SANS_DATE = Edition(7, Forme.KIT, None)
TROIS = ("intitule", "niveau", "voies")

Base = tuple[EnPlace, dict[str, str]]


def importer(base: Base, edition: Edition, dites: dict[str, str], parle_de: frozenset[str]) -> Base:
    """What a fiche holds after this edition, as the database would."""
    place, valeurs = base
    arbitrage = arbitrer(edition, parle_de, dites.keys(), place)
    suite = dict(valeurs)
    for rubrique in arbitrage.ecrire:
        suite.pop(rubrique, None)
        if rubrique in dites:
            suite[rubrique] = dites[rubrique]
    editions = {e.pk: e for e in [edition, place.version, *place.apports.values()] if e}
    apports = {rubrique: editions[pk] for rubrique, pk in arbitrage.apports.items()}
    return EnPlace(arbitrage.version, apports, frozenset(suite)), suite


def apres(*imports: tuple[Edition, dict[str, str]]) -> Base:
    base: Base = (EnPlace(), {})
    for edition, dites in imports:
        base = importer(base, edition, dites, frozenset(TROIS))
    return base


@pytest.mark.parametrize(
    ("premiere", "seconde", "crue"),
    [
        (XML_2026, KIT, XML_2026),
        (XML_2026, CSV_2024, XML_2026),
        (XML_2026, CSV_2026, XML_2026),  # the same day: the richer form
        (XML_2026, CSV_SUIVANT, CSV_SUIVANT),
        (CSV_2024, KIT, CSV_2024),
        (XML_SANS_DATE, CSV_SUIVANT, XML_SANS_DATE),
        (KIT_SANS_DATE, KIT, KIT),
    ],
)
def test_newest_edition_is_believed_in_both_orders(premiere, seconde, crue):
    imports = [(edition, {"intitule": f"selon {edition.pk}"}) for edition in (premiere, seconde)]

    for ordre in (imports, imports[::-1]):
        place, valeurs = apres(*ordre)
        assert (place.version, dict(place.apports), valeurs) == (crue, {}, {"intitule": f"selon {crue.pk}"})


def test_what_the_newest_leaves_empty_is_filled_by_an_older_one_and_says_so():
    xml, kit = (XML_2026, {"intitule": "XML"}), (KIT, {"intitule": "kit", "voies": "six"})

    for ordre in permutations([xml, kit]):
        place, valeurs = apres(*ordre)
        assert valeurs == {"intitule": "XML", "voies": "six"}
        assert (place.version, dict(place.apports)) == (XML_2026, {"voies": KIT})


def test_edition_that_says_nothing_any_more_empties_what_its_own_form_said():
    _, valeurs = apres((CSV_2024, {"intitule": "A", "niveau": "5"}), (CSV_2026, {"intitule": "A"}))

    assert valeurs == {"intitule": "A"}


def test_edition_that_says_nothing_leaves_what_another_form_said():
    place, valeurs = apres((KIT, {"intitule": "A", "niveau": "5"}), (XML_2026, {"intitule": "A"}))

    assert (valeurs, dict(place.apports)) == ({"intitule": "A", "niveau": "5"}, {"niveau": KIT})


def test_table_that_a_later_edition_holds_is_only_completed():
    place, _ = apres((CSV_SUIVANT, {"intitule": "CSV", "voies": "quatre"}))

    arbitrage = arbitrer(
        XML_2026, frozenset([*TROIS, "statistiques"]), {"intitule", "voies", "niveau"}, place
    )

    assert arbitrage.completer == {"intitule", "voies"}
    assert arbitrage.ecrire == {"niveau", "statistiques"}
    assert (arbitrage.version, arbitrage.apports) == (CSV_SUIVANT, {"niveau": XML_2026.pk})


editions = st.tuples(
    st.builds(
        Edition, st.just(1), st.just(Forme.XML), st.sampled_from([None, date(2024, 1, 1), date(2026, 1, 1)])
    ),
    st.builds(
        Edition, st.just(2), st.just(Forme.CSV), st.sampled_from([None, date(2023, 1, 1), date(2026, 1, 1)])
    ),
    st.builds(
        Edition, st.just(3), st.just(Forme.KIT), st.sampled_from([None, date(2021, 1, 1), date(2026, 1, 1)])
    ),
)
dites = st.fixed_dictionaries({}, optional={rubrique: st.sampled_from("ab") for rubrique in TROIS})


@given(editions, st.tuples(dites, dites, dites))
def test_order_of_imports_changes_nothing_and_neither_does_a_second_one(editions, dites):
    imports = list(zip(editions, dites, strict=True))

    resultats = [apres(*ordre) for ordre in permutations(imports)] + [apres(*imports, *imports)]

    assert all(resultat == resultats[0] for resultat in resultats)
