"""Fill the database of DATABASE_URL with the synthetic country, fast: `python -m benchmarks.offre --echelle 0.1`.

The rows are those of `benchmarks.pays` (the catalogue of Mon Compte Formation), written in bulk rather than imported:
this is a benchmark of pages. What that catalogue does not say is drawn from a fixed seed, so that each facet has its
values: voie, modalité, début, éligibilité, a point on the map, one to three métiers. One formation holds a tenth of
the sessions, one organisme a twentieth of the formations.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import pays

ROME_OFFICIEL = Path(__file__).resolve().parent.parent.parent / "shared/data/rome/open-data-rome-v460-csv.zip"
ROME_DEMO = Path(__file__).resolve().parent.parent / "fixtures/rome"
REGIONS = 13
SOURCE = "mon-compte-formation"
ENORME = "MCF-ENORME"
"""The formation that holds a tenth of the sessions."""


def ecrire(table: str, colonnes: Sequence[str], lignes: Iterable[tuple[Any, ...]]) -> None:
    """COPY on PostgreSQL, prepared INSERT on SQLite."""
    from django.db import connection

    noms = ", ".join(f'"{colonne}"' for colonne in colonnes)
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            with curseur.copy(f'COPY "{table}" ({noms}) FROM STDIN') as copie:
                for ligne in lignes:
                    copie.write_row(ligne)
        else:
            valeurs = ", ".join("?" * len(colonnes))
            connection.connection.executemany(f'INSERT INTO "{table}" ({noms}) VALUES ({valeurs})', lignes)


def par_defaut(modele: Any, sauf: Iterable[str]) -> dict[str, Any]:
    """The columns that the benchmark does not speak of: empty, or unknown."""
    valeurs: dict[str, Any] = {}
    for champ in modele._meta.concrete_fields:
        if champ.column in sauf or champ.primary_key:
            continue
        valeurs[champ.column] = (
            None if champ.null else "[]" if champ.get_internal_type() == "JSONField" else ""
        )
    return valeurs


def inserer(modele: Any, colonnes: Sequence[str], lignes: Iterable[tuple[Any, ...]]) -> None:
    """`colonnes` are those of the table that `lignes` fill, the others are left empty or unknown."""
    reste = par_defaut(modele, colonnes)
    suite = tuple(reste.values())
    ecrire(modele._meta.db_table, [*colonnes, *reste], (ligne + suite for ligne in lignes))


def lire(dossier: Path, echelle: float) -> Iterator[dict[str, str]]:
    with pays.ecrire_mcf(dossier, echelle).open(encoding="utf-8", newline="") as flux:
        yield from csv.DictReader(flux, delimiter=";")


def peupler(dossier: Path, echelle: float) -> None:
    from formations.models import (
        Departement,
        Formation,
        LienFormationMetier,
        Lieu,
        Organisme,
        Region,
        Session,
    )
    from metiers.models import Metier

    hasard = random.Random(pays.GRAINE)
    Region.objects.bulk_create(Region(code=f"R{n}", nom=f"Région {n:02}") for n in range(REGIONS))
    Departement.objects.bulk_create(
        Departement(code=code, nom=f"Département {code}", region_id=f"R{rang % REGIONS}")
        for rang, code in enumerate(pays.DEPARTEMENTS)
    )
    lignes = list(lire(dossier, echelle))
    organismes = {
        siret: n for n, siret in enumerate(dict.fromkeys(ligne["siret"] for ligne in lignes), start=1)
    }
    noms = {ligne["siret"]: ligne["nom_of"] for ligne in lignes}
    inserer(
        Organisme,
        ("id", "siret", "nom", "source_id"),
        ((n, siret, noms[siret], SOURCE) for siret, n in organismes.items()),
    )
    lieux: dict[tuple[str, str], int] = {}
    for ligne in lignes:
        lieux.setdefault((ligne["siret"], ligne["code_departement"]), len(lieux) + 1)
    inserer(
        Lieu,
        ("id", "organisme_id", "code_departement", "departement_id", "ville", "latitude", "longitude"),
        (
            (
                n,
                organismes[siret],
                code,
                code,
                f"Ville {n}",
                42 + hasard.random() * 9,
                -4 + hasard.random() * 11,
            )
            for (siret, code), n in lieux.items()
        ),
    )
    formations = {f"MCF-{ligne['numero_formation']}": ligne for ligne in reversed(lignes)}
    inserer(
        Formation,
        ("identifiant", "intitule", "niveau_sortie", "source_id"),
        [(ENORME, "Formation de référence", 5, SOURCE)]
        + [
            (identifiant, ligne["intitule_formation"], (None, 3, 4, 5, 6, 7)[rang % 6], SOURCE)
            for rang, (identifiant, ligne) in enumerate(formations.items())
        ],
    )
    inserer(Session, COLONNES_SESSION, _sessions(lignes, organismes, lieux, hasard))
    metiers = list(Metier.objects.publies().order_by("pk").values_list("pk", flat=True))
    inserer(
        LienFormationMetier,
        ("formation_id", "metier_id", "origine"),
        (
            (identifiant, metier, "source")
            for rang, identifiant in enumerate([ENORME, *formations])
            for metier in {metiers[(rang * k) % len(metiers)] for k in range(1, 2 + rang % 3)}
        ),
    )


DIPLOMES = (
    "CAP",
    "Bac pro",
    "BTS",
    "BUT",
    "Titre professionnel",
    "Licence professionnelle",
    "Master",
    "Certificat",
)


def certifier(echelle: float) -> None:
    """As many certifications as France has, for the search: a diploma, a title of the ROME, an invented word."""
    from certifications.models import Certification
    from metiers.models import Appellation

    hasard = random.Random(pays.GRAINE)
    titres = list(Appellation.objects.order_by("pk").values_list("libelle", flat=True))
    prose = pays.Prose(hasard)
    inserer(
        Certification,
        ("numero", "type", "intitule", "niveau", "date_fin_enregistrement", "annees_promotions_niveau", "apports"),
        (
            (
                f"{repertoire}{rang + 1_000}",
                repertoire,
                f"{hasard.choice(DIPLOMES)} {hasard.choice(titres)} {prose.titre(1)}",
                hasard.randint(3, 7) if repertoire == "RNCP" else None,
                f"{hasard.randint(2020, 2029)}-07-01",
                "[]",
                "{}",
            )
            for repertoire, nombre in (("RNCP", pays.FICHES_RNCP), ("RS", pays.FICHES_RS))
            for rang in range(max(1, round(nombre * echelle)))
        ),
    )  # fmt: skip


COLONNES_SESSION = (
    "identifiant", "source_id", "formation_id", "organisme_id", "lieu_id", "debut", "entrees_permanentes", "voie",
    "modalite", "duree_heures", "prix", "eligible_cpf",
)  # fmt: skip


def _sessions(
    lignes: list[dict[str, str]],
    organismes: dict[str, int],
    lieux: dict[tuple[str, str], int],
    hasard: random.Random,
) -> Iterator[tuple[Any, ...]]:
    jour = datetime.now(tz=UTC).date()
    voies = ("", "scolaire", "apprentissage", "continue", "continue", "professionnalisation")
    modalites = ("", "presentiel", "presentiel", "mixte", "distance")
    siret_du_grand = lignes[0]["siret"]
    for rang, ligne in enumerate(lignes):
        formation = ENORME if rang % 10 == 0 else f"MCF-{ligne['numero_formation']}"
        siret = siret_du_grand if rang % 60 in (1, 2, 3) else ligne["siret"]
        yield (
            f"{rang}",
            SOURCE,
            formation,
            organismes[siret],
            lieux[ligne["siret"], ligne["code_departement"]] if rang % 20 else None,
            (jour + timedelta(days=hasard.randrange(-60, 500))).isoformat() if rang % 7 else None,
            (None, True, False)[rang % 3],
            hasard.choice(voies),
            hasard.choice(modalites),
            int(ligne["nombre_heures_total_mean"]) if rang % 9 else None,
            0 if rang % 11 == 0 else int(ligne["frais_ttc_tot_mean"]) if rang % 8 else None,
            (True, True, False, None)[rang % 4],
        )


def main() -> None:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--echelle", type=float, default=0.1, help="1: a million sessions")
    options = analyse.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portail.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from catalogue.models import Source, VersionCatalogue
    from catalogue.recherche.index import reindexer
    from formations.index import stock

    call_command("migrate", verbosity=0)
    call_command("import_rome", str(ROME_OFFICIEL if ROME_OFFICIEL.is_file() else ROME_DEMO), verbosity=0)
    call_command("charger_synonymes", verbosity=0)
    with tempfile.TemporaryDirectory() as dossier, transaction.atomic():
        Source.objects.get_or_create(code=SOURCE, defaults={"nom": "Mon Compte Formation"})
        peupler(Path(dossier), options.echelle)
        certifier(options.echelle)
        reindexer()
        stock.conserver()
        VersionCatalogue.avancer()
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")


if __name__ == "__main__":
    main()
