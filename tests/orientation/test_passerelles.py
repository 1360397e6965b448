"""The links of a métier, each with its reason; the map of paths, bounded, without overlap."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.models import Dossier, EtapeDeParcours, ParcoursEvolution
from metiers.models import Metier
from orientation import calculs
from orientation.passerelles.carte import PREMIERS, SECONDS, tracer
from orientation.passerelles.dessin import (
    ETROITE,
    LARGE,
    LETTRE,
    LETTRE_DE_NOTE,
    MARGE,
    Dessin,
    Noeud,
    dessiner,
)
from orientation.passerelles.liens import passages
from tests import objets

REQUETES_AU_PLUS = 18


def parcours(*etapes: Metier | None, titre: str = "Progresser", publie: bool = True) -> ParcoursEvolution:
    dossier, _ = Dossier.objects.get_or_create(
        slug="relation-client",
        defaults={"titre": "La relation client", "source": objets.source("a"), "publie": publie},
    )
    chemin = ParcoursEvolution.objects.create(dossier=dossier, titre=titre)
    for ordre, metier in enumerate(etapes):
        EtapeDeParcours.objects.create(parcours=chemin, ordre=ordre, libelle=f"Étape {ordre}", metier=metier)
    return chemin


def raisons(depuis: Metier) -> dict[str, str]:
    return {passage.proche.code_rome: passage.raison for passage in passages([depuis.pk])[depuis.pk]}


@pytest.mark.django_db
def test_every_kind_of_link_has_its_reason():
    de = objets.metier("D1408", libelle="Conseiller")
    objets.mobilite(de, objets.metier("D1415"))
    objets.metier("D1435", parent=de)
    parcours(de, None, de, objets.metier("D1509"), objets.metier("M1704"))
    fiche = objets.fiche_onisep(metier=de, nom="téléconseiller")
    fiche.metiers_associes.add(objets.fiche_onisep(metier=objets.metier("D1401"), nom="assistante"))
    objets.metier("A1101")

    trouvees = raisons(de)

    assert trouvees == {
        "D1401": "Métier associé selon l'Onisep (« assistante »)",
        "D1415": "Mobilité proposée par le ROME",
        "D1435": "Même famille du ROME",
        "D1509": "Étape suivante du parcours « Progresser » (dossier « La relation client »)",
    }


@pytest.mark.django_db
def test_official_links_are_there_even_when_many_are_nearer():
    de, loin = objets.metier("D1408", libelle="Départ"), objets.metier("D1999", libelle="Loin")
    item = objets.competence("Vendre")
    objets.competence_requise(de, item)
    for rang in range(17):
        objets.competence_requise(objets.metier(f"D12{rang:02}"), item)
    objets.competence_requise(objets.metier("A1101"), objets.competence())
    objets.mobilite(de, loin)
    objets.competence_requise(loin, objets.competence())
    calculs.actualiser_proximites()

    trouvees = raisons(de)

    assert trouvees["D1999"] == "Mobilité proposée par le ROME"
    assert trouvees["D1200"].startswith("Une compétence ou un savoir en commun (« Vendre »)")


@pytest.mark.django_db
def test_an_unpublished_dossier_or_a_withdrawn_metier_links_nothing():
    de = objets.metier("D1408")
    parcours(de, objets.metier("D1509"), publie=False)
    objets.mobilite(de, objets.metier("D1415", retire_le="2026-01-01", temoin=""))

    assert raisons(de) == {}


def semer(origine: Metier, largeur: int) -> None:
    for rang in range(largeur):
        premier = objets.metier(f"E1{rang:03}", libelle=f"Premier {rang:02}")
        objets.mobilite(origine, premier, rang + 1)
        for suite in range(4):
            objets.mobilite(
                premier, objets.metier(f"F{rang:02}{suite:02}", libelle=f"Second {rang:02} {suite}")
            )


@pytest.mark.django_db
def test_the_map_is_bounded_and_shows_each_metier_once():
    origine = objets.metier("D1408")
    semer(origine, 10)
    objets.mobilite(Metier.objects.get(code_rome="E1000"), origine, 9)

    carte = tracer(origine)

    codes = [b.metier.code_rome for b in carte.branches]
    assert codes == [f"E1{rang:03}" for rang in range(PREMIERS)]
    assert [len(b.suites) for b in carte.branches] == [SECONDS] * PREMIERS
    tous = [
        origine.pk,
        *(b.metier.pk for b in carte.branches),
        *(s.metier.pk for b in carte.branches for s in b.suites),
    ]
    assert len(tous) == len(set(tous))
    assert carte.total == 10


@pytest.mark.django_db
def test_the_map_and_the_list_say_the_same(client):
    origine = objets.metier("D1408")
    semer(origine, 2)

    page = client.get("/passerelles/?m=D1408")

    html = page.content.decode()
    assert [classe for _, classe, _ in page.context["dessins"]] == ["large", "etroit", "papier"]
    for _, _, dessin in page.context["dessins"]:
        assert len(dessin.boites) == 1 + 2 + 2 * SECONDS
        for boite in dessin.boites[1:]:
            # Once in each drawing, once in the list.
            assert html.count(f'href="{boite.noeud.url}"') == 4
    assert "8 au plus" in html


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ["/passerelles/", "/passerelles/?m=Z9999", "/passerelles/?m=%00"])
def test_without_a_metier_the_page_asks_for_one(client, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse.context["carte"]) == (200, None)


@pytest.mark.django_db
def test_a_metier_without_links_says_so(client):
    objets.metier("D1408")

    assert "Aucune passerelle n'est connue" in client.get("/passerelles/?m=D1408").content.decode()


@pytest.mark.django_db
def test_the_pages_cost_the_same_with_one_link_or_thirty(client):
    origine = objets.metier("D1408")
    semer(origine, 1)
    comptes: list[dict[str, int]] = []
    for _ in range(2):
        comptes.append({})
        for adresse in ("/passerelles/?m=D1408", "/metiers-proches/?m=D1408"):
            with CaptureQueriesContext(connection) as capture:
                client.get(adresse)
            comptes[-1][adresse] = len(capture)
        if len(comptes) == 1:
            for rang in range(30):
                objets.mobilite(origine, objets.metier(f"G1{rang:03}", libelle=f"Zone {rang}"), rang + 10)

    assert comptes[0] == comptes[1]
    assert max(comptes[1].values()) <= REQUETES_AU_PLUS


titres = st.text(st.sampled_from("abcdW é/(')-"), min_size=1, max_size=110)
noeuds = st.builds(Noeud, titre=titres, url=st.just("/"), domaine=st.just("D"), raison=titres)


def arbres() -> Any:
    branche = st.builds(
        Noeud,
        titre=titres,
        url=st.just("/"),
        domaine=st.just("D"),
        raison=titres,
        suites=st.lists(noeuds, max_size=3),
    )
    return st.builds(
        Noeud, titre=titres, url=st.just("/"), domaine=st.just("D"), suites=st.lists(branche, max_size=5)
    )


@given(arbres(), st.sampled_from([LARGE, ETROITE]))
def test_boxes_never_overlap_and_hold_their_words(arbre, disposition):
    dessin: Dessin = dessiner(arbre, disposition)

    for a, b in combinations(dessin.boites, 2):
        separees_en_x = a.x + a.largeur <= b.x or b.x + b.largeur <= a.x
        assert separees_en_x or a.y + a.hauteur <= b.y or b.y + b.hauteur <= a.y
    for boite in dessin.boites:
        assert boite.x >= 0
        assert boite.x + boite.largeur <= dessin.largeur
        assert boite.y >= 0
        assert boite.y + boite.hauteur <= dessin.hauteur
        for ligne in boite.lignes:
            lettre = LETTRE_DE_NOTE if ligne.est_note else LETTRE
            assert len(ligne.texte) * lettre <= boite.largeur - 2 * MARGE
            assert boite.y < ligne.y < boite.y + boite.hauteur
    assert len(dessin.traits) == len(dessin.boites) - 1
