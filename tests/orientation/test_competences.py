"""From skills held to métiers: found by their words, counted, the rarer the heavier."""

from __future__ import annotations

import re
from html import unescape
from math import log
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from metiers.models import CompetenceRequise
from orientation import calculs
from orientation.competences import titres
from orientation.competences.classement import classer, rarete
from orientation.competences.recherche import chercher
from orientation.models import TitreDItem
from tests import objets

REQUETES_AU_PLUS = 12


def texte(reponse: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


@pytest.fixture
def monde(db):
    """Two métiers: both listen, the seller also handles complaints and knows an unusual law."""
    ecouter = objets.competence("Écouter", categorie="Savoir-être professionnel")
    reclamations = objets.competence("Traiter les réclamations des clients")
    droit = objets.savoir("Droit maritime")
    vente, conseil = objets.metier("D1415", libelle="Vendeuse"), objets.metier("D1408", libelle="Conseillère")
    for metier in (vente, conseil):
        objets.competence_requise(metier, ecouter)
    objets.competence_requise(vente, reclamations, coeur_metier="P")
    objets.savoir_requis(vente, droit)
    objets.savoir_requis(vente, objets.savoir("BTS NDRC", sous_categorie="Certifications"))
    objets.competence_requise(
        objets.metier("A1101", libelle="Bûcheron"), objets.competence("Compétence de bûcheron")
    )
    titres.actualiser()
    return SimpleNamespace(
        ecouter=ecouter, reclamations=reclamations, droit=droit, vente=vente, conseil=conseil
    )


def libelles(mots: str) -> list[str]:
    return [titre.libelle for titre in chercher(mots).titres]


def test_titles_are_what_metiers_in_force_ask_for(monde):
    objets.competence_requise(
        objets.metier("Z1101", retire_le="2026-01-01", temoin=""), objets.competence("Retirée")
    )
    titres.actualiser()

    trouves = list(
        TitreDItem.objects.exclude(libelle__startswith="Compétence").values_list(
            "libelle", "famille", "nb_metiers"
        )
    )

    assert sorted(trouves) == [
        ("Droit maritime", "savoir", 1),
        ("Traiter les réclamations des clients", "savoir-faire", 1),
        ("Écouter", "savoir-être", 2),
    ]


def test_titles_follow_the_rome(monde):
    CompetenceRequise.objects.filter(competence=monde.reclamations).delete()

    bilan = titres.actualiser()

    assert (bilan.retires, titres.actualiser().a_change) == (1, False)


@pytest.mark.parametrize("mots", ["reclamation client", "CLIENTS, réclamations !", "traiter récla"])
def test_a_skill_is_found_by_its_words(monde, mots):
    assert libelles(mots) == ["Traiter les réclamations des clients"]


def test_a_word_mistyped_finds_what_looks_like_it(monde):
    calculs.actualiser_couvertures()

    trouvees = chercher("réclamtions")

    assert [t.libelle for t in trouvees.titres] == ["Traiter les réclamations des clients"]
    assert trouvees.remarque == "Aucun libellé ne contient « réclamtions » ; voici ceux qui y ressemblent."


def test_some_of_the_words_are_better_than_nothing(monde):
    trouvees = chercher("droit fiscal")

    assert [t.libelle for t in trouvees.titres] == ["Droit maritime"]
    assert trouvees.remarque == "Aucun libellé ne contient tous ces mots ; voici ceux qui en ont une partie."


@pytest.mark.parametrize("mots", ["", "  ", "%", "xyzzy", "' OR 1=1"])
def test_nothing_is_found_by_nothing(monde, mots):
    assert libelles(mots) == []


def page(client: Any, *codes: Any, **autres: str) -> Any:
    return client.get("/competences/", {"competences": ",".join(str(c) for c in codes), **autres})


def test_metiers_are_counted_plainly_and_ordered_by_rarity(client, monde):
    trouvee = page(client, monde.ecouter.pk, monde.droit.pk, monde.reclamations.pk)

    assert [(m.metier.code_rome, m.phrase) for m in trouvee.context["page"].metiers] == [
        ("D1415", "3 de vos 3 compétences ; aucune autre demandée"),
        ("D1408", "1 de vos 3 compétences ; aucune autre demandée"),
    ]
    assert "BTS NDRC" not in texte(trouvee)


def test_each_metier_leads_to_the_gap(client, monde):
    (metier, _) = page(client, monde.ecouter.pk).context["page"].metiers

    assert metier.phrase == "votre compétence ; aucune autre demandée"
    assert metier.url_ecart == f"/ecart/?vers=D1408&competences={monde.ecouter.pk}"
    assert client.get(metier.url_ecart).status_code == 200


def test_unknown_codes_are_said_and_skipped(client, monde):
    trouvee = page(client, monde.ecouter.pk, 999, "abc")

    assert "Nous ne connaissons pas ces codes, ou aucun métier ne les demande : « 999 », « ABC »" in texte(
        trouvee
    )
    assert [t.libelle for t in trouvee.context["page"].cochees] == ["Écouter"]


def test_a_metier_gives_its_skills_to_begin_with(client, monde):
    reponse = client.get("/competences/?de=D1415")
    suite = client.get(reponse.url)

    assert {t.libelle for t in suite.context["page"].cochees} == {
        "Écouter",
        "Traiter les réclamations des clients",
        "Droit maritime",
    }
    vide = client.get("/competences/?de=Z9999")
    assert "Aucun métier ne porte le code « Z9999 »" in texte(vide)


def test_a_form_gives_a_short_address(client, monde):
    reponse = client.get(f"/competences/?q=&competences={monde.droit.pk}&competences={monde.ecouter.pk}")

    assert reponse.url == f"/competences/?competences={monde.droit.pk},{monde.ecouter.pk}"


def test_what_is_ticked_is_not_offered_again(client, monde):
    trouvee = page(client, monde.droit.pk, q="droit")

    assert trouvee.context["page"].a_cocher == []
    assert "Tout ce qui répond à « droit » est déjà coché." in texte(trouvee)


def test_the_page_costs_the_same_with_one_metier_or_thirty(client, monde):
    comptes = []
    for suivants in (0, 30):
        for rang in range(suivants):
            metier = objets.metier(f"E1{rang:03}")
            objets.competence_requise(metier, monde.ecouter)
            objets.savoir_requis(metier)
        with CaptureQueriesContext(connection) as capture:
            client.get(f"/competences/?q=droit&competences={monde.ecouter.pk}")
        comptes.append(len(capture))

    assert comptes[0] == comptes[1] <= REQUETES_AU_PLUS


def test_rarity_is_a_logarithm():
    assert [rarete(1, 100), rarete(100, 100), rarete(0, 100)] == [log(100), 0.0, 0.0]


def test_one_rare_skill_may_outweigh_two_common_ones():
    places = classer(
        {1: {"a", "b"}, 2: {"rare"}, 3: {"a"}, 4: set()},
        {"a": 0.5, "b": 0.5, "rare": 3.0},
        {1: "A", 2: "B", 3: "C", 4: "D"},
    )

    assert [place.metier for place in places] == [2, 1, 3]


@given(
    st.dictionaries(st.integers(1, 6), st.frozensets(st.sampled_from("abcd")), max_size=6),
    st.sampled_from("abcd"),
)
def test_one_more_skill_never_takes_a_metier_out(porteurs, ajoutee):
    raretes = dict(zip("abcd", (0.1, 0.2, 0.3, 0.7), strict=True))
    titres_des_metiers = {metier: f"M{metier % 3}" for metier in porteurs}
    sans = {metier: codes - {ajoutee} for metier, codes in porteurs.items()}

    avant = classer(sans, raretes, titres_des_metiers)
    apres = classer(porteurs, raretes, titres_des_metiers)

    assert {p.metier for p in avant} <= {p.metier for p in apres}
    poids = {p.metier: p.poids for p in apres}
    assert all(poids[p.metier] >= p.poids for p in avant)
    assert apres == classer(dict(reversed(porteurs.items())), raretes, titres_des_metiers)
