"""The commands of the offer: four sources, one offer."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from formations.models import ChiffreSession, Formation, Lieu, Organisme, Provenance, Session
from tests import objets

pytestmark = pytest.mark.django_db
RIEN = "Rien n'a changé : ces données étaient déjà en place."


@pytest.fixture
def dossier(petites_donnees: Path) -> Path:
    return petites_donnees / "formations"


def importer(source: str, chemin: Path, **options: object) -> list[str]:
    sortie = StringIO()
    call_command(f"import_{source}", chemin, stdout=sortie, **options)
    return sortie.getvalue().splitlines()


def edite(chemin: Path, avant: str, apres: str, vers: Path) -> Path:
    copie = vers / chemin.name
    copie.write_text(chemin.read_text().replace(avant, apres))
    return copie


def test_every_import_again_changes_nothing(dossier: Path) -> None:
    fichiers = [
        ("mcf", "mcf.csv"),
        ("mcf", "mcf_resauvegarde.csv"),
        ("lheo", "lheo-2.3.xml"),
        ("parcoursup", "parcoursup-2025.csv"),
        ("apprentissage", "apprentissage.json"),
    ]
    for source, nom in fichiers:
        importer(source, dossier / nom)

    lignes = [importer(source, dossier / nom)[-1] for source, nom in fichiers]

    assert lignes == [RIEN] * 5


def test_place_written_by_a_batch_is_found_by_the_next_one(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    premiere, *lignes = (dossier / "mcf.csv").read_text().splitlines()
    chemin = tmp_path / "mcf.csv"
    chemin.write_text("\n".join([premiere, lignes[0], lignes[0].replace("018_A", "018_B")]))
    monkeypatch.setattr("formations.offre.LOT", 1)

    rapport = importer("mcf", chemin)

    assert [ligne.split() for ligne in rapport if ligne.startswith("lieux ")] == [
        ["lieux", "1", "0", "1", "0"]
    ]
    lieux = set(Session.objects.values_list("formation", "lieu"))
    assert lieux == {(f"MCF-00000000000018_{lettre}", Lieu.objects.get().pk) for lettre in "AB"}


@pytest.mark.parametrize("ordre", [("lheo", "apprentissage"), ("apprentissage", "lheo")])
def test_the_same_session_from_two_sources_is_one(dossier: Path, ordre: tuple[str, str]) -> None:
    call_command("import_lieux", dossier / "decoupage", verbosity=0)
    fichiers = {"lheo": dossier / "lheo-2.3.xml", "apprentissage": dossier / "apprentissage.json"}

    for source in ordre:
        importer(source, fichiers[source])

    commune = Session.objects.get(debut=date(2026, 9, 1))
    assert commune.source_id == ordre[0]
    assert set(commune.provenances.values_list("source", flat=True)) == set(ordre)
    seconde = commune.provenances.get(source=ordre[1])
    assert seconde.differences == (
        {"duree": "1 an", "places": "18"}
        if ordre[1] == "apprentissage"
        else {"modalite": "mixte", "duree_heures": "420", "prix": "4200.50", "entrees_permanentes": "False",
              "etat_recrutement": "ouvert"}
    )  # fmt: skip
    # The sessions of 2027 do not end on the same day.
    assert Session.objects.filter(debut=date(2027, 9, 1)).count() == 2
    assert [importer(source, fichiers[source])[-1] for source in ordre] == [RIEN] * 2


def test_sessions_without_a_known_place_stay_apart(dossier: Path) -> None:
    importer("lheo", dossier / "lheo-2.3.xml")
    importer("apprentissage", dossier / "apprentissage.json")

    sessions = Session.objects.filter(debut=date(2026, 9, 1))

    assert sessions.count() == 2


def test_a_session_whose_dates_come_to_agree_gives_way(dossier: Path, tmp_path: Path) -> None:
    call_command("import_lieux", dossier / "decoupage", verbosity=0)
    importer("apprentissage", dossier / "apprentissage.json")
    importer("lheo", edite(dossier / "lheo-2.3.xml", "20270630", "20270629", tmp_path))
    avant = Session.objects.filter(debut=date(2026, 9, 1)).count()

    importer("lheo", dossier / "lheo-2.3.xml")

    session = Session.objects.get(debut=date(2026, 9, 1))
    assert (avant, session.source_id, session.provenances.count()) == (2, "apprentissage", 2)


def test_organismes_are_matched_by_siret_and_uai(dossier: Path) -> None:
    importer("mcf", dossier / "mcf.csv")
    importer("lheo", dossier / "lheo-2.3.xml")
    importer("parcoursup", dossier / "parcoursup-2025.csv")

    ecole = Organisme.objects.get(siret="00000000000018")

    # Brought by Mon Compte Formation, which gives a name only; completed by LHÉO; found by Parcoursup through its UAI.
    assert (ecole.nom, ecole.uai, ecole.telephone, ecole.statut) == (
        "ECOLE UN",
        "0290001A",
        "02 00 00 00 00",
        "Public",
    )
    assert set(ecole.sessions.values_list("source", flat=True)) == {
        "mon-compte-formation",
        "lheo",
        "parcoursup",
    }


def test_a_uai_of_another_siret_is_reported_and_left(dossier: Path) -> None:
    objets.organisme("Autre", siret="00000000000034", uai="0290001A")

    lignes = importer("lheo", dossier / "lheo-2.3.xml")

    assert Organisme.objects.get(siret="00000000000018").uai == ""
    assert "  UAI 0290001A : déjà celui d'un autre organisme que le SIRET 00000000000018" in lignes


def test_what_a_complete_file_no_longer_holds_is_withdrawn(dossier: Path, tmp_path: Path) -> None:
    importer("mcf", dossier / "mcf.csv")
    texte = (dossier / "mcf.csv").read_text().replace("2025-03-02", "2025-04-01")
    suivant = tmp_path / "mcf.csv"
    suivant.write_text("\n".join(ligne for ligne in texte.splitlines() if "ECOLE DEUX" not in ligne))

    importer("mcf", suivant, complet=True, forcer=True)

    assert Session.objects.count() == Provenance.objects.count() == 2
    assert list(Formation.objects.retires().values_list("numero_certification", flat=True)) == ["RS6204"]


def test_a_session_dropped_by_one_source_passes_to_the_other(dossier: Path, tmp_path: Path) -> None:
    call_command("import_lieux", dossier / "decoupage", verbosity=0)
    importer("lheo", dossier / "lheo-2.3.xml")
    importer("apprentissage", dossier / "apprentissage.json")
    Provenance.objects.filter(source="lheo").update(version=None)
    sans = edite(dossier / "lheo-2.3.xml", "20260901", "20261001", tmp_path)
    sans.write_text(sans.read_text().replace('numero="S1"', 'numero="S3"'))

    importer("lheo", sans, complet=True, forcer=True)

    session = Session.objects.get(debut=date(2026, 9, 1))
    assert (session.source_id, session.provenances.get().source_id) == ("apprentissage", "apprentissage")
    assert importer("apprentissage", dossier / "apprentissage.json")[-1] != RIEN
    assert importer("apprentissage", dossier / "apprentissage.json")[-1] == RIEN


def test_a_file_of_which_too_much_is_lost_is_refused(dossier: Path, tmp_path: Path) -> None:
    lignes = (dossier / "mcf.csv").read_text().splitlines()
    perdues = [lignes[-1].replace("N1", f"N{i}") for i in range(30)]
    abime = tmp_path / "mcf.csv"
    abime.write_text("\n".join([*lignes, *perdues]))

    with pytest.raises(CommandError) as refus:
        importer("mcf", abime)

    assert str(refus.value) == (
        "Fichier refusé, rien n'a été importé. 31 de ses lignes ou valeurs ne peuvent pas être gardées, pour 3 offres "
        "qui peuvent l'être. La première : ligne N1 SIRET invalide. Si c'est bien voulu, relancez avec --forcer."
    )
    assert not Session.objects.exists()


def test_a_complete_file_older_than_the_last_is_refused(dossier: Path, tmp_path: Path) -> None:
    importer("mcf", dossier / "mcf.csv")
    ancien = edite(dossier / "mcf.csv", "2025-03-02", "2024-03-02", tmp_path)

    with pytest.raises(CommandError) as refus:
        importer("mcf", ancien, complet=True)

    assert str(refus.value) == (
        "Fichier refusé, rien n'a été importé. Ce fichier du 02/03/2024 est plus ancien que celui du 02/03/2025, "
        "déjà chargé. Si c'est bien voulu, relancez avec --forcer."
    )


def test_an_earlier_session_of_parcoursup_only_adds_its_figures(dossier: Path) -> None:
    importer("parcoursup", dossier / "parcoursup-2025.csv")

    importer("parcoursup", dossier / "parcoursup-2024-libelles.csv")

    voeux = ChiffreSession.objects.filter(nature="voeux", session__identifiant="PARCOURSUP-7446")
    assert set(voeux.values_list("millesime", "valeur")) == {("2025", 269), ("2024", 200)}
    assert Session.objects.get(identifiant="PARCOURSUP-7446").places == 24


def test_formations_find_their_certification_in_either_order(dossier: Path) -> None:
    importer("mcf", dossier / "mcf.csv")
    objets.debouche(objets.certification("RNCP34809"), objets.metier("D1408"))

    importer("mcf", dossier / "mcf.csv")

    formation = Formation.objects.get(pk="MCF-00000000000018_A")
    assert formation.certification_id == "RNCP34809"
    assert list(formation.liens_metiers.values_list("metier__code_rome", "origine")) == [
        ("D1408", "certification")
    ]
