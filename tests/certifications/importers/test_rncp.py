import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from certifications.importers.rncp import (
    Bloc,
    Certificateur,
    Convention,
    Correspondance,
    Debouche,
    Filiation,
    Formacode,
    Nsf,
    Partenaire,
    Publication,
    Statistique,
    Voie,
    colonnes,
    lire_rncp,
)
from certifications.importers.rncp.lecture import date_du_nom

DONNEES = Path(__file__).parents[2] / "data" / "rncp"
RNCP = DONNEES / "export_fiches_RNCP_V4_1_2026-08-16.xml"
RS = DONNEES / "export_fiches_RS_V4_1_2026-08-16.xml"


def lire(chemin):
    rejets = []
    return {fiche.numero: fiche for fiche in lire_rncp(chemin, rejets.append)}, rejets


@pytest.fixture
def lire_corps(tmp_path):
    """Read a file made of these FICHE elements."""

    def _lire_corps(corps: str):
        chemin = tmp_path / "export.xml"
        chemin.write_text(f"<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>{corps}</FICHES>", encoding="utf-8")
        rejets = []
        return list(lire_rncp(chemin, rejets.append)), rejets

    return _lire_corps


@pytest.fixture
def lire_fiche(lire_corps):
    """Read one fiche, RNCP1, made of these elements."""

    def _lire_fiche(contenu: str):
        fiches, rejets = lire_corps(
            f"<FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE><INTITULE>Un titre</INTITULE>{contenu}</FICHE>"
        )
        return fiches[0], rejets

    return _lire_fiche


def test_columns_of_a_full_fiche():
    fiches, rejets = lire(RNCP)

    assert colonnes(fiches["RNCP90002"]) == {
        "numero": "RNCP90002",
        "type": "RNCP",
        "intitule": "Conseiller en jardins partagés et potagers",
        "id_fiche": "1002",
        "abrege_code": "BTSA",
        "abrege_libelle": "Brevet de technicien supérieur agricole",
        "etat_fiche": "Publiée",
        "niveau": 5,
        "active_selon_source": True,
        "type_enregistrement": "Enregistrement sur demande",
        "date_decision": None,
        "date_effet": None,
        "date_dernier_jo": None,
        "date_fin_enregistrement": date(2029, 8, 31),
        "date_limite_delivrance": date(2033, 8, 31),
        "date_publication": None,
        "duree_enregistrement": 5,
        "annees_promotions_niveau": [2022, 2023],
        "objectifs_contexte": "",
        "activites_visees": "Le titulaire :      * conseille les jardiniers      * suit les plantations",
        "capacites_attestees": "",
        "modalites_evaluation": "",
        "secteurs_activite": "",
        "type_emploi_accessibles": "Conseiller en jardinage - Animateur de jardin - Chargé de potager",
        "reglementations_activites": "",
        "prerequis_entree_formation": "",
        "prerequis_validation": "",
        "niveau_maitrise_competences": "",
        "duree_validite": "",
        "modalites_renouvellement": "",
        "validation_partielle": "",
        "validation_partielle_perimetre": "",
        "lien_url_description": "https://jardins.example/a    www.jardins.example",
        "codes_idcc": "1978 Fleuristes, vente\n7018 Paysage",
        "existence_partenaires": True,
        "accessible_nouvelle_caledonie": True,
        "accessible_polynesie_francaise": None,
    }
    assert rejets == [Rejet("code ROME", "RNCP90003, code ROME A14", "code mal formé")]


def test_parts_of_a_full_fiche():
    fiches, _ = lire(RNCP)

    fiche = fiches["RNCP90002"]
    assert fiche.blocs == (
        Bloc(
            "RNCP90002BC01",
            "Conseiller",
            "    * Écouter la demande            o Poser des questions      * Proposer un plan",
            "Mise en situation",
        ),
        Bloc(
            "RNCP90002BC02",
            "Planter",
            "- Préparer le sol  - Arroser",
            "Épreuve pratique",
            prerequis_validation="Permis de conduire",
        ),
    )
    assert fiche.certificateurs == (
        Certificateur(
            0,
            "00000000000011",
            "ECOLE DES JARDINS",
            "Les Jardins",
            "https://jardins.example",
            "Actif",
            date(2024, 1, 2),
        ),
        Certificateur(1, "00000000000029", "ECOLE DES JARDINS", etat="Inactif"),
    )
    assert fiche.partenaires == (
        Partenaire("00000000000037", "LYCEE DES PRES", "ORGA_FORM", "Actif", date(2024, 9, 1)),
        Partenaire("", "ATELIER DU SECATEUR", "FORMER", "Actif"),
    )
    assert fiche.debouches == (
        Debouche("A1203", "Aménagement et entretien des espaces verts"),
        Debouche("D1209", "Vente de végétaux"),
    )
    assert fiche.nsf == (Nsf("214s", "Aménagement paysager"),)
    assert fiche.formacodes == (Formacode("21046", "Jardinage"),)
    assert fiche.conventions == (Convention("3197", "Fleuristes"), Convention("7018", "Paysage"))
    assert fiche.voies == (
        Voie("FI", False),
        Voie("VAE", True, "Trois jardiniers.    Une présidente.", date(2024, 2, 3)),
    )
    assert fiche.statistiques == (Statistique(2023, 40, 0, Decimal(82)),)
    assert fiche.publications == (
        Publication("creation", 0, "Arrêté du 4 mars 2024", date(2024, 3, 6)),
        Publication("creation", 1, "Arrêté du 5 mars 2024"),
    )


def test_correspondances_are_not_blocs_of_the_fiche():
    fiches, _ = lire(RNCP)

    fiche = fiches["RNCP90002"]
    assert [bloc.code for bloc in fiche.blocs] == ["RNCP90002BC01", "RNCP90002BC02"]
    assert fiche.correspondances == (
        Correspondance(1, "", "RNCP90001", ""),
        Correspondance(2, "RNCP90002BC01", "RNCP70000", "RNCP70000BC03"),
        Correspondance(2, "RNCP90002BC02", "RNCP70000", "RNCP70000BC03"),
    )


def test_filiation_is_read_both_ways():
    fiches, _ = lire(RNCP)

    assert fiches["RNCP90001"].filiations == (
        Filiation("RNCP90001", "RNCP90002", "RNCP90001"),
        Filiation("RNCP80001", "RNCP90001", "RNCP90001"),
    )
    assert fiches["RNCP90002"].filiations == (
        Filiation("RNCP90002", "RNCP95000", "RNCP90002"),
        Filiation("RNCP90001", "RNCP90002", "RNCP90002"),
    )


def test_fiche_without_level_nor_date():
    fiches, _ = lire(RNCP)

    fiche = fiches["RNCP90003"]
    assert (fiche.niveau, fiche.date_fin_enregistrement, fiche.active_selon_source) == (None, None, True)
    assert fiche.debouches == (Debouche("A14", "Production"),)


def test_titles_lose_their_runs_of_spaces():
    fiches, _ = lire(RNCP)

    assert fiches["RNCP90001"].intitule == "Conseiller en jardins partagés"
    assert fiches["RNCP90001"].objectifs_contexte == (
        "Les jardins partagés demandent des conseils.    Le titulaire les donne."
    )


def test_rs_fiches():
    fiches, rejets = lire(RS)

    assert rejets == []
    assert [(f.numero, f.type, f.niveau, f.active_selon_source) for f in fiches.values()] == [
        ("RS9001", "RS", None, False),
        ("RS9002", "RS", None, True),
    ]
    assert fiches["RS9001"].validation_partielle == "Non"
    assert fiches["RS9002"].duree_validite == "3"


def test_zip_of_both_repertoires(tmp_path):
    archive = tmp_path / "export-fiches.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as z:
        z.write(RNCP, f"dossier/{RNCP.name}")
        z.write(RS, RS.name)
        z.writestr("notice.xml", "<notice/>")

    lecture = lire_rncp(archive, [].append)

    assert lecture.noms == [RNCP.name, RS.name]
    assert lecture.date_export == date(2026, 8, 16)
    assert [f.numero for f in lecture] == ["RNCP90001", "RNCP90002", "RNCP90003", "RS9001", "RS9002"]
    assert len(list(lecture)) == 5


def test_zip_of_one_xml_under_any_name(tmp_path):
    archive = tmp_path / "fiches-2026-08-16.zip"
    with zipfile.ZipFile(archive, "w") as z:
        z.write(RS, "contenu.xml")
        z.writestr("LISEZMOI.txt", "Bonjour")

    lecture = lire_rncp(archive, [].append)

    assert (lecture.noms, lecture.date_export) == (["contenu.xml"], date(2026, 8, 16))


def test_zip_without_xml_is_refused(tmp_path):
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("export_fiches_CSV_Standard_2026_08_16.csv", "Id_Fiche")

    with pytest.raises(FichierRefuse) as refus:
        lire_rncp(archive, [].append)

    assert str(refus.value) == "export.zip ne contient aucun export XML du RNCP ou du RS."


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (
            "<FICHES><VERSION_FLUX>2.0</VERSION_FLUX><FICHE/></FICHES>",
            "Le fichier x.xml est au format 2.0 : seul le flux XML 4.1 est lu.",
        ),
        (
            "<FICHES><VERSION_FLUX/><FICHE/></FICHES>",
            "Le fichier x.xml est au format non renseigné : seul le flux XML 4.1 est lu.",
        ),
        ("<FICHES><FICHE/></FICHES>", "Le fichier x.xml ne dit pas sa version (VERSION_FLUX)."),
        (
            "<FICHES><VERSION_FLUX>4.1</VERSION_FLUX></FICHES>",
            "Le fichier x.xml ne contient aucune fiche.",
        ),
        (
            "<lheo/>",
            "Le fichier x.xml n’a pas le format attendu : sa racine est « lheo » et non « FICHES ».",
        ),
        (
            "<!DOCTYPE FICHES><FICHES/>",
            "Le fichier x.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
    ],
)
def test_file_that_is_not_the_export_is_refused(tmp_path, contenu, message):
    chemin = tmp_path / "x.xml"
    chemin.write_text(contenu, encoding="utf-8")

    with pytest.raises(FichierRefuse) as refus:
        lire_rncp(chemin, [].append)

    assert str(refus.value) == message


def test_truncated_file_is_refused_while_reading(tmp_path):
    chemin = tmp_path / "x.xml"
    texte = RNCP.read_text(encoding="utf-8")
    chemin.write_text(texte[: len(texte) * 2 // 3], encoding="utf-8")

    with pytest.raises(FichierRefuse):
        list(lire_rncp(chemin, [].append))


@pytest.mark.parametrize(
    ("nom", "attendue"),
    [
        ("export-fiches-rncp-v4-1-2026-08-16.xml", date(2026, 8, 16)),
        ("export_fiches_RNCP_V4_1_2026-08-16.xml", date(2026, 8, 16)),
        ("export_fiches_RNCP_V4_1_2026_08_16.xml", date(2026, 8, 16)),
        ("export-20260816.zip", date(2026, 8, 16)),
        ("export-fiches-rncp-v4-1-2026-13-16.xml", None),
        ("export-fiches-rncp-v4-1.xml", None),
    ],
)
def test_date_of_a_name(nom, attendue):
    assert date_du_nom(nom) == attendue


def test_bad_fiches_are_rejected_and_the_others_go_on(lire_corps):
    bonne = "<FICHE><NUMERO_FICHE>RS7</NUMERO_FICHE><INTITULE>Titre</INTITULE></FICHE>"
    corps = (
        "<FICHE><ID_FICHE>12</ID_FICHE><INTITULE>Sans numéro</INTITULE></FICHE>"
        "<FICHE><NUMERO_FICHE>rncp 5</NUMERO_FICHE><INTITULE>Mal formé</INTITULE></FICHE>"
        "<FICHE><NUMERO_FICHE>RNCP6</NUMERO_FICHE><INTITULE>  </INTITULE></FICHE>"
        f"{bonne}{bonne}<FICHE/>"
    )

    fiches, rejets = lire_corps(corps)

    assert [fiche.numero for fiche in fiches] == ["RS7"]
    assert rejets == [
        Rejet("fiche", "ID_FICHE 12", "numéro de fiche absent"),
        Rejet("fiche", "rncp 5", "numéro de fiche mal formé"),
        Rejet("fiche", "RNCP6", "intitulé absent ou inutilisable"),
        Rejet("fiche", "RS7", "numéro déjà lu dans cet export"),
        Rejet("fiche", "ID_FICHE absent", "numéro de fiche absent"),
    ]


@pytest.mark.parametrize(
    ("balise", "champ", "valeur", "raison"),
    [
        ("DATE_EFFET", "date_effet", "31/02/2024", "date impossible : « 31/02/2024 »"),
        ("DATE_EFFET", "date_effet", "2024-02-01", "date impossible : « 2024-02-01 »"),
        ("ACTIF", "active_selon_source", "ACTIVE", "ni Oui ni Non : « ACTIVE »"),
        ("DUREE_ENREGISTREMENT", "duree_enregistrement", "-3", "nombre invalide : « -3 »"),
        ("DUREE_ENREGISTREMENT", "duree_enregistrement", "trois", "nombre invalide : « trois »"),
    ],
)
def test_bad_value_is_blanked_and_reported(lire_fiche, balise, champ, valeur, raison):
    fiche, rejets = lire_fiche(f"<{balise}>{valeur}</{balise}>")

    assert getattr(fiche, champ) is None
    assert rejets == [Rejet("valeur", f"RNCP1, {balise}", raison)]


def test_title_longer_than_its_column_is_reported_and_not_cut(lire_fiche):
    fiche, rejets = lire_fiche(f"<ABREGE><LIBELLE>{'x' * 301}</LIBELLE></ABREGE>")

    assert fiche.abrege_libelle == ""
    assert rejets == [
        Rejet("valeur", "RNCP1, ABREGE, LIBELLE", "texte trop long (301 caractères, au plus 300)")
    ]


def test_unknown_niveau_is_reported(lire_fiche):
    fiche, rejets = lire_fiche("<NOMENCLATURE_EUROPE><NIVEAU>NIV9</NIVEAU></NOMENCLATURE_EUROPE>")

    assert fiche.niveau is None
    assert rejets == [Rejet("niveau", "RNCP1", "niveau inconnu : « NIV9 »")]


def test_partenaires_that_are_not_clean(lire_fiche):
    def partenaire(nom, siret, habilitation="HABILITATION_FORMER"):
        return (
            f"<PARTENAIRE><NOM_PARTENAIRE>{nom}</NOM_PARTENAIRE><SIRET_PARTENAIRE>{siret}</SIRET_PARTENAIRE>"
            f"<HABILITATION_PARTENAIRE>{habilitation}</HABILITATION_PARTENAIRE></PARTENAIRE>"
        )

    fiche, rejets = lire_fiche(
        "<PARTENAIRES>"
        + partenaire("A", "123")
        + partenaire("B", "000 000 000 00011", "HABILITATION_REVER")
        + partenaire("C", "00000000000011")
        + partenaire("", "00000000000029")
        + "</PARTENAIRES>"
    )

    assert fiche.partenaires == (
        Partenaire("", "A", "FORMER"),
        Partenaire("00000000000011", "B", ""),
    )
    assert rejets == [
        Rejet("valeur", "RNCP1, partenaire A, SIRET_PARTENAIRE", "SIRET invalide : « 123 »"),
        Rejet("habilitation", "RNCP1, partenaire B", "valeur inconnue : « REVER »"),
        Rejet("partenaire", "RNCP1, partenaire C", "en double dans la fiche"),
        Rejet("partenaire", "RNCP1, partenaire ", "nom absent"),
    ]


def test_certificateurs_that_come_twice(lire_fiche):
    un = "<CERTIFICATEUR><NOM_CERTIFICATEUR>CCI</NOM_CERTIFICATEUR></CERTIFICATEUR>"

    fiche, rejets = lire_fiche(f"<CERTIFICATEURS>{un}{un}</CERTIFICATEURS>")

    assert fiche.certificateurs == (Certificateur(0, "", "CCI"),)
    assert rejets == [Rejet("certificateur", "RNCP1, certificateur CCI", "en double dans la fiche")]


def test_blocs_that_are_not_clean(lire_fiche):
    def bloc(code, libelle):
        return f"<BLOC_COMPETENCES><CODE>{code}</CODE><LIBELLE>{libelle}</LIBELLE></BLOC_COMPETENCES>"

    fiche, rejets = lire_fiche(
        "<BLOCS_COMPETENCES>"
        + bloc("BC01", "Un")
        + bloc("BC01", "Un autre")
        + bloc("", "Sans code")
        + bloc("BC02", "")
        + "</BLOCS_COMPETENCES>"
    )

    assert fiche.blocs == (Bloc("BC01", "Un"),)
    assert rejets == [
        Rejet("bloc", "RNCP1, bloc BC01", "en double dans la fiche"),
        Rejet("bloc", "RNCP1", "code absent"),
        Rejet("bloc", "RNCP1, bloc BC02", "intitulé absent"),
    ]


def test_codes_rome_that_are_not_clean(lire_fiche):
    codes = "".join(
        f"<ROME><CODE>{code}</CODE></ROME>" for code in ["K", "m1604", "K", "M16045", "", "D1415"]
    )

    fiche, rejets = lire_fiche(f"<CODES_ROME>{codes}</CODES_ROME>")

    assert fiche.debouches == (Debouche("K"), Debouche("D1415"))
    assert rejets == [
        Rejet("code ROME", "RNCP1, code ROME K", "code mal formé"),
        Rejet("code ROME", "RNCP1, code ROME m1604", "code mal formé"),
        Rejet("code ROME", "RNCP1, code ROME K", "en double dans la fiche"),
        Rejet("code ROME", "RNCP1, code ROME M16045", "code mal formé"),
        Rejet("code ROME", "RNCP1, code ROME ", "code absent"),
    ]


def test_statistiques_that_are_not_clean(lire_fiche):
    fiche, rejets = lire_fiche(
        "<STATISTIQUES_PROMOTIONS>"
        "<STATISTIQUES_PROMOTION><ANNEE>2021</ANNEE><NOMBRE_CERTIFIES>-1</NOMBRE_CERTIFIES>"
        "<TAUX_INSERTION_GLOBAL_6MOIS>101</TAUX_INSERTION_GLOBAL_6MOIS>"
        "<TAUX_INSERTION_METIER_6MOIS>81,5</TAUX_INSERTION_METIER_6MOIS>"
        "<TAUX_INSERTION_METIER_2ANS>0</TAUX_INSERTION_METIER_2ANS></STATISTIQUES_PROMOTION>"
        "<STATISTIQUES_PROMOTION><NOMBRE_CERTIFIES>3</NOMBRE_CERTIFIES></STATISTIQUES_PROMOTION>"
        "<STATISTIQUES_PROMOTION><ANNEE>2021</ANNEE></STATISTIQUES_PROMOTION>"
        "</STATISTIQUES_PROMOTIONS>"
    )

    assert fiche.statistiques == (Statistique(2021, None, None, None, Decimal("81.5"), Decimal(0)),)
    assert rejets == [
        Rejet("valeur", "RNCP1, promotion 2021, NOMBRE_CERTIFIES", "nombre invalide : « -1 »"),
        Rejet("valeur", "RNCP1, promotion 2021, TAUX_INSERTION_GLOBAL_6MOIS", "taux invalide : « 101 »"),
        Rejet("statistique", "RNCP1", "année absente ou impossible"),
        Rejet("statistique", "RNCP1, promotion 2021", "en double dans la fiche"),
    ]


def test_fiche_that_would_replace_itself(lire_fiche):
    def nouvelle(numero):
        balise = "ID_FICHE_NOUVELLE_CERTIFICATION"
        return f"<NOUVELLE_CERTIFICATION><{balise}>{numero}</{balise}></NOUVELLE_CERTIFICATION>"

    fiche, rejets = lire_fiche(
        "<NOUVELLES_CERTIFICATIONS>"
        + nouvelle("RNCP1")
        + nouvelle("20172")
        + nouvelle("RS2")
        + "</NOUVELLES_CERTIFICATIONS>"
    )

    assert fiche.filiations == (Filiation("RNCP1", "RS2", "RNCP1"),)
    assert rejets == [
        Rejet("filiation", "RNCP1", "la fiche se remplacerait elle-même"),
        Rejet("filiation", "RNCP1 → 20172", "numéro de fiche invalide"),
    ]


def test_html_in_a_text_stays_text(lire_fiche):
    fiche, _ = lire_fiche('<ACTIVITES_VISEES>&lt;b onclick="x"&gt;A &amp;amp; B</ACTIVITES_VISEES>')

    assert fiche.activites_visees == '<b onclick="x">A &amp; B'


def test_control_characters_and_no_break_spaces(lire_fiche):
    fiche, _ = lire_fiche(
        "<ABREGE><LIBELLE>Un\xa0 nom\u200b  long\xad</LIBELLE></ABREGE>"
        "<ACTIVITES_VISEES>l\x92eau\xa0;    \xa0 - b\u2028c\x81</ACTIVITES_VISEES>"
        "<CAPACITES_ATTESTEES> \xa0 </CAPACITES_ATTESTEES>"
    )

    assert fiche.abrege_libelle == "Un nom long"
    assert fiche.activites_visees == "l’eau\xa0;      - b\nc"
    assert fiche.capacites_attestees == ""


@pytest.mark.parametrize(
    ("nom", "attendus"),
    [
        (
            "export_fiches_RNCP_V4_1_extrait-dev.xml",
            {
                "fiches": 7,
                "actives": 6,
                "blocs": 30,
                "partenaires": 613,
                "debouches": 21,
                "certificateurs": 10,
                "nsf": 14,
                "formacodes": 23,
                "statistiques": 11,
                "siret partenaires": 551,
                "siret certificateurs": 6,
                "codes rome": 15,
                "correspondances": 37,
            },
        ),
        (
            "export_fiches_RS_V4_1_extrait-dev.xml",
            {
                "fiches": 4,
                "actives": 3,
                "blocs": 0,
                "partenaires": 386,
                "debouches": 0,
                "certificateurs": 4,
                "nsf": 6,
                "formacodes": 8,
                "statistiques": 0,
                "siret partenaires": 385,
                "siret certificateurs": 3,
                "codes rome": 0,
                "correspondances": 0,
            },
        ),
        (
            "export-fiches-rncp-v4-1-extrait-RNCP35340.xml",
            {
                "fiches": 2,
                "actives": 1,
                "blocs": 6,
                "partenaires": 0,
                "debouches": 3,
                "certificateurs": 2,
                "nsf": 2,
                "formacodes": 4,
                "statistiques": 0,
                "siret partenaires": 0,
                "siret certificateurs": 1,
                "codes rome": 3,
                "correspondances": 0,
            },
        ),
    ],
)
def test_counts_of_the_official_extracts(donnees_officielles, nom, attendus):
    fiches, rejets = lire(donnees_officielles / "rncp" / nom)

    toutes = fiches.values()
    comptes = {"fiches": len(fiches), "actives": sum(f.active_selon_source is True for f in toutes)}
    for partie in (
        "blocs",
        "partenaires",
        "debouches",
        "certificateurs",
        "nsf",
        "formacodes",
        "statistiques",
    ):
        comptes[partie] = sum(len(getattr(f, partie)) for f in toutes)
    comptes["siret partenaires"] = len({p.siret for f in toutes for p in f.partenaires})
    comptes["siret certificateurs"] = len({c.siret for f in toutes for c in f.certificateurs})
    comptes["codes rome"] = len({d.code_rome for f in toutes for d in f.debouches})
    comptes["correspondances"] = sum(len({c.groupe for c in f.correspondances}) for f in toutes)
    assert comptes == attendus
    assert rejets == []


def test_official_fiche_in_full(donnees_officielles):
    fiches, _ = lire(donnees_officielles / "rncp" / "export_fiches_RNCP_V4_1_extrait-dev.xml")

    fiche = fiches["RNCP36612"]
    assert (fiche.niveau, fiche.date_fin_enregistrement) == (5, date(2027, 7, 1))
    assert [d.code_rome for d in fiche.debouches] == ["M1604", "M1501", "M1203"]
    assert [(c.siret, c.nom, c.etat) for c in fiche.certificateurs] == [
        ("18750002000073", "CCI FRANCE", "Actif"),
        ("18750002000065", "CCI FRANCE", "Inactif"),
    ]
    assert [
        (s.annee, s.certifies, s.taux_insertion_6_mois, s.taux_metier_2_ans) for s in fiche.statistiques
    ] == [
        (2019, 106, 81, 68),
        (2018, 93, 89, 75),
    ]
    assert fiches["RNCP34762"].filiations == (
        Filiation("RNCP34762", "RNCP39568", "RNCP34762"),
        Filiation("RNCP24998", "RNCP34762", "RNCP34762"),
    )
