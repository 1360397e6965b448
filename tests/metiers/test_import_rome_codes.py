"""`import_rome`: a fiche that changes title, code or number, that goes or comes back, is the same fiche."""

from __future__ import annotations

from metiers.models import AncienCode, Appellation, Metier
from tests.livraisons import importer
from tests.redaction import (
    ARCHIVISTE,
    ASSISTANT,
    BIO,
    BOUTIQUE,
    ECRITS,
    LIVREUR,
    TOUS,
    affiches,
    ecrits,
    questions,
    titres,
)


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
