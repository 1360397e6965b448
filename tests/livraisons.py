"""Deliveries to import: copies of the small files of tests/data, edited table by table; and what imports leave."""

from __future__ import annotations

import csv
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

PETITES_DONNEES = Path(__file__).parent / "data"
COLONNES_DE_CODES = ("code_rome", "code_rome_cible", "code_rome_parent")


class LivraisonRome:
    """A folder of ROME tables, under edition; every version is a folder of its own."""

    def __init__(self, racine: Path, version: int = 60, modele: Path = PETITES_DONNEES / "rome"):
        self.racine = racine
        self.version = version
        self.chemin = racine / f"rome-v{version}"
        self.chemin.mkdir()
        for fichier in modele.glob("unix_*.csv"):
            table = fichier.name.rsplit("_v4", 1)[0].removeprefix("unix_")
            shutil.copyfile(fichier, self._fichier(table))
        (self.chemin / "version.txt").write_text(
            f"Numero de version : {version}\nDate de publication : 18/09/{2025 + version - 60}\n"
        )

    def suivante(self, depuis: LivraisonRome | None = None) -> LivraisonRome:
        """The next version, saying the same, or what `depuis` said."""
        return LivraisonRome(self.racine, self.version + 1, (depuis or self).chemin)

    def tables(self) -> list[str]:
        return [f.name.rsplit("_v4", 1)[0].removeprefix("unix_") for f in sorted(self.chemin.glob("unix_*"))]

    def lignes(self, table: str) -> list[dict[str, str]]:
        with self._fichier(table).open(encoding=_encodage(table), newline="") as flux:
            return list(csv.DictReader(flux))

    def ecrire(self, table: str, lignes: list[dict[str, str]], colonnes: list[str] | None = None) -> None:
        with self._fichier(table).open("w", encoding=_encodage(table), newline="") as flux:
            sortie = csv.DictWriter(
                flux, colonnes or list(lignes[0]), quoting=csv.QUOTE_ALL, lineterminator="\n"
            )
            sortie.writeheader()
            sortie.writerows(lignes)

    def changer(self, table: str, ou: dict[str, str], **valeurs: str) -> None:
        """Write `valeurs` in the rows that hold `ou`: one at least."""
        lignes = self.lignes(table)
        trouvees = [ligne for ligne in lignes if ou.items() <= ligne.items()]
        assert trouvees
        for ligne in trouvees:
            ligne.update(valeurs)
        self.ecrire(table, lignes)

    def ajouter(self, table: str, comme: dict[str, str], **valeurs: str) -> None:
        """Add a row like the one that holds `comme`, but for `valeurs`."""
        lignes = self.lignes(table)
        modele = next(ligne for ligne in lignes if comme.items() <= ligne.items())
        self.ecrire(table, [*lignes, modele | valeurs])

    def oter(self, table: str, **ou: str) -> None:
        lignes = self.lignes(table)
        restent = [ligne for ligne in lignes if not ou.items() <= ligne.items()]
        assert len(restent) < len(lignes)
        self.ecrire(table, restent, list(lignes[0]))

    def oter_table(self, *tables: str) -> None:
        for table in tables:
            self._fichier(table).unlink()

    def oter_fiche(self, code: str) -> None:
        """Take a fiche out of every table; its children, if any, become their own parents."""
        for table in self.tables():
            lignes = self.lignes(table)
            restent = [
                ligne
                for ligne in lignes
                if code not in (ligne.get("code_rome"), ligne.get("code_rome_cible"))
            ]
            for ligne in restent:
                if ligne.get("code_rome_parent") == code:
                    ligne["code_rome_parent"] = ligne["code_rome"]
            self.ecrire(table, restent, list(lignes[0]))

    def deplacer(self, **codes: str) -> None:
        """Give fiches other codes, everywhere at once: `deplacer(D1491="D1499")`."""
        for table in self.tables():
            lignes = self.lignes(table)
            for ligne in lignes:
                for colonne in COLONNES_DE_CODES:
                    if colonne in ligne:
                        ligne[colonne] = codes.get(ligne[colonne], ligne[colonne])
            self.ecrire(table, lignes)

    def reaffecter(self, code: str, libelle: str, appellation: str) -> None:
        """Give the fiche to another job, under its code and its number: another title, another principal appellation."""
        self.changer("referentiel_code_rome", {"code_rome": code}, libelle_rome=libelle)
        principale = {"code_rome": code, "classification": "PRINCIPALE"}
        self.ajouter(
            "referentiel_appellation", principale, code_ogr=appellation, libelle_appellation_long=libelle
        )
        ancienne = next(x for x in self.lignes("referentiel_appellation") if principale.items() <= x.items())
        self.oter("referentiel_appellation", code_ogr=ancienne["code_ogr"])

    def _fichier(self, table: str) -> Path:
        return self.chemin / f"unix_{table}_v4{self.version}_utf8.csv"


def _encodage(table: str) -> str:
    return "iso-8859-15" if table == "arborescence_secteur_naf" else "utf-8"


def importer(commande: str, chemin: Path | LivraisonRome, **options: Any) -> str:
    """Run an import command; return what the operator reads."""
    sortie = StringIO()
    chemin = chemin.chemin if isinstance(chemin, LivraisonRome) else chemin
    call_command(commande, str(chemin), stdout=sortie, stderr=sortie, **options)
    return sortie.getvalue()


def totaux(rapport: str) -> list[int]:
    """Created, modified, unchanged, withdrawn, from the last line of the table of a report."""
    (ligne,) = [ligne for ligne in rapport.splitlines() if ligne.startswith("total ")]
    return [int(mot) for mot in ligne.split()[1:]]


def photographie() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, for « the database is identical »."""
    return {
        modele._meta.db_table: sorted(modele._base_manager.values_list(), key=repr)
        for modele in apps.get_models(include_auto_created=True)
    }


def fiche_rncp(
    numero: str,
    *,
    intitule: str = "",
    rome: tuple[str, ...] = (),
    remplace: tuple[str, ...] = (),
    remplacee_par: tuple[str, ...] = (),
    blocs: tuple[str, ...] = (),
    contenu: str = "",
) -> str:
    """One FICHE of an export of France compétences; `contenu` is XML of your own."""
    nouvelles = "".join(
        f"<NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>{n}</ID_FICHE_NOUVELLE_CERTIFICATION>"
        "</NOUVELLE_CERTIFICATION>"
        for n in remplacee_par
    )
    anciennes = "".join(
        f"<ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>{n}</ID_FICHE_ANCIENNE_CERTIFICATION>"
        "</ANCIENNE_CERTIFICATION>"
        for n in remplace
    )
    codes = "".join(f"<ROME><CODE>{code}</CODE><LIBELLE>Ancien libellé</LIBELLE></ROME>" for code in rome)
    parties = "".join(
        f"<BLOC_COMPETENCES><CODE>{code}</CODE><LIBELLE>Bloc {code}</LIBELLE></BLOC_COMPETENCES>"
        for code in blocs
    )
    return (
        f"<FICHE><NUMERO_FICHE>{numero}</NUMERO_FICHE><INTITULE>{intitule or f'Certification {numero}'}</INTITULE>"
        f"<NOUVELLES_CERTIFICATIONS>{nouvelles}</NOUVELLES_CERTIFICATIONS>"
        f"<ANCIENNES_CERTIFICATIONS>{anciennes}</ANCIENNES_CERTIFICATIONS>"
        f"<CODES_ROME>{codes}</CODES_ROME><BLOCS_COMPETENCES>{parties}</BLOCS_COMPETENCES>"
        f"<ACTIF>Oui</ACTIF>{contenu}</FICHE>"
    )


def export_rncp(racine: Path, *fiches: str, date: str = "2026-08-16", version: str = "4.1") -> Path:
    """An XML export V4.1 holding these fiches, dated in its name as the official ones are."""
    chemin = racine / f"export_fiches_RNCP_V4_1_{date}.xml"
    chemin.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<FICHES><VERSION_FLUX>{version}</VERSION_FLUX>'
        f"{''.join(fiches)}</FICHES>",
        encoding="utf-8",
    )
    return chemin
