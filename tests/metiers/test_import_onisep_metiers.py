"""`import_onisep_metiers`: two publications of the same métiers, on different dates."""

from __future__ import annotations

import json
import shutil

import pytest
from django.core.management.base import CommandError

from catalogue.models import VersionReferentiel
from metiers import sources
from metiers.models import AppellationOnisep, FicheOnisep, LienOnisepRome, Metier
from tests.livraisons import importer, totaux
from tests.objets import metier

pytestmark = pytest.mark.django_db
FICHES = "Onisep_Ideo_Fiches_metiers_25062024.xml"
LISTE = "ideo-metiers_onisep_2025-01.csv"


@pytest.fixture
def onisep(petites_donnees):
    return petites_donnees / "onisep"


def test_fiche_is_linked_to_the_metier_that_bears_its_code(onisep):
    teleconseil = metier("D1408")

    rapport = importer("import_onisep_metiers", onisep / FICHES)

    fiche = FicheOnisep.objects.get(pk="MET.762")
    teleconseil.refresh_from_db()
    assert [lien.metier for lien in fiche.liens_rome.all()] == [teleconseil]
    assert (teleconseil.niveau_acces, teleconseil.niveau_acces_origine) == (4, "onisep")
    assert fiche.url == "https://www.onisep.fr/http/redirection/metier/slug/MET.762"
    assert [f.pk for f in fiche.metiers_associes.all()] == ["MET.323"]
    assert "1 code(s) ROME inconnu(s) ou retiré(s), gardé(s) sans métier : A15 (MET.323)." in rapport
    assert "MET.1010" in rapport
    assert VersionReferentiel.objects.get().mention == "Onisep, Idéo, export du 25/06/2024, ODbL 1.0"


def test_code_is_attached_when_its_metier_arrives_later(onisep, petites_donnees):
    importer("import_onisep_metiers", onisep / FICHES)
    LienOnisepRome.objects.filter(code_rome="D1408").update(code_rome="D1491")

    importer("import_rome", petites_donnees / "rome")

    arrive = Metier.objects.publies().get(code_rome="D1491")
    assert LienOnisepRome.objects.get(code_rome="D1491").metier == arrive
    assert (arrive.niveau_acces, arrive.niveau_acces_origine) == (4, "onisep")


def test_later_list_renames_without_losing_the_old_name(onisep):
    importer("import_onisep_metiers", onisep / FICHES)

    importer("import_onisep_metiers", onisep / LISTE)

    fiche = FicheOnisep.objects.get(pk="MET.762")
    noms = dict(AppellationOnisep.objects.filter(fiche=fiche).values_list("nom", "ancien_nom"))
    assert fiche.nom == "conseiller / conseillère relation client à distance"
    assert fiche.libelle_feminin == "conseillère relation client à distance"
    assert noms == {"téléacteur/trice": False, "télévendeur/euse": True}
    assert fiche.competences.startswith("## Écouter")
    assert fiche.version.publiee_le.isoformat() == "2024-06-25"
    assert fiche.version_liste.version == "janvier 2025"


def test_name_written_in_another_way_is_no_new_name(onisep):
    importer("import_onisep_metiers", onisep / FICHES)

    importer("import_onisep_metiers", onisep / LISTE)

    assert FicheOnisep.objects.get(pk="MET.323").nom == "auxiliaire spécialisé/e"
    assert AppellationOnisep.objects.filter(fiche="MET.323").count() == 0


@pytest.mark.parametrize("ordre", [(FICHES, LISTE), (LISTE, FICHES)])
def test_either_order_leaves_the_same_and_changes_nothing_again(onisep, ordre):
    for nom in (*ordre, *ordre):
        importer("import_onisep_metiers", onisep / nom)

    encore = [totaux(importer("import_onisep_metiers", onisep / nom)) for nom in ordre]

    fiche = FicheOnisep.objects.get(pk="MET.762")
    assert fiche.nom == "conseiller / conseillère relation client à distance"
    assert dict(fiche.synonymes.values_list("nom", "ancien_nom")) == {
        "téléacteur/trice": False,
        "télévendeur/euse": True,
    }
    assert sorted(LienOnisepRome.objects.values_list("fiche", "code_rome")) == [
        ("MET.250", "A1407"),
        ("MET.250", "A1409"),
        ("MET.323", "A15"),
        ("MET.762", "D1408"),
    ]
    assert [[crees, modifies, retires] for crees, modifies, _, retires in encore] == [[0, 0, 0]] * 2


def test_list_of_the_same_date_completes_without_overwriting(onisep, tmp_path):
    importer("import_onisep_metiers", onisep / FICHES)
    ancienne = shutil.copyfile(onisep / LISTE, tmp_path / "ideo-metiers_2024-06.csv")

    importer("import_onisep_metiers", ancienne)

    fiche = FicheOnisep.objects.get(pk="MET.762")
    assert fiche.nom == "télévendeur/euse"
    assert fiche.domaines == ["commerce/vente", "services/relation client"]
    assert FicheOnisep.objects.get(pk="MET.250").version is None


def test_note_of_the_editors_is_never_touched(onisep):
    importer("import_onisep_metiers", onisep / FICHES)
    FicheOnisep.objects.filter(pk="MET.762").update(note="Une loi plus récente s'applique.")

    for nom in (FICHES, LISTE):
        importer("import_onisep_metiers", onisep / nom, forcer=True)

    assert FicheOnisep.objects.get(pk="MET.762").note == "Une loi plus récente s'applique."


def test_fiche_that_the_next_edition_lacks_is_withdrawn_unless_the_list_holds_it(onisep, tmp_path):
    importer("import_onisep_metiers", onisep / FICHES)
    texte = (onisep / FICHES).read_text(encoding="utf-8")
    debut, fin = (
        texte.index("<metier>\n        <identifiant>MET.762"),
        texte.index("<metier>\n        <identifiant>MET.323"),
    )
    suivante = tmp_path / "Ideo_Fiches_metiers_25122024.xml"
    suivante.write_text(texte[:debut] + texte[fin:], encoding="utf-8")

    with pytest.raises(CommandError, match="Il retirerait 1 fiches métiers sur 2"):
        importer("import_onisep_metiers", suivante)
    importer("import_onisep_metiers", suivante, forcer=True)
    retiree = FicheOnisep.objects.get(pk="MET.762").est_retire
    importer("import_onisep_metiers", onisep / LISTE)

    assert retiree
    assert not FicheOnisep.objects.get(pk="MET.762").est_retire


def test_older_edition_is_refused_without_forcer(onisep, tmp_path):
    importer("import_onisep_metiers", onisep / FICHES)
    ancienne = shutil.copyfile(onisep / FICHES, tmp_path / "Ideo_Fiches_metiers_01012023.xml")

    with pytest.raises(CommandError) as erreur:
        importer("import_onisep_metiers", ancienne)

    assert str(erreur.value) == (
        "Fichier refusé, rien n'a été importé. Cette édition (01/2023) est plus ancienne que celle de 06/2024, déjà "
        "chargée. Si c'est bien voulu, relancez avec --forcer."
    )


@pytest.mark.parametrize(
    "contenu", ["<metiers><metier>", "<metiers/>", "<FICHES/>", "bonjour", "[]", "<", "\0"]
)
def test_another_file_is_refused_in_one_line(tmp_path, contenu):
    (tmp_path / "fichier.xml").write_text(contenu, encoding="utf-8")

    with pytest.raises(CommandError) as erreur:
        importer("import_onisep_metiers", tmp_path / "fichier.xml")

    assert str(erreur.value).startswith("Fichier refusé, rien n'a été importé. ")
    assert "\n" not in str(erreur.value)
    assert FicheOnisep.objects.count() == 0


def test_source_is_the_one_of_the_demonstration(settings):
    fixture = json.loads((settings.BASE_DIR / "fixtures" / "10_sources.json").read_text(encoding="utf-8"))

    (ligne,) = [ligne for ligne in fixture if ligne["pk"] == "onisep"]

    assert {"code": ligne["pk"], **ligne["fields"]} == sources.ONISEP
