"""`import_rome`, version after version: the same jobs kept, and not one word of the editors lost or misplaced."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError
from django.db.models import Count

from catalogue.models import ImportEffectue, VersionReferentiel
from metiers import models
from metiers.models import AncienCode, Appellation, Competence, FicheEditoriale, Metier, Reaffectation
from tests.livraisons import LivraisonRome, importer, photographie, totaux

CODES = ["D1491", "D1492", "M1691", "M1692", "N4191"]


@pytest.fixture
def v60(db, tmp_path) -> LivraisonRome:
    """Version 60, loaded, with words of the editors on each of its five fiches."""
    livraison = LivraisonRome(tmp_path)
    importer("import_rome", livraison)
    for metier in Metier.objects.all():
        FicheEditoriale.objects.create(metier=metier, en_clair=f"Écrit pour : {metier.libelle}")
    return livraison


@pytest.fixture
def v61(v60) -> LivraisonRome:
    """Version 61, not loaded yet, which says the same."""
    return v60.suivante()


BOUTIQUE, BIO, ASSISTANT, ARCHIVISTE, LIVREUR = (
    "Conseiller / Conseillère en boutique",
    "Conseiller / Conseillère en boutique bio",
    "Assistant / Assistante de direction",
    "Archiviste",
    "Livreur / Livreuse à vélo",
)
ECRITS = sorted(f"Écrit pour : {job}" for job in (BOUTIQUE, BIO, ASSISTANT, ARCHIVISTE, LIVREUR))


def ecrits() -> list[str]:
    """Every word of the editors, shown or not."""
    return sorted(FicheEditoriale.objects.values_list("en_clair", flat=True))


def affiches() -> dict[str, str]:
    """The job each page in force speaks of in the editors' words, by code."""
    return {
        code: texte.removeprefix("Écrit pour : ")
        for code, texte in FicheEditoriale.objects.affichables()
        .filter(metier__retire_le__isnull=True)
        .values_list("metier__code_rome", "en_clair")
    }


TOUS = {"D1491": BOUTIQUE, "D1492": BIO, "M1691": ASSISTANT, "M1692": ARCHIVISTE, "N4191": LIVREUR}


def titres() -> dict[str, str]:
    return dict(Metier.objects.publies().values_list("code_rome", "libelle"))


def questions() -> list[tuple]:
    return list(
        Reaffectation.objects.a_trancher().values_list(
            "metier__code_ogr", "ancien_libelle", "nouveau_libelle", "fiche_suivie__code_rome"
        )
    )


# The same version.


def test_first_import_writes_every_table(v60):
    comptes = {
        modele: modele.objects.count()
        for modele in (
            models.GrandDomaine,
            models.DomaineProfessionnel,
            Metier,
            Appellation,
            Competence,
            models.Savoir,
            models.ContexteDeTravail,
            models.Mobilite,
            models.CentreInteret,
            models.InteretDuMetier,
            models.Secteur,
            models.SousSecteur,
            models.SecteurDuMetier,
            models.Theme,
            models.SecteurNaf,
        )
    }

    lus = {
        models.GrandDomaine: "grand_domaine",
        models.DomaineProfessionnel: "domaine_professionnel",
        Metier: "referentiel_code_rome",
        Appellation: "referentiel_appellation",
        Competence: "referentiel_competence",
        models.Savoir: "referentiel_savoir",
        models.ContexteDeTravail: "referentiel_contexte_travail",
        models.Mobilite: "rubrique_mobilite",
        models.InteretDuMetier: "arborescence_centre_interet",
        models.SousSecteur: "sous_secteur_activite",
        models.SecteurDuMetier: "arborescence_secteur_activite",
        models.Theme: "themes",
        models.SecteurNaf: "secteur_naf",
    }
    assert {m: comptes[m] for m in lus} == {m: len(v60.lignes(table)) for m, table in lus.items()}
    bio = Metier.objects.get(code_rome="D1492")
    assert (bio.libelle, bio.temoin, bio.parent.code_rome, bio.domaine_id) == (BIO, "510004", "D1491", "D14")
    assert (bio.definition, bio.transition_numerique, bio.emploi_cadre) == (
        'Vend des produits issus de l\'agriculture biologique, dits "bio".',
        False,
        None,
    )
    assert bio.version.libelle == "version 60 du 18/09/2025"


def test_same_file_again_changes_nothing(v60):
    avant = photographie()

    rapport = importer("import_rome", v60)

    assert totaux(rapport)[0:2] + totaux(rapport)[3:] == [0, 0, 0]
    assert "Rien n'a changé : ces données étaient déjà en place." in rapport
    apres = photographie()
    tables = [table for table in avant if table.startswith("metiers_")]
    assert {table: apres[table] for table in tables} == {table: avant[table] for table in tables}


def test_next_version_saying_the_same_only_stamps_the_version(v60, v61):
    rapport = importer("import_rome", v61)

    assert totaux(rapport)[0:2] + totaux(rapport)[3:] == [0, 0, 0]
    assert set(Metier.objects.values_list("version__version", flat=True)) == {"61"}
    assert set(Appellation.objects.values_list("version__version", flat=True)) == {"61"}
    assert affiches() == TOUS


# A fiche changes its title, its code, its number.


def test_renamed_fiche_keeps_its_words(v61):
    v61.changer("referentiel_code_rome", {"code_rome": "N4191"}, libelle_rome="Coursier / Coursière à vélo")

    rapport = importer("import_rome", v61)

    assert titres()["N4191"] == "Coursier / Coursière à vélo"
    assert affiches() == TOUS
    assert questions() == []
    assert (
        "Renommée : N4191, « Livreur / Livreuse à vélo » devient « Coursier / Coursière à vélo »." in rapport
    )


def test_moved_fiche_keeps_its_words_and_answers_at_its_old_address(client, v61):
    v61.deplacer(N4191="N4199")
    pk = Metier.objects.get(code_rome="N4191").pk

    rapport = importer("import_rome", v61)

    metier = Metier.objects.get(pk=pk)
    assert (metier.code_rome, metier.est_retire) == ("N4199", False)
    assert affiches() == {
        "D1491": BOUTIQUE,
        "D1492": BIO,
        "M1691": ASSISTANT,
        "M1692": ARCHIVISTE,
        "N4199": LIVREUR,
    }
    assert list(AncienCode.objects.values_list("code_rome", "metier")) == [("N4191", pk)]
    reponse = client.get("/metiers/N4191/")
    assert (reponse.status_code, reponse.url) == (301, metier.get_absolute_url())
    assert "Déplacée : « Livreur / Livreuse à vélo » passe de N4191 à N4199." in rapport


def test_fiche_that_comes_back_to_its_code_forgets_only_that_old_code(v60, v61):
    v61.deplacer(N4191="N4199")
    importer("import_rome", v61)
    v62 = v61.suivante(depuis=v60)

    importer("import_rome", v62)

    assert list(AncienCode.objects.values_list("code_rome", "metier__code_rome")) == [("N4199", "N4191")]
    assert affiches() == TOUS


def test_two_fiches_exchange_their_codes(client, v61):
    v61.deplacer(D1491="M1691", M1691="D1491")

    importer("import_rome", v61)

    assert titres() == {
        "D1491": ASSISTANT,
        "M1691": BOUTIQUE,
        "D1492": BIO,
        "M1692": ARCHIVISTE,
        "N4191": LIVREUR,
    }
    assert affiches() == titres()
    assert Metier.objects.get(code_rome="D1492").parent.libelle == BOUTIQUE
    assert sorted(AncienCode.objects.values_list("code_rome", "metier__libelle")) == [
        ("D1491", BOUTIQUE),
        ("M1691", ASSISTANT),
    ]
    # A code in force is an address of today before it is an old one.
    assert client.get("/metiers/D1491/").url == Metier.objects.get(code_rome="D1491").get_absolute_url()


def test_new_number_of_the_fiche_itself_is_the_same_fiche(v61):
    pk = Metier.objects.get(code_rome="N4191").pk
    v61.changer("referentiel_code_rome", {"code_rome": "N4191"}, code_ogr="500999")

    importer("import_rome", v61)

    assert Metier.objects.get(code_rome="N4191").pk == pk
    assert Metier.objects.get(pk=pk).code_ogr == "500999"
    assert affiches() == TOUS


def test_new_number_of_the_principal_appellation_under_the_same_title_takes_the_words_along(v61):
    v61.changer("referentiel_appellation", {"code_ogr": "510008"}, code_ogr="510888")

    importer("import_rome", v61)

    assert Metier.objects.get(code_rome="N4191").temoin == "510888"
    assert affiches() == TOUS
    assert (ecrits(), questions()) == (ECRITS, [])
    assert Appellation.objects.get(pk="510008").est_retire


def test_title_then_number_changed_in_two_versions_is_a_question_too(v61):
    """Neither the title nor the number the words were written under is there any more."""
    v61.changer("referentiel_code_rome", {"code_rome": "N4191"}, libelle_rome="Pilote de drone")
    importer("import_rome", v61)
    v62 = v61.suivante()
    v62.changer("referentiel_appellation", {"code_ogr": "510008"}, code_ogr="510888")

    importer("import_rome", v62)

    assert "N4191" not in affiches()
    assert ecrits() == ECRITS
    assert questions() == [("500005", LIVREUR, "Pilote de drone", None)]


def test_fiche_that_loses_then_finds_its_principal_appellation_keeps_its_words(v60, v61):
    v61.changer("referentiel_appellation", {"code_ogr": "510008"}, classification="SYNONYME")
    rapport = importer("import_rome", v61)
    sans = affiches()

    importer("import_rome", v61.suivante(depuis=v60))

    assert "fiche N4191 : aucune appellation principale" in rapport
    assert (sans, affiches()) == (TOUS, TOUS)
    assert questions() == []


# A fiche goes, and comes back.


def test_withdrawn_fiche_keeps_its_words_and_its_links(client, v61):
    v61.oter_fiche("M1692")

    rapport = importer("import_rome", v61)

    retiree = Metier.objects.get(code_rome="M1692")
    assert (retiree.est_retire, retiree.successeur, retiree.competences_requises.count() > 0) == (
        True,
        None,
        True,
    )
    assert (ecrits(), questions()) == (ECRITS, [])
    assert "M1692" not in affiches()
    assert "Retirée : M1692, « Archiviste »." in rapport
    assert client.get("/metiers/M1692/").status_code == 410


def test_withdrawn_fiche_is_succeeded_by_the_fiche_that_bears_its_appellation(client, v61):
    appellation = v61.lignes("referentiel_appellation")
    v61.oter_fiche("M1692")
    (archiviste,) = [ligne for ligne in appellation if ligne["code_ogr"] == "510007"]
    v61.ajouter(
        "referentiel_appellation",
        {"code_rome": "M1691"},
        **archiviste | {"code_rome": "M1691", "classification": "SYNONYME"},
    )

    rapport = importer("import_rome", v61)

    assert Metier.objects.get(code_rome="M1692").successeur.code_rome == "M1691"
    assert questions() == [("500004", ARCHIVISTE, ASSISTANT, "M1691")]
    assert affiches()["M1691"] == ASSISTANT
    assert ecrits() == ECRITS
    assert (
        "son appellation principale est désormais dans Assistant / Assistante de direction (M1691)."
        in rapport
    )
    assert client.get("/metiers/M1692/").url == Metier.objects.get(code_rome="M1691").get_absolute_url()


def test_successor_known_only_a_version_later_is_asked_about_then(v60, v61):
    archiviste = next(x for x in v60.lignes("referentiel_appellation") if x["code_ogr"] == "510007")
    v61.oter_fiche("M1692")
    importer("import_rome", v61)
    v62 = v61.suivante()
    v62.ajouter(
        "referentiel_appellation",
        {"code_rome": "M1691"},
        **archiviste | {"code_rome": "M1691", "classification": "SYNONYME"},
    )

    importer("import_rome", v62)

    assert Metier.objects.get(code_rome="M1692").successeur.code_rome == "M1691"
    assert questions() == [("500004", ARCHIVISTE, ASSISTANT, "M1691")]


def test_withdrawn_fiche_that_returns_is_the_same_with_its_words(v60, v61):
    v61.oter_fiche("M1692")
    pk = Metier.objects.get(code_rome="M1692").pk
    importer("import_rome", v61)

    importer("import_rome", v61.suivante(depuis=v60))

    metier = Metier.objects.get(code_rome="M1692")
    assert (metier.pk, metier.est_retire, metier.successeur) == (pk, False, None)
    assert affiches() == TOUS
    assert Metier.objects.count() == 5


# A code is given to another job.


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


# Values and tables that go.


def test_values_that_vanish_vanish_here_too(v61):
    v61.changer("coherence_item", {"code_rome": "D1491", "code_ogr": "610001"}, coeur_metier="")
    v61.changer("referentiel_code_rome", {"code_rome": "M1691"}, transition_num="", emploi_cadre="")
    requise = models.CompetenceRequise.objects.get(metier__code_rome="D1491", competence="610001")
    assert requise.coeur_metier == "P"

    importer("import_rome", v61)

    requise.refresh_from_db()
    metier = Metier.objects.get(code_rome="M1691")
    assert (requise.coeur_metier, metier.transition_numerique, metier.emploi_cadre) == ("", None, None)


FACULTATIVES = [
    "referentiel_macro_competence_riasec",
    "centre_interet",
    "arborescence_centre_interet",
    "secteur_activite",
    "sous_secteur_activite",
    "arborescence_secteur_activite",
    "themes",
    "arborescence_thematique",
    "secteur_naf",
    "arborescence_secteur_naf",
]


def test_version_without_the_optional_tables_keeps_what_they_said(v60, v61):
    v61.oter_table(*FACULTATIVES)
    avant = photographie()

    rapport = importer("import_rome", v61)

    apres = photographie()
    gardees = [
        modele._meta.db_table
        for modele in (
            models.CentreInteret,
            models.InteretDuMetier,
            models.Secteur,
            models.SousSecteur,
            models.SecteurDuMetier,
            models.Theme,
            models.SecteurNaf,
            Metier.themes.through,
            Metier.secteurs_naf.through,
        )
    ]
    assert {table: apres[table] for table in gardees} == {table: avant[table] for table in gardees}
    assert Competence.objects.get(pk="600001").riasec_majeur == "S"
    assert totaux(rapport)[0:2] + totaux(rapport)[3:] == [0, 0, 0]


COLONNES_ARBORESCENCE = (
    "code_domaine_competence",
    "domaine_competence",
    "code_enjeu",
    "enjeu",
    "code_objectif",
    "objectif",
    "code_ogr_macro_competence",
)


def avec_arborescence(livraison, *lignes):
    livraison.ecrire(
        "arborescence_competences",
        [dict(zip(COLONNES_ARBORESCENCE, ligne, strict=True)) for ligne in lignes],
    )


def test_tree_of_competences_is_read_when_it_is_there_and_kept_when_it_is_not(v60, v61):
    avec_arborescence(v61, ("1", "Relation client", "11", "Vente", "111", "Conseiller", "600001"))
    importer("import_rome", v61)
    place = Competence.objects.get(pk="600001").objectif
    assert (place.libelle, place.enjeu.libelle, place.enjeu.domaine.libelle) == (
        "Conseiller",
        "Vente",
        "Relation client",
    )

    importer("import_rome", v61.suivante(depuis=v60))

    assert Competence.objects.get(pk="600001").objectif == place
    assert models.Objectif.objects.publies().count() == 1


def test_macro_that_becomes_a_plain_competence_leaves_the_tree(v60, v61):
    avec_arborescence(v61, ("1", "Relation client", "11", "Vente", "111", "Conseiller", "600001"))
    importer("import_rome", v61)
    v62 = v61.suivante(depuis=v60)
    v62.changer("referentiel_competence", {"code_ogr": "600001"}, nature="Compétence", code_ogr_macro_comp="")

    importer("import_rome", v62)

    competence = Competence.objects.get(pk="600001")
    assert (competence.est_macro, competence.objectif) == (False, None)


def test_line_of_the_tree_without_a_code_is_reported_and_left_out(v61):
    avec_arborescence(v61, ("1", "Relation client", "", "Vente", "111", "Conseiller", "600001"))

    rapport = importer("import_rome", v61)

    assert "arborescence de compétence 600001 : code ou libellé absent" in rapport
    assert models.Enjeu.objects.count() == 0


def test_macro_filed_under_another_macro_is_reported_and_kept_on_its_own(v61):
    v61.changer("referentiel_competence", {"code_ogr": "600002"}, code_ogr_macro_comp="600001")

    rapport = importer("import_rome", v61)

    assert "valeur inconnue de code_ogr_macro_comp, laissée vide (600001)" in rapport
    assert Competence.objects.get(pk="600002").macro is None


# What is refused.


@pytest.fixture
def refuse():
    """Import, expecting a refusal, and check that the database has not moved."""

    def importer_sans_effet(livraison, **options) -> str:
        avant = photographie()
        with pytest.raises(CommandError) as erreur:
            importer("import_rome", livraison, **options)
        assert photographie() == avant
        assert "\n" not in str(erreur.value)
        return str(erreur.value)

    return importer_sans_effet


def test_older_version_is_refused_without_forcer(v60, v61, refuse):
    importer("import_rome", v61)

    message = refuse(v60)

    assert message == (
        "Fichier refusé, rien n'a été importé. La version 60 du ROME est plus ancienne que la version 61, déjà "
        "chargée. Si c'est bien voulu, relancez avec --forcer."
    )


def test_older_version_is_loaded_with_forcer(v60, v61):
    v61.changer("referentiel_code_rome", {"code_rome": "N4191"}, libelle_rome="Coursier")
    importer("import_rome", v61)

    importer("import_rome", v60, forcer=True)

    assert titres()["N4191"] == LIVREUR
    assert affiches() == TOUS


def test_withdrawal_of_many_fiches_is_refused_without_forcer(v61, refuse):
    v61.oter_fiche("M1692")
    v61.oter_fiche("N4191")

    message = refuse(v61)

    assert message == (
        "Fichier refusé, rien n'a été importé. Il retirerait 2 fiches en vigueur sur 5 : il est sans doute "
        "incomplet. Si c'est bien voulu, relancez avec --forcer."
    )


def test_withdrawal_of_many_fiches_is_done_with_forcer(v61):
    v61.oter_fiche("M1692")
    v61.oter_fiche("N4191")

    importer("import_rome", v61, forcer=True)

    assert sorted(titres()) == ["D1491", "D1492", "M1691"]
    assert ecrits() == ECRITS


def test_large_table_cut_at_the_end_of_a_line_is_refused(v61, refuse, monkeypatch):
    monkeypatch.setattr("metiers.management.commands.import_rome.GRANDE_TABLE", 5)
    v61.ecrire("liens_rome_referentiels", v61.lignes("liens_rome_referentiels")[:12])
    v61.ecrire("coherence_item", v61.lignes("coherence_item")[:5])

    message = refuse(v61)

    assert "Il retirerait 7 savoir-faire et savoir-être sur 11 : il est sans doute incomplet." in message


@pytest.mark.django_db
def test_table_of_fiches_cut_at_the_end_of_a_line_is_refused_at_the_first_import(tmp_path, refuse):
    livraison = LivraisonRome(tmp_path)
    livraison.ecrire("referentiel_code_rome", livraison.lignes("referentiel_code_rome")[:1])

    message = refuse(livraison)

    assert "une de ses tables est sans doute incomplète. La première : texte D1492 definition 1" in message


@pytest.mark.django_db
def test_missing_table_is_refused(tmp_path, refuse):
    livraison = LivraisonRome(tmp_path)
    livraison.oter_table("referentiel_appellation")

    message = refuse(livraison)

    assert message == (
        "Fichier refusé, rien n'a été importé. rome-v60 est incomplet : tables absentes, referentiel_appellation."
    )


# The real thing.


@pytest.mark.django_db
def test_official_version_60(donnees_officielles):
    """Every count of the official version 60; loaded once, for it takes seconds."""
    archive = donnees_officielles / "rome" / "open-data-rome-v460-csv.zip"

    premier = importer("import_rome", archive)
    second = importer("import_rome", archive)

    assert "Aucun rejet." in premier
    assert (totaux(second)[0:2], totaux(second)[3]) == ([0, 0], 0)
    assert str(VersionReferentiel.objects.get()) == "ROME 4.0, version 60 du 18/09/2025"
    assert ImportEffectue.objects.count() == 2

    def compter(modele, **filtres):
        return modele.objects.filter(**filtres).count()

    fiches = Metier.objects.publies()
    assert (compter(models.GrandDomaine), compter(models.DomaineProfessionnel)) == (14, 110)
    assert (fiches.count(), fiches.filter(parent=None).count(), fiches.exclude(parent=None).count()) == (
        1584,
        532,
        1052,
    )
    assert [
        compter(Metier, **{drapeau: True})
        for drapeau in (
            "emploi_cadre",
            "emploi_reglemente",
            "transition_numerique",
            "transition_demographique",
        )
    ] == [507, 241, 170, 70]
    assert dict(fiches.values_list("transition_ecologique").annotate(n=Count("pk"))) == {
        "Emploi Blanc": 1194,
        "Emploi stratégique pour la Transition écologique": 261,
        "Emploi Vert": 96,
        "Emploi Brun": 33,
    }
    assert (
        compter(Appellation),
        compter(Appellation, principale=True),
        compter(Appellation, peu_usitee=True),
    ) == (13120, 1584, 199)
    assert [
        sum(len(texte.splitlines()) for texte in fiches.values_list(champ, flat=True))
        for champ in ("definition", "acces_metier")
    ] == [9602, 2378]
    assert fiches.filter(definition="").count() + fiches.filter(acces_metier="").count() == 0
    macros = Competence.objects.filter(est_macro=True)
    savoir_etre = macros.filter(categorie=Competence.SAVOIR_ETRE)
    assert (
        Competence.objects.count() - macros.count(),
        macros.count(),
        savoir_etre.count(),
        macros.exclude(riasec_majeur="").count(),
    ) == (17810, 507, 16, 358)
    assert (
        compter(models.Savoir),
        models.Savoir.objects.values("categorie").distinct().order_by().count(),
        models.Savoir.objects.values("sous_categorie").distinct().order_by().count(),
    ) == (15354, 5, 27)
    assert (
        compter(models.ContexteDeTravail),
        models.ContexteDeTravail.objects.values("type").distinct().order_by().count(),
    ) == (179, 6)
    requises = models.CompetenceRequise
    assert (
        requises.objects.exclude(competence__categorie=Competence.SAVOIR_ETRE).count(),
        compter(requises, competence__categorie=Competence.SAVOIR_ETRE),
        compter(models.SavoirRequis),
        compter(models.ContexteDuMetier),
    ) == (49440, 5255, 35861, 13663)
    assert [
        compter(requises, coeur_metier=coeur) + compter(models.SavoirRequis, coeur_metier=coeur)
        for coeur in "PE"
    ] == [18900, 1731]
    assert compter(models.Mobilite) == 14912
    assert (
        fiches.exclude(riasec_majeur="").count(),
        fiches.filter(riasec_mineur="").count(),
        dict(fiches.values_list("riasec_majeur").annotate(n=Count("pk"))),
    ) == (1584, 345, {"R": 568, "C": 261, "I": 259, "E": 239, "S": 170, "A": 87})
    assert (
        compter(models.CentreInteret),
        compter(models.InteretDuMetier),
        compter(models.InteretDuMetier, principal=True),
    ) == (30, 4444, 1584)
    assert (
        compter(models.Secteur),
        compter(models.SousSecteur),
        compter(models.SecteurDuMetier),
        compter(models.SecteurDuMetier, principal=True),
    ) == (35, 40, 3303, 1584)
    assert (
        compter(models.Theme),
        Metier.themes.through.objects.count(),
        fiches.exclude(themes=None).distinct().count(),
    ) == (17, 1348, 895)
    assert (compter(models.SecteurNaf), Metier.secteurs_naf.through.objects.count()) == (89, 2920)

    d1415 = Metier.objects.get(code_rome="D1415")
    assert (d1415.libelle, d1415.code_ogr, d1415.temoin, d1415.parent.code_rome) == (
        "Chargé / Chargée de relation client",
        "488868",
        "488946",
        "D1401",
    )
    assert d1415.mobilites_entrantes.count() == 24
    # Read in the sentences of « accès au métier »: a fiche that names no diploma has no level.
    assert fiches.exclude(niveau_acces=None).count() == 1405
