"""Readers of Onisep's formations, table de passage, actions and structures."""

from __future__ import annotations

import pytest

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse
from formations.importers.onisep import (
    lire_actions,
    lire_fiches_formations,
    lire_liste_formations,
    lire_passage,
    lire_structures,
    nature_de_l_offre,
)
from formations.importers.onisep.offre import modalites


@pytest.fixture
def lire(petites_donnees):
    def lire(lecteur, nom):
        rejets = []
        with ouvrir(petites_donnees / "onisep" / nom) as dossier:
            return list(lecteur(dossier, nom, rejets.append)), rejets

    return lire


def test_fiche_formation_is_read_whole(lire):
    fiches, rejets = lire(lire_fiches_formations, "Onisep_Ideo_Fiches_Formations_25062024.xml")

    bts, cs = fiches
    assert rejets == []
    assert (bts.identifiant, bts.sigle, bts.type) == ("FOR.2316", "NDRC", "brevet de technicien supérieur")
    assert (bts.niveau_sortie, bts.niveau_etudes, bts.duree) == (5, "Bac + 2", "2 ans")
    assert bts.acces == "Après un bac.\n\n## Attendus\n- Aimer le contact"
    assert bts.poursuite_etudes == (
        "Une licence pro.\n\n## Poursuite d'études conditionnelle\n- licence pro A\n- licence pro B"
    )
    assert (bts.contenu, bts.sous_domaines, bts.metiers) == (
        "- mention vente",
        ["marketing, vente"],
        ("MET.762",),
    )
    assert (cs.niveau_sortie, cs.niveau_etudes, cs.derniere_session) == (4, "Bac + 1", 2026)


def test_list_reads_the_label_of_the_niveau_and_bare_numbers(lire):
    formations, rejets = lire(lire_liste_formations, "ideo-formations_initiales_en_france_2022.csv")

    assert rejets == []
    assert [(f.identifiant, f.niveau_sortie, f.numero_certification) for f in formations] == [
        ("FOR.2316", 5, "RNCP34030"),
        ("FOR.6913", 5, "RNCP7426"),
        ("FOR.7172", None, ""),
    ]
    assert formations[2].sous_domaines == ["artisanat d'art", "spectacle"]


def test_passage_on_one_line_is_read(lire):
    lignes, rejets = lire(lire_passage, "table_de_passage_2025-10.xml")

    assert rejets == []
    assert len(lignes) == 6
    assert (lignes[0].code_certifinfo, lignes[0].numero_certification, lignes[0].niveau) == (
        "100357",
        "RNCP38368",
        5,
    )
    assert (lignes[0].certifiante, lignes[1].certifiante, lignes[4].niveau) == (True, None, None)
    assert (lignes[5].numero_certification, lignes[5].identifiant_formation) == ("", "")


def test_damaged_siret_costs_itself_only(lire):
    structures, rejets = lire(lire_structures, "structures.xml")

    assert [s.uai for s in structures] == ["0690001A", "0690002B", "1380001C", "0690003D"]
    assert [(r.objet, r.cle) for r in rejets] == [("SIRET", "0690002B"), ("structure", "69")]
    assert structures[0].adresse == "1 rue du Test, BP 7"
    assert (structures[3].latitude, structures[3].longitude) == (None, None)


def test_action_without_a_school_is_rejected(lire):
    actions, rejets = lire(lire_actions, "actions.xml")

    assert [(a.identifiant, a.formation, a.niveau_formation) for a in actions] == [
        ("AF.1", "FOR.2316", 5),
        ("AF.2", "FOR.10529", 5),
    ]
    assert actions[0].prix_note == "2700 euros en 2025 (1350 euros par an)"
    assert [(r.cle, r.raison) for r in rejets] == [("AF.3", "établissement absent ou mal désigné")]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("temps plein, cours en présentiel", ("scolaire", "presentiel")),
        ("temps plein, cours en présentiel (L2 et L3 du DCG)", ("scolaire", "presentiel")),
        ("temps plein, cours partiellement en distanciel", ("scolaire", "mixte")),
        ("temps plein, cours en distanciel", ("scolaire", "distance")),
        ("en contrat d'apprentissage", ("apprentissage", "")),
        ("contrat de professionnalisation, cours en présentiel", ("professionnalisation", "presentiel")),
        ("cours du soir", ("", "")),
        ("", ("", "")),
    ],
)
def test_modalites_are_told_only_by_known_words(texte, attendu):
    assert modalites(texte) == attendu


@pytest.mark.parametrize(("nom", "nature"), [("actions.xml", "actions"), ("structures.xml", "structures")])
def test_kind_of_offer_is_told_by_its_columns(petites_donnees, nom, nature):
    with ouvrir(petites_donnees / "onisep" / nom) as dossier:
        assert nature_de_l_offre(dossier, nom) == nature


def test_table_of_another_kind_is_no_offer(petites_donnees):
    nom = "table_de_passage_2025-10.xml"

    with (
        ouvrir(petites_donnees / "onisep" / nom) as dossier,
        pytest.raises(FichierRefuse, match="ni des actions"),
    ):
        nature_de_l_offre(dossier, nom)
