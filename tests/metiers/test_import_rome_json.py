"""`import_rome`, JSON form: what it brings, what it keeps, and the same database in whichever order the forms come."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import models as db
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import VersionReferentiel
from metiers.models import (
    Appellation,
    Competence,
    CompetenceRequise,
    Enjeu,
    InteretDuMetier,
    Metier,
)
from tests.livraisons import LivraisonRome, importer, photographie, totaux
from tests.redaction import ECRITS, LIVREUR, TOUS, affiches, ecrits, questions, titres
from tests.rome_en_json import ecrire_fiches, fiches_en_json

ENJEUX = dict.fromkeys(["600001", "610001", "610002"], "Relation client") | {"610004": "Logistique"}


def enjeu(ogr: str) -> str:
    return ENJEUX.get(ogr, "Organisation")


class EnJson:
    """The fiches of a delivery of tables, in JSON, under edition."""

    def __init__(self, tables: LivraisonRome, version: int = 60):
        self._chemin = tables.racine / f"json-v{version}"
        self._version = version
        self.fiches = fiches_en_json(tables.lignes, enjeu)

    def __getitem__(self, code: str) -> dict[str, Any]:
        return next(fiche for fiche in self.fiches if fiche["rome"]["code_rome"] == code)

    def oter(self, code: str) -> None:
        self.fiches.remove(self[code])
        for fiche in self.fiches:
            fiche["mobilites"] = [m for m in fiche["mobilites"] if not m["rome_cible"].startswith(code)]

    def importer(self, **options: Any) -> str:
        return importer("import_rome", ecrire_fiches(self._chemin, self.fiches, self._version), **options)


@pytest.fixture
def v60_en_json(v60) -> EnJson:
    """The version loaded, in the other form."""
    return EnJson(v60)


@pytest.fixture
def v61_en_json(v60) -> EnJson:
    return EnJson(v60, 61)


def faits() -> dict[str, list[tuple[str, ...]]]:
    """Every fact about métiers, without the keys that an order of import leaves on rows."""
    ogr = {pk: f"fiche {ogr}" for pk, ogr in Metier.objects.values_list("pk", "code_ogr")}
    resultat = {}
    for modele in apps.get_app_config("metiers").get_models(include_auto_created=True):
        champs = [c for c in modele._meta.concrete_fields if not isinstance(c, db.AutoField)]
        colonnes = [
            lambda v, c=c: ogr.get(v) if c.related_model is Metier else v  # type: ignore[misc]
            for c in champs
        ]
        resultat[modele._meta.db_table] = sorted(
            tuple(str(lire(v)) for lire, v in zip(colonnes, rangee, strict=True))
            for rangee in modele._base_manager.values_list(*(c.attname for c in champs))
        )
    return resultat


def apres(*livraisons: Any) -> dict[str, list[tuple[str, ...]]]:
    """The facts in an empty database after these imports, in this order; nothing is kept."""
    with transaction.atomic():
        for livraison in livraisons:
            livraison.importer() if isinstance(livraison, EnJson) else importer("import_rome", livraison)
        resultat = faits()
        resultat["editions"] = [(str(e),) for e in VersionReferentiel.objects.all()]
        transaction.set_rollback(True)
    return resultat


@pytest.mark.django_db
def test_both_orders_end_in_the_same_database(tmp_path):
    tables = LivraisonRome(tmp_path)
    en_json = EnJson(tables)

    csv_puis_json, json_puis_csv = apres(tables, en_json), apres(en_json, tables)

    editions = [resultat.pop("editions") for resultat in (csv_puis_json, json_puis_csv)]
    assert editions == [[("ROME 4.0, version 60 du 18/09/2025",)]] * 2
    assert _sans_edition(csv_puis_json) == _sans_edition(json_puis_csv)
    assert _sans_edition(apres(tables, en_json, tables, en_json)) == _sans_edition(csv_puis_json)


def _sans_edition(resultat: dict[str, list[tuple[str, ...]]]) -> dict[str, list[tuple[str, ...]]]:
    """An edition has another key in each of the two databases."""
    positions = {
        modele._meta.db_table: [
            rang
            for rang, c in enumerate(
                c for c in modele._meta.concrete_fields if not isinstance(c, db.AutoField)
            )
            if c.name == "version"
        ]
        for modele in apps.get_app_config("metiers").get_models(include_auto_created=True)
    }
    return {
        table: sorted(
            tuple(v for rang, v in enumerate(rangee) if rang not in positions[table]) for rangee in rangees
        )
        for table, rangees in resultat.items()
        if table in positions
    }


def test_json_over_the_tables_changes_nothing_but_the_enjeux(v60_en_json):
    avant = _sans_enjeux()

    rapport = v60_en_json.importer()

    assert "Aucun rejet." in rapport
    assert totaux(rapport)[:2] + totaux(rapport)[3:] == [3, 6, 0]
    assert _sans_enjeux() == avant
    assert dict(Competence.objects.exclude(enjeu=None).values_list("pk", "enjeu__libelle")) == {
        ogr: enjeu(ogr) for ogr in ("600001", "600002", "610001", "610002", "610003", "610004")
    }
    assert totaux(v60_en_json.importer())[:2] == [0, 0]


def _sans_enjeux() -> dict[str, list[tuple[str, ...]]]:
    resultat = faits()
    del resultat["metiers_enjeu"]
    rang = [c.name for c in Competence._meta.concrete_fields].index("enjeu")
    resultat["metiers_competence"] = [
        ligne[:rang] + ligne[rang + 1 :] for ligne in resultat["metiers_competence"]
    ]
    return resultat


def test_tables_over_json_keep_the_enjeux(v60, v60_en_json):
    v60_en_json.importer()
    avant = faits()

    rapport = importer("import_rome", v60)

    assert "Rien n'a changé" in rapport
    assert faits() == avant


@pytest.mark.django_db
def test_json_alone_in_an_empty_database(petites_donnees):
    rapport = importer("import_rome", petites_donnees / "rome-json")

    assert "Aucun rejet." in rapport
    vendeur = Metier.objects.get(code_rome="D1491")
    assert (vendeur.temoin, vendeur.code_fiche_metier, vendeur.emploi_reglemente, vendeur.emploi_cadre) == (
        "510001",
        "901",
        False,
        None,
    )
    assert str(vendeur.domaine.grand_domaine) == "Commerce, vente et grande distribution"
    assert Metier.objects.get(code_rome="N4191").definition == "Livre des repas préparés à la demande."
    competence = Competence.objects.get(pk="610001")
    assert (competence.macro_id, competence.categorie, competence.enjeu_id) == (
        "600001",
        "Savoir-faire",
        "5A",
    )
    assert competence.macro.enjeu_connu.chemin == ("Développement économique", "Relation client")
    assert Competence.objects.get(pk="600003").est_savoir_etre
    assert str(VersionReferentiel.objects.get()) == "ROME 4.0, version 60 du 18/09/2025"
    assert totaux(importer("import_rome", petites_donnees / "rome-json"))[:2] == [0, 0]


@pytest.mark.django_db
def test_fiches_alone_take_the_usual_labels_of_domaines(petites_donnees):
    importer("import_rome", petites_donnees / "rome-json" / "unix_fiche_emploi_metier_v460.json")

    metier = Metier.objects.get(code_rome="N4191")
    assert (metier.domaine.libelle, metier.domaine.grand_domaine.libelle) == (
        "Personnel de conduite du transport routier",
        "Transport et Logistique",
    )
    assert Competence.objects.get(pk="610004").enjeu_connu.chemin == ("Logistique",)
    assert Enjeu.objects.get(libelle="Logistique").code == "logistique"


@pytest.mark.django_db
def test_enjeu_known_by_its_label_gives_way_to_the_one_of_the_tree(petites_donnees):
    importer("import_rome", petites_donnees / "rome-json" / "unix_fiche_emploi_metier_v460.json")

    importer("import_rome", petites_donnees / "rome-json")

    assert sorted(Enjeu.objects.publies().values_list("code", flat=True)) == ["3C", "5A"]
    assert Competence.objects.get(pk="610004").enjeu_id == "3C"


def test_folder_of_both_forms_brings_both(v60, petites_donnees):
    fichier = petites_donnees / "rome-json" / "unix_fiche_emploi_metier_v460.json"
    shutil.copyfile(fichier, v60.chemin / fichier.name)

    importer("import_rome", v60)

    assert Competence.objects.get(pk="610001").enjeu.libelle == "Relation client"
    assert sorted(titres()) == ["D1491", "D1492", "M1691", "M1692", "N4191"]


def test_missing_lists_and_cores_keep_what_is_known(v60_en_json):
    avant = _sans_enjeux()
    for fiche in v60_en_json.fiches:
        for cle in ("contextes_travail", "secteurs_activite", "mobilites", "appellations", "definition"):
            del fiche[cle]
        del fiche["competences"]["savoirs"], fiche["competences"]["savoir_etre_professionnel"]
        for groupe in fiche["competences"]["savoir_faire"]["enjeux"]:
            for item in groupe["items"]:
                del item["coeur_metier"]

    rapport = v60_en_json.importer()

    assert "Aucun rejet." in rapport
    assert _sans_enjeux() == avant


def test_text_on_one_line_keeps_the_lines_of_the_tables(v60_en_json):
    avant = Metier.objects.get(code_rome="D1491").definition
    v60_en_json["D1491"]["definition"] = avant.replace("\n", " ")
    v60_en_json["D1492"]["definition"] = "Une autre phrase.\\nEt une seconde, d''après lui."

    v60_en_json.importer()

    assert Metier.objects.get(code_rome="D1491").definition == avant
    assert (
        Metier.objects.get(code_rome="D1492").definition == "Une autre phrase.\nEt une seconde, d'après lui."
    )


def test_same_version_withdraws_nothing_that_it_leaves_out(v60_en_json):
    avant = _sans_enjeux()
    v60_en_json.oter("M1692")
    v60_en_json["D1491"]["appellations"] = v60_en_json["D1491"]["appellations"][:1]

    v60_en_json.importer()

    assert _sans_enjeux()["metiers_metier"] == avant["metiers_metier"]
    assert _sans_enjeux()["metiers_appellation"] == avant["metiers_appellation"]
    assert affiches() == TOUS


def test_later_version_withdraws_what_it_leaves_out(v61_en_json):
    v61_en_json.oter("M1692")
    v61_en_json["D1491"]["appellations"] = v61_en_json["D1491"]["appellations"][:1]

    rapport = v61_en_json.importer()

    assert "Retirée : M1692, « Archiviste »." in rapport
    assert Metier.objects.get(code_rome="M1692").est_retire
    assert Appellation.objects.filter(metier__code_rome="D1491").publies().count() == 1
    assert Metier.objects.get(code_rome="M1691").emploi_cadre is True
    assert ecrits() == ECRITS


def test_fiche_refused_in_a_later_version_stays_as_it_was(v61_en_json):
    v61_en_json["N4191"]["rome"]["code_rome"] = "N41"

    rapport = v61_en_json.importer()

    assert "fiche N41 : code ROME mal formé" in rapport
    assert titres()["N4191"] == LIVREUR
    assert CompetenceRequise.objects.filter(metier__code_rome="N4191").exists()
    assert affiches() == TOUS


def test_title_that_lost_characters_keeps_the_known_one(v61_en_json):
    v61_en_json["N4191"]["rome"]["intitule"] = "Livreur / Livreuse ?vélo?x"

    rapport = v61_en_json.importer()

    assert "fiche N4191 : intitulé illisible" in rapport
    assert titres()["N4191"] == LIVREUR
    assert affiches() == TOUS


def test_moved_code_keeps_the_words_and_the_columns(v61_en_json):
    fiche = v61_en_json["M1691"]
    for autre in v61_en_json.fiches:
        for mobilite in autre["mobilites"]:
            mobilite["rome_cible"] = mobilite["rome_cible"].replace("M1691", "M1699")
    fiche["rome"]["code_rome"] = "M1699"

    rapport = v61_en_json.importer()

    assert "passe de M1691 à M1699" in rapport
    assert affiches()["M1699"] == TOUS["M1691"]
    assert Metier.objects.get(code_rome="M1699").emploi_cadre is True


def test_fiche_given_to_another_job_asks_and_takes_nothing_of_the_former_one(v61_en_json):
    metier = Metier.objects.get(code_rome="N4191")
    assert InteretDuMetier.objects.filter(metier=metier).exists()
    fiche = v61_en_json["N4191"]
    fiche["rome"]["intitule"] = "Pilote de drone"
    fiche["appellations"] = [{"libelle": "Pilote de drone", "code_ogr": 510099}]

    rapport = v61_en_json.importer()

    assert "Réaffectée : N4191" in rapport
    metier.refresh_from_db()
    assert (metier.temoin, metier.riasec_majeur, metier.transition_ecologique) == ("510099", "", "")
    assert not InteretDuMetier.objects.filter(metier=metier).exists()
    assert "N4191" not in affiches()
    assert questions() == [("500005", LIVREUR, "Pilote de drone", None)]


def test_new_title_with_the_same_appellation_is_the_same_job(v61_en_json):
    v61_en_json["N4191"]["rome"]["intitule"] = "Livreur à vélo"

    v61_en_json.importer()

    assert titres()["N4191"] == "Livreur à vélo"
    assert Metier.objects.get(code_rome="N4191").temoin == "510008"
    assert affiches() == TOUS


@pytest.mark.parametrize("coupe", [-1, -200, 40])
def test_truncated_file_is_refused_before_any_write(v60, v60_en_json, tmp_path, coupe):
    fichier = ecrire_fiches(tmp_path / "tronque", v60_en_json.fiches)
    fichier.write_bytes(fichier.read_bytes()[:coupe])
    avant = photographie()

    with pytest.raises(CommandError) as erreur:
        importer("import_rome", fichier)

    assert str(erreur.value).startswith(
        f"Fichier refusé, rien n'a été importé. Le fichier {fichier.name} est tronqué"
    )
    assert "\n" not in str(erreur.value)
    assert photographie() == avant


@given(data=st.data())
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_a_clean_import_or_a_clean_refusal(v60_en_json, tmp_path_factory, data):
    octets = ecrire_fiches(tmp_path_factory.mktemp("json"), v60_en_json.fiches).read_bytes()
    debut = data.draw(st.integers(0, len(octets)))
    fin = data.draw(st.integers(debut, min(len(octets), debut + 60)))
    fichier = tmp_path_factory.mktemp("json") / "unix_fiche_emploi_metier_v461.json"
    fichier.write_bytes(octets[:debut] + data.draw(st.binary(max_size=6)) + octets[fin:])

    try:
        rapport = importer("import_rome", fichier, dry_run=True)
    except CommandError as refus:
        rapport = f"{refus}\n"

    assert rapport.endswith(("rien n'a été gardé.\n", ".\n"))


def test_older_version_and_partial_later_one_are_refused(v60, v61_en_json, v60_en_json):
    for code in ("D1492", "M1692"):
        v61_en_json.oter(code)
    with pytest.raises(CommandError, match="Il retirerait 2 fiches en vigueur sur 5"):
        v61_en_json.importer()
    importer("import_rome", v60.suivante())

    with pytest.raises(CommandError, match="La version 60 du ROME est plus ancienne que la version 61"):
        v60_en_json.importer()


def test_enjeux_head_the_savoir_faire_of_the_page(client, v60_en_json):
    adresse = Metier.objects.get(code_rome="D1491").get_absolute_url()
    sans = client.get(adresse).content.decode()

    v60_en_json.importer()

    avec = client.get(adresse).content.decode()
    assert (sans.count('class="enjeu"'), avec.count('<h4 class="enjeu">Relation client</h4>')) == (0, 1)
