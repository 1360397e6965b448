"""Reading the export in CSV tables: plain records out of ten files."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.fichiers.refus import FichierRefuse
from certifications.importers.compagnons import lire_export_csv
from certifications.importers.rncp import (
    Certificateur,
    Convention,
    Debouche,
    Filiation,
    Formacode,
    Nsf,
    Partenaire,
)
from tests.tables_rncp import VOIES, export_csv


def lire(chemin):
    rejets = []
    lecture = lire_export_csv(chemin, rejets.append)
    fiches = {fiche.numero: fiche for fiche in lecture}
    return lecture, fiches, [(rejet.objet, rejet.cle, rejet.raison) for rejet in rejets]


@pytest.mark.parametrize("forme", ["NFC", "NFD"])
def test_ten_tables_make_whole_fiches_whatever_the_accents_of_their_names(tmp_path, forme):
    chemin = export_csv(
        tmp_path,
        [
            {
                "Id_Fiche": "12", "Numero_Fiche": "RNCP1", "Intitule": "Conseiller\r\nen jardins (Fiche incomplète)",
                "Abrege_Libelle": "CAP", "Abrege_Intitule": "Certificat", "Nomenclature_Europe_Niveau": "NIV3",
                "Accessible_Nouvelle_Caledonie": "Oui", "Accessible_Polynesie_Francaise": "Non",
                "Date_dernier_jo": "01/02/2020", "Date_Fin_Enregistrement": "31/08/2027", "Actif": "ACTIVE",
                "Type_Enregistrement": "Enregistrement de droit", "Validation_Partielle": "Non",
            },
            {"Numero_Fiche": "RS2", "Intitule": "Parler aux plantes", "Actif": "INACTIVE"},
            {"Numero_Fiche": "RNCP3", "Intitule": "Tourier", "Nomenclature_Europe_Niveau": "REPRISE"},
        ],
        forme=forme,
        Blocs=[("RNCP1", "RNCP1BC02", "Récolter"), ("RNCP1", "RNCP1BC01", "Semer")],
        Rome=[("RNCP1", "A1203", "Entretien d''espaces verts")],
        Nsf=[("RNCP1", "214", "214 : Aménagement paysager")],
        Formacode=[("RNCP1", "21046", "21046 : Jardinage")],
        Certificateurs=[("RNCP1", "\t22100000000002", "LYCÉE DES SERRES")],
        Partenaires=[("RNCP1", "SERRES", "\t22100000000002", "HABILITATION_ORGA_FORM")],
        Voix=[("RNCP1", libelle) for _, libelle in VOIES.values()],
        CCN=[("RNCP1", "3197", "3197 : Fleuristes", "", "", "7018", "Paysage")],
        Ancienne=[("RNCP1", "RNCP0", ""), ("RNCP3", "", "RS2")],
    )  # fmt: skip

    lecture, fiches, rejets = lire(chemin)

    une, rs, tourier = fiches["RNCP1"], fiches["RS2"], fiches["RNCP3"]
    assert (rejets, lecture.date_export, lecture.edition) == ([], date(2026, 6, 1), "CSV")
    (constat,) = lecture.constats
    assert constat == (
        "Lignes lues : 3 fiches, 2 blocs, 1 rome, 1 nsf, 1 formacodes, 1 certificateurs, 1 partenaires, 6 voies, "
        "1 conventions, 2 filiations."
    )
    assert (une.intitule, une.etat_fiche, une.niveau) == ("Conseiller en jardins", "Fiche incomplète", 3)
    assert (une.id_fiche, une.abrege_code, une.abrege_libelle) == ("12", "CAP", "Certificat")
    assert (une.date_dernier_jo, une.date_fin_enregistrement) == (date(2020, 2, 1), date(2027, 8, 31))
    assert (une.accessible_nouvelle_caledonie, une.accessible_polynesie_francaise) == (True, False)
    assert (une.active_selon_source, une.validation_partielle) == (True, "Non")
    assert [(bloc.code, bloc.libelle) for bloc in une.blocs] == [
        ("RNCP1BC02", "Récolter"),
        ("RNCP1BC01", "Semer"),
    ]
    assert une.debouches == (Debouche("A1203", "Entretien d'espaces verts"),)
    assert (une.nsf, une.formacodes) == (
        (Nsf("214", "Aménagement paysager"),),
        (Formacode("21046", "Jardinage"),),
    )
    assert une.certificateurs == (Certificateur(0, "22100000000002", "LYCÉE DES SERRES"),)
    assert une.partenaires == (Partenaire("22100000000002", "SERRES", "ORGA_FORM"),)
    assert une.conventions == (Convention("3197", "Fleuristes"), Convention("7018", "Paysage"))
    assert {voie.voie: voie.ouverte for voie in une.voies} == dict.fromkeys(VOIES, True)
    assert une.filiations == (Filiation("RNCP0", "RNCP1", "RNCP1"),)
    assert (rs.type, rs.niveau, rs.active_selon_source) == ("RS", None, False)
    assert (tourier.niveau, tourier.filiations) == (None, (Filiation("RNCP3", "RS2", "RNCP3"),))


def test_what_cannot_be_kept_is_reported_and_costs_itself_only(tmp_path):
    chemin = export_csv(
        tmp_path,
        [
            {"Numero_Fiche": "RNCP1", "Intitule": "Conseiller", "Nomenclature_Europe_Niveau": "NIV9",
             "Date_Effet": "31/02/2020", "Actif": "PEUT-ÊTRE"},
            {"Numero_Fiche": "RNCP1", "Intitule": "Conseiller encore"},
            {"Numero_Fiche": "12", "Intitule": "Sans répertoire"},
            {"Numero_Fiche": "RNCP2"},
        ],
        Certificateurs=[("RNCP1", "2,21E+13", "SERRES"), ("RNCP1", "", "")],
        Partenaires=[("RNCP1", "FERME", "221000000002", "HABILITATION_DORMIR")],
        Rome=[("RNCP1", "1203", "")],
        Voix=[("RNCP1", "Par magie")],
        Nsf=[("RNCP9", "214", "")],
    )  # fmt: skip

    _, fiches, rejets = lire(chemin)

    assert list(fiches) == ["RNCP1"]
    assert (fiches["RNCP1"].certificateurs[0].siret, fiches["RNCP1"].partenaires[0].siret) == ("", "")
    assert sorted(rejets) == [
        ("SIRET", "RNCP1, certificateur SERRES", "SIRET abîmé, en notation scientifique : « 2,21E+13 »"),
        ("SIRET", "RNCP1, partenaire FERME", "SIRET abîmé, 12 chiffres au lieu de 14 : « 221000000002 »"),
        ("certificateur", "RNCP1", "nom absent"),
        ("code ROME", "RNCP1", "code mal formé : « 1203 »"),
        ("fiche", "12", "numéro de fiche mal formé ou absent"),
        ("fiche", "RNCP1", "numéro déjà lu dans cet export"),
        ("fiche", "RNCP2", "intitulé absent"),
        ("fiche", "RNCP9", "citée par 1 ligne(s), décrite par aucune"),
        ("habilitation", "RNCP1, partenaire FERME", "valeur inconnue : « DORMIR »"),
        ("niveau", "RNCP1", "niveau inconnu : « NIV9 »"),
        ("valeur", "RNCP1", "actif : ni ACTIVE ni INACTIVE : « PEUT-ÊTRE »"),
        ("valeur", "RNCP1", "date_effet : date impossible : « 31/02/2020 »"),
        ("voie d'accès", "RNCP1", "voie inconnue : « Par magie »"),
    ]


def test_without_the_table_of_the_fiches_it_is_refused(tmp_path):
    (tmp_path / "export_fiches_CSV_Rome_2026_06_01.csv").write_text('"Numero_Fiche";"Codes_Rome_Code"\n')

    with pytest.raises(FichierRefuse) as refus:
        lire_export_csv(tmp_path, lambda rejet: None)

    assert str(refus.value) == (
        f"{tmp_path.name} ne contient pas la table Standard de l'export CSV, ou elle n'a pas les colonnes attendues."
    )


def test_official_export_of_2024_holds_what_is_expected(donnees_officielles):
    lecture, fiches, rejets = lire(donnees_officielles / "rncp" / "export-fiches-csv-2024-02-22.zip")

    assert lecture.lues == {
        "fiches": 9, "blocs": 6, "rome": 15, "nsf": 10, "formacodes": 5, "certificateurs": 6, "partenaires": 10,
        "voies": 34, "conventions": 2, "filiations": 9,
    }  # fmt: skip
    parties = (
        "blocs",
        "debouches",
        "nsf",
        "formacodes",
        "certificateurs",
        "partenaires",
        "voies",
        "conventions",
    )
    assert [sum(len(getattr(fiche, partie)) for fiche in fiches.values()) for partie in parties] == [
        6, 15, 10, 5, 6, 10, 34, 2,
    ]  # fmt: skip
    assert rejets == [("fiche", "RNCP38228", "citée par 1 ligne(s), décrite par aucune")]
    assert fiches["RNCP19468"].filiations == (Filiation("RNCP19468", "RS6117", "RNCP19468"),)
