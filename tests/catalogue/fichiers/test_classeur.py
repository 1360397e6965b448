"""Excel workbooks: the sheet with the header is read, what is not a workbook or hides something is refused."""

import shutil
import zipfile

import pytest

from catalogue.fichiers import classeur as module
from catalogue.fichiers.classeur import lire_feuille
from catalogue.fichiers.refus import FichierRefuse
from tests.classeurs import classeur

ENTETE = ("code", "nombre")


@pytest.fixture
def livre(tmp_path):
    return classeur(tmp_path / "livre.xlsx", [("01", 5), (None, None), ("02", "*")], ENTETE)


def lire(chemin):
    return list(lire_feuille(chemin, lambda titres: set(ENTETE) <= set(titres)))


def refus(chemin):
    with pytest.raises(FichierRefuse) as erreur:
        lire(chemin)
    return str(erreur.value)


def avec(livre, membre, contenu):
    """A copy of the workbook in which one member holds something else."""
    chemin = livre.with_name("autre.xlsx")
    with zipfile.ZipFile(livre) as source, zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as cible:
        for nom in source.namelist():
            if nom != membre:
                cible.writestr(nom, source.read(nom))
        cible.writestr(membre, contenu)
    return chemin


def test_rows_come_with_their_header_and_empty_ones_are_skipped(livre):
    assert lire(livre) == [(["code", "nombre"], ("01", 5)), (["code", "nombre"], ("02", "*"))]


def test_workbook_without_the_header_is_refused(tmp_path):
    chemin = classeur(tmp_path / "livre.xlsx", [(1, 2)], ("a", "b"))

    assert refus(chemin).endswith("aucune feuille n’a l’en-tête attendu.")


def test_macros_are_refused(livre):
    assert refus(avec(livre, "xl/vbaProject.bin", b"...")).endswith(
        "contient des macros : il est refusé par sécurité."
    )


@pytest.mark.parametrize("encodage", ["utf-8", "utf-16"])
def test_doctype_is_refused_in_any_part_and_encoding(livre, encodage):
    bombe = '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst>&a;</sst>'.encode(encodage)

    assert refus(avec(livre, "xl/sharedStrings.xml", bombe)) == (
        "Le fichier sharedStrings.xml contient un DOCTYPE : il est refusé par sécurité."
    )


def test_damaged_parts_are_refused(livre):
    with zipfile.ZipFile(livre) as archive:
        feuille = archive.read("xl/worksheets/sheet2.xml")

    assert refus(avec(livre, "xl/worksheets/sheet2.xml", feuille[:-40])).endswith(
        "n’est pas un classeur Excel lisible."
    )
    assert refus(avec(livre, "xl/worksheets/sheet2.xml", b"\x00\x01")).endswith("est un XML mal formé.")


def test_other_files_are_refused(tmp_path, livre):
    texte = tmp_path / "texte.xlsx"
    texte.write_text("code;nombre")
    autre_zip = tmp_path / "autre.zip"
    with zipfile.ZipFile(autre_zip, "w") as archive:
        archive.writestr("table.csv", "a")
    coupe = tmp_path / "coupe.xlsx"
    coupe.write_bytes(livre.read_bytes()[:-30])

    assert refus(texte) == "Le fichier texte.xlsx n’est pas un classeur Excel (.xlsx)."
    assert refus(autre_zip) == "Le fichier autre.zip n’est pas un classeur Excel (.xlsx)."
    assert refus(coupe) == "L’archive coupe.xlsx est endommagée ou incomplète."
    assert refus(tmp_path / "absent.xlsx") == "absent.xlsx ne peut pas être lu : il n’existe pas."


def test_bomb_is_refused_before_it_is_read(livre):
    assert refus(avec(livre, "xl/sharedStrings.xml", b"<sst>" + b" " * 30_000_000 + b"</sst>")).startswith(
        "L’archive autre.xlsx contient un fichier anormalement gros"
    )


def test_workbook_larger_than_the_limit_is_refused(livre, monkeypatch):
    monkeypatch.setattr(module, "TAILLE_MAX", 1_000)

    assert refus(livre) == "Le fichier livre.xlsx est trop gros pour un classeur."


def test_name_without_the_extension_is_read_too(livre, tmp_path):
    copie = shutil.copy(livre, tmp_path / "livre.xlsm")

    assert len(lire(copie)) == 2
