"""`/dossier/` and its sheets: everything is in the address, bounded, said, printed; nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from catalogue import qr
from guides.models import QuestionAPoser
from orientation import calculs
from orientation.dossier import etat
from orientation.dossier.page import fusionner
from orientation.models import Proximite
from tests import objets

CODES = st.lists(st.from_regex(r"[A-Z][0-9]{4}", fullmatch=True), max_size=6)


def texte(reponse: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


def monde(nombre: int = 1) -> str:
    """So many fiches of each kind, tied to each other; returns the state that names them all."""
    de, vers = objets.metier("D1408", libelle="Conseiller"), objets.metier("D1415", libelle="Chargé")
    objets.competence_requise(de, commune := objets.competence("Écouter"))
    objets.competence_requise(vers, commune)
    objets.competence_requise(
        vers, objets.competence("Traiter les réclamations des clients"), coeur_metier="P"
    )
    Proximite.objects.create(
        metier=vers,
        proche=de,
        rang=1,
        score="0.5",
        communes=1,
        raisons=[{"genre": "famille", "phrase": "Même famille"}],
    )
    ville = objets.commune("69123", nom="Lyon", latitude=45.76, longitude=4.84)
    for numero in range(1, nombre + 1):
        certification = objets.certification(f"RNCP{numero}")
        objets.bloc(certification, liste_competences="* Traiter les réclamations des clients mécontents")
        objets.voie(certification)
        objets.debouche(certification, vers)
        formation = objets.formation(f"FOR.{numero}", certification=certification)
        objets.session(formation, lieu=objets.lieu(commune=ville))
        objets.lien_formation(formation, vers)
    calculs.actualiser_couvertures()
    numeros = range(1, nombre + 1)
    return (
        f"m=D1408,D1415&c={','.join(f'RNCP{n}' for n in numeros)}&f={','.join(f'FOR.{n}' for n in numeros)}"
        "&de=D1408&vers=D1415&commune=69123"
    )


@pytest.mark.django_db
def test_the_address_is_the_dossier(client):
    adresse = f"/dossier/?{monde()}"

    reponse, encore = client.get(adresse), client.get(adresse)

    dossier = reponse.context["dossier"]
    assert (dossier.url(), dossier.resume()) == (adresse, "2 métiers, 1 certification, 1 formation")
    assert reponse.content == encore.content
    assert dict(reponse.cookies) == {}
    assert reponse.context["qr"] == qr.svg(f"http://testserver{adresse}")
    assert '<meta name="robots" content="noindex, follow">' in reponse.content.decode()


@pytest.mark.django_db
def test_a_dossier_that_holds_a_gap_alone_is_not_empty(client):
    monde()

    dossier = client.get("/dossier/?de=D1408&vers=D1415").context["dossier"]
    seul = client.get("/dossier/?m=D1408&de=D1408&vers=D1415").context["page"]

    assert (dossier.est_vide, dossier.resume()) == (False, "un écart")
    assert seul.rayons[0].pieces[0].url_sans == "/dossier/?de=D1408&vers=D1415"


@pytest.mark.django_db
def test_a_sheet_of_nothing_says_what_could_not_be_followed(client):
    assert client.get("/dossier/synthese/?m=Z9999")["Location"] == "/dossier/?m=Z9999"


@pytest.mark.django_db
def test_skills_that_a_dossier_does_not_keep_are_said(client):
    objets.metier("D1415")
    codes = ",".join(map(str, range(100, 145)))

    dossier = client.get(f"/dossier/?m=D1415&vers=D1415&competences={codes}").context["dossier"]

    assert dossier.remarques == [
        "45 compétences sont cochées : nous avons gardé les 30 premières et laissé de côté les 15 dernières."
    ]
    assert dossier.etat.count(",") == 29


@pytest.mark.django_db
def test_fiches_are_moved_and_removed_by_links(client):
    page = client.get(f"/dossier/?{monde()}").context["page"]

    premier, second = page.rayons[0].pieces
    suite = "&c=RNCP1&f=FOR.1&de=D1408&vers=D1415&commune=69123"
    assert premier.url_sans == f"/dossier/?m=D1415{suite}"
    assert (premier.url_monter, premier.url_descendre) == ("", f"/dossier/?m=D1415,D1408{suite}")
    assert (second.url_monter, second.url_descendre) == (f"/dossier/?m=D1415,D1408{suite}", "")
    assert page.url_sans_ecart == "/dossier/?m=D1408,D1415&c=RNCP1&f=FOR.1&commune=69123"


@pytest.mark.django_db
def test_what_is_unknown_withdrawn_or_too_much_is_said(client):
    for n in range(5):
        objets.metier(f"D150{n}")
    objets.certification("RNCP9", retire_le=date(2026, 1, 1))

    dossier = client.get("/dossier/?m=D1500,Z9999,D1501,D1502,D1503,D1504&c=RNCP9").context["dossier"]

    assert dossier.etat == "m=D1500,D1501,D1502,D1503"
    assert dossier.remarques == [
        "Aucun métier ne porte le code « Z9999 » : nous l'avons laissé de côté.",
        "Un dossier garde quatre métiers au plus : nous avons laissé de côté D1504.",
        "La fiche RNCP9 a été retirée du répertoire : nous l'avons laissée de côté.",
    ]


@pytest.mark.django_db
def test_the_address_is_never_too_long_to_be_printed(client):
    cles = [f"MCF-{'9' * 74}-{n}" for n in range(6)]
    for cle in cles:
        objets.formation(cle)

    dossier = client.get("/dossier/", {"f": ",".join(cles)}).context["dossier"]

    assert len(dossier.etat) <= etat.LONGUEUR_MAXIMALE
    assert dossier.remarques == [
        f"L'adresse devenait trop longue pour être imprimée : nous avons laissé de côté {cles[-1]}."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse", ["/dossier/", "/dossier/?m=%00&vers=%00", "/dossier/?m=Z9999", "/dossier/?vide=1"]
)
def test_an_empty_dossier_explains_itself(client, adresse):
    reponse = client.get(adresse)

    assert (reponse.status_code, reponse.context["dossier"].est_vide) == (200, True)
    assert "Réunissez ici ce que vous regardez" in texte(reponse)
    assert client.get("/dossier/synthese/")["Location"] == "/dossier/"


@pytest.mark.django_db
def test_a_code_joins_the_dossier_and_keeps_the_rest(client):
    etat_ancien = monde()

    assert client.get(f"/dossier/?{etat_ancien}&ajouter=d1415")["Location"] == f"/dossier/?{etat_ancien}"
    assert client.get("/dossier/?m=D1408&ajouter=RNCP1")["Location"] == "/dossier/?m=D1408&c=RNCP1"
    assert client.get("/dossier/?m=D1408&ajouter=for.1")["Location"] == "/dossier/?m=D1408&f=FOR.1"
    assert "Rien ne répond à « zzz »" in texte(client.get("/dossier/?m=D1408&ajouter=zzz"))


@pytest.mark.django_db
def test_without_a_script_a_fiche_joins_a_pasted_dossier(client):
    monde()

    page = client.get("/dossier/ajouter/?m=D1415")
    rejoint = client.get(
        "/dossier/ajouter/", {"m": "D1415", "dossier": "https://x.fr/dossier/?m=D1408&c=RNCP1"}
    )
    autre = client.get("/dossier/ajouter/", {"m": "D1415", "dossier": "https://x.fr/metiers/"})

    assert page.context["url_nouveau"] == "/dossier/?m=D1415"
    assert rejoint["Location"] == "/dossier/?m=D1408,D1415&c=RNCP1"
    assert "Cette adresse n'est pas celle d'un dossier" in texte(autre)


@given(CODES, CODES)
def test_joining_keeps_the_order_and_repeats_nothing(ancien, ajout):
    fusion = fusionner(
        QueryDict(f"m={','.join(ajout)}&vers=D1415&de=D1408"),
        QueryDict(f"m={','.join(ancien)}&vers=A1101&competences=1"),
    )

    attendu = list(dict.fromkeys([*ancien, *ajout]))
    codes = f"m={','.join(attendu)}&" if attendu else ""
    assert fusion == f"{codes}de=D1408&vers=D1415"


@pytest.mark.django_db
def test_the_synthesis_says_why_and_what_is_missing(client):
    reponse = client.get(f"/dossier/synthese/?{monde()}")

    synthese = reponse.context["synthese"]
    charge = synthese.metiers[1]
    assert charge.raisons == (
        "proche de D1408 : même famille",
        "la certification RNCP1 y mène",
        "la formation FOR.1 y mène",
    )
    assert [item.libelle for item in synthese.manquants] == ["Traiter les réclamations des clients"]
    assert [bloc.bloc.certification_id for bloc in synthese.blocs] == ["RNCP1"]
    assert "1 formation connue autour de Lyon" in texte(reponse)
    assert reponse.context["adresse"].startswith("http://testserver/dossier/?m=D1408,D1415")


@pytest.mark.django_db
def test_the_sheet_of_a_vae_says_when_the_way_is_closed_or_unknown(client):
    for numero, ouverte in (("RNCP1", True), ("RNCP2", False)):
        certification = objets.certification(numero)
        objets.bloc(certification, f"{numero}BC01", liste_competences="* Écouter    * Vendre")
        objets.voie(certification, ouverte=ouverte, composition_jury="Deux professionnels.")
    objets.certification("RNCP3", date_fin_enregistrement=date(2020, 1, 1))

    pages = {numero: client.get(f"/dossier/vae/?c={numero}") for numero in ("RNCP1", "RNCP2", "RNCP3")}

    assert [prevu.bloc.competences for prevu in pages["RNCP1"].context["vae"].blocs] == [
        ["Écouter", "Vendre"]
    ]
    assert "Deux professionnels." in texte(pages["RNCP1"])
    assert "ne s'obtient pas par la VAE" in texte(pages["RNCP2"])
    assert "Écouter" not in texte(pages["RNCP2"])
    assert "La source ne dit pas si cette certification s'obtient par la VAE" in texte(pages["RNCP3"])
    assert "Son enregistrement est terminé depuis le 01/01/2020" in texte(pages["RNCP3"])
    assert client.get("/dossier/vae/?c=RNCP999").context["vae"] is None


@pytest.mark.django_db
def test_formations_are_listed_around_a_commune_with_questions(client):
    monde(2)
    ailleurs = objets.formation("FOR.9", certification_id="RNCP1")
    objets.session(
        ailleurs,
        lieu=objets.lieu(commune=objets.commune("75056", nom="Paris", latitude=48.85, longitude=2.35)),
    )
    QuestionAPoser.objects.create(theme="cout", question="Quel prix ?")

    partout = client.get("/dossier/formations/?c=RNCP1&f=FOR.2").context["liste"]
    ici = client.get("/dossier/formations/?c=RNCP1&f=FOR.2&commune=69123").context["liste"]
    nommee = client.get("/dossier/formations/?c=RNCP1&commune=lyon")

    assert [(a.formation.pk, a.raison) for a in partout.formations] == [
        ("FOR.2", "dans le dossier"),
        ("FOR.1", "prépare RNCP1"),
        ("FOR.9", "prépare RNCP1"),
    ]
    assert [(a.formation.pk, a.situation.phrase) for a in ici.formations] == [
        ("FOR.2", "à Lyon"),
        ("FOR.1", "à Lyon"),
    ]
    assert nommee["Location"] == "/dossier/formations/?c=RNCP1&commune=69123"
    assert [(theme, [q.question for q in questions]) for theme, questions in ici.questions] == [
        ("Le coût", ["Quel prix ?"])
    ]


@pytest.mark.django_db
def test_each_page_costs_a_constant_number_of_queries(client):
    complet = monde(6)
    seul = "m=D1408,D1415&c=RNCP1&f=FOR.1&de=D1408&vers=D1415&commune=69123"
    couts = {}
    client.get(f"/dossier/synthese/?{seul}")  # what a process reads once, and keeps

    for page in ("dossier/", "dossier/synthese/", "dossier/formations/"):
        for etat_demande in (seul, complet):
            with CaptureQueriesContext(connection) as requetes:
                assert client.get(f"/{page}?{etat_demande}").status_code == 200
            couts[page, etat_demande] = len(requetes)

    # With its own six formations the list has fewer others to read.
    assert all(couts[page, complet] <= couts[page, seul] for page, _ in couts)
    assert max(couts.values()) <= 20, couts
