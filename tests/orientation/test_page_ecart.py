"""`/ecart/` and `/metiers-proches/`: directed, honest about what is official and what is a suggestion."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.recherche.index import reindexer
from orientation import calculs
from orientation.models import CouvertureDeBloc
from tests import objets

pytestmark = pytest.mark.django_db

REQUETES_AU_PLUS = 15


def texte(reponse: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


@pytest.fixture
def monde():
    """D1415 asks for « Traiter les réclamations » (cœur), « Écouter » and a savoir; D1408 only for « Écouter »."""
    ecouter = objets.competence("Écouter")
    reclamations = objets.competence("Traiter les réclamations des clients")
    stock = objets.savoir("Gestion des stocks")
    diplome = objets.savoir("BTS NDRC", sous_categorie="Certifications")
    vers = objets.metier("D1415", libelle="Chargé de relation client")
    de = objets.metier("D1408", libelle="Conseiller à distance")
    objets.competence_requise(vers, reclamations, coeur_metier="P")
    objets.competence_requise(vers, ecouter)
    objets.savoir_requis(vers, stock)
    objets.savoir_requis(vers, diplome)
    objets.competence_requise(de, ecouter)
    objets.savoir_requis(de, diplome)
    certification = objets.certification("RNCP1", intitule="Relation client")
    bloc = objets.bloc(
        certification,
        "RNCP1BC01",
        liste_competences="* Écouter le client    * Traiter les réclamations des clients mécontents",
        modalites_evaluation="Mise en situation.",
    )
    objets.debouche(certification, vers)
    calculs.actualiser_couvertures()
    return SimpleNamespace(**locals())


def test_the_gap_is_directed(client, monde):
    aller = client.get("/ecart/?de=D1408&vers=D1415").context["ecart"].mesure
    retour = client.get("/ecart/?de=D1415&vers=D1408").context["ecart"].mesure

    assert [item.libelle for item in aller.manquants] == [
        "Traiter les réclamations des clients",
        "Gestion des stocks",
    ]
    assert ([item.libelle for item in aller.tenus], aller.points_tenus, aller.points) == (["Écouter"], 1, 4)
    assert (retour.manquants, [item.libelle for item in retour.tenus]) == ([], ["Écouter"])
    assert [item.libelle for item in aller.diplomes] == ["BTS NDRC"]


def test_a_way_that_the_rome_does_not_know_is_not_called_a_passerelle(client, monde):
    sans = texte(client.get("/ecart/?de=D1408&vers=D1415"))
    objets.mobilite(monde.de, monde.vers)
    avec = texte(client.get("/ecart/?de=D1408&vers=D1415"))
    inverse = texte(client.get("/ecart/?de=D1415&vers=D1408"))

    assert "ce n'est pas une passerelle officielle." in sans
    assert "Le ROME propose cette mobilité." in avec
    assert "Il propose la mobilité inverse." in inverse


def test_missing_skills_stand_under_the_bloc_that_seems_to_cover_them(client, monde):
    reponse = client.get("/ecart/?de=D1408&vers=D1415")

    propose = reponse.context["ecart"].blocs[0]
    assert (propose.bloc, [c.item.libelle for c in propose.couverts]) == (
        monde.bloc,
        ["Traiter les réclamations des clients"],
    )
    assert propose.couverts[0].raison == (
        "suggestion, mots en commun : traiter, réclamations, clients (confiance forte)"
    )
    assert [item.libelle for item in reponse.context["ecart"].sans_bloc] == ["Gestion des stocks"]
    assert "ils ne valent pas équivalence" in texte(reponse)


def test_a_confirmed_bloc_comes_first_and_a_refused_one_never(client, monde):
    autre = objets.bloc(monde.certification, "RNCP1BC02")
    CouvertureDeBloc.objects.create(bloc=autre, savoir=monde.stock, statut=CouvertureDeBloc.Statut.CONFIRME)
    confirme = client.get("/ecart/?de=D1408&vers=D1415").context["ecart"].blocs
    CouvertureDeBloc.objects.filter(bloc=monde.bloc).update(statut=CouvertureDeBloc.Statut.REFUSE)
    refuse = client.get("/ecart/?de=D1408&vers=D1415").context["ecart"].blocs

    assert [b.bloc.code for b in confirme] == ["RNCP1BC02", "RNCP1BC01"]
    assert confirme[0].couverts[0].raison == "confirmé par la rédaction"
    assert [b.bloc.code for b in refuse] == ["RNCP1BC02"]


def test_an_ended_certification_covers_nothing(client, monde):
    monde.certification.date_fin_enregistrement = date(2020, 1, 1)
    monde.certification.save()

    ecart = client.get("/ecart/?de=D1408&vers=D1415").context["ecart"]

    assert (ecart.blocs, ecart.nombre_certifications) == ([], 0)


def test_the_vae_lists_what_to_gather_when_it_is_open(client, monde):
    ferme = texte(client.get("/ecart/?de=D1408&vers=D1415"))
    objets.voie(monde.certification, "VAE", composition_jury="Deux professionnels.")
    objets.certification_editoriale(
        monde.certification, preuves_vae="Un courriel de réponse\nUn tableau de suivi"
    )
    reponse = client.get("/ecart/?de=D1408&vers=D1415")

    assert "Aucune des certifications ci-dessus n'est dite ouverte à la VAE par la source." in ferme
    assert reponse.context["ecart"].voies_vae[0].preuves == ["Un courriel de réponse", "Un tableau de suivi"]
    assert "Mise en situation." in texte(reponse)


def test_formations_of_these_certifications_are_given(client, monde):
    formation = objets.formation(certification=monde.certification)
    objets.formation()

    ecart = client.get("/ecart/?de=D1408&vers=D1415").context["ecart"]

    assert ecart.voies_avec_formations[0].formations == (formation,)


def test_formations_around_a_commune_come_nearest_first(client, monde):
    lyon = objets.commune("69123", nom="Lyon", latitude=45.76, longitude=4.84)
    voisine = objets.commune("69266", nom="Villeurbanne", latitude=45.77, longitude=4.88)
    loin = objets.commune("75056", nom="Paris", latitude=48.85, longitude=2.35)
    for commune, titre in ((loin, "A"), (voisine, "B"), (lyon, "C"), (lyon, "B")):
        formation = objets.formation(intitule=titre, certification=monde.certification)
        objets.session(formation, lieu=objets.lieu(commune=commune))
    objets.session(objets.formation(intitule="D", certification=monde.certification), modalite="distance")

    reponse = client.get("/ecart/?de=D1408&vers=D1415&commune=69123")
    nommee = client.get("/ecart/?de=D1408&vers=D1415&commune=lyon")
    inconnue = client.get("/ecart/?de=D1408&vers=D1415&commune=Nulle-Part")

    voie = reponse.context["ecart"].voies_avec_formations[0]
    assert [(formation.intitule, situation) for formation, situation in voie.formations_situees] == [
        ("B", "à Lyon"),
        ("C", "à Lyon"),
        ("B", "à Villeurbanne, 3 km"),
        ("D", "à distance"),
    ]
    assert nommee["Location"] == "/ecart/?de=D1408&vers=D1415&commune=69123"
    assert "Nous ne connaissons pas la commune « Nulle-Part »" in texte(inconnue)


def test_an_inherited_certification_says_so(client, monde):
    parent = objets.metier("D1401")
    monde.vers.parent = parent
    monde.vers.save()
    monde.certification.debouches.update(code_rome="D1401", metier=parent)

    assert client.get("/ecart/?de=D1408&vers=D1415").context["ecart"].voies[0].herite_de == parent


def test_from_skills_ticked_or_listed(client, monde):
    code, hors = monde.reclamations.pk, objets.competence("Voler").pk

    listes = client.get(f"/ecart/?vers=D1415&competences={code},{hors},999999999")
    coches = client.get(f"/ecart/?vers=D1415&competences={code}&competences={hors}&competences=999999999")

    depart = listes.context["ecart"].depart
    assert (
        listes.content.decode().split("<main")[1].split("<footer")[0]
        == (coches.content.decode().split("<main")[1].split("<footer")[0])
    )
    assert (depart.libelle, depart.tenus) == ("2 compétences cochées", {("competence", code)})
    assert depart.avertissements == [
        "Ce métier ne demande pas : « Voler ».",
        "Nous ne connaissons pas ces codes de compétences : 999999999.",
    ]


def test_a_list_of_thousands_of_skills_is_cut(client, monde):
    reponse = client.get("/ecart/?vers=D1415&competences=" + ",".join(str(10**9 + n) for n in range(400)))

    assert reponse.status_code == 200
    assert reponse.context["ecart"].depart.etat.count(",") == 149


def test_nothing_ticked_holds_nothing(client, monde):
    ecart = client.get("/ecart/?vers=D1415&competences=").context["ecart"]

    assert (ecart.depart.libelle, ecart.mesure.tenus) == ("aucune compétence cochée", [])


def test_from_a_certification_held_matches_are_suggestions(client, monde):
    reponse = client.get("/ecart/?vers=D1415&certification=1")

    ecart = reponse.context["ecart"]
    assert [item.libelle for item in ecart.mesure.tenus] == ["Traiter les réclamations des clients"]
    assert ecart.depart.raisons == {
        (
            "competence",
            monde.reclamations.pk,
        ): "suggestion : RNCP1BC01, mots en commun : traiter, réclamations, clients (confiance forte)"
    }
    assert "elle ne vaut pas équivalence" in texte(reponse)


def test_from_a_certification_held_editors_decide(client, monde):
    CouvertureDeBloc.objects.update(statut=CouvertureDeBloc.Statut.REFUSE)
    CouvertureDeBloc.objects.create(
        bloc=monde.bloc, savoir=monde.stock, statut=CouvertureDeBloc.Statut.CONFIRME
    )

    depart = client.get("/ecart/?vers=D1415&certification=RNCP1").context["ecart"].depart

    assert depart.raisons == {("savoir", monde.stock.pk): "RNCP1BC01, confirmé par la rédaction"}


@pytest.mark.parametrize(
    "adresse",
    [
        "/ecart/",
        "/ecart/?vers=Z9999",
        "/ecart/?vers=D1415",
        "/ecart/?vers=D1415&de=Z9999",
        "/ecart/?vers=D1415&de=D1415",
        "/ecart/?vers=D1415&certification=RNCP999",
        "/ecart/?vers=%00&de=%00",
    ],
)
def test_an_incomplete_address_helps_to_choose(client, monde, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse.context["ecart"]) == (200, None)


def test_words_lead_to_the_metiers_that_they_find(client, monde):
    reindexer()

    vers = client.get("/ecart/?vers=relation+client&de=conseiller").context["recherche_vers"]
    de = client.get("/ecart/?vers=D1415&de=conseiller").context["recherche_de"]
    certification = client.get("/ecart/?vers=D1415&certification=relation").context["recherche_certification"]
    rien = texte(client.get("/ecart/?vers=D1415&de=zzzz"))

    assert [(p.code, p.url) for p in vers.propositions] == [("D1415", "/ecart/?vers=D1415&de=conseiller")]
    assert [p.url for p in de.propositions] == ["/ecart/?vers=D1415&de=D1408"]
    assert [p.url for p in certification.propositions] == ["/ecart/?vers=D1415&certification=RNCP1"]
    assert "Rien ne répond à « zzzz »." in rien


@pytest.mark.parametrize(
    ("adresse", "phrase"),
    [
        (
            "de=D1408&vers=D1415&certification=RNCP1",
            "Cette adresse donne plusieurs départs : nous n'avons gardé que le métier.",
        ),
        (
            "de=D1408,D1403&vers=D1415",
            "Un seul code est lu ici, D1408 : nous avons laissé de côté D1403.",
        ),
        (
            "competences=abc,%E2%82%AC&vers=D1415",
            "Nous ne connaissons pas ces codes de compétences : ABC, €.",
        ),
        (
            "vers=D1415&competences=" + ",".join(map(str, range(160))),
            "160 compétences sont cochées : nous avons gardé les 150 premières et laissé de côté les 10 dernières.",
        ),
        ("de=D1415&vers=D1415", "Le départ et l'arrivée sont le même métier : choisissez un autre départ."),
    ],
)
def test_what_an_odd_address_asks_is_said_in_a_sentence(client, monde, adresse, phrase):
    assert phrase in texte(client.get(f"/ecart/?{adresse}"))


def test_a_metier_without_skills_says_so(client, monde):
    objets.metier("D1403", libelle="Vide")

    vers = texte(client.get("/ecart/?de=D1408&vers=D1403"))
    de = texte(client.get("/ecart/?de=D1403&vers=D1415"))

    assert "Le ROME ne détaille pas les compétences de « Vide » : l'écart ne peut pas être mesuré." in vers
    assert "Le ROME ne détaille pas les compétences de « Vide » : rien ne peut être compté comme tenu." in de


@pytest.mark.parametrize(
    "depart", ["de=D1408", "certification=RNCP1", "competences=1,2,3", "de=D1408&commune=69123"]
)
def test_the_page_costs_a_constant_number_of_queries(client, monde, depart):
    objets.commune("69123", latitude=45.76, longitude=4.84)
    client.get(f"/ecart/?vers=D1415&{depart}")  # what a process reads once, and keeps
    with CaptureQueriesContext(connection) as avant:
        client.get(f"/ecart/?vers=D1415&{depart}")
    for rang in range(10, 20):
        certification = objets.certification(f"RNCP{rang}")
        objets.bloc(certification, liste_competences="* Traiter les réclamations des clients")
        objets.debouche(certification, monde.vers)
        objets.voie(certification, "VAE")
        objets.formation(certification=certification)
        objets.competence_requise(monde.vers, objets.competence(f"Traiter les réclamations, rang {rang}"))
    calculs.actualiser_couvertures()
    client.get(f"/ecart/?vers=D1415&{depart}")

    with CaptureQueriesContext(connection) as apres:
        client.get(f"/ecart/?vers=D1415&{depart}")

    assert len(apres) == len(avant) <= REQUETES_AU_PLUS


def test_near_metiers_bear_their_reasons(client, monde):
    objets.mobilite(monde.de, monde.vers)
    calculs.actualiser_proximites()

    proches = client.get("/metiers-proches/?m=D1408").context["proches"]

    assert [(p.proche.code_rome, p.communes) for p in proches] == [("D1415", 1)]
    assert proches[0].raison == (
        "Mobilité proposée par le ROME ; une compétence ou un savoir en commun (« Écouter »)"
    )


@pytest.mark.parametrize("adresse", ["/metiers-proches/", "/metiers-proches/?m=Z9999"])
def test_without_a_metier_the_page_asks_for_one(client, adresse):
    assert client.get(adresse).status_code == 200
