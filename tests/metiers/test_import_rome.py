"""`import_rome`: the same version again, values and tables that vanish."""

from __future__ import annotations

from metiers import models
from metiers.models import Appellation, Competence, Metier
from tests.livraisons import importer, photographie, totaux
from tests.redaction import (
    BIO,
    TOUS,
    affiches,
)


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
