"""Archives, whole and damaged; workbooks are archives too."""

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Mapping
from random import Random

from tests.degats import Degat, octets

Contenus = Mapping[str, bytes]


def zipper(contenus: Contenus, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    tampon = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(tampon, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for nom, contenu in contenus.items():
            archive.writestr(zipfile.ZipInfo(nom, (2026, 8, 16, 0, 0, 0)), contenu, compression)
    return tampon.getvalue()


def tgz(contenus: Contenus) -> bytes:
    tampon = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=tampon, mode="wb", mtime=0) as flux,
        tarfile.open(fileobj=flux, mode="w") as archive,
    ):
        for nom, contenu in contenus.items():
            membre = tarfile.TarInfo(f"package/data/{nom}")
            membre.size = len(contenu)
            archive.addfile(membre, io.BytesIO(contenu))
    return tampon.getvalue()


def zip_abime(contenus: Contenus, hasard: Random) -> tuple[str, bytes]:
    """A zip of these files, damaged as an archive; what was done to it."""
    nom = next(iter(contenus))
    autres = dict(list(contenus.items())[1:])
    sain = zipper(contenus)
    faits = {
        "coupe": lambda: octets.couper(sain, hasard),
        "retourne": lambda: octets.retourner(sain, hasard),
        "creuse": lambda: octets.creuser(sain, hasard),
        "precede": lambda: hasard.randbytes(hasard.randint(1, 300)) + sain,
        "suivi": lambda: sain + hasard.randbytes(hasard.randint(1, 300)),
        "emboite": lambda: zipper({nom.rsplit(".", 1)[0] + ".zip": sain}),
        "emboite_sous_son_nom": lambda: zipper({nom: sain}),
        "bombe": lambda: zipper({nom: contenus[nom] + b"\n" * 30_000_000, **autres}),
        "bombe_a_cote": lambda: zipper({**contenus, "zeros.bin": bytes(30_000_000)}),
        "lzma": lambda: zipper(contenus, zipfile.ZIP_LZMA),
        "bzip2": lambda: zipper(contenus, zipfile.ZIP_BZIP2),
        "sans_compression": lambda: zipper(contenus, zipfile.ZIP_STORED),
        "vide": lambda: zipper({}),
        "membre_vide": lambda: zipper({nom: b"", **autres}),
        "chiffre": lambda: _drapeaux(sain, 0x1),
        "methode_inconnue": lambda: _methode(sain, hasard.choice([1, 6, 9, 97, 99])),
        "taille_menteuse": lambda: _taille(sain, hasard.choice([0, 1, 10**6, 2**32 - 2])),
        "somme_menteuse": lambda: _somme(sain),
        "double": lambda: zipper(contenus) if autres else _double(nom, contenus[nom]),
        "nom_etrange": lambda: zipper({hasard.choice(NOMS) + ("" if hasard.random() < 0.3 else nom): contenus[nom], **autres}),
        "beaucoup_de_membres": lambda: zipper({**contenus, **{f"f{i}.txt": b"x" for i in range(1_100)}}),
        "membre_manquant": lambda: zipper(autres or {"autre.txt": b"x"}),
        "intrus": lambda: zipper({**contenus, "LISEZMOI.txt": b"x", "__MACOSX/._x": b"x", ".DS_Store": b"x", "b/autre.xml": b"<a/>"}),
    }  # fmt: skip
    fait = hasard.choice(sorted(faits))
    return fait, faits[fait]()


NOMS = (
    "../", "/", "C:\\", "\\\\serveur\\", "a/" * 120, "\u202e", "é/", "Compétences/", "\x7f", " ", "-rf ", "%2e%2e/", "nul.", "x" * 300,
    "\ud7ff", "\n", "a\\b\\", "tmp/",
)  # fmt: skip


def tgz_abime(contenus: Contenus, hasard: Random) -> tuple[str, bytes]:
    sain = tgz(contenus)
    faits = {
        "coupe": lambda: octets.couper(sain, hasard),
        "retourne": lambda: octets.retourner(sain, hasard),
        "suivi": lambda: sain + hasard.randbytes(50),
        "lien": lambda: _lien(),
        "vide": lambda: tgz({}),
        "manque": lambda: tgz(dict(list(contenus.items())[1:])),
        "chemin": lambda: tgz({"../../communes.json": b"[]", **contenus}),
        "double": lambda: tgz({**contenus, "autre/communes.json": b"[]"}),
        "bombe": lambda: (
            tgz({**contenus, "zeros": bytes(140 * 1024 * 1024)}) if hasard.random() < 0.05 else tgz(contenus)
        ),
    }
    fait = hasard.choice(sorted(faits))
    return fait, faits[fait]()


def classeur_abime(classeur: bytes, hasard: Random) -> bytes:
    """One part of a workbook damaged, or missing."""
    with zipfile.ZipFile(io.BytesIO(classeur)) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    nom = hasard.choice(sorted(parties))
    if hasard.random() < 0.2:
        del parties[nom]
    else:
        feuilles = sorted(n for n in parties if "sheet" in n or "sharedStrings" in n)
        nom = hasard.choice([nom, *feuilles])
        degat = hasard.choice([*octets.DEGATS, *_CELLULES, *_CELLULES, *_CELLULES])
        parties[nom] = degat(parties[nom], hasard)
    return zipper(parties)


def _types_de_cellule(contenu: bytes, hasard: Random) -> bytes:
    def changer(trouve: re.Match[bytes]) -> bytes:
        return (
            trouve[0]
            if hasard.random() < 0.8
            else b' t="' + hasard.choice([b"s", b"n", b"d", b"b", b"e", b"str", b"zzz"]) + b'"'
        )

    return re.sub(rb' t="\w+"', changer, contenu)


def _valeurs_de_cellule(contenu: bytes, hasard: Random) -> bytes:
    bizarres = [
        b"-1",
        b"999999999",
        b"1e999",
        b"NaN",
        b"",
        b"x",
        b"2024-02-30",
        b"#N/A",
        b"9" * 400,
        b"\xef\xbf\xbd",
    ]

    def changer(trouve: re.Match[bytes]) -> bytes:
        return trouve[0] if hasard.random() < 0.9 else b"<v>" + hasard.choice(bizarres) + b"</v>"

    return re.sub(rb"<v>[^<]*</v>", changer, contenu)


def _places_de_cellule(contenu: bytes, hasard: Random) -> bytes:
    bizarres = [b"A0", b"A99999999", b"ZZZZZZ1", b"1A", b"", b"XFD1048576", b"A1:B2"]

    def changer(trouve: re.Match[bytes]) -> bytes:
        return trouve[0] if hasard.random() < 0.95 else b' r="' + hasard.choice(bizarres) + b'"'

    return re.sub(rb' r="[A-Z]*\d+"', changer, contenu)


_CELLULES: tuple[Degat, ...] = (_types_de_cellule, _valeurs_de_cellule, _places_de_cellule)


def _drapeaux(archive: bytes, drapeau: int) -> bytes:
    return _entetes(archive, 6, 8, lambda lu: lu | drapeau, "<H")


def _methode(archive: bytes, methode: int) -> bytes:
    return _entetes(archive, 8, 10, lambda _: methode, "<H")


def _taille(archive: bytes, taille: int) -> bytes:
    return _entetes(archive, 22, 24, lambda _: taille, "<I")


def _somme(archive: bytes) -> bytes:
    return _entetes(archive, 14, 16, lambda lu: lu ^ 0xFFFF, "<I")


def _entetes(archive: bytes, local: int, central: int, changer, forme: str) -> bytes:
    """One field of every local header (PK 3 4) and of every entry of the directory (PK 1 2)."""
    abimee = bytearray(archive)
    for marque, decalage in ((b"PK\3\4", local), (b"PK\1\2", central)):
        for trouvee in re.finditer(re.escape(marque), archive):
            place = trouvee.start() + decalage
            if place + 4 <= len(abimee):
                struct.pack_into(forme, abimee, place, changer(struct.unpack_from(forme, abimee, place)[0]))
    return bytes(abimee)


def _double(nom: str, contenu: bytes) -> bytes:
    return zipper({f"a/{nom}": contenu, f"b/{nom}": contenu})


def _lien() -> bytes:
    tampon = io.BytesIO()
    with tarfile.open(fileobj=tampon, mode="w:gz") as archive:
        membre = tarfile.TarInfo("communes.json")
        membre.type, membre.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(membre)
    return tampon.getvalue()
