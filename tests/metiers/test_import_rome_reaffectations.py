"""`import_rome`: a code given to another job. Not one word of the editors is lost, or shown on the wrong job."""

from __future__ import annotations

from metiers.models import Appellation, FicheEditoriale, Metier, Reaffectation
from tests.livraisons import importer
from tests.redaction import (
    ARCHIVISTE,
    ECRITS,
    LIVREUR,
    TOUS,
    affiches,
    ecrits,
    questions,
    titres,
)

CODES = ["D1491", "D1492", "M1691", "M1692", "N4191"]


def test_fiche_given_to_another_job_sets_its_words_aside_and_asks(v61):
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    v61.changer(
        "texte",
        {"code_rome": "N4191", "libelle_type_texte": "definition"},
        libelle_texte="Pilote des drones.",
    )

    rapport = importer("import_rome", v61)

    metier = Metier.objects.get(code_rome="N4191")
    assert (metier.code_ogr, metier.libelle, metier.temoin, metier.definition) == (
        "500005",
        "Pilote de drone",
        "510099",
        "Pilote des drones.",
    )
    assert list(FicheEditoriale.objects.affichables().filter(metier=metier)) == []
    assert FicheEditoriale.objects.mises_de_cote().get().metier == metier
    assert "N4191" not in affiches()
    assert ecrits() == ECRITS
    assert questions() == [("500005", LIVREUR, "Pilote de drone", None)]
    assert "Réaffectée : N4191, « Livreur / Livreuse à vélo » devient « Pilote de drone »" in rapport
    assert "À trancher dans l'admin : les textes écrits pour « Livreur / Livreuse à vélo »" in rapport


def test_all_words_are_set_aside_when_every_fiche_is_given_to_another_job(v61):
    for rang, code in enumerate(CODES):
        v61.reaffecter(code, f"Nouveau métier {rang}", f"51009{rang}")

    importer("import_rome", v61)

    assert list(FicheEditoriale.objects.affichables()) == []
    assert ecrits() == ECRITS
    assert len(questions()) == 5


def test_fiche_given_back_to_its_job_shows_its_words_again_and_asks_no_more(v60, v61):
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)

    importer("import_rome", v61.suivante(depuis=v60))

    assert titres()["N4191"] == LIVREUR
    assert affiches() == TOUS
    assert list(Reaffectation.objects.all()) == []


def test_words_written_for_the_new_job_and_for_the_old_one_each_show_under_their_own(v60, v61):
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)
    FicheEditoriale.objects.create(
        metier=Metier.objects.get(code_rome="N4191"), en_clair="Écrit pour : Pilote de drone"
    )
    sous_le_nouveau = affiches()["N4191"]

    importer("import_rome", v61.suivante(depuis=v60))

    assert (sous_le_nouveau, affiches()["N4191"]) == ("Pilote de drone", LIVREUR)
    assert ecrits() == sorted([*ECRITS, "Écrit pour : Pilote de drone"])
    assert questions() == [("500005", "Pilote de drone", LIVREUR, None)]


def test_old_appellation_gone_to_another_fiche_names_the_fiche_to_follow(v61):
    livreur = next(x for x in v61.lignes("referentiel_appellation") if x["code_ogr"] == "510008")
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    v61.ajouter(
        "referentiel_appellation",
        {"code_rome": "M1691"},
        **livreur | {"code_rome": "M1691", "classification": "SYNONYME"},
    )

    importer("import_rome", v61)

    assert questions() == [("500005", LIVREUR, "Pilote de drone", "M1691")]
    assert "N4191" not in affiches()
    assert Appellation.objects.get(pk="510008").metier.code_rome == "M1691"


def test_open_question_follows_the_later_versions(v61):
    livreur = next(x for x in v61.lignes("referentiel_appellation") if x["code_ogr"] == "510008")
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)
    v62 = v61.suivante()
    v62.reaffecter("N4191", "Cartographe", "510098")
    v62.ajouter(
        "referentiel_appellation",
        {"code_rome": "D1491"},
        **livreur | {"code_rome": "D1491", "classification": "SYNONYME"},
    )

    importer("import_rome", v62)

    assert questions() == [("500005", LIVREUR, "Cartographe", "D1491")]
    assert ecrits() == ECRITS


def test_same_import_again_asks_nothing_twice(v61):
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)

    importer("import_rome", v61)

    assert len(questions()) == 1


def test_answer_given_is_not_asked_again(v60, v61):
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)
    Reaffectation.objects.get().trancher(Reaffectation.Decision.AUTRE_METIER)
    v62 = v61.suivante(depuis=v60)
    importer("import_rome", v62)
    v63 = v62.suivante(depuis=v61)

    importer("import_rome", v63)

    assert questions() == []
    assert "N4191" not in affiches()
    assert ecrits() == ECRITS


def test_code_given_to_a_new_fiche_leaves_the_words_on_the_withdrawn_one(v61):
    v61.reaffecter("M1692", "Documentaliste", "510099")
    v61.changer("referentiel_code_rome", {"code_rome": "M1692"}, code_ogr="500099")

    importer("import_rome", v61)

    ancienne, nouvelle = Metier.objects.get(code_ogr="500004"), Metier.objects.get(code_ogr="500099")
    assert (ancienne.est_retire, nouvelle.est_retire, nouvelle.libelle) == (True, False, "Documentaliste")
    assert FicheEditoriale.objects.get(en_clair=f"Écrit pour : {ARCHIVISTE}").metier == ancienne
    assert "M1692" not in affiches()
    assert ecrits() == ECRITS
    assert questions() == [("500004", ARCHIVISTE, "Documentaliste", "M1692")]


def test_renumbered_words_do_not_overwrite_words_already_there(v60, v61):
    """Number back under a new title: the words of the first job bear that number already."""
    v61.reaffecter("N4191", "Pilote de drone", "510099")
    importer("import_rome", v61)
    FicheEditoriale.objects.create(
        metier=Metier.objects.get(code_rome="N4191"), en_clair="Écrit pour : Pilote de drone"
    )
    v62 = v61.suivante()
    v62.changer("referentiel_appellation", {"code_ogr": "510099"}, code_ogr="510008")

    importer("import_rome", v62)

    assert ecrits() == sorted([*ECRITS, "Écrit pour : Pilote de drone"])
