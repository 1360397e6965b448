"""Zips, folders and plain files: what is read, and every way to be refused."""

import io
import os
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.fichiers import dossier
from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse


def zipper(membres: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", compression) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def ecrire(dossier_temporaire: Path, contenu: bytes, nom: str = "envoi.zip") -> Path:
    chemin = dossier_temporaire / nom
    chemin.write_bytes(contenu)
    return chemin


def tout_lire(chemin: Path) -> dict[str, bytes]:
    with ouvrir(chemin) as envoi:
        return {nom: envoi.ouvrir(nom).read() for nom in envoi.noms()}


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        tout_lire(chemin)
    return str(erreur.value)


def test_zip_gives_base_names_and_contents(tmp_path):
    chemin = ecrire(
        tmp_path, zipper({"rome/b.csv": b"bb", "a.csv": b"a", "rome/": b"", "__MACOSX/._a.csv": b"x"})
    )

    lus = tout_lire(chemin)

    assert lus == {"a.csv": b"a", "b.csv": b"bb"}


def test_folder_gives_its_own_files_only(tmp_path):
    (tmp_path / "sous").mkdir()
    ecrire(tmp_path / "sous", b"x", "c.csv")
    ecrire(tmp_path, b"a", "a.csv")
    ecrire(tmp_path, b"x", ".cache")

    lus = tout_lire(tmp_path)

    assert lus == {"a.csv": b"a"}


def test_plain_file_is_a_delivery_of_one(tmp_path):
    chemin = ecrire(tmp_path, "é".encode(), "fiches.xml")

    with ouvrir(chemin) as envoi:
        noms, texte = envoi.noms(), envoi.texte("fiches.xml")

    assert (noms, texte) == (["fiches.xml"], "é")


def test_utf8_name_without_the_zip_flag_is_repaired(tmp_path):
    contenu = zipper({"VoixdAccXs.csv": b"a"}).replace(b"VoixdAccXs", "VoixdAccè".encode())
    chemin = ecrire(tmp_path, contenu)

    with ouvrir(chemin) as envoi:
        noms = envoi.noms()

    assert noms == ["VoixdAccè.csv"]


def test_missing_member_is_refused(tmp_path):
    chemin = ecrire(tmp_path, zipper({"a.csv": b"a"}))

    with ouvrir(chemin) as envoi, pytest.raises(FichierRefuse) as erreur:
        envoi.ouvrir("b.csv")

    assert str(erreur.value) == "Le fichier b.csv est absent de envoi.zip."


def test_text_in_another_encoding_is_refused(tmp_path):
    chemin = ecrire(tmp_path, "é".encode("latin-1"), "version.txt")

    with ouvrir(chemin) as envoi, pytest.raises(FichierRefuse) as erreur:
        envoi.texte("version.txt")

    assert str(erreur.value) == "Le fichier version.txt n’est pas un texte en UTF-8."


@pytest.mark.parametrize(
    ("nom", "contenu", "message"),
    [
        ("envoi.zip", b"", "Le fichier envoi.zip est vide."),
        ("envoi.zip", b"<html>non</html>", "Le fichier envoi.zip n’est pas une archive zip."),
        ("envoi.zip", b"PK\3\4 tronque", "L’archive envoi.zip est endommagée ou incomplète."),
        ("envoi.zip", zipper({}), "L’archive envoi.zip ne contient aucun fichier."),
        ("envoi.zip", zipper({"a": b"a" * 999})[:-30], "L’archive envoi.zip est endommagée ou incomplète."),
        ("envoi.dat", zipper({"a.csv": b""}), "Le fichier a.csv est vide."),
        (
            "envoi.zip",
            zipper({"x/a.csv": b"a", "y/a.csv": b"a"}),
            "L’archive envoi.zip contient deux fichiers du nom de a.csv.",
        ),
        (
            "envoi.zip",
            zipper({"../a.csv": b"a"}),
            "L’archive envoi.zip contient un fichier au chemin interdit ('../a.csv').",
        ),
        (
            "envoi.zip",
            zipper({"/etc/a.csv": b"a"}),
            "L’archive envoi.zip contient un fichier au chemin interdit ('/etc/a.csv').",
        ),
        (
            "envoi.zip",
            zipper({"C:\\a.csv": b"a"}),
            "L’archive envoi.zip contient un fichier au chemin interdit ('C:\\\\a.csv').",
        ),
        (
            "envoi.zip",
            zipper({"a.csv": b"a"}, zipfile.ZIP_LZMA),
            "L’archive envoi.zip emploie une compression inconnue ('a.csv').",
        ),
        (
            "envoi.zip",
            zipper({"a.csv": bytes(30 * dossier.MEBI)}),
            "L’archive envoi.zip contient un fichier anormalement gros ('a.csv').",
        ),
        (
            "envoi.zip",
            zipper({f"{i}.csv": bytes(9 * dossier.MEBI) for i in range(6)}),
            "L’archive envoi.zip est anormalement grosse une fois décompressée.",
        ),
        (
            "envoi.zip",
            zipper({f"{i}.csv": b"" for i in range(1_001)}),
            "L’archive envoi.zip contient trop de fichiers (1001, au plus 1000).",
        ),
        (
            "envoi.zip",
            zipper({f"{i}.csv": b"" for i in range(20_000)}),
            "L’archive envoi.zip annonce trop de fichiers (plus de 1000).",
        ),
    ],
    ids=lambda valeur: "" if isinstance(valeur, bytes) else None,
)
def test_bad_file_is_refused(tmp_path, nom, contenu, message):
    chemin = ecrire(tmp_path, contenu, nom)

    reponse = refus(chemin)

    assert reponse == message


def test_missing_path_is_refused(tmp_path):
    reponse = refus(tmp_path / "rien.zip")

    assert reponse == "rien.zip ne peut pas être lu : il n’existe pas."


def test_empty_folder_is_refused(tmp_path):
    vide = tmp_path / "rome"
    vide.mkdir()

    reponse = refus(vide)

    assert reponse == "Le dossier rome ne contient aucun fichier."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission_is_refused(tmp_path):
    ferme = tmp_path / "rome"
    ferme.mkdir(mode=0)

    reponse = refus(ferme)

    assert reponse == "rome ne peut pas être lu : vous n’en avez pas le droit."


def test_fifo_is_refused(tmp_path):
    os.mkfifo(tmp_path / "tube")

    reponse = refus(tmp_path / "tube")

    assert reponse == "tube n’est ni un fichier ni un dossier."


def test_symbolic_link_in_a_zip_is_refused(tmp_path):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        lien = zipfile.ZipInfo("a.csv")
        lien.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(lien, "/etc/passwd")
    chemin = ecrire(tmp_path, tampon.getvalue())

    reponse = refus(chemin)

    assert reponse == "L’archive envoi.zip contient un lien ou un fichier spécial ('a.csv')."


def test_encrypted_member_is_refused(tmp_path):
    contenu = bytearray(zipper({"a.csv": b"a"}))
    repertoire = contenu.rindex(b"PK\1\2")
    contenu[6] |= 1
    contenu[repertoire + 8] |= 1
    chemin = ecrire(tmp_path, bytes(contenu))

    reponse = refus(chemin)

    assert reponse == "L’archive envoi.zip est protégée par un mot de passe."


def test_overlapping_members_are_refused(tmp_path):
    contenu = bytearray(zipper({"a.csv": b"a" * 50, "b.csv": b"b" * 50}))
    second = contenu.rindex(b"PK\1\2")
    contenu[second + 42 : second + 46] = struct.pack("<L", 0)
    chemin = ecrire(tmp_path, bytes(contenu))

    reponse = refus(chemin)

    assert reponse == "L’archive envoi.zip contient des fichiers qui se chevauchent."


def test_flipped_byte_is_found_while_reading(tmp_path):
    contenu = zipper({"a.csv": b"code,libelle\n" * 3}, zipfile.ZIP_STORED).replace(b"libelle", b"libellE", 1)
    chemin = ecrire(tmp_path, contenu)

    reponse = refus(chemin)

    assert reponse == "Le fichier a.csv est endommagé : sa lecture a échoué."


def test_stream_longer_than_its_limit_is_refused():
    flux = io.BufferedReader(dossier._FluxGarde(io.BytesIO(b"a" * 11), "a.csv", 10))

    with pytest.raises(FichierRefuse) as erreur:
        flux.read()

    assert str(erreur.value) == "Le fichier a.csv est plus gros que la taille permise ou annoncée."


MEMBRES = {"a.csv": b"code,libelle\n1,un\n", "b.xml": b"<a><b>\xc3\xa9</b></a>" * 20}
BON_ZIP = zipper(MEMBRES)


@settings(max_examples=300)
@given(st.data())
def test_damaged_zip_is_read_or_refused(donnees):
    contenu = bytearray(BON_ZIP[: donnees.draw(st.integers(0, len(BON_ZIP)))])
    for _ in range(donnees.draw(st.integers(0, 3)) if contenu else 0):
        contenu[donnees.draw(st.integers(0, len(contenu) - 1))] = donnees.draw(st.integers(0, 255))

    with tempfile.TemporaryDirectory() as temporaire:
        chemin = ecrire(Path(temporaire), bytes(contenu))
        try:
            lus = set(tout_lire(chemin).values())
        except FichierRefuse:
            lus = set()

    assert lus <= set(MEMBRES.values())
