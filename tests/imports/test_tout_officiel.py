"""Every official file, loaded by one command as an operator does, twice; then what the whole holds and shows.

The counts that each file is known by are in test_comptes_officiels_….py, on the same base.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

from django.db.models import Q

from catalogue.models import DocumentDeRecherche, ImportEffectue
from catalogue.recherche.index import reindexer
from certifications.models import BlocDeCompetences, Certification, Debouche, Partenaire
from formations.models import (
    Formation,
)
from metiers.models import (
    Metier,
    ProjetsDeRecrutement,
)
from tests.livraisons import export_rncp, fiche_rncp, importer


def tableau(sortie: str) -> dict[str, list[int]]:
    """Created, modified, unchanged, withdrawn, left out, by file: the last table of `importer_tout`."""
    lignes = [ligne.rsplit(maxsplit=5) for ligne in sortie.rpartition("\n\n")[2].splitlines()[1:]]
    return {nom: [int(nombre) for nombre in nombres] for nom, *nombres in lignes}


def test_every_file_is_imported_and_the_second_time_changes_nothing(tout):
    premier, second = tableau(tout.premier), tableau(tout.second)

    assert len(premier) == 24
    assert premier.keys() == second.keys()
    assert {nom: (crees, modifies, retires) for nom, (crees, modifies, _, retires, _) in second.items()} == (
        dict.fromkeys(second, (0, 0, 0))
    )
    assert "Fichier refusé" not in tout.premier + tout.second
    # The catalogue of apprenticeships holds two formations, which it does not publish.
    assert {nom for nom, nombres in premier.items() if not nombres[0] + nombres[1]} == {
        "catalogue-apprentissage-formations.sample.json"
    }
    # Each leaves the trace of its two imports, edition by edition.
    traces = Counter(ImportEffectue.objects.values_list("fichier", flat=True))
    assert ({*traces}, {nom for nom, fois in traces.items() if fois % 2}) == ({*premier}, set())


def test_certifications_of_every_form_stand_together(tout):
    assert Certification.objects.filter(pk__startswith="RNCP").count() >= 17_369 + 7
    assert Certification.objects.filter(pk__startswith="RS").count() >= 4
    assert BlocDeCompetences.objects.count() >= 16_454 + 30
    assert Partenaire.objects.count() >= 999
    assert "45165 lien(s) vers le ROME : 44942 vers un métier, 223 refusé(s)" in tout.premier
    assert "104 code(s) inconnu(s) ou retiré(s)" in tout.premier
    assert Debouche.objects.filter(metier=None).values("code_rome").distinct().count() >= 104
    # The XML is believed, then the CSV of 2024, then the kit.
    connues = Certification.objects.in_bulk(["RNCP34762", "RNCP509", "RNCP34809"])
    assert connues["RNCP34762"].date_fin_enregistrement == date(2024, 8, 31)
    assert connues["RNCP509"].date_fin_enregistrement == date(2023, 8, 31)
    assert str(connues["RNCP34809"].version) == "RNCP, version kit v1.4 du 01/01/2021"


def test_titles_that_are_searched_are_those_of_the_data(tout):
    """Each import renews the titles it feeds, and those only: none was forgotten."""
    colonnes = ("genre", "cle", "titre", "appellation", "url", "mots", "poids", "niveau")
    avant = Counter(DocumentDeRecherche.objects.values_list(*colonnes))

    nombre = reindexer()

    apres = Counter(DocumentDeRecherche.objects.values_list(*colonnes))
    assert nombre == sum(avant.values())
    assert (avant - apres, apres - avant) == (Counter(), Counter())


# ── On the pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def liens(client, adresse: str) -> set[str]:
    """Where a page leads, once its own address is the one it is known by."""
    reponse = client.get(adresse, follow=True)
    assert reponse.status_code == 200
    return set(re.findall(r'href="(/[^"?#]*)', reponse.content.decode()))


def test_one_job_is_followed_from_page_to_page_and_back(tout, client, tmp_path):
    """D1408 ↔ MET.762 ↔ FOR.2316 ↔ RNCP38368, whose fiche is in none of the samples: a small export brings it."""
    fiches = (fiche_rncp("RNCP38368", rome=("D1401", "D1408")), fiche_rncp("RNCP38399"))
    importer("import_rncp", export_rncp(tmp_path, *fiches, date="2026-08-20"))
    metier = Metier.objects.publies().get(code_rome="D1408")
    ndrc, mcv = (Certification.objects.get(pk=pk) for pk in ("RNCP38368", "RNCP38399"))
    adresses = [
        metier.get_absolute_url(),
        "/metiers/onisep/MET.762/",
        "/formations/FOR.2316/",
        ndrc.get_absolute_url(),
    ]

    suivis = {adresse: liens(client, adresse) for adresse in adresses}

    chaine = [
        *pairwise(adresses),
        *pairwise([adresses[3], adresses[2], adresses[0], adresses[1], adresses[0]]),
    ]
    assert [(de, vers) for de, vers in chaine if vers not in suivis[de]] == []
    bts, cs = (Formation.objects.get(pk=pk) for pk in ("FOR.2316", "FOR.1774"))
    assert (bts.certification, bts.code_certifinfo, bts.niveau_sortie) == (ndrc, "100357", 5)
    assert (cs.numero_certification, cs.niveau_sortie, cs.niveau_etudes) == ("RNCP38402", 4, "Bac + 1")
    assert sorted(mcv.formations.values_list("pk", flat=True)) == ["FOR.5762", "FOR.5839"]
    assert {"FOR.1354", "FOR.1774", "FOR.2316", "FOR.2317", "FOR.5762", "FOR.5839"} <= set(
        metier.formations.values_list("pk", flat=True)
    )
    assert (metier.niveau_acces, metier.niveau_acces_origine) == (4, "onisep")


def test_ten_lycees_that_teach_a_bts_are_shown_with_their_distance(tout, client):
    lyon = client.get("/formations/FOR.2317/?lieu=Lyon&rayon=france", follow=True)

    fiche = lyon.context["fiche"]
    kilometres = [session.distance_km for session in fiche.sessions]
    assert len({session.organisme_id for session in fiche.sessions}) == 10
    assert [round(km) for km in kilometres] == [194, 244, 299, 336, 377, 395, 396, 437, 493, 560]
    texte = " ".join(re.sub(r"<[^>]+>", " ", lyon.content.decode()).split())
    assert "10 sessions, de la plus proche de Lyon à la plus éloignée, à vol d'oiseau." in texte
    assert len(re.findall(r"\bà [\d,\s]+ km\b", texte)) >= 10


def test_metier_without_a_family_takes_those_of_its_parent_and_says_so(tout, client):
    """D1435, a child of D1408, is newer than the crosswalks."""
    page = client.get("/metiers/D1435/", follow=True).content.decode()
    parente = client.get("/metiers/D1408/", follow=True).content.decode()

    phrase = "Ce métier n&#x27;est pas dans la table de passage : il y entre par sa fiche parente, D1408."
    assert (phrase in page, phrase in parente) == (True, False)
    assert "57 400 personnes" in re.sub(r"\s", " ", page)


def test_secret_projects_are_said_and_never_counted_as_none(tout, client):
    page = re.sub(r"\s", " ", client.get("/metiers/D1408/", follow=True).content.decode())

    assert "au moins 12 507 projets" in page
    assert "Sur 183, 47 sont masquées par le secret statistique" in page
    masques = ProjetsDeRecrutement.objects.filter(famille__code="R1X67", projets=None)
    assert masques.count() == 47
    assert not ProjetsDeRecrutement.objects.filter(Q(projets=0), famille__code="R1X67").exists()


def test_successors_are_followed_from_any_of_three_fiches(tout, client):
    """RNCP26900 → RNCP32204 → RNCP34809, on the pages and in the search."""
    chaine = ["RNCP26900", "RNCP32204", "RNCP34809"]
    adresses = {c.pk: c.get_absolute_url() for c in Certification.objects.filter(pk__in=chaine)}

    suivis = {numero: liens(client, adresses[numero]) for numero in chaine}
    trouvees = liens(client, "/recherche/?q=chargé+de+clientèle&type=certification")

    assert [
        numero for numero in chaine if not {*adresses.values()} - {adresses[numero]} <= suivis[numero]
    ] == []
    assert [client.get("/recherche/", {"q": numero}).status_code for numero in chaine] == [302] * 3
    assert adresses["RNCP34809"] in trouvees
    fiche = Certification.objects.get(pk="RNCP34809")
    assert (fiche.intitule, fiche.niveau, fiche.date_fin_enregistrement) == (
        "Chargé de clientèle",
        5,
        date(2025, 7, 23),
    )
    assert sorted(fiche.blocs.values_list("code", flat=True)) == [f"RNCP34809BC0{n}" for n in "123"]
    assert fiche.blocs.get(code="RNCP34809BC03").libelle.endswith('(du "multicanal" à "l\'omnicanal")')
    assert Counter(fiche.voies.values_list("ouverte", flat=True)) == {True: 6}
    assert sorted(Debouche.objects.filter(certification=fiche).values_list("code_rome", flat=True)) == [
        "D1401",
        "D1402",
        "D1403",
    ]
    assert sorted(fiche.certificateurs.values_list("siret", "nom")) == [
        ("", "INSTITUT INTERNAT COMMERCE ET DISTRIBUTION"),
        ("33264146300028", "GROUPE IGS - CIEFA"),
    ]
