"""« En moins de cinq minutes »: answers in the address, results with their reasons, nothing stored."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from formations.communes import trouver
from formations.index.selection import a_vol_d_oiseau
from formations.models import Session
from metiers.models import CentreInteret, ContexteDeTravail, ContexteDuMetier, InteretDuMetier
from orientation.models import OptionDeQuestion, Question
from orientation.questionnaire.reponses import lire
from tests import objets

pytestmark = pytest.mark.django_db

RESULTATS = "/questionnaire/resultats/"
REQUETES_AU_PLUS = 16


@pytest.fixture
def questions(capsys):
    call_command("charger_questionnaire")


def texte(reponse: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


def metier(code: str, libelle: str, contextes: str = "", interets: str = "", **champs: Any) -> Any:
    ecrit = objets.metier(code, libelle=libelle, **champs)
    for contexte in contextes.split():
        contexte, _ = ContexteDeTravail.objects.get_or_create(
            code_ogr=contexte, defaults={"libelle": contexte}
        )
        ContexteDuMetier.objects.create(metier=ecrit, contexte=contexte)
    for interet in interets.split():
        centre, _ = CentreInteret.objects.get_or_create(code=interet, defaults={"libelle": interet})
        InteretDuMetier.objects.create(metier=ecrit, centre_interet=centre)
    return ecrit


def montres(client: Any, adresse: str) -> list[str]:
    page = client.get(f"{RESULTATS}?{adresse}").context["resultats"]
    return [m.metier.code_rome for groupe in page.groupes for m in groupe.metiers]


@pytest.fixture
def trois(questions):
    """An aide at night, a gardener outside, a doctor: types S, R and I."""
    return (
        metier("K1304", "Aide de vie", "300803 403020", "22", riasec_majeur="S", niveau_acces=3),
        metier("A1203", "Jardinier", "300783", "9", riasec_majeur="R", riasec_mineur="S", niveau_acces=3),
        metier("J1102", "Médecin", "300803", "22", riasec_majeur="I", riasec_mineur="S", niveau_acces=8),
    )


def test_every_question_is_a_page_that_leads_to_the_next(client, questions):
    noms = list(Question.objects.values_list("cle", flat=True))

    assert len(noms) == 10
    for rang, nom in enumerate(noms, start=1):
        page = client.get(f"/questionnaire/{nom}/?niveau=bac")
        assert f"Question {rang} sur 10" in texte(page)
        suivante = f"/questionnaire/{noms[rang]}/" if rang < 10 else RESULTATS
        assert page.context["action_suivante"] == suivante
        assert "Je préfère ne pas répondre" in texte(page)
        assert page.cookies == {}


def test_a_form_gives_a_short_address(client, questions):
    reponse = client.get("/questionnaire/interets/?faire=aider&faire=creer&niveau=&lieu=")

    assert reponse.url == "/questionnaire/interets/?faire=creer,aider"


def test_an_answer_is_carried_by_the_form_and_skipping_takes_it_back(client, questions):
    page = client.get("/questionnaire/faire/?faire=aider&niveau=bac")

    assert page.context["autres"] == [("niveau", "bac")]
    assert [option.cle for option, choisie in page.context["options"] if choisie] == ["aider"]
    assert page.context["url_passer"] == "/questionnaire/fierte/?niveau=bac"


@pytest.mark.parametrize(
    ("adresse", "remarque"),
    [
        (
            "faire=voler",
            "Nous ne connaissons pas la réponse « voler » à la question « Qu'aimez-vous faire ? »",
        ),
        ("couleur=bleu", "L'adresse répond à une question que nous ne posons pas, « couleur »"),
        ("niveau=bac,cap", "n'attend qu'une réponse : nous gardons « CAP, BEP ou titre de même niveau »"),
        ("lieu=Atlantide&distance=30", "Nous ne trouvons pas de commune « Atlantide »"),
        ("faire=%00%3Cscript%3E", "Nous ne connaissons pas la réponse « <script> »"),
    ],
)
def test_an_unknown_answer_is_said_and_skipped(client, questions, adresse, remarque):
    for page in (RESULTATS, "/questionnaire/eviter/", "/questionnaire/"):
        reponse = client.get(f"{page}?{adresse}")

        assert reponse.status_code == 200
        assert remarque in texte(reponse)


def test_an_unknown_question_is_not_a_page(client, questions):
    assert client.get("/questionnaire/couleur/").status_code == 404


def test_without_questions_the_pages_answer(client):
    assert "n'ont pas encore été écrites" in texte(client.get("/questionnaire/"))
    assert client.get(RESULTATS).status_code == 200


@pytest.mark.parametrize(
    "adresse",
    [
        "faire=aider,creer&lieu=lyon&distance=30",
        "niveau=bac,cap&x=y",
        "lieu=nulle+part&distance=1000",
        "distance=30",
        "eviter=nuit;nuit&eviter=,week-end&lieu=%00",
    ],
)
def test_an_address_read_again_says_the_same(questions, adresse):
    placee("69123", "Lyon")
    dite = lire(QueryDict(adresse)).parametres

    assert lire(QueryDict(urlencode(dite))).parametres == dite


def test_results_come_with_their_reasons(client, trois):
    page = client.get(f"{RESULTATS}?faire=aider&interets=prendre-soin&eviter=nuit&niveau=cap")

    (groupe,) = page.context["resultats"].groupes
    (jardinier,) = groupe.metiers
    assert groupe.titre == "1 métier répond à l'une de vos 2 envies"
    assert jardinier.raisons == (
        "intérêt secondaire Social",
        "sans « Travailler la nuit », que vous voulez éviter",
        "accessible avec le niveau que vous avez",
    )
    assert jardinier.manques == "« Prendre soin des autres »"
    assert "Ce n'est pas un test d'aptitude" in texte(page)
    assert "Sans la limite « Travailler la nuit » : 2 métiers" in texte(page)


def test_more_answers_met_come_first(client, trois):
    assert montres(client, "faire=aider&interets=prendre-soin") == ["K1304", "J1102", "A1203"]
    assert montres(client, "faire=aider&interets=prendre-soin&niveau=cap") == ["K1304", "A1203"]


def test_two_statements_of_one_type_are_one_wish(client, trois):
    page = client.get(f"{RESULTATS}?faire=aider&fierte=personne")

    assert [groupe.titre for groupe in page.context["resultats"].groupes] == [
        "3 métiers répondent à votre envie"
    ]


def test_nobody_gets_an_empty_page(client, trois):
    un = texte(client.get(f"{RESULTATS}?interets=prendre-soin&eviter=nuit"))
    deux = texte(client.get(f"{RESULTATS}?faire=comprendre&eviter=nuit&niveau=cap"))
    aucun = texte(client.get(f"{RESULTATS}?interets=cuisine"))

    assert "Sans la limite « Travailler la nuit » : 2 métiers" in un
    assert "Il faut en retirer plusieurs." in deux
    assert "Le ROME ne rattache aucun métier aux envies que vous avez cochées." in aucun


def test_without_any_answer_every_metier_is_there(client, trois):
    assert montres(client, "") == ["K1304", "A1203", "J1102"]


def test_years_of_study_alone_are_said_not_to_count(client, trois):
    assert "sans votre niveau actuel, elle ne dit pas jusqu'où aller" in texte(
        client.get(f"{RESULTATS}?etudes=deux-ans")
    )


@pytest.fixture
def offre(trois):
    """Four formations towards the aide: near and cheap, far, dear and en alternance, unknown."""
    aide = trois[0]
    lyon = objets.commune("69123", nom="Lyon", latitude=45.76, longitude=4.84)
    paris = objets.commune("75056", nom="Paris", latitude=48.86, longitude=2.34)
    cas = {
        "PRES": {"commune": lyon, "prix": 900, "voie": Session.Voie.CONTINUE},
        "LOIN": {"commune": paris, "prix": 900, "voie": Session.Voie.CONTINUE},
        "CHER": {"commune": lyon, "prix": 8000, "voie": Session.Voie.APPRENTISSAGE},
        "FLOU": None,
    }
    for nom, session in cas.items():
        formation = objets.formation(f"F-{nom}", intitule=f"Formation {nom}", niveau_sortie=3)
        objets.lien_formation(formation, aide)
        if session:
            objets.session(formation, lieu=objets.lieu(commune=session.pop("commune")), **session)
    objets.session(Session.objects.get(formation="F-CHER").formation)  # a session of which nothing is known
    Session.objects.filter(formation="F-CHER", prix__isnull=True).delete()
    return aide


def formations(client: Any, adresse: str) -> Any:
    return client.get(f"{RESULTATS}?faire=aider&{adresse}").context["resultats"].formations


def noms(trouvees: Any) -> list[str]:
    return [retenue.formation.pk.removeprefix("F-") for retenue in trouvees.montrees]


@pytest.mark.parametrize(
    ("adresse", "attendues"),
    [
        ("", ["CHER", "FLOU", "LOIN", "PRES"]),
        ("lieu=lyon-69123&distance=30", ["CHER", "PRES", "FLOU"]),
        ("budget=2000", ["LOIN", "PRES", "FLOU"]),
        ("alternance=oui", ["CHER", "FLOU"]),
        ("alternance=non", ["LOIN", "PRES", "FLOU"]),
        ("lieu=lyon-69123&distance=30&budget=2000&alternance=non", ["PRES", "FLOU"]),
        ("lieu=lyon-69123&distance=30&budget=rien", ["FLOU"]),
    ],
)
def test_formations_suit_what_is_known_of_them(client, offre, adresse, attendues):
    assert noms(formations(client, adresse)) == attendues


def test_formations_come_with_their_reasons_and_what_relaxing_gives(client, offre):
    trouvees = formations(client, "niveau=aucun&etudes=deux-ans&lieu=lyon-69123&distance=30&budget=2000")

    pres, flou = trouvees.montrees
    assert pres.raisons == (
        "mène à « Aide de vie »",
        "à Lyon",
        "900 € avant toute aide, dans votre budget",
        "dans la durée d'études acceptée : Niveau 3 (CAP)",
    )
    assert flou.inconnues == ("le lieu", "le prix")
    assert {cle: nombre for cle, (_, nombre) in trouvees.sans.items()} == {"lieu": 3, "budget": 3}


def test_a_session_of_unknown_price_and_place_is_kept(client, offre):
    Session.objects.filter(formation="F-LOIN").update(prix=None, lieu=None)

    trouvees = formations(client, "lieu=lyon-69123&distance=30&budget=2000")

    assert noms(trouvees) == ["PRES", "FLOU", "LOIN"]
    assert trouvees.montrees[2].inconnues == ("le lieu", "le prix")


def placee(code: str, nom: str, **champs: Any) -> Any:
    return objets.commune(code, nom=nom, latitude=45.0, longitude=4.0, **champs)


def test_a_name_borne_by_several_communes_is_to_be_chosen(client, questions):
    placee("93066", "Saint-Denis")
    placee("97411", "Saint-Denis")

    page = client.get("/questionnaire/lieu/?lieu=saint+denis&distance=30")

    (_, premiere), (_, seconde) = page.context["communes"]
    assert premiere == "/questionnaire/lieu/?lieu=saint-denis-93066&distance=30"
    assert seconde == "/questionnaire/lieu/?lieu=saint-denis-97411&distance=30"
    choisie = client.get(seconde)
    assert choisie.context["communes"] == []
    assert trouver(choisie.context["saisie"]).commune.code == "97411"


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("69123", "69123"),
        ("lyon", "69123"),
        (" LYON ", "69123"),
        ("lyon-69123", "69123"),
        ("Lyon (69123)", "69123"),
        ("69002", "69123"),
        ("Lyon 69001", "69123"),
        ("affoux-69001", "69001"),
        ("n'importe-2A004", "2A004"),
        ("69001", None),
        ("2A999", None),
        ("", None),
    ],
)
def test_a_commune_is_found_by_code_or_name(saisie, code):
    """69001 is a postal code of Lyon, and the code INSEE of Affoux: both are offered."""
    placee("69123", "Lyon", codes_postaux=["69001", "69002"])
    placee("69001", "Affoux", codes_postaux=["69170"])
    placee("2A004", "Ajaccio")

    place = trouver(saisie)

    assert (place.commune.code if place.commune else None) == code
    assert {commune.nom for commune in place.homonymes} == (
        {"Lyon", "Affoux"} if saisie == "69001" else set()
    )


def test_distance_is_that_of_the_globe():
    assert a_vol_d_oiseau(np.array([[48.86, 2.34]]), 45.76, 4.84).round().tolist() == [393]


def compter(client: Any, adresse: str) -> int:
    with CaptureQueriesContext(connection) as capture:
        assert client.get(adresse).status_code == 200
    return len(capture)


def test_results_cost_the_same_whatever_there_is(client, offre):
    adresse = (
        f"{RESULTATS}?faire=aider&interets=prendre-soin&chercher=public&eviter=charges&niveau=aucun&etudes=cinq-ans"
        "&lieu=lyon-69123&distance=30&budget=10000&alternance=oui"
    )
    avant = compter(client, adresse)
    lyon = objets.commune("69123")
    for rang in range(30):
        autre = metier(f"K2{rang:03}", f"Métier {rang}", "300783", "22", riasec_majeur="S", niveau_acces=3)
        for _ in range(2):
            formation = objets.formation(niveau_sortie=3)
            objets.lien_formation(formation, autre)
            objets.session(formation, lieu=objets.lieu(commune=lyon), prix=500)

    assert compter(client, adresse) == avant <= REQUETES_AU_PLUS


def test_the_questions_can_be_loaded_twice_and_never_overwrite(questions, capsys):
    Question.objects.filter(cle="faire").update(intitule="Autre question ?")
    Question.objects.filter(cle="fierte").delete()

    call_command("charger_questionnaire")

    assert "0 question(s) ajoutée(s)" in capsys.readouterr().out
    assert Question.objects.get(cle="faire").intitule == "Autre question ?"


@pytest.mark.parametrize(
    ("critere", "valeurs"),
    [
        ("riasec", "X"),
        ("niveau", "1"),
        ("niveau", "4, 5"),
        ("budget", "gratuit"),
        ("alternance", "peut-être"),
        ("eviter", ""),
    ],
)
def test_values_that_mean_nothing_are_refused(critere, valeurs):
    option = OptionDeQuestion(question=Question.objects.create(cle="q", critere=critere), valeurs=valeurs)

    with pytest.raises(ValidationError, match="Pour ce critère"):
        option.clean()


def test_a_thirteenth_question_is_refused():
    for rang in range(12):
        Question.objects.create(cle=f"q{rang}", critere="eviter", intitule=f"Question {rang} ?")

    with pytest.raises(ValidationError, match="Douze questions sont déjà publiées"):
        Question(cle="de-trop", critere="eviter", intitule="De trop ?").clean()


def test_editors_change_the_questions(admin_client, questions):
    question = Question.objects.get(cle="faire")
    page = admin_client.get(f"/admin/orientation/question/{question.pk}/change/")
    saisie = {
        **page.context["adminform"].form.initial,
        "intitule": "Qu'aimez-vous ?",
        "publiee": "on",
        "options-TOTAL_FORMS": 0,
        "options-INITIAL_FORMS": 0,
    }

    assert admin_client.post(f"/admin/orientation/question/{question.pk}/change/", saisie).status_code == 302
    assert admin_client.get("/admin/orientation/question/").status_code == 200
    assert [h.intitule for h in question.history.all()] == ["Qu'aimez-vous ?", "Qu'aimez-vous faire ?"]
