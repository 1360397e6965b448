"""The four sources of the offer, read into the same records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers.apprentissage import LectureApprentissage
from formations.importers.lheo import LectureLheo
from formations.importers.mcf import LectureMcf
from formations.importers.offre_lue import LieuLu, Offre
from formations.importers.parcoursup import LectureParcoursup


@pytest.fixture
def dossier(petites_donnees: Path) -> Path:
    return petites_donnees / "formations"


def lire(lecture: Callable, chemin: Path) -> tuple[list[Offre], list[Rejet]]:
    rejets: list[Rejet] = []
    return list(lecture(chemin, rejets.append)), rejets


def test_mcf_tells_places_prices_and_unknown_hours(dossier: Path) -> None:
    offres, rejets = lire(LectureMcf, dossier / "mcf.csv")

    sessions = [o.session for o in offres if o.session]
    assert [s.identifiant for s in sessions[:2]] == [
        "MCF-00000000000018_A-04",
        "MCF-00000000000018_A-distance",
    ]
    assert [(s.duree_heures, s.duree, s.prix, s.prix_note, s.modalite) for s in sessions[:2]] == [
        (400, "de 400 à 450 heures", Decimal("1000.00"), "de 1\u202f000 à 1\u202f500,50 €", "presentiel"),
        (None, "", None, "", "distance"),
    ]
    assert [o.lieu for o in offres[:2]] == [
        LieuLu(nom="Alpes-de-Haute-Provence, adresse non renseignée", code_departement="04"),
        None,
    ]
    assert offres[0].formation.points_forts == "- Petits groupes\n- Café & wifi"
    assert (offres[0].formation.niveau_sortie, offres[2].formation.numero_certification) == (5, "RS6204")
    assert rejets == [Rejet("ligne", "N1", "SIRET invalide")]


def test_mcf_reports_an_exact_duplicate_once(dossier: Path) -> None:
    lecture = LectureMcf(dossier / "mcf.csv", lambda rejet: None)

    offres = list(lecture)

    assert (len(offres), lecture.doublons, lecture.publiee_le) == (3, 1, date(2025, 3, 2))
    assert lecture.remarques() == [
        "5 lignes lues, dont 1 en double (gardée(s) une fois) : 5 actions, 6 sessions annoncées."
    ]


def test_mcf_reads_a_file_saved_again(dossier: Path) -> None:
    offres, rejets = lire(LectureMcf, dossier / "mcf_resauvegarde.csv")

    assert [o.formation.identifiant for o in offres] == ["MCF-RNCP34809-00000000000018"] * 2
    assert len({o.session.identifiant for o in offres if o.session}) == 2
    assert [o.lieu.code_departement for o in offres if o.lieu] == ["04", "04"]
    assert [o.session.prix for o in offres if o.session] == [Decimal("990.00"), Decimal("1990.00")]
    assert rejets == [Rejet("ligne", "ECOLE UN", "SIRET invalide")]


def test_lheo_reads_every_element(dossier: Path) -> None:
    offres, rejets = lire(LectureLheo, dossier / "lheo-2.3.xml")

    premiere, seconde = offres
    f, s = premiere.formation, premiere.session
    assert s is not None
    assert (f.identifiant, f.numero_certification, f.niveau_entree, f.niveau_sortie, f.certifiante) == (
        "LHEO-00000000000018-F1",
        "RNCP34809",
        4,
        5,
        True,
    )
    assert (f.objectif, f.resultats_attendus, f.parcours, f.contact) == (
        "Conseiller & vendre\n- au téléphone",
        "",
        "Individualisé",
        "01 00 00 00 00",
    )
    assert (f.codes_rome, f.codes_nsf, f.formacodes) == (["D1408", "Z9999"], ["312"], ["34582"])
    assert (s.debut, s.fin, s.entrees_permanentes, s.etat_recrutement, s.voie) == (
        date(2026, 9, 1),
        date(2027, 6, 30),
        False,
        "ouvert",
        "apprentissage",
    )
    assert (s.modalite, s.duree_heures, s.prix, s.conditions, s.prise_en_charge) == (
        "mixte",
        420,
        Decimal("4200.50"),
        "",
        True,
    )
    assert premiere.lieu == LieuLu(
        "Campus", "1 rue Haute", "29391", "QUIMPERLÉ CEDEX", "29233", "", 47.882, -3.5526
    )
    assert (premiere.organisme.uai, premiere.organisme.site_internet) == ("0290001A", "")
    assert seconde.session is not None
    assert (seconde.session.etat_recrutement, seconde.session.voie) == ("suspendu", "")
    assert rejets == [Rejet("formation", "F2", "SIRET de l’organisme responsable invalide ou absent")]


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        (
            "http://lheo.gouv.fr/2.3",
            "http://www.lheo.org/1.3",
            (
                "Le fichier l.xml suit une grammaire LHÉO inconnue (« http://www.lheo.org/1.3 ») : "
                "seules 2.2 et 2.3 sont lues."
            ),
        ),
        (
            "<lheo ",
            "<!DOCTYPE lheo><lheo ",
            "Le fichier l.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
        (
            "<lheo ",
            "<fiches ",
            "Le fichier l.xml n’est pas au format LHÉO : sa racine est « fiches ».",
        ),
        (
            "</lheo>",
            "",
            "Le fichier l.xml est tronqué ou n’est pas un fichier XML : il s’arrête à la ligne 73.",
        ),
    ],
)
def test_lheo_refuses(dossier: Path, tmp_path: Path, avant: str, apres: str, phrase: str) -> None:
    chemin = tmp_path / "l.xml"
    chemin.write_text((dossier / "lheo-2.3.xml").read_text().replace(avant, apres))

    with pytest.raises(FichierRefuse) as refus:
        lire(LectureLheo, chemin)

    assert str(refus.value) == phrase


def test_parcoursup_reads_technical_names_and_labels_alike(dossier: Path) -> None:
    techniques, rejets = lire(LectureParcoursup, dossier / "parcoursup-2025.csv")
    libelles, _ = lire(LectureParcoursup, dossier / "parcoursup-2024-libelles.csv")

    assert [o.formation.identifiant for o in techniques] == ["PARCOURSUP-7446", "PARCOURSUP-7447"]
    assert techniques[0].formation.intitule == libelles[0].formation.intitule
    assert [(c.nature, c.valeur) for c in techniques[0].chiffres] == [
        ("places", 24),
        ("voeux", 269),
        ("admis", 15),
        ("taux-acces", 86),
    ]
    assert [(c.nature, c.valeur) for c in techniques[1].chiffres] == [("voeux", 0)]
    assert [c.nature for c in libelles[0].chiffres] == ["places", "voeux", "admis"]
    assert rejets == [Rejet("formation", "7448", "session 2024, et non 2025")]


def test_apprentissage_shows_only_what_is_published(dossier: Path) -> None:
    offres, rejets = lire(LectureApprentissage, dossier / "apprentissage.json")

    assert [
        (o.session.debut, o.session.fin, o.session.places, o.session.duree) for o in offres if o.session
    ] == [
        (date(2026, 9, 1), date(2027, 6, 30), 18, "1 an"),
        (date(2027, 9, 1), date(2028, 6, 30), 18, "1 an"),
        (None, None, None, "3 ans"),
    ]
    assert [o.lieu.code_insee for o in offres if o.lieu] == ["29233", "29233", "75101"]
    assert rejets == [Rejet("formation", "cle-2#L01", "non publiée par le catalogue")]


@pytest.mark.parametrize(
    ("lecture", "contenu", "phrase"),
    [
        (LectureMcf, "siret;nom_of\n1;2\n", ("Le fichier f.csv n’a pas le format attendu : colonnes absentes, "
         "type_referentiel, code_rncp, code_inventaire, intitule_certification.")),
        (LectureMcf, "", "Le fichier f.csv est vide."),
        (LectureParcoursup, "a;b\n1;2\n", ("Le fichier f.csv n’a pas le format attendu : colonnes absentes, "
         "session, cod_uai, g_ea_lib_vx, cod_aff_form.")),
        (LectureApprentissage, '[{"a": 1}]', ("Le fichier f.csv n’a pas le format attendu : "
         "cle_ministere_educatif ou published y manque.")),
    ],
)  # fmt: skip
def test_lecture_refuses_another_file(tmp_path: Path, lecture: Callable, contenu: str, phrase: str) -> None:
    chemin = tmp_path / "f.csv"
    chemin.write_text(contenu)

    with pytest.raises(FichierRefuse) as refus:
        lire(lecture, chemin)

    assert str(refus.value) == phrase
