"""A country that does not exist, in the official formats, as large as wanted: `python -m benchmarks.pays DOSSIER`.

Its words are invented here, its numbers drawn from a fixed seed: two runs write the same bytes. At scale 1.0 it has
what France has: 26,000 RNCP and 5,000 RS fiches with 56,000 blocs and 400,000 partenaires (about 470 MB of XML), and
1,000,000 training sessions.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

GRAINE = 4
FICHES_RNCP, FICHES_RS = 26_000, 5_000
BLOCS, PARTENAIRES = 56_000, 400_000
SESSIONS = 1_000_000
# Characters of prose in one fiche, and in one bloc: with them the national files weigh what the real ones do.
PROSE, PROSE_BLOC = 3_500, 1_500

_SYLLABES = re.findall("..[rnlu]?", "bacordéfigalhujolanménopliquirasoltévizanbricladoufréglo")
DEPARTEMENTS = [f"{n:02}" for n in range(1, 96) if n != 20]
RNCP = "export-fiches-rncp-v4-1-2026-08-16.xml"
RS = "export-fiches-rs-v4-1-2026-08-16.xml"
MCF = "moncompteformation_catalogueformation.csv"
# The columns read, in the order of the official export, which has others.
COLONNES_MCF = [
    "date_extract", "nom_of", "nom_departement", "nom_region", "type_referentiel", "code_inventaire", "code_rncp",
    "intitule_certification", "libelle_niveau_sortie_formation", "code_formacode_1", "code_nsf_1",
    "code_certifinfo", "siret", "numero_formation", "intitule_formation", "points_forts", "nb_action",
    "nb_session_active", "nb_session_a_distance", "nombre_heures_total_min", "nombre_heures_total_max",
    "nombre_heures_total_mean", "frais_ttc_tot_min", "frais_ttc_tot_max", "frais_ttc_tot_mean", "code_departement",
    "code_region",
]  # fmt: skip


class Rome(NamedTuple):
    """What fiches borrow from the official ROME: the codes they cite, the skills their blocs speak of."""

    codes: list[str]
    competences: list[str]


def lire_rome(chemin: Path) -> Rome:
    """Of the zip of CSV tables. Fiches cite the codes of ROME V3, which are today those of the parent fiches."""

    def table(archive: zipfile.ZipFile, nom: str) -> csv.DictReader[str]:
        membre = next(m for m in archive.namelist() if re.search(rf"{nom}_v\d+", m))
        return csv.DictReader(io.TextIOWrapper(archive.open(membre), "utf-8-sig"))

    with zipfile.ZipFile(chemin) as archive:
        fiches = table(archive, "unix_referentiel_code_rome")
        codes = [f["code_rome"] for f in fiches if f["code_rome"] == f["code_rome_parent"]]
        libelles = (c["libelle_competence"] for c in table(archive, "unix_referentiel_competence"))
        # Texts are cut anywhere, in the middle of an entity too: no label that would need one.
        competences = [libelle for libelle in libelles if not set("&<>").intersection(libelle)]
    return Rome(sorted(codes), sorted(competences))


class Prose:
    """Invented words and sentences. Long texts are slices of one page: drawing each word would take for ever."""

    def __init__(self, hasard: random.Random, phrases: Sequence[str] = ()):
        self.hasard = hasard
        self.phrases = phrases
        self.mots = ["".join(hasard.choices(_SYLLABES, k=hasard.randint(2, 4))) for _ in range(4_000)]
        vocabulaire = [*self.mots, *" ".join(hasard.choices(phrases, k=1_000) if phrases else ()).split()]
        self._page = " ".join(hasard.choices(vocabulaire, k=60_000))

    def titre(self, nombre: int = 5) -> str:
        return " ".join(self.hasard.choices(self.mots, k=nombre)).capitalize()

    def texte(self, longueur: int) -> str:
        """About `longueur` characters, in paragraphs and lists flattened the way the official texts are."""
        morceau = longueur // 4
        debuts = (self.hasard.randrange(len(self._page) - morceau) for _ in range(4))
        return "      ".join(f"- {self._page[d : d + morceau].strip().capitalize()}." for d in debuts)

    def competences(self, longueur: int) -> str:
        """The same, a skill of the ROME among them when there are any."""
        citee = f"      - {self.hasard.choice(self.phrases)}" if self.phrases else ""
        return self.texte(longueur - len(citee)) + citee


def siret(numero: int) -> str:
    """A SIRET whose two Luhn keys are right."""
    siren = _avec_cle(f"{10_000_000 + numero % 90_000_000:08}")
    return _avec_cle(f"{siren}{numero % 9_000 + 1:04}")


def _avec_cle(chiffres: str) -> str:
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        double = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += double - 9 if double > 9 else double
    return chiffres + str(-somme % 10)


def ecrire_rncp(dossier: Path, echelle: float = 1.0, rome: Rome | None = None) -> list[Path]:
    """The two national exports V4.1; their fiches share partenaires, as real ones do.

    With the official `rome` they lead to real métiers, and their blocs speak of real skills: importing them then costs
    what it does in France. Without it, codes and words are invented, and lead nowhere.
    """
    hasard = random.Random(GRAINE)
    prose = Prose(hasard, rome.competences if rome else ())
    organismes = [(siret(n), prose.titre(3).upper()) for n in range(max(20, int(30_000 * echelle)))]
    nomenclatures = {
        "formacodes": [(f"{10_000 + 7 * n}", prose.titre(3)) for n in range(2_000)],
        "nsf": [(f"{100 + n}", prose.titre(4)) for n in range(250)],
        "rome": [
            (code, prose.titre(3))
            for code in (
                rome.codes if rome else (f"{'ABCDEFGHIJKLMN'[n % 14]}{1_101 + n // 14}" for n in range(1_500))
            )
        ],
    }
    chemins = []
    for nom, prefixe, nombre in ((RNCP, "RNCP", FICHES_RNCP), (RS, "RS", FICHES_RS)):
        chemin = dossier / nom
        fiches = max(1, round(nombre * echelle))
        with chemin.open("w", encoding="utf-8") as sortie:
            sortie.write(
                '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n'
            )
            for rang in range(fiches):
                sortie.writelines(_fiche(prefixe, rang, hasard, prose, organismes, nomenclatures))
            sortie.write("</FICHES>\n")
        chemins.append(chemin)
    return chemins


def _fiche(
    prefixe: str,
    rang: int,
    hasard: random.Random,
    prose: Prose,
    organismes: list[tuple[str, str]],
    nomenclatures: dict[str, list[tuple[str, str]]],
) -> Iterator[str]:
    numero = f"{prefixe}{rang + 1_000}"
    rncp = prefixe == "RNCP"
    annee = hasard.randint(2020, 2029)
    yield f"<FICHE>\n<ID_FICHE>{rang + 1}</ID_FICHE>\n<NUMERO_FICHE>{numero}</NUMERO_FICHE>\n"
    yield f"<INTITULE>{prose.titre(6)}</INTITULE>\n<ETAT_FICHE>Publiée</ETAT_FICHE>\n"
    yield f"<ABREGE><CODE>TP</CODE><LIBELLE>{prose.titre(2)}</LIBELLE></ABREGE>\n"
    if rncp:
        niveau = hasard.randint(3, 7)
        yield f"<NOMENCLATURE_EUROPE><NIVEAU>NIV{niveau}</NIVEAU><LIBELLE>Niveau {niveau}</LIBELLE></NOMENCLATURE_EUROPE>\n"
    yield from _codes("FORMACODES", "FORMACODE", hasard.sample(nomenclatures["formacodes"], 3))
    yield from _codes("CODES_NSF", "NSF", hasard.sample(nomenclatures["nsf"], 2))
    yield from _codes("CODES_ROME", "ROME", hasard.sample(nomenclatures["rome"], hasard.randint(1, 4)))
    yield "<CERTIFICATEURS>\n"
    for code, nom in hasard.sample(organismes, 1 + rang % 3 // 2):
        yield (
            f"<CERTIFICATEUR><SIRET_CERTIFICATEUR>{code}</SIRET_CERTIFICATEUR><NOM_CERTIFICATEUR>{nom}"
            "</NOM_CERTIFICATEUR><ETAT_CERTIFICATEUR>Actif</ETAT_CERTIFICATEUR></CERTIFICATEUR>\n"
        )
    yield "</CERTIFICATEURS>\n"
    # A few fiches have hundreds of partenaires, half of them none.
    partenaires = min(len(organismes), 550, int(hasard.paretovariate(0.645))) if rang % 2 else 0
    yield f"<EXISTENCE_PARTENAIRES>{'Oui' if partenaires else 'Non'}</EXISTENCE_PARTENAIRES>\n<PARTENAIRES>\n"
    for code, nom in hasard.sample(organismes, partenaires):
        yield (
            f"<PARTENAIRE><NOM_PARTENAIRE>{nom}</NOM_PARTENAIRE><SIRET_PARTENAIRE>{code}</SIRET_PARTENAIRE>"
            "<HABILITATION_PARTENAIRE>HABILITATION_FORMER</HABILITATION_PARTENAIRE>"
            "<ETAT_PARTENAIRE>Actif</ETAT_PARTENAIRE></PARTENAIRE>\n"
        )
    yield "</PARTENAIRES>\n"
    for balise in ("ACTIVITES_VISEES", "CAPACITES_ATTESTEES", "OBJECTIFS_CONTEXTE", "SECTEURS_ACTIVITE"):
        yield f"<{balise}>{prose.texte(PROSE // 4)}</{balise}>\n"
    yield f"<TYPE_EMPLOI_ACCESSIBLES>{prose.titre(12)}</TYPE_EMPLOI_ACCESSIBLES>\n"
    for voie in ("FI", "CA", "FC", "CQ", "CL", "VAE"):
        yield f"<SI_JURY_{voie}><ACTIF>{hasard.choice(('Oui', 'Non'))}</ACTIF><COMPOSITION>{prose.titre(20)}</COMPOSITION></SI_JURY_{voie}>\n"
    yield f"<DATE_DECISION>01/07/{annee - 5}</DATE_DECISION>\n<DUREE_ENREGISTREMENT>5</DUREE_ENREGISTREMENT>\n"
    if rang % 4 == 0:
        yield (
            f"<STATISTIQUES_PROMOTIONS><STATISTIQUES_PROMOTION><ANNEE>{annee - 4}</ANNEE><NOMBRE_CERTIFIES>"
            f"{hasard.randint(5, 900)}</NOMBRE_CERTIFIES></STATISTIQUES_PROMOTION></STATISTIQUES_PROMOTIONS>\n"
        )
    yield f"<DATE_FIN_ENREGISTREMENT>01/07/{annee}</DATE_FIN_ENREGISTREMENT>\n"
    yield "<TYPE_ENREGISTREMENT>Enregistrement sur demande</TYPE_ENREGISTREMENT>\n"
    if rncp:
        yield "<BLOCS_COMPETENCES>\n"
        for bloc in range(2 + (rang % 13 < 2)):
            yield (
                f"<BLOC_COMPETENCES><CODE>{numero}BC{bloc + 1:02}</CODE><LIBELLE>{prose.titre(7)}</LIBELLE>"
                f"<LISTE_COMPETENCES>{prose.competences(PROSE_BLOC)}</LISTE_COMPETENCES>"
                f"<MODALITES_EVALUATION>{prose.texte(PROSE_BLOC // 2)}</MODALITES_EVALUATION></BLOC_COMPETENCES>\n"
            )
        yield "</BLOCS_COMPETENCES>\n"
    if rang % 5 == 4:
        yield (
            "<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>"
            f"{prefixe}{rang + 999}</ID_FICHE_ANCIENNE_CERTIFICATION></ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>\n"
        )
    yield f"<ACTIF>{'Oui' if annee > 2025 else 'Non'}</ACTIF>\n</FICHE>\n"


def _codes(conteneur: str, balise: str, choisis: list[tuple[str, str]]) -> Iterator[str]:
    yield f"<{conteneur}>\n"
    for code, libelle in choisis:
        yield f"<{balise}><CODE>{code}</CODE><LIBELLE>{libelle}</LIBELLE></{balise}>\n"
    yield f"</{conteneur}>\n"


def ecrire_mcf(dossier: Path, echelle: float = 1.0) -> Path:
    """The catalogue of Mon Compte Formation: one row, one session kept."""
    hasard = random.Random(GRAINE + 1)
    prose = Prose(hasard)
    rangees = max(10, round(SESSIONS * echelle))
    organismes = [(siret(n), prose.titre(3).upper()) for n in range(max(5, rangees // 40))]
    certifications = [
        (hasard.random() < 0.7, n + 1_000, prose.titre(6)) for n in range(max(5, int(9_000 * echelle)))
    ]
    chemin = dossier / MCF
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        sortie = csv.writer(flux, delimiter=";")
        sortie.writerow(COLONNES_MCF)
        for rang in range(rangees):
            code, nom = organismes[rang // 40 % len(organismes)]
            est_rncp, numero, intitule = certifications[rang // 4 % len(certifications)]
            heures, frais = hasard.randint(7, 900), hasard.randint(200, 9_000)
            departement = DEPARTEMENTS[hasard.randrange(len(DEPARTEMENTS))]
            sortie.writerow(
                ["2026-08-16", nom, f"Département {departement}", "Région", "RNCP" if est_rncp else "RS"]
                + ([-1, numero] if est_rncp else [numero, -1])
                + [intitule, "", "13030", "326", "", code, f"{code}_{rang // 3}", intitule]
                # Three rows in a row are one formation given in several départements: its texts are the same.
                + [
                    prose.titre(15) if rang % 3 == 0 else "",
                    1,
                    1,
                    0,
                    heures,
                    heures,
                    heures,
                    frais,
                    frais,
                    frais,
                ]
                + [departement, "11"]
            )
    return chemin


def main() -> None:
    analyse = argparse.ArgumentParser(description="Écrit un pays inventé dans les formats officiels.")
    analyse.add_argument("dossier", type=Path)
    analyse.add_argument(
        "--echelle", type=float, default=0.1, help="1 : la taille de la France (0,1 par défaut)."
    )
    analyse.add_argument(
        "--rome", type=Path, help="le zip officiel du ROME, dont les fiches citent les codes."
    )
    options = analyse.parse_args()
    options.dossier.mkdir(parents=True, exist_ok=True)
    rome = lire_rome(options.rome) if options.rome else None
    for chemin in (
        *ecrire_rncp(options.dossier, options.echelle, rome),
        ecrire_mcf(options.dossier, options.echelle),
    ):
        print(f"{chemin}\t{chemin.stat().st_size / 1e6:.1f} Mo")


if __name__ == "__main__":
    main()
