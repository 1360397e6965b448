"""What every import command promises: all or nothing, a report, a recorded version, one clear line when it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import ImportEffectue, Source, VersionCatalogue, VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.models import Metier, Savoir
from tests import objets
from tests.livraisons import LivraisonRome, importer, photographie

SOURCE = {"code": "essai", "nom": "Essai", "producteur": "Nous"}


class Essai(CommandeImport):
    """The smallest import there can be: savoirs, from the lines « code libellé » of a text."""

    def importer(self, chemin, rapport):
        version = self.version(SOURCE, "1", date(2026, 1, 1))
        lignes = [ligne.partition(" ") for ligne in chemin.read_text().splitlines()]
        bilan = synchroniser(
            Savoir.objects.all(),
            [{"code_ogr": code, "libelle": libelle} for code, _, libelle in lignes],
            cle=("code_ogr",),
            absents=Absents.RETIRER,
            version=version,
            rejeter=rapport.rejeter,
        )
        rapport.noter("savoirs", bilan)
        self.ensuite()
        yield version

    def ensuite(self) -> None:
        """What a variant does once the rows are written."""


@pytest.fixture
def essayer(tmp_path) -> Callable[..., str]:
    """Import these lines; return what the operator reads."""

    def essayer_lignes(*lignes: str, commande: CommandeImport | None = None, **options) -> str:
        fichier = tmp_path / "savoirs.txt"
        fichier.write_text("\n".join(lignes))
        sortie = StringIO()
        call_command(commande or Essai(), str(fichier), stdout=sortie, **options)
        return sortie.getvalue()

    return essayer_lignes


@pytest.mark.django_db
class TestImport:
    def test_report_gives_a_line_per_table_and_the_rejects(self, essayer):
        essayer("1 Droit", "2 Paie", "3 Fiscalité")

        rapport = essayer("1 Droit", "2 Paie et congés", "4 Anglais", "4 Allemand")

        assert rapport.splitlines() == [
            "             créés  modifiés inchangés   retirés",
            "savoirs          1         1         1         1",
            "total            1         1         1         1",
            "1 rejeté(s).",
            "  savoir 4 : ligne en double",
        ]

    def test_each_import_is_recorded_with_its_file_and_its_report(self, essayer):
        essayer("1 Droit", "1 Paie")

        effectue = ImportEffectue.objects.get()

        assert str(effectue.version) == "Essai, version 1 du 01/01/2026"
        assert (effectue.fichier, effectue.nombre_de_rejets) == ("savoirs.txt", 1)
        assert effectue.bilan == {"savoirs": {"crees": 1, "modifies": 0, "inchanges": 0, "retires": 0}}
        assert effectue.rejets == [["savoir", "1", "ligne en double"]]
        assert Source.objects.get().producteur == "Nous"

    def test_the_same_edition_is_one_version_however_often_it_is_loaded(self, essayer):
        for _ in range(2):
            essayer("1 Droit")

        assert (VersionReferentiel.objects.count(), ImportEffectue.objects.count()) == (1, 2)

    def test_the_catalogue_advances_only_when_something_changed(self, essayer):
        numeros = []
        for lignes in (["1 Droit"], ["1 Droit"], ["1 Paie"], ["1 Paie"], []):
            essayer(*lignes)
            numeros.append(VersionCatalogue.courante())

        un, meme, deux, encore, trois = numeros
        assert un == meme < deux == encore < trois

    def test_nothing_new_is_said(self, essayer):
        essayer("1 Droit")

        assert essayer("1 Droit").splitlines()[-1] == "Rien n'a changé : ces données étaient déjà en place."

    def test_dry_run_reports_everything_and_keeps_nothing(self, essayer):
        essayer("1 Droit")
        avant = photographie()

        rapport = essayer("1 Paie", "2 Droit", dry_run=True)

        assert photographie() == avant
        assert rapport.splitlines()[-1] == "Essai à blanc : rien n'a été gardé."
        assert "savoirs          1         1         0         0" in rapport

    def test_quiet_command_says_nothing(self, essayer):
        assert essayer("1 Droit", verbosity=0) == ""

    @pytest.mark.parametrize(
        ("survient", "message"),
        [
            (
                FichierRefuse("Le fichier est tronqué."),
                "Fichier refusé, rien n'a été importé. Le fichier est tronqué.",
            ),
            (None, "La base de données refuse ces données, rien n'a été importé. "),
        ],
    )
    def test_trouble_halfway_leaves_the_database_untouched(self, essayer, survient, message):
        metier = objets.metier()

        class Interrompu(Essai):
            def ensuite(self) -> None:
                if survient:
                    raise survient
                Metier.objects.filter(pk=metier.pk).update(parent=metier)

        avant = photographie()
        with pytest.raises(CommandError) as erreur:
            essayer("1 Droit", commande=Interrompu())

        assert photographie() == avant
        assert str(erreur.value).startswith(message)
        assert "\n" not in str(erreur.value)

    def test_dry_run_meets_the_constraints_that_only_a_commit_checks(self, essayer):
        class Orphelin(Essai):
            def ensuite(self) -> None:
                Savoir.objects.create(code_ogr="9", libelle="Orphelin", version_id=987654321)

        with pytest.raises(CommandError, match="La base de données refuse ces données, rien n'a été importé"):
            essayer("1 Droit", commande=Orphelin(), dry_run=True)

        assert Savoir.objects.count() == 0

    def test_large_withdrawal_is_refused_unless_forced(self, essayer):
        class Prudent(Essai):
            def ensuite(self) -> None:
                self.tolerer_retraits("savoirs", 3, 10)

        with pytest.raises(
            CommandError, match="Il retirerait 3 savoirs sur 10 : il est sans doute incomplet"
        ):
            essayer("1 Droit", commande=Prudent())
        essayer("1 Droit", commande=Prudent(), forcer=True)

        assert Savoir.objects.count() == 1

    def test_file_whose_name_is_not_utf8_is_imported(self, tmp_path):
        livraison = LivraisonRome(tmp_path)
        chemin = Path(os.fsdecode(os.fsencode(tmp_path) + b"/rome-\xe9t\xe9"))
        livraison.chemin.rename(chemin)

        importer("import_rome", chemin)

        assert (
            ImportEffectue.objects.get().fichier == "rome-\N{REPLACEMENT CHARACTER}t\N{REPLACEMENT CHARACTER}"
        )


@pytest.mark.django_db(transaction=True)
def test_constraint_checked_at_the_commit_is_a_clear_refusal_too(essayer):
    class Orphelin(Essai):
        def ensuite(self) -> None:
            Savoir.objects.create(code_ogr="9", libelle="Orphelin", version_id=987654321)

    with pytest.raises(CommandError, match="La base de données refuse ces données, rien n'a été importé"):
        essayer("1 Droit", commande=Orphelin())

    assert (Savoir.objects.count(), VersionReferentiel.objects.count()) == (0, 0)


def test_report_adds_up_what_is_noted_under_one_name():
    rapport = Rapport()

    rapport.noter("blocs", Bilan(crees=1))
    rapport.noter("blocs", Bilan(crees=2, inchanges=3))

    assert rapport.bilans == {"blocs": Bilan(crees=3, inchanges=3)}
    assert (rapport.total, rapport.a_change) == (Bilan(crees=3, inchanges=3), True)


def test_report_of_many_rejects_shows_the_first_twenty_and_says_where_the_others_are():
    rapport = Rapport(rejets=[Rejet("bloc", f"BC{n}", "code absent") for n in range(22)])

    assert list(rapport.lignes())[2:4] == ["22 rejeté(s).", "  bloc BC0 : code absent"]
    assert list(rapport.lignes())[-2:] == [
        "  bloc BC19 : code absent",
        "  … et 2 autre(s), dans l'admin : Imports effectués.",
    ]


# As an operator runs it.


def manage(base: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py …` on a SQLite database of its own."""
    racine = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, str(racine / "manage.py"), *arguments],
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{base}",
            "DJANGO_SETTINGS_MODULE": "portail.settings_tests",
        },
        cwd=racine,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    chemin = tmp_path_factory.mktemp("base") / "portail.sqlite3"
    assert manage(chemin, "migrate", "--verbosity=0").returncode == 0
    return chemin


def une_ligne_claire(execution: subprocess.CompletedProcess[str]) -> str:
    """The single line of a command that failed well."""
    assert execution.returncode == 1
    assert execution.stdout == ""
    (ligne,) = execution.stderr.splitlines()
    return ligne


def test_bad_zip_ends_with_one_line_and_status_1(base, tmp_path):
    fichier = tmp_path / "bad.zip"
    fichier.write_bytes(b"PK\3\4 et plus rien")

    execution = manage(base, "import_rome", str(fichier))

    assert une_ligne_claire(execution) == (
        "CommandError: Fichier refusé, rien n'a été importé. L’archive bad.zip est endommagée ou incomplète."
    )


def test_missing_file_ends_with_one_line_and_status_1(base):
    execution = manage(base, "import_rncp", "nulle-part.xml")

    assert une_ligne_claire(execution) == (
        "CommandError: Fichier refusé, rien n'a été importé. nulle-part.xml ne peut pas être lu : il n’existe pas."
    )


def test_database_without_tables_ends_with_one_line_and_status_1(tmp_path):
    execution = manage(tmp_path / "vide.sqlite3", "import_rome", str(tmp_path))

    assert une_ligne_claire(execution) == (
        "CommandError: La base de données n'est pas à jour : lancez d'abord « python manage.py migrate »."
    )


def test_database_out_of_reach_ends_with_one_line_and_status_1(tmp_path):
    execution = manage(tmp_path / "absent" / "base.sqlite3", "import_rome", str(tmp_path))

    assert une_ligne_claire(execution).startswith("CommandError: La base de données ne répond pas. ")


def test_good_zip_ends_with_status_0(base, tmp_path):
    livraison = LivraisonRome(tmp_path)
    archive = shutil.make_archive(str(tmp_path / "rome"), "zip", livraison.chemin)

    execution = manage(base, "import_rome", archive)

    assert (execution.returncode, execution.stderr) == (0, "")
    assert execution.stdout.splitlines()[-1] == "Aucun rejet."
