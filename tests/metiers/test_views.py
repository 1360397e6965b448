"""Pages of métiers: the list, the fiche, and what every older address answers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metiers.acces import Experience
from metiers.models import AncienCode
from tests import objets
from tests.guides import ecrits

pytestmark = pytest.mark.django_db

RETIRE = date(2026, 1, 1)


def texte(reponse) -> str:
    return reponse.content.decode()


# ── The list ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def trente_et_un():
    """One more than a page holds; titles in the order of the codes."""
    return [objets.metier(f"D14{rang:02}", libelle=f"Métier {rang:02}", niveau_acces=5) for rang in range(31)]


def test_the_first_page_holds_thirty_in_alphabetical_order(client, trente_et_un):
    reponse = client.get("/metiers/")

    assert [m.libelle for m in reponse.context["fiches"]] == [f"Métier {rang:02}" for rang in range(30)]
    numeros = [numero for numero, _ in reponse.context["pages"].liens]
    assert (reponse.context["total"], numeros) == (31, [1, 2])


def test_the_second_page_holds_the_rest(client, trente_et_un):
    reponse = client.get("/metiers/?page=2")

    assert [m.libelle for m in reponse.context["fiches"]] == ["Métier 30"]


def test_an_empty_catalogue_has_its_page(client):
    reponse = client.get("/metiers/")

    assert (reponse.status_code, reponse.context["total"]) == (200, 0)


@pytest.mark.parametrize("numero", ["3", "0", "-1", "abc", "1.5", "9" * 5000])
def test_a_page_that_does_not_exist_says_so(client, trente_et_un, numero):
    reponse = client.get("/metiers/", {"page": numero})

    assert reponse.status_code == 404
    assert f"La page « {numero[:20]} » n&#x27;existe pas : cette liste compte 2 pages." in texte(reponse)


def test_the_only_page_is_counted_in_words(client):
    reponse = client.get("/metiers/?page=2")

    assert "cette liste compte une seule page." in texte(reponse)


def test_an_empty_page_number_is_the_first_page(client, trente_et_un):
    assert client.get("/metiers/?page=").context["page_obj"].number == 1


def test_filters_stay_in_the_links_of_the_pages(client, trente_et_un):
    reponse = client.get("/metiers/?niveau=5&niveau=6&page=2")

    assert 'href="?niveau=5&amp;niveau=6&amp;page=1"' in texte(reponse)


def test_withdrawn_metiers_are_not_listed(client):
    objets.metier("D1401", retire_le=RETIRE)

    assert client.get("/metiers/").context["total"] == 0


def test_a_list_costs_as_many_queries_at_1_as_at_30(client):
    objets.metier("D1400", niveau_acces=5, score_acces=5)
    with CaptureQueriesContext(connection) as a_un:
        client.get("/metiers/?niveau=5")

    for rang in range(1, 30):
        objets.metier(f"{'DGN'[rang % 3]}14{rang:02}", niveau_acces=5, score_acces=5)
    with CaptureQueriesContext(connection) as a_trente:
        client.get("/metiers/?niveau=5")

    assert len(a_un) == len(a_trente)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parametres=st.lists(
        st.tuples(
            st.sampled_from(["domaine", "niveau", "acces", "riasec", "page", "tri", "é"]),
            st.sampled_from(["5", "D", "non-renseigne", "1", "-1", "", "\0", "é", "%", "<script>"])
            | st.text(),
        ),
        max_size=5,
    )
)
def test_no_query_string_breaks_the_list(client, parametres):
    requete: dict[str, list[str]] = {}
    for nom, valeur in parametres:
        requete.setdefault(nom, []).append(valeur.encode(errors="replace").decode())

    reponse = client.get("/metiers/", requete)

    assert reponse.status_code in (200, 404)


def test_too_many_parameters_are_refused(client):
    reponse = client.get("/metiers/?" + "&".join(["niveau=5"] * 1001))

    assert reponse.status_code == 400


# ── Addresses of a fiche ───────────────────────────────────────────────────────────────────────────────────────────

CANONIQUE = "/metiers/D1415-vendeur-en-magasin/"


@pytest.fixture
def vendeur():
    return objets.metier("D1415", libelle="Vendeur / Vendeuse en magasin")


def test_a_fiche_answers_at_its_canonical_address(client, vendeur):
    reponse = client.get(CANONIQUE)

    assert (vendeur.get_absolute_url(), reponse.status_code) == (CANONIQUE, 200)
    assert reponse.context["fiche"].metier == vendeur


@pytest.mark.parametrize(
    "adresse",
    [
        "/metiers/D1415/",
        "/metiers/d1415/",
        "/metiers/D1415-autre-chose/",
        "/metiers/d1415-vendeur-en-magasin/",
        "/metiers/D1415-VENDEUR-en-magasin/",
    ],
)
def test_other_addresses_lead_to_the_canonical_one(client, vendeur, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse["Location"]) == (301, CANONIQUE)


def test_the_state_of_the_visitor_follows_a_redirect(client, vendeur):
    reponse = client.get("/metiers/D1415/?comparer=M1805&comparer=D1101")

    assert reponse["Location"] == f"{CANONIQUE}?comparer=M1805&comparer=D1101"


def test_a_missing_last_slash_is_added(client, vendeur):
    reponse = client.get("/metiers/D1415", follow=True)

    assert [adresse for adresse, _ in reponse.redirect_chain] == ["/metiers/D1415/", CANONIQUE]


def test_an_unknown_code_is_said_unknown(client):
    reponse = client.get("/metiers/z9999/")

    assert reponse.status_code == 404
    assert "Aucun métier ne porte le code « Z9999 »." in texte(reponse)


def test_a_moved_code_leads_to_the_fiche_that_left_it(client, vendeur):
    AncienCode.objects.create(code_rome="D1101", metier=vendeur)

    reponse = client.get("/metiers/d1101-ancien-nom/")

    assert (reponse.status_code, reponse["Location"]) == (301, CANONIQUE)


def test_the_fiche_that_left_a_code_last_is_found_first(client, vendeur):
    AncienCode.objects.create(code_rome="D1101", metier=objets.metier("D1199"))
    AncienCode.objects.create(code_rome="D1101", metier=vendeur)

    assert client.get("/metiers/D1101/")["Location"] == CANONIQUE


def test_a_code_given_again_is_the_fiche_that_bears_it(client, vendeur):
    AncienCode.objects.create(code_rome="D1415", metier=objets.metier("D1199"))

    assert client.get(CANONIQUE).context["fiche"].metier == vendeur


def test_a_withdrawn_fiche_leads_to_its_successor(client, vendeur):
    objets.metier("D1101", retire_le=RETIRE, successeur=vendeur)

    reponse = client.get("/metiers/D1101/")

    assert (reponse.status_code, reponse["Location"]) == (301, CANONIQUE)


def test_a_withdrawn_fiche_without_successor_is_gone(client):
    objets.metier("D1101", libelle="Crieur / Crieuse public", retire_le=RETIRE)

    reponse = client.get("/metiers/D1101/")

    assert reponse.status_code == 410
    assert "Crieur / Crieuse public" in texte(reponse)


def test_a_withdrawn_successor_leads_nowhere(client):
    objets.metier("D1101", retire_le=RETIRE, successeur=objets.metier("D1102", retire_le=RETIRE))

    assert client.get("/metiers/D1101/").status_code == 410


def test_an_old_code_of_a_withdrawn_fiche_still_answers(client, vendeur):
    """Moved from D1101 to D1102, then withdrawn in favour of D1415."""
    retire = objets.metier("D1102", retire_le=RETIRE, successeur=vendeur)
    AncienCode.objects.create(code_rome="D1101", metier=retire)
    sans_suite = objets.metier("D1202", retire_le=RETIRE)
    AncienCode.objects.create(code_rome="D1201", metier=sans_suite)

    assert client.get("/metiers/D1101/")["Location"] == CANONIQUE
    assert client.get("/metiers/D1201/").status_code == 410


# ── What a fiche shows ─────────────────────────────────────────────────────────────────────────────────────────────


def metier_riche(code: str, nombre: int):
    """A métier with `nombre` of each thing that hangs on it."""
    metier = objets.metier(code)
    fiche = objets.fiche_editoriale(metier, niveau_acces=5, experience=Experience.SOUHAITEE, technicite=3)
    for rang in range(nombre):
        objets.appellation(metier)
        objets.competence_requise(metier)
        objets.savoir_requis(metier)
        objets.mobilite(metier, objets.metier(f"{'GHN'[rang % 3]}{code[3:]}{rang:02}"), ordre=rang)
        objets.metier(f"K{code[3:]}{rang:02}", parent=metier)
        objets.fiche_onisep(metier=metier, niveau_acces=5)
        objets.indicateur(metier, code_nature=f"nature-{rang}")
        objets.indicateur_editorial(fiche, code_nature=f"nature-{rang}")
        objets.debouche(objets.certification(f"RNCP{code[3:]}{rang:02}"), metier)
        formation = objets.formation()
        objets.lien_formation(formation, metier)
        objets.session(formation, lieu=objets.lieu())
        ecrits.lien(metier=metier)
    return metier


def test_a_fiche_costs_as_many_queries_at_1_as_at_30(client):
    petit, grand = metier_riche("D1401", 1), metier_riche("D1402", 30)
    client.get("/formations/")  # the index of the offer is in memory from then on

    with CaptureQueriesContext(connection) as a_un:
        client.get(petit.get_absolute_url())
    with CaptureQueriesContext(connection) as a_trente:
        client.get(grand.get_absolute_url())

    assert len(a_un) == len(a_trente)


def test_a_fiche_of_which_nothing_is_known_has_its_page(client):
    metier = objets.metier("D1415", libelle="Vendeur / Vendeuse", temoin="")

    reponse = client.get(metier.get_absolute_url())

    assert reponse.status_code == 200
    assert "Non renseigné" in texte(reponse)


def test_certifications_of_the_parent_are_shown_as_inherited(client, vendeur):
    enfant = objets.metier("D1499", libelle="Vendeur / Vendeuse de vélos", parent=vendeur)
    objets.debouche(objets.certification("RNCP1", intitule="Vente"), vendeur)
    les_deux = objets.certification("RNCP2", intitule="Cycles")
    objets.debouche(les_deux, vendeur)
    objets.debouche(les_deux, enfant)

    reponse = client.get(enfant.get_absolute_url())

    liens = reponse.context["fiche"].certifications
    assert [(lien.certification_id, lien.herite) for lien in liens] == [("RNCP2", None), ("RNCP1", vendeur)]
    assert "/certifications/RNCP1-vente/" in texte(reponse)
    assert f"{CANONIQUE}" in texte(reponse)


def test_imported_text_is_escaped(client):
    mechant = "<script>alert(1)</script>"
    metier = objets.metier("D1415", libelle=mechant, definition=mechant, acces_metier=mechant)
    objets.fiche_editoriale(metier, en_clair=mechant, accroche=mechant, note=mechant)
    objets.appellation(metier, mechant)
    objets.competence_requise(metier, objets.competence(mechant))
    objets.savoir_requis(metier, objets.savoir(mechant))
    objets.debouche(objets.certification("RNCP1", intitule=mechant), metier)
    objets.fiche_onisep(metier=metier, nom=mechant, accroche=mechant, nature_travail=mechant)

    pages = [texte(client.get(adresse)) for adresse in (metier.get_absolute_url(), "/metiers/")]

    assert all(mechant not in page for page in pages)
    assert all("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)


@pytest.mark.parametrize("methode", ["head", "options"])
def test_harmless_methods_are_answered(client, vendeur, methode):
    assert getattr(client, methode)(CANONIQUE).status_code == 200
