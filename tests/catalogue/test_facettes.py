"""Facets: what each option would give, said before it is chosen.

The métiers and the certifications carry them; `test_comptes.py` counts everything again.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from catalogue.facettes import NON_RENSEIGNE, FacettesEnMemoire
from catalogue.facettes.memoire import Fiches
from catalogue.garde import oublier
from catalogue.models import VersionCatalogue
from certifications.filters import CertificationFilterSet
from certifications.models import Certification
from metiers.filters import MetierFilterSet
from metiers.models import Metier
from tests import objets

pytestmark = pytest.mark.django_db


def filtrer_metiers(requete: str = "") -> MetierFilterSet:
    return MetierFilterSet(QueryDict(requete), Metier.objects.publies().for_list(), chemin="/metiers/")


def filtrer_certifications(requete: str = "") -> CertificationFilterSet:
    base = Certification.objects.publies().actives_dabord()
    return CertificationFilterSet(QueryDict(requete), base, chemin="/certifications/")


def options(filtre, facette: str) -> dict:
    """Every option of a facet by value, the two levels side by side."""
    (trouvee,) = [f for f in filtre.facettes if f.nom == facette]
    return {o.valeur: o for haute in trouvee.options for o in [haute, *haute.enfants]}


def nombres(filtre, facette: str) -> dict[str, int]:
    """What the options of a facet would give, those that would give nothing left out."""
    return {valeur: o.nombre for valeur, o in options(filtre, facette).items() if o.nombre}


def tous_les_nombres(filtre) -> dict[str, dict[str, int]]:
    return {f.nom: nombres(filtre, f.nom) for f in filtre.facettes}


def resultats(filtre) -> list[str]:
    return sorted(str(getattr(fiche, "code_rome", fiche.pk)) for fiche in filtre.qs)


def requetes_pour(afficher) -> int:
    with CaptureQueriesContext(connection) as capture:
        afficher()
    return len(capture)


def tout_afficher(filtre) -> None:
    """All that a list page asks of its filter set."""
    assert len(filtre.resultats[:30]) == min(filtre.total, 30)
    assert filtre.facettes is not None
    assert filtre.puces is not None
    assert filtre.valeurs_ignorees is not None


# ── OR inside, AND across ──────────────────────────────────────────────────────────────────────────────────────────


def test_options_of_one_facet_add_up():
    objets.metier("D1401", niveau_acces=3)
    objets.metier("D1402", niveau_acces=4)
    objets.metier("D1403", niveau_acces=5)

    filtre = filtrer_metiers("niveau=3&niveau=4")

    assert resultats(filtre) == ["D1401", "D1402"]


def test_facets_restrict_one_another():
    objets.metier("D1401", niveau_acces=3, riasec_majeur="S")
    objets.metier("D1402", niveau_acces=3, riasec_majeur="E")
    objets.metier("D1403", niveau_acces=5, riasec_majeur="S")

    filtre = filtrer_metiers("niveau=3&riasec=S")

    assert resultats(filtre) == ["D1401"]


def test_counts_ignore_the_choice_of_their_own_facet_only():
    objets.metier("D1401", niveau_acces=3, riasec_majeur="S")
    objets.metier("D1402", niveau_acces=4, riasec_majeur="S")
    objets.metier("D1403", niveau_acces=4, riasec_majeur="E")

    filtre = filtrer_metiers("niveau=3&riasec=S")

    assert nombres(filtre, "niveau") == {"3": 1, "4": 1}
    assert nombres(filtre, "riasec") == {"S": 1}


# ── Non renseigné ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facette", "inconnu", "connu"),
    [
        ("niveau", {"niveau_acces": None}, {"niveau_acces": 0}),
        ("acces", {"score_acces": None}, {"score_acces": 0}),
        ("riasec", {"riasec_majeur": ""}, {"riasec_majeur": "S"}),
    ],
)
def test_what_is_unknown_is_an_option_with_its_count(facette, inconnu, connu):
    objets.metier("D1401", **inconnu)
    objets.metier("D1402", **inconnu)
    objets.metier("D1403", **connu)

    filtre = filtrer_metiers(f"{facette}={NON_RENSEIGNE}")

    assert (
        options(filtre, facette)[NON_RENSEIGNE].libelle,
        options(filtre, facette)[NON_RENSEIGNE].nombre,
    ) == (
        "Non renseigné",
        2,
    )
    assert resultats(filtre) == ["D1401", "D1402"]


def test_unknown_and_known_values_can_be_asked_together():
    objets.metier("D1401", niveau_acces=None)
    objets.metier("D1402", niveau_acces=5)
    objets.metier("D1403", niveau_acces=6)

    filtre = filtrer_metiers(f"niveau={NON_RENSEIGNE}&niveau=5")

    assert resultats(filtre) == ["D1401", "D1402"]


def test_a_certification_without_any_known_metier_has_no_known_domaine():
    objets.debouche(objets.certification("RNCP1"), code_rome="Z9999")
    objets.certification("RNCP2")
    objets.debouche(objets.certification("RNCP3"), objets.metier("D1401"))

    filtre = filtrer_certifications(f"domaine={NON_RENSEIGNE}")

    assert nombres(filtre, "domaine") == {"D": 1, "D14": 1, NON_RENSEIGNE: 2}
    assert resultats(filtre) == ["RNCP1", "RNCP2"]


def test_one_unknown_code_does_not_make_the_domaine_of_a_certification_unknown():
    certification = objets.certification("RNCP1")
    objets.debouche(certification, objets.metier("D1401"))
    objets.debouche(certification, code_rome="Z9999")

    filtre = filtrer_certifications(f"domaine={NON_RENSEIGNE}")

    assert nombres(filtre, "domaine") == {"D": 1, "D14": 1}
    assert resultats(filtre) == []


# ── Nothing to find ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_option_that_would_give_nothing_is_disabled_unless_chosen():
    objets.metier("D1401", niveau_acces=3)

    filtre = filtrer_metiers("niveau=5")

    assert {valeur: o.desactivee for valeur, o in options(filtre, "niveau").items() if valeur in "358"} == {
        "3": False,
        "5": False,
        "8": True,
    }
    assert options(filtre, "niveau")["5"].choisie


# ── Several values per record ──────────────────────────────────────────────────────────────────────────────────────


def test_a_certification_of_two_chosen_domaines_counts_once():
    certification = objets.certification("RNCP1", niveau=5)
    objets.debouche(certification, objets.metier("D1401"))
    objets.debouche(certification, objets.metier("D1402"))
    objets.debouche(certification, objets.metier("G1701"))

    filtre = filtrer_certifications("domaine=D14&domaine=G17&domaine=D")

    assert resultats(filtre) == ["RNCP1"]
    assert filtre.qs.count() == 1
    assert nombres(filtre, "domaine") == {"D": 1, "D14": 1, "G": 1, "G17": 1}


# ── Two levels ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_grand_domaine_holds_its_domaines():
    objets.metier("D1401")
    objets.metier("D1501")
    objets.metier("G1701")

    filtre = filtrer_metiers("domaine=D15")

    (facette,) = [f for f in filtre.facettes if f.nom == "domaine"]
    assert [(o.valeur, o.repere, o.nombre, o.ouverte) for o in facette.options] == [
        ("D", "D", 2, True),
        ("G", "G", 1, False),
    ]
    assert [(o.valeur, o.nombre, o.choisie) for o in facette.options[0].enfants] == [
        ("D14", 1, False),
        ("D15", 1, True),
    ]
    assert facette.nombre_choisi == 1
    assert resultats(filtre) == ["D1501"]


def test_a_grand_domaine_and_one_of_its_domaines_give_the_grand_domaine():
    objets.metier("D1401")
    objets.metier("D1501")
    objets.metier("G1701")

    filtre = filtrer_metiers("domaine=D&domaine=D15")

    assert resultats(filtre) == ["D1401", "D1501"]


def test_withdrawn_domaines_are_no_options():
    objets.grand_domaine("Z", retire_le=date(2026, 1, 1))
    objets.domaine("D99", retire_le=date(2026, 1, 1))
    objets.metier("D1401")

    filtre = filtrer_metiers()

    assert sorted(options(filtre, "domaine")) == ["D", "D14"]


# ── The address ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_unknown_values_are_named_and_change_nothing():
    objets.metier("D1401", niveau_acces=5)
    objets.metier("D1402", niveau_acces=3)

    filtre = filtrer_metiers("niveau=5&niveau=12&riasec=&domaine=zzz&domaine=zzz&inconnu=1")

    assert resultats(filtre) == ["D1401"]
    assert filtre.valeurs_ignorees == [("Domaine", "zzz"), ("Niveau d'études pour y accéder", "12")]
    assert filtre.valeurs["niveau"] == ["5"]


def test_only_unknown_values_filter_nothing():
    objets.metier("D1401", niveau_acces=5)

    filtre = filtrer_metiers("niveau=12")

    assert (filtre.est_filtre, resultats(filtre), filtre.puces) == (False, ["D1401"], [])


def test_an_option_asked_many_times_is_asked_once():
    objets.metier("D1401", niveau_acces=5)

    filtre = filtrer_metiers("&".join(["niveau=5"] * 999))

    assert filtre.valeurs["niveau"] == ["5"]
    assert resultats(filtre) == ["D1401"]


def test_a_chip_leads_to_the_same_list_without_it():
    objets.domaine("D14")

    filtre = filtrer_metiers("tri=titre&niveau=3&niveau=5&domaine=D14&page=4")

    assert [(puce.facette, puce.libelle, puce.url_sans) for puce in filtre.puces] == [
        ("Domaine", "Domaine D14", "/metiers/?tri=titre&niveau=3&niveau=5"),
        ("Niveau d'études pour y accéder", "Niveau 3 (CAP)", "/metiers/?tri=titre&niveau=5&domaine=D14"),
        ("Niveau d'études pour y accéder", "Niveau 5 (bac+2)", "/metiers/?tri=titre&niveau=3&domaine=D14"),
    ]


def test_the_reset_address_keeps_what_is_no_facet():
    filtre = filtrer_metiers("tri=titre&niveau=3&domaine=D&page=2")

    assert filtre.url_reinitialiser == "/metiers/?tri=titre"


def test_the_reset_address_is_bare_when_nothing_else_is_asked():
    assert filtrer_metiers("niveau=3").url_reinitialiser == "/metiers/"


def test_addresses_of_chips_are_encoded():
    filtre = filtrer_metiers("niveau=3&q=%26a%3D%22%3Cb%3E")

    assert filtre.puces[1].url_sans == "/metiers/?q=%26a%3D%22%3Cb%3E"


# ── Cost ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tables_gardees(settings):
    """Counted as on a site, where tables outlive a request; those of another test are of another version."""
    settings.GARDE_PAR_VERSION = True
    VersionCatalogue.avancer()
    yield
    oublier()


def test_metiers_cost_two_queries_once_the_table_is_read(tables_gardees):
    requete = f"domaine=D&niveau=5&niveau={NON_RENSEIGNE}&acces=3&riasec=S"
    objets.metier("D1400", niveau_acces=5, score_acces=5, riasec_majeur="S")
    filtrer_metiers()

    a_un = requetes_pour(lambda: tout_afficher(filtrer_metiers(requete)))
    for rang in range(1, 30):
        objets.metier(f"D{14 + rang % 5}{rang:02}", niveau_acces=5, score_acces=5, riasec_majeur="S")
    VersionCatalogue.avancer()
    filtrer_metiers()
    a_trente = requetes_pour(lambda: tout_afficher(filtrer_metiers(requete)))

    # The version of the catalogue, the records of the page.
    assert (a_un, a_trente) == (2, 2)


def test_a_table_is_read_in_as_many_queries_at_1_as_at_30():
    objets.metier("D1400")

    a_un = requetes_pour(filtrer_metiers)
    for rang in range(1, 30):
        objets.metier(f"D{14 + rang % 5}{rang:02}", niveau_acces=5, score_acces=5, riasec_majeur="S")
    a_trente = requetes_pour(filtrer_metiers)

    assert a_un == a_trente


class Oublieux(dict):
    """What another thread forgets as soon as it is kept."""

    def __setitem__(self, cle, valeur) -> None:
        pass

    def update(self, *args) -> None:
        pass


def test_page_is_whole_though_what_is_kept_is_forgotten_meanwhile():
    attendus = [objets.metier(f"D140{rang}") for rang in range(3)]

    fiches = Fiches([m.pk for m in attendus], Metier.objects.for_list(), Oublieux())

    assert fiches[0:3] == attendus


def test_cards_are_all_written_though_those_kept_are_forgotten_meanwhile(client, monkeypatch):
    attendus = [objets.metier(f"D140{rang}") for rang in range(3)]
    monkeypatch.setattr(FacettesEnMemoire, "cartes", Oublieux())

    html = client.get("/metiers/").content.decode()

    assert [html.count(f'<span class="code">{m.code_rome}</span>') for m in attendus] == [1, 1, 1]


def test_certifications_cost_two_queries_once_the_table_is_read(tables_gardees):
    requete = "domaine=D&niveau=5&type=RNCP&etat=active"
    objets.debouche(objets.certification("RNCP100"), objets.metier("D1400"))
    filtrer_certifications()

    a_un = requetes_pour(lambda: tout_afficher(filtrer_certifications(requete)))
    for rang in range(1, 30):
        objets.debouche(objets.certification(f"RNCP{100 + rang}"), objets.metier(f"D14{rang:02}"))
    VersionCatalogue.avancer()
    filtrer_certifications()
    a_trente = requetes_pour(lambda: tout_afficher(filtrer_certifications(requete)))

    assert (a_un, a_trente) == (2, 2)


def test_counts_follow_the_version_of_the_catalogue(tables_gardees):
    objets.metier("D1401", niveau_acces=5)
    avant = nombres(filtrer_metiers(), "niveau")

    objets.metier("D1402", niveau_acces=5)
    VersionCatalogue.avancer()

    assert (avant, nombres(filtrer_metiers(), "niveau")) == ({"5": 1}, {"5": 2})
