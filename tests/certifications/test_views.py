"""Pages of certifications: the list, the fiche, the bloc, and what every other address answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certifications.models import Filiation
from tests import objets

pytestmark = pytest.mark.django_db

RETIREE = date(2026, 1, 1)
CANONIQUE = "/certifications/RNCP34809-charge-de-clientele/"


def texte(reponse) -> str:
    return reponse.content.decode()


@pytest.fixture
def charge():
    return objets.certification(
        "RNCP34809", intitule="Chargé de clientèle", version=objets.version("rncp", "")
    )


# ── The list ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def trente_et_une():
    return [objets.certification(f"RNCP{100 + rang}", intitule=f"Titre {rang:02}") for rang in range(31)]


def test_pages_hold_thirty(client, trente_et_une):
    premiere, seconde = client.get("/certifications/"), client.get("/certifications/?page=2")

    assert [c.intitule for c in premiere.context["fiches"]] == [f"Titre {rang:02}" for rang in range(30)]
    assert [c.intitule for c in seconde.context["fiches"]] == ["Titre 30"]


@pytest.mark.parametrize("numero", ["3", "0", "abc"])
def test_a_page_that_does_not_exist_says_so(client, trente_et_une, numero):
    reponse = client.get("/certifications/", {"page": numero})

    assert reponse.status_code == 404
    assert f"La page « {numero} » n&#x27;existe pas : cette liste compte 2 pages." in texte(reponse)


def test_filters_stay_in_the_links_of_the_pages(client, trente_et_une):
    reponse = client.get("/certifications/?niveau=5&etat=active&page=2")

    assert 'href="?niveau=5&amp;etat=active&amp;page=1"' in texte(reponse)


def test_expired_certifications_are_listed_last_and_withdrawn_ones_are_not(client):
    hier = timezone.localdate() - timedelta(days=1)
    objets.certification("RNCP1", intitule="A", date_fin_enregistrement=hier)
    objets.certification("RNCP2", intitule="B")
    objets.certification("RNCP3", intitule="C", retire_le=RETIREE)

    reponse = client.get("/certifications/")

    assert [c.numero for c in reponse.context["fiches"]] == ["RNCP2", "RNCP1"]


def test_a_list_costs_as_many_queries_at_1_as_at_30(client):
    objets.debouche(objets.certification("RNCP100"), objets.metier("D1400"))
    with CaptureQueriesContext(connection) as a_un:
        client.get("/certifications/?niveau=5&domaine=D")

    for rang in range(1, 30):
        objets.debouche(objets.certification(f"RNCP{100 + rang}"), objets.metier(f"D14{rang:02}"))
    with CaptureQueriesContext(connection) as a_trente:
        client.get("/certifications/?niveau=5&domaine=D")

    assert len(a_un) == len(a_trente)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parametres=st.dictionaries(
        st.sampled_from(["niveau", "type", "etat", "domaine", "page"]),
        st.lists(
            st.sampled_from(["RNCP", "active", "D", "non-renseigne", "1", "\0"]) | st.text(), max_size=3
        ),
    )
)
def test_no_query_string_breaks_the_list(client, parametres):
    lisible = {nom: [v.encode(errors="replace").decode() for v in vs] for nom, vs in parametres.items()}

    assert client.get("/certifications/", lisible).status_code in (200, 404)


# ── Addresses of a fiche ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_fiche_answers_at_its_canonical_address(client, charge):
    reponse = client.get(CANONIQUE)

    assert (charge.get_absolute_url(), reponse.status_code) == (CANONIQUE, 200)
    assert reponse.context["fiche"].certification == charge


@pytest.mark.parametrize(
    "adresse",
    [
        "/certifications/34809/",
        "/certifications/34809-charge-de-clientele/",
        "/certifications/RNCP34809/",
        "/certifications/rncp34809/",
        "/certifications/Rncp34809-autre-chose/",
        "/certifications/rncp34809-charge-de-clientele/",
    ],
)
def test_other_addresses_lead_to_the_canonical_one(client, charge, adresse):
    reponse = client.get(f"{adresse}?a=1&a=2")

    assert (reponse.status_code, reponse["Location"]) == (301, f"{CANONIQUE}?a=1&a=2")


@pytest.mark.parametrize(
    ("adresse", "numero"),
    [
        ("/certifications/99999/", "RNCP99999"),
        ("/certifications/rs42/", "RS42"),
        ("/certifications/RNCP99999-slug/", "RNCP99999"),
    ],
)
def test_an_unknown_number_is_said_unknown(client, adresse, numero):
    reponse = client.get(adresse)

    assert reponse.status_code == 404
    assert f"Aucune certification ne porte le numéro « {numero} »." in texte(reponse)


def test_a_certification_of_the_repertoire_specifique_has_its_page(client):
    objets.certification("RS5000", intitule="Habilitation électrique")

    reponse = client.get("/certifications/rs5000/", follow=True)

    assert reponse.request["PATH_INFO"] == "/certifications/RS5000-habilitation-electrique/"
    assert "Sans objet (répertoire spécifique)" in texte(reponse)


def test_a_number_is_as_long_as_the_import_lets_it_be(client):
    longue = objets.certification("RNCP12345678")

    assert client.get(longue.get_absolute_url()).status_code == 200
    assert client.get("/certifications/RNCP123456789/").status_code == 404


def test_an_expired_certification_keeps_its_page_and_says_since_when(client):
    expiree = objets.certification(
        "RNCP1", date_fin_enregistrement=date(2025, 7, 23), active_selon_source=True
    )

    reponse = client.get(expiree.get_absolute_url())

    assert reponse.status_code == 200
    assert "Enregistrement échu depuis le 23/07/2025" in texte(reponse)


def test_a_withdrawn_certification_is_gone_and_names_what_replaces_it(client, charge):
    retiree = objets.certification("RNCP1", intitule="Ancien titre", retire_le=RETIREE)
    Filiation.objects.create(ancienne="RNCP1", nouvelle="RNCP34809", declaree_par="RNCP34809")

    reponse = client.get(retiree.get_absolute_url())

    assert reponse.status_code == 410
    assert "Ancien titre" in texte(reponse)
    assert CANONIQUE in texte(reponse)


# ── Blocs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bloc_has_its_page_among_its_brothers(client, charge):
    premier, second = objets.bloc(charge, "RNCP34809BC01"), objets.bloc(charge, "RNCP34809BC02")
    objets.bloc(charge, "RNCP34809BC03", retire_le=RETIREE)

    reponse = client.get("/certifications/RNCP34809/blocs/RNCP34809BC01/")

    assert (reponse.status_code, reponse.context["bloc"]) == (200, premier)
    assert reponse.context["blocs"] == [premier, second]


@pytest.mark.parametrize("numero", ["34809", "rncp34809", "RNCP34809"])
def test_other_addresses_of_a_bloc_lead_to_the_canonical_one(client, charge, numero):
    objets.bloc(charge, "RNCP34809BC01")

    reponse = client.get(f"/certifications/{numero}/blocs/rncp34809bc01/?a=1")

    assert (reponse.status_code, reponse["Location"]) == (
        301,
        "/certifications/RNCP34809/blocs/RNCP34809BC01/?a=1",
    )


@pytest.mark.parametrize("code", ["RNCP34809-bloc1", "BC01 été", "BC/01", "100%", "a?b#c"])
def test_a_bloc_has_its_page_whatever_its_code(client, charge, code):
    bloc = objets.bloc(charge, code)

    reponse = client.get(bloc.get_absolute_url())

    assert (reponse.status_code, reponse.context["bloc"]) == (200, bloc)


@pytest.mark.parametrize(
    "adresse",
    [
        "/certifications/RNCP34809/blocs/RNCP34809BC99/",
        "/certifications/RNCP34809/blocs/%00/",
        "/certifications/RNCP1/blocs/RNCP34809BC01/",
    ],
)
def test_an_unknown_bloc_is_said_unknown(client, charge, adresse):
    objets.bloc(charge, "RNCP34809BC01")

    reponse = client.get(adresse)

    assert reponse.status_code == 404
    assert "dans cette certification." in texte(reponse)


def test_a_withdrawn_bloc_is_gone(client, charge):
    bloc = objets.bloc(charge, "RNCP34809BC01", retire_le=RETIREE)

    reponse = client.get(bloc.get_absolute_url())

    assert reponse.status_code == 410
    assert "La certification RNCP34809 ne compte plus de bloc « RNCP34809BC01 »." in texte(reponse)


def test_a_bloc_of_a_withdrawn_certification_is_gone_with_it(client):
    bloc = objets.bloc(objets.certification("RNCP1", intitule="Ancien titre", retire_le=RETIREE))

    reponse = client.get(bloc.get_absolute_url())

    assert reponse.status_code == 410
    assert "Ancien titre" in texte(reponse)


# ── What a fiche shows ─────────────────────────────────────────────────────────────────────────────────────────────


def test_metiers_that_inherit_the_link_are_shown_as_such(client, charge):
    parent = objets.metier("D1401", libelle="Assistant / Assistante")
    objets.metier("D1499", libelle="Aide", parent=parent)
    cite = objets.metier("D1498", libelle="Adjoint / Adjointe", parent=parent)
    objets.metier("D1497", parent=parent, retire_le=RETIREE)
    objets.debouche(charge, parent)
    objets.debouche(charge, cite)
    objets.debouche(charge, code_rome="Z9999", libelle_source="Métier inconnu")

    reponse = client.get(CANONIQUE)

    metiers = reponse.context["fiche"].metiers
    assert [(m.code_rome, m.herite_de) for m in metiers] == [
        ("D1401", None),
        ("D1499", parent),
        ("D1498", None),
        ("Z9999", None),
    ]
    assert "/metiers/D1499-aide/" in texte(reponse)
    assert "Métier inconnu" in texte(reponse)


def certification_riche(numero: int, nombre: int):
    certification = objets.certification(f"RNCP{numero}")
    for rang in range(nombre):
        autre = numero + 1 + rang
        metier = objets.metier(f"D{numero // 1000}{rang:03}")
        objets.metier(f"K{numero // 1000}{rang:03}", parent=metier)
        objets.debouche(certification, metier)
        objets.bloc(certification)
        objets.partenaire(certification)
        objets.statistique(certification, annee=1990 + rang, certifies=10)
        objets.formation(certification=certification)
        objets.certification(f"RNCP{autre}")
        Filiation.objects.create(
            ancienne=f"RNCP{numero}", nouvelle=f"RNCP{autre}", declaree_par=f"RNCP{autre}"
        )
    objets.voie(certification)
    objets.certification_editoriale(certification)
    return certification


def test_a_fiche_costs_as_many_queries_at_1_as_at_30(client):
    petite, grande = certification_riche(1000, 1), certification_riche(2000, 30)

    with CaptureQueriesContext(connection) as a_un:
        client.get(petite.get_absolute_url())
    with CaptureQueriesContext(connection) as a_trente:
        client.get(grande.get_absolute_url())

    assert len(a_un) == len(a_trente)


def test_a_bloc_costs_as_many_queries_at_1_as_at_30(client, charge):
    bloc = objets.bloc(charge)
    with CaptureQueriesContext(connection) as a_un:
        client.get(bloc.get_absolute_url())

    for _ in range(29):
        objets.bloc(charge)
    with CaptureQueriesContext(connection) as a_trente:
        client.get(bloc.get_absolute_url())

    assert len(a_un) == len(a_trente)


def test_a_fiche_of_which_nothing_is_known_has_its_page(client):
    certification = objets.certification("RNCP1", niveau=None, active_selon_source=None)

    reponse = client.get(certification.get_absolute_url())

    assert reponse.status_code == 200
    assert "État non renseigné" in texte(reponse)


def test_imported_text_is_escaped(client):
    mechant = "<script>alert(1)</script>"
    certification = objets.certification(
        "RNCP1",
        version=objets.version("rncp", ""),
        intitule=mechant,
        objectifs_contexte=mechant,
        activites_visees=mechant,
        duree_validite=mechant,
    )
    bloc = objets.bloc(certification, libelle=mechant, liste_competences=mechant)
    objets.partenaire(certification, nom=mechant)
    objets.debouche(certification, libelle_source=mechant)
    objets.certification_editoriale(certification, en_clair=mechant, note=mechant)

    pages = [
        texte(client.get(adresse))
        for adresse in (certification.get_absolute_url(), bloc.get_absolute_url(), "/certifications/")
    ]

    assert all(mechant not in page for page in pages)
    assert all("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)


def test_partners_are_searched_by_name_or_siret(client):
    certification = objets.certification("RNCP1", intitule="Vente")
    for rang in range(12):
        objets.partenaire(certification, nom=f"Lycée {rang:02}", siret=f"1{rang:013}")

    def trouves(mots: str) -> list[str]:
        reponse = client.get(certification.get_absolute_url(), {"partenaire": mots})
        return [partenaire.nom for partenaire in reponse.context["fiche"].premiers_partenaires]

    assert trouves("lycée 07") == ["Lycée 07"]
    assert trouves("1000 0000 0000 11") == ["Lycée 11"]
    assert trouves("\0introuvable") == []
    assert len(trouves("")) == 10


def test_proofs_for_a_vae_are_sorted_by_bloc(client):
    certification = objets.certification("RNCP1", intitule="Vente")
    objets.bloc(certification, "RNCP1BC01", libelle="Vendre")
    objets.certification_editoriale(
        certification, preuves_vae="RNCP1BC01 : un devis\nUne attestation : signée"
    )

    reponse = client.get(certification.get_absolute_url())

    assert reponse.context["fiche"].preuves_vae == [
        ("RNCP1BC01 Vendre", ["un devis"]),
        ("", ["Une attestation : signée"]),
    ]
