"""Reading the older national kits: other headers, other orders of dates, mixed encodings, damaged numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers.refus import FichierRefuse
from certifications.importers.compagnons import lire_kit
from certifications.importers.compagnons.dates import lecteur_de_dates
from certifications.importers.compagnons.encodage import _refaire
from certifications.importers.compagnons.valeurs import defaut_de_siret
from certifications.importers.rncp import Bloc, Certificateur, Debouche, Nsf, Voie
from tests.tables_rncp import kit

JOURS = st.dates(min_value=date(1972, 1, 1), max_value=date(2060, 12, 31))


def lire(chemin):
    rejets = []
    lecture = lire_kit(chemin, rejets.append)
    fiches = {fiche.numero: fiche for fiche in lecture}
    return lecture, fiches, [(rejet.objet, rejet.cle, rejet.raison) for rejet in rejets]


def test_older_kit_has_other_headers_another_order_of_dates_and_two_encodings(petites_donnees):
    lecture, fiches, rejets = lire(petites_donnees / "rncp_tables" / "kit-csv-2019-03_v1.2")

    une, deux, trois = fiches.values()
    assert (lecture.edition, lecture.date_export) == ("kit v1.2", date(2019, 3, 1))
    assert [fiche.intitule for fiche in fiches.values()] == [
        "Conseiller en jardins partagés",
        "Chargé de potager à l’école",
        "Élagueur – option forêt",
    ]
    assert [fiche.date_fin_enregistrement for fiche in fiches.values()] == [
        date(2020, 12, 31),
        date(2019, 5, 4),
        None,
    ]
    assert [fiche.niveau for fiche in fiches.values()] == [4, 5, None]
    assert une.blocs == (Bloc("RNCP80001BC01", "Semer"), Bloc("RNCP80001BC02", "Récolter"))
    assert une.debouches == (Debouche("A1203", "Aménagement et entretien d'espaces verts"), Debouche("A12"))
    assert une.certificateurs == (
        Certificateur(0, "", "ÉCOLE DES JARDINS"),
        Certificateur(1, "22100000000002", "LYCÉE DES SERRES"),
    )
    assert (une.nsf, une.voies) == ((Nsf("214"),), (Voie("VAE", ouverte=True),))
    assert (deux.active_selon_source, trois.active_selon_source) == (False, True)
    assert "etat_fiche" in lecture.rubriques
    assert "filiations" not in lecture.rubriques
    assert lecture.constats == [
        "Lignes lues : 3 fiches, 3 blocs, 3 certificateurs, 2 nsf, 3 rome, 2 voies.",
        "1 ligne(s) répétée(s) à l'identique (spécialités NSF), lue(s) une fois.",
        "1 code(s) de bloc au numéro redoublé, réparé(s).",
    ]
    assert sorted(rejets) == [
        (
            "SIRET",
            "RNCP80001, certificateur ÉCOLE DES JARDINS",
            "SIRET abîmé, en notation scientifique : « 2,21E+13 »",
        ),
        ("bloc", "RNCP80001, RNCP80001BC02", "en double dans la fiche, avec d'autres valeurs"),
        ("certificateur", "RNCP80001", "nom absent"),
        ("code ROME", "RNCP80001", "code mal formé : « 1203 »"),
        ("voie d'accès", "RNCP80001", "voie inconnue : « Par correspondance »"),
    ]


def test_fiche_with_several_rows_is_one_fiche_with_several_filiations(tmp_path):
    fin = {"CodeRNCP": "RNCP1", "intituleDiplome": "Vendeur", "date_fin_validite_enregistrement": "8/31/25"}
    chemin = kit(
        tmp_path,
        [
            {**fin, "AncienneFiche": "RNCP7", "NouvelleFiche": "RNCP8"},
            {**fin, "AncienneFiche": "RNCP7", "NouvelleFiche": "RNCP9"},
            {**fin, "intituleDiplome": "Vendeuse"},
        ],
    )

    _, fiches, rejets = lire(chemin)

    (fiche,) = fiches.values()
    assert (fiche.intitule, fiche.date_fin_enregistrement) == ("Vendeur", date(2025, 8, 31))
    assert [(lien.ancienne, lien.nouvelle) for lien in fiche.filiations] == [
        ("RNCP7", "RNCP1"),
        ("RNCP1", "RNCP8"),
        ("RNCP1", "RNCP9"),
    ]
    assert rejets == [("fiche", "RNCP1", "décrite autrement par une seconde ligne")]


@pytest.mark.parametrize(
    ("valeurs", "raison"),
    [
        (["03/04/21", "12/11/20", ""], "ne permet pas de savoir si ses dates commencent par le jour ou par le mois."),
        (["31/12/20", "12/31/20"], "écrit ses dates dans les deux ordres (jour/mois et mois/jour) : aucune ne peut être crue."),
    ],
)  # fmt: skip
def test_order_of_dates_that_nothing_proves_is_refused(tmp_path, valeurs, raison):
    chemin = kit(
        tmp_path,
        [
            {"CodeRNCP": f"RNCP{n}", "intituleDiplome": "Vendeur", "date_fin_validite_enregistrement": valeur}
            for n, valeur in enumerate(valeurs, start=1)
        ],
    )

    with pytest.raises(FichierRefuse) as refus:
        lire(chemin)

    assert str(refus.value) == f"Le fichier rncp_info.v1.4.csv {raison}"


@given(
    st.lists(JOURS, min_size=1).filter(lambda jours: any(jour.day > 12 for jour in jours)),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"]),
)
def test_order_of_dates_is_told_by_one_day_above_twelve(jours, forme):
    valeurs = [jour.strftime(forme) for jour in jours]

    lire_date = lecteur_de_dates(valeurs, "kit")

    assert [lire_date(valeur) for valeur in valeurs] == jours


@given(st.integers(0, 69), st.dates(date(2001, 1, 1), date(2001, 12, 31)))
def test_two_digit_years_are_of_this_century_until_sixty_nine(annee, jour):
    jour = jour.replace(year=2000 + annee, day=min(jour.day, 28))

    lire_date = lecteur_de_dates(["12/31/99"], "kit")

    assert lire_date(f"{jour.month}/{jour.day}/{annee:02}") == jour
    assert lire_date("12/31/99") == date(1999, 12, 31)
    assert lire_date("") is None


@pytest.mark.parametrize(
    ("siret", "defaut"),
    [
        ("22100000000002", ""),
        ("35600000000048", ""),  # La Poste
        ("35600000012346", ""),  # one of its offices: its digits add up to 30
        ("22100000000003", "SIRET abîmé, clé de contrôle fausse"),
        ("221000000002", "SIRET abîmé, 12 chiffres au lieu de 14"),
        ("2.21E+13", "SIRET abîmé, en notation scientifique"),
        ("SANS OBJET", "SIRET illisible"),
    ],
)
def test_damaged_siret_is_told_from_a_sound_one(siret, defaut):
    assert defaut_de_siret(siret) == defaut


@given(st.text(alphabet="abcéèàçÉÀœŒ’–« »…/123", max_size=30))
def test_line_of_cp1252_keeps_the_stretches_of_utf8_that_french_writes(texte):
    assert _refaire(texte.encode()) == texte.encode()
    assert _refaire("Élève à CAFÉ".encode("cp1252")).decode() == "Élève à CAFÉ"


@pytest.fixture(scope="module")
def officiel(donnees_officielles):
    return lire(donnees_officielles / "rncp" / "legacy-kit-csv-2021-01_v1.4.zip")


def test_official_kit_of_2021_holds_what_is_expected(officiel):
    lecture, fiches, _ = officiel

    parties = ("blocs", "debouches", "nsf", "voies")
    assert (lecture.edition, lecture.date_export, len(fiches)) == ("kit v1.4", date(2021, 1, 1), 17_369)
    assert lecture.lues == {
        "fiches": 17_470, "blocs": 16_455, "certificateurs": 36_279, "nsf": 50_925, "rome": 45_165, "voies": 74_633,
    }  # fmt: skip
    assert [sum(len(getattr(fiche, partie)) for fiche in fiches.values()) for partie in parties] == [
        16_454, 45_165, 25_411, 74_633,
    ]  # fmt: skip
    assert lecture.constats[1:] == [
        "25514 ligne(s) répétée(s) à l'identique (spécialités NSF), lue(s) une fois.",
        "22 ligne(s) répétée(s) à l'identique (filiations), lue(s) une fois.",
        "8 code(s) de bloc au numéro redoublé, réparé(s).",
    ]


def test_official_kit_of_2021_has_damaged_numbers_that_are_not_believed(officiel):
    _, fiches, rejets = officiel

    fin = fiches["RNCP34809"].date_fin_enregistrement
    raisons = Counter((objet, raison.split(" : ")[0]) for objet, _, raison in rejets)
    assert raisons == {
        ("certificateur", "nom absent"): 732,
        ("certificateur", "en double dans la fiche, avec d'autres valeurs"): 3,
        ("SIRET", "SIRET abîmé, clé de contrôle fausse"): 2,
        ("bloc", "en double dans la fiche, avec d'autres valeurs"): 1,
    }
    assert fin == date(2025, 7, 23)
    assert max(f.date_fin_enregistrement for f in fiches.values() if f.date_fin_enregistrement).year == 2026
