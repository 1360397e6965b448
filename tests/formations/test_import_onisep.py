"""`import_onisep_formations`, `import_onisep_passage`, `import_onisep_offre`, on small files, in any order."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.core.management.base import CommandError

from catalogue.models import ImportEffectue
from formations.models import Formation, LienFormationMetier, Lieu, Organisme, Passage, Provenance, Session
from tests.livraisons import importer, totaux
from tests.objets import certification, commune, debouche, metier, organisme

pytestmark = pytest.mark.django_db
METIERS = "Onisep_Ideo_Fiches_metiers_25062024.xml"
FICHES = "Onisep_Ideo_Fiches_Formations_25062024.xml"
LISTE = "ideo-formations_initiales_en_france_2022.csv"
PASSAGE = "table_de_passage_2025-10.xml"


@pytest.fixture
def onisep(petites_donnees):
    return petites_donnees / "onisep"


def liens() -> set[tuple[str, str]]:
    return set(
        LienFormationMetier.objects.filter(origine="source").values_list("formation", "metier__code_rome")
    )


@pytest.mark.parametrize(
    "ordre", list(permutations([("metiers", METIERS), ("formations", FICHES), ("passage", PASSAGE)]))
)
def test_links_are_the_same_in_any_order(onisep, ordre):
    metier("D1408")
    ndrc = certification("RNCP38368")

    for commande, nom in ordre:
        importer(f"import_onisep_{commande}", onisep / nom)

    bts = Formation.objects.get(pk="FOR.2316")
    assert (bts.certification, bts.code_certifinfo) == (ndrc, "100357")
    assert liens() == {("FOR.2316", "D1408"), ("FOR.1774", "D1408")}
    assert [totaux(importer(f"import_onisep_{c}", onisep / nom))[:2] for c, nom in ordre] == [[0, 0]] * 3


def test_number_is_kept_until_its_certification_is_loaded(onisep, tmp_path):
    importer("import_onisep_formations", onisep / FICHES)
    importer("import_onisep_passage", onisep / PASSAGE)
    avant = Formation.objects.get(pk="FOR.2316")
    export = tmp_path / "export_fiches_RNCP_V4_1_2026-08-16.xml"
    export.write_text(
        "<FICHES><VERSION_FLUX>4.1</VERSION_FLUX><FICHE><NUMERO_FICHE>RNCP38368</NUMERO_FICHE>"
        "<INTITULE>BTS NDRC</INTITULE></FICHE></FICHES>"
    )

    importer("import_rncp", export)

    assert (avant.numero_certification, avant.certification) == ("RNCP38368", None)
    assert Formation.objects.get(pk="FOR.2316").certification_id == "RNCP38368"


def test_passage_that_hesitates_between_certifications_gives_none(onisep):
    for nom in (FICHES, LISTE):
        importer("import_onisep_formations", onisep / nom)

    importer("import_onisep_passage", onisep / PASSAGE)

    assert Passage.objects.filter(identifiant_formation="FOR.6913").count() == 2
    assert Formation.objects.get(pk="FOR.6913").numero_certification == "RNCP7426"
    assert Formation.objects.get(pk="FOR.1774").code_certifinfo == "100384"


def test_older_list_completes_and_never_overwrites_a_fiche(onisep):
    importer("import_onisep_formations", onisep / FICHES)

    importer("import_onisep_formations", onisep / LISTE)

    bts = Formation.objects.get(pk="FOR.2316")
    assert bts.intitule == "BTS négociation et digitalisation de la relation client"
    assert bts.numero_certification == "RNCP34030"
    assert Formation.objects.get(pk="FOR.6913").niveau_sortie == 5
    assert Formation.objects.get(pk="FOR.7172").niveau_sortie is None


def test_number_of_the_passage_stands_whatever_the_list_says(onisep):
    for nom in (FICHES, LISTE):
        importer("import_onisep_formations", onisep / nom)
    importer("import_onisep_passage", onisep / PASSAGE)

    encore = importer("import_onisep_formations", onisep / LISTE)

    assert Formation.objects.get(pk="FOR.2316").numero_certification == "RNCP38368"
    assert totaux(encore)[:2] == [0, 0]


def test_certification_brings_its_metiers_beside_those_of_the_source(onisep):
    assistant = metier("D1401")
    debouche(certification("RNCP38368"), assistant)
    importer("import_onisep_passage", onisep / PASSAGE)

    importer("import_onisep_formations", onisep / FICHES)

    assert list(LienFormationMetier.objects.values_list("formation", "metier__code_rome", "origine")) == [
        ("FOR.2316", "D1401", "certification")
    ]


def test_note_of_the_editors_is_never_touched(onisep):
    importer("import_onisep_formations", onisep / FICHES)
    Formation.objects.filter(pk="FOR.2316").update(note="Une nuance.")

    importer("import_onisep_formations", onisep / FICHES)

    assert Formation.objects.get(pk="FOR.2316").note == "Une nuance."


@pytest.mark.parametrize("ordre", [("structures.xml", "actions.xml"), ("actions.xml", "structures.xml")])
def test_offer_is_the_same_in_either_order(onisep, ordre):
    commune("69123", nom="Lyon", codes_postaux=["69001"], latitude=45.758, longitude=4.835)
    villefranche = commune("69264", nom="Villefranche-sur-Saône", codes_postaux=["69400"])

    for nom in ordre:
        rapport = importer("import_onisep_offre", onisep / nom)

    lycee = Organisme.objects.get(uai="0690001A")
    session = Session.objects.get(identifiant="AF.1")
    assert (lycee.nom, lycee.siret, lycee.site_internet) == (
        "Lycée des Essais",
        "11111111111111",
        "https://lycee.exemple.fr",
    )
    assert (session.organisme, session.lieu, session.voie, session.modalite) == (
        lycee,
        Lieu.objects.get(uai="0690001A"),
        "scolaire",
        "presentiel",
    )
    assert (session.prix, session.prix_note, session.duree) == (
        None,
        "2700 euros en 2025 (1350 euros par an)",
        "2 ans",
    )
    assert dict(Lieu.objects.values_list("uai", "commune")) == {
        "0690001A": "69123",
        "0690002B": villefranche.pk,
        "0690003D": villefranche.pk,
        "0690009J": villefranche.pk,
        "1380001C": None,
    }
    assert "1 lieu(x) sans commune" in rapport
    assert Provenance.objects.count() == 2
    assert Formation.objects.get(pk="FOR.10529").niveau_sortie == 5
    assert [totaux(importer("import_onisep_offre", onisep / nom))[:2] for nom in ordre] == [[0, 0]] * 2


def test_shared_and_damaged_siret_are_reported(onisep):
    rapport = importer("import_onisep_offre", onisep / "structures.xml")

    assert "SIRET 0690002B : SIRET mal formé : « 2,69E+13 »" in rapport
    assert "SIRET 0690003D : SIRET 11111111111111 déjà porté par l'établissement 0690001A" in rapport
    assert dict(Organisme.objects.values_list("uai", "siret")) == {
        "0690001A": "11111111111111",
        "0690002B": "",
        "0690003D": "",
        "1380001C": "",
    }


def test_organisme_known_by_its_siret_is_given_its_uai(onisep):
    connu = organisme("Lycée des Essais", siret="11111111111111")

    importer("import_onisep_offre", onisep / "structures.xml")

    connu.refresh_from_db()
    assert (connu.uai, Organisme.objects.count()) == ("0690001A", 4)


def test_school_that_moves_is_matched_again(onisep, tmp_path):
    commune("69264", nom="Villefranche-sur-Saône")
    commune("69266", nom="Villeurbanne")
    importer("import_onisep_offre", onisep / "structures.xml")
    texte = (onisep / "structures.xml").read_text(encoding="utf-8")
    (tmp_path / "structures.xml").write_text(texte.replace("69264", "69266"), encoding="utf-8")

    importer("import_onisep_offre", tmp_path / "structures.xml")

    assert Lieu.objects.get(uai="0690002B").commune_id == "69266"


def test_sessions_leave_with_a_complete_file_only(onisep, tmp_path):
    importer("import_onisep_offre", onisep / "actions.xml")
    texte = (onisep / "actions.xml").read_text(encoding="utf-8")
    sans = "\n".join(ligne for ligne in texte.splitlines() if ">AF.2<" not in ligne)
    (tmp_path / "actions.xml").write_text(sans, encoding="utf-8")

    importer("import_onisep_offre", tmp_path / "actions.xml")
    gardees = Session.objects.count()
    with pytest.raises(CommandError, match="Il retirerait 1 sessions sur 2"):
        importer("import_onisep_offre", tmp_path / "actions.xml", complet=True)
    importer("import_onisep_offre", tmp_path / "actions.xml", complet=True, forcer=True)

    assert (gardees, Session.objects.count()) == (2, 1)


@pytest.mark.parametrize("commande", ["formations", "passage", "offre"])
@pytest.mark.parametrize(
    "contenu", ["<root/>", "<metiers/>", "<root><item><a>1</a></item></root>", "a;b\n1;2\n", "\0"]
)
def test_another_file_is_refused_in_one_line(tmp_path, commande, contenu):
    (tmp_path / "fichier.xml").write_text(contenu, encoding="utf-8")

    with pytest.raises(CommandError) as erreur:
        importer(f"import_onisep_{commande}", tmp_path / "fichier.xml")

    assert str(erreur.value).startswith("Fichier refusé, rien n'a été importé. ")
    assert "\n" not in str(erreur.value)
    assert ImportEffectue.objects.count() == 0


def test_code_of_a_certification_without_metier_makes_no_link(onisep):
    ndrc = certification("RNCP38368")
    debouche(ndrc, metier("D1401"))
    debouche(ndrc, code_rome="Z9999")
    importer("import_onisep_passage", onisep / PASSAGE)

    importer("import_onisep_formations", onisep / FICHES)

    liens_derives = LienFormationMetier.objects.filter(origine="certification")
    assert list(liens_derives.values_list("formation", "metier__code_rome")) == [("FOR.2316", "D1401")]
