"""What the official files of certifications must hold once imported, line by line: RNCP, RS, the kit of 2021, the NSF.

Counted in the base that holds every official file, each imported twice: the exports of 2026 say there what they say alone,
whatever the export of 2024 and the kit of 2021 say of the same fiches. What the tables of these two hold is counted where they
are read, in tests/certifications/importers/, as each export of 2026 alone is.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue.niveaux import depuis_kit
from certifications.models import (
    BlocDeCompetences,
    Certificateur,
    Certification,
    Correspondance,
    Debouche,
    Filiation,
    Nsf,
    Partenaire,
    StatistiquePromotion,
)
from tests.comptes import distincts, lignes, n

RNCP_DEV = ["RNCP34762", "RNCP35809", "RNCP36612", "RNCP37674", "RNCP36490", "RNCP35959", "RNCP39568"]
RS_DEV = ["RS5719", "RS6547", "RS5000", "RS6604"]
TOUTES = [*RNCP_DEV, *RS_DEV, "RNCP35340", "RNCP40792"]
TABLES = (BlocDeCompetences, Partenaire, Certificateur, Debouche)
AUTRES = (Certification.nsf.through, Certification.formacodes.through, StatistiquePromotion)


def fiches(numeros: list[str]) -> Any:
    """How many, and how many the export says active."""
    connues = Certification.objects.filter(pk__in=numeros)
    return lambda _: (connues.count(), connues.filter(active_selon_source=True).count())


def lies(numeros: list[str], modeles: tuple[Any, ...]) -> Any:
    """How many rows of each of these tables hang on these fiches."""
    return lambda _: [n(modele, certification__in=numeros) for modele in modeles]


def siret(_: Path) -> list[int]:
    return [
        distincts(modele.objects.filter(certification__in=RNCP_DEV), "siret")
        for modele in (Partenaire, Certificateur)
    ]


def correspondances(_: Path) -> int:
    return distincts(Correspondance.objects.filter(certification__in=RNCP_DEV), "certification", "groupe")


def niveaux_du_kit(dossier: Path) -> Counter[Any]:
    """Of its rows: some fiches have several."""
    with zipfile.ZipFile(dossier / "rncp" / "legacy-kit-csv-2021-01_v1.4.zip") as archive:
        (nom,) = [nom for nom in archive.namelist() if "info" in nom]
        texte = archive.read(nom).decode("cp1252")
    rangees = csv.DictReader(io.StringIO(texte, newline=""), delimiter=";")
    return Counter(depuis_kit(rangee["NiveauEurope"]) for rangee in rangees)


@lignes(
    {
        "RNCP XML": [
            ("fiches ; actives", fiches(RNCP_DEV), (7, 6)),
            ("blocs / partenaires / certificateurs / ROME", lies(RNCP_DEV, TABLES), [30, 613, 10, 21]),
            ("NSF / formacodes / statistiques", lies(RNCP_DEV, AUTRES), [14, 23, 11]),
            ("SIRET distincts : partenaires / certificateurs", siret, [551, 6]),
            ("codes ROME distincts", lambda _: distincts(Debouche.objects.filter(certification__in=RNCP_DEV), "code_rome"), 15),
            ("codes ROME absents de la v60", lambda _: n(Debouche, certification__in=RNCP_DEV, metier=None), 0),
            ("correspondances", correspondances, 37),
        ],
        "RS XML": [
            ("fiches ; actives", fiches(RS_DEV), (4, 3)),
            ("blocs / partenaires / certificateurs / ROME", lies(RS_DEV, TABLES), [0, 386, 4, 0]),
            ("NSF / formacodes / statistiques", lies(RS_DEV, AUTRES), [6, 8, 0]),
        ],
        "RNCP35340 XML": [
            ("blocs / partenaires / certificateurs / ROME", lies(["RNCP35340"], TABLES), [5, 0, 1, 3]),
            ("l'abrégée", lies(["RNCP40792"], TABLES), [1, 0, 1, 0]),
        ],
        "les trois XML": [
            ("fiches ; actives", fiches(TOUTES), (13, 10)),
            ("blocs / partenaires / certificateurs / ROME", lies(TOUTES, TABLES), [36, 999, 16, 24]),
        ],
        "kit 2021": [
            (
                "lignes par niveau",
                niveaux_du_kit,
                {3: 1_110, 4: 1_636, 5: 2_352, 6: 5_847, 7: 6_501, 8: 24},
            ),
        ],
        "NSF": [
            ("groupes", lambda _: Nsf.objects.de_la_nomenclature().count(), 93),
            ("codes sans libellé", lambda _: n(Nsf, libelle=""), 0),
        ],
    }
)  # fmt: skip
def test_imported_files_hold(tout, donnees_officielles, compte, attendu):
    assert compte(donnees_officielles) == attendu


MESR, ECOLE = "11004401300040", "81738914100018"


@pytest.mark.parametrize(
    ("numero", "intitule", "niveau", "active", "fin", "blocs", "partenaires", "rome", "certificateurs", "filiation"),
    [
        ("RNCP34762", "Programme Grande Ecole – Diplôme d’études supérieures en management", 7, False, date(2024, 8, 31),
         5, 0, "M1202 M1205 M1402 M1705 M1707", 2, (["RNCP24998"], ["RNCP39568"])),
        ("RNCP35809", "Finition, aménagement des bâtiments : conception et réalisation", 5, True, date(2026, 8, 31),
         4, 0, "F1201 F1202", 1, (["RNCP1020"], ["RNCP41827"])),
        ("RNCP36612", "Assistant en ressources humaines", 5, True, date(2027, 7, 1),
         4, 26, "M1203 M1501 M1604", 2, (["RNCP27095"], [])),
        ("RNCP37674", "Développeur web et web mobile", 5, True, date(2028, 9, 1),
         2, 471, "M1805", 1, (["RNCP31114"], [])),
        ("RNCP36490", "Concepteur développeur d'applications", 6, True, date(2027, 6, 1),
         4, 58, "M1802 M1805", 1, (["RNCP14506"], [])),
        ("RNCP35959", "Développeur web", 5, True, date(2026, 10, 15),
         5, 57, "E1103 E1104 E1205", 1, (["RNCP13595"], [])),
        ("RNCP39568", "Diplôme d’études supérieures en management (Programme Grande École)", 7, True, date(2029, 8, 31),
         6, 1, "M1202 M1205 M1402 M1705 M1707", 2, (["RNCP34762"], [])),
        ("RNCP35340", ("Services informatiques aux organisations : Option A « Solutions d’infrastructure, systèmes et réseaux » ; "
         "Option B « Solutions logicielles et applications métiers »"), 5, False, date(2025, 8, 31),
         5, 0, "M1801 M1805 M1810", 1, (["RNCP17108"], ["RNCP40792"])),
        ("RNCP40792", ("Services informatiques aux organisations, Option A : « Solutions d’infrastructure, systèmes et réseaux » ; "
         "Option B : « Solutions logicielles et applications métiers »"), 5, True, None,
         1, 0, "", 1, (["RNCP35340"], [])),
        ("RS5719", "Premiers secours en équipe de niveau 1", None, True, date(2026, 12, 31),
         0, 377, "", 1, (["RS2573"], [])),
        ("RS6547", "Enseigner l’anglais (CELTA)", None, True, date(2027, 3, 27),
         0, 5, "", 1, (["RS5888"], [])),
        ("RS5000", "Exploiter la blockchain dans le développement d’applications", None, False, date(2024, 5, 24),
         0, 3, "", 1, ([], ["RS6604"])),
        ("RS6604", "Exploiter la blockchain dans le développement d’applications", None, True, date(2029, 4, 26),
         0, 1, "", 1, (["RS5000"], [])),
    ],
)  # fmt: skip
def test_fiche_holds_what_its_export_says(
    tout, numero, intitule, niveau, active, fin, blocs, partenaires, rome, certificateurs, filiation
):
    fiche = Certification.objects.get(pk=numero)

    codes = " ".join(sorted(fiche.debouches.values_list("code_rome", flat=True)))
    parentes = (
        sorted(set(Filiation.objects.filter(nouvelle=numero).values_list("ancienne", flat=True))),
        sorted(set(Filiation.objects.filter(ancienne=numero).values_list("nouvelle", flat=True))),
    )

    assert (fiche.intitule, fiche.niveau, fiche.active_selon_source) == (intitule, niveau, active)
    assert fiche.date_fin_enregistrement == fin
    assert (fiche.blocs.count(), fiche.partenaires.count(), codes) == (blocs, partenaires, rome)
    assert (fiche.certificateurs.count(), parentes) == (certificateurs, filiation)


@pytest.mark.parametrize(
    ("numero", "annee", "attendue"),
    [
        ("RNCP36612", 2019, (106, 3, 81, 68)),
        ("RNCP36612", 2018, (93, 0, 89, 75)),
        ("RNCP37674", 2021, (3_899, 0, 60, 83)),
        ("RNCP34762", 2018, (876, 1, 76, None)),
    ],
)
def test_promotion_has_its_numbers_and_rates(tout, numero, annee, attendue):
    promotion = StatistiquePromotion.objects.get(certification=numero, annee=annee)

    assert (
        promotion.certifies,
        promotion.certifies_vae,
        promotion.taux_insertion_6_mois,
        promotion.taux_metier_2_ans,
    ) == attendue
