"""Open an official delivery: a zip, a folder or a single plain file, seen the same way.

Nothing is read from a zip before its directory has been checked; what is read is counted again while it is read.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from catalogue.fichiers.refus import FichierRefuse

MEBI = 1024 * 1024
MEMBRES_MAX = 1_000
"""Members of one zip (the largest official one, ROME, has 29)."""
TAILLE_MEMBRE_MAX = 2 * 1024 * MEBI
"""Bytes of one file, uncompressed (the largest official one, the national RNCP file, has 470 MB)."""
TAILLE_TOTALE_MAX = 4 * 1024 * MEBI
"""Bytes of all the members of one zip, uncompressed."""
TAUX_MAX = 100
"""Uncompressed bytes for one compressed byte, beyond FRANCHISE_TAUX (official files: 6 in CSV, 12 in XML)."""
FRANCHISE_TAUX = 10 * MEBI
TAILLE_TEXTE_MAX = 16 * MEBI
"""Bytes of a file read whole by Dossier.texte()."""
_REPERTOIRE_MAX = MEBI
# What zipfile raises on a damaged archive; NotImplementedError is its word for a method of compression it lacks.
_ERREURS_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Dossier:
    """The files of one delivery, by base name; a context manager, made by `ouvrir()`.

    `nom` is the name of the delivery itself, for messages.
    """

    def __init__(
        self, nom: str, fichiers: dict[str, Callable[[], BinaryIO]], archive: zipfile.ZipFile | None = None
    ):
        self.nom = nom
        self._fichiers = fichiers
        self._archive = archive

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, valeur: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._archive is not None:
            self._archive.close()

    def noms(self) -> list[str]:
        """Base names of the files, sorted."""
        return sorted(self._fichiers)

    def ouvrir(self, nom: str) -> BinaryIO:
        """The bytes of one file, to be closed by the caller; reading it may raise FichierRefuse too."""
        if nom not in self._fichiers:
            raise FichierRefuse(f"Le fichier {nom} est absent de {self.nom}.")
        return self._fichiers[nom]()

    def texte(self, nom: str, encodage: str = "utf-8") -> str:
        """The whole text of a small file (TAILLE_TEXTE_MAX bytes at most), decoded strictly."""
        with self.ouvrir(nom) as flux:
            octets = flux.read(TAILLE_TEXTE_MAX + 1)
        if len(octets) > TAILLE_TEXTE_MAX:
            raise FichierRefuse(f"Le fichier {nom} est trop gros pour un fichier de texte.")
        try:
            return octets.decode(encodage)
        except UnicodeDecodeError:
            raise FichierRefuse(f"Le fichier {nom} n’est pas un texte en {encodage.upper()}.") from None


class _FluxGarde(io.RawIOBase):
    """A stream that stops at `limite` bytes and tells its errors as FichierRefuse."""

    def __init__(self, source: IO[bytes], nom: str, limite: int):
        self._source = source
        self._nom = nom
        self._reste = limite

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: memoryview) -> int:  # type: ignore[override]
        try:
            octets = self._source.read(len(tampon))
        except _ERREURS_ZIP:
            raise FichierRefuse(f"Le fichier {self._nom} est endommagé : sa lecture a échoué.") from None
        except OSError as erreur:
            raise FichierRefuse(f"Le fichier {self._nom} ne peut pas être lu : {_cause(erreur)}.") from None
        self._reste -= len(octets)
        if self._reste < 0:
            raise FichierRefuse(f"Le fichier {self._nom} est plus gros que la taille permise ou annoncée.")
        tampon[: len(octets)] = octets
        return len(octets)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def ouvrir(chemin: Path) -> Dossier:
    """Open `chemin`: a zip (by its name or its first bytes), a folder (its own files, not its sub-folders') or one file.

    Hidden files and the `__MACOSX` members macOS adds to zips are left out. Raises FichierRefuse when the path cannot
    be read, holds nothing, or is a zip that lies or is damaged.
    """
    nom = chemin.name or str(chemin)
    try:
        mode = chemin.stat().st_mode
        if stat.S_ISDIR(mode):
            return Dossier(nom, _fichiers_du_repertoire(chemin, nom))
        if not stat.S_ISREG(mode):
            raise FichierRefuse(f"{nom} n’est ni un fichier ni un dossier.")
        with chemin.open("rb") as flux:
            debut = flux.read(4)
        if not debut:
            raise FichierRefuse(f"Le fichier {nom} est vide.")
        if chemin.suffix.lower() == ".zip" or debut in (b"PK\3\4", b"PK\5\6"):
            return _ouvrir_zip(chemin, nom, debut)
    except OSError as erreur:
        raise FichierRefuse(f"{nom} ne peut pas être lu : {_cause(erreur)}.") from None
    except ValueError:
        raise FichierRefuse("Ce chemin de fichier n’est pas valable.") from None
    return Dossier(nom, {nom: _ouvreur(chemin)})


def _cause(erreur: OSError) -> str:
    if isinstance(erreur, FileNotFoundError | NotADirectoryError):
        return "il n’existe pas"
    if isinstance(erreur, PermissionError):
        return "vous n’en avez pas le droit"
    return "erreur du système de fichiers"


def _fichiers_du_repertoire(chemin: Path, nom: str) -> dict[str, Callable[[], BinaryIO]]:
    fichiers = {f.name: _ouvreur(f) for f in chemin.iterdir() if f.is_file() and not f.name.startswith(".")}
    if not fichiers:
        raise FichierRefuse(f"Le dossier {nom} ne contient aucun fichier.")
    return fichiers


def _ouvreur(chemin: Path) -> Callable[[], BinaryIO]:
    def ouvrir_fichier() -> BinaryIO:
        try:
            flux = chemin.open("rb")
            if os.fstat(flux.fileno()).st_size == 0:
                flux.close()
                raise FichierRefuse(f"Le fichier {chemin.name} est vide.")
        except OSError as erreur:
            raise FichierRefuse(f"Le fichier {chemin.name} ne peut pas être lu : {_cause(erreur)}.") from None
        return io.BufferedReader(_FluxGarde(flux, chemin.name, TAILLE_MEMBRE_MAX), MEBI)

    return ouvrir_fichier


def _ouvrir_zip(chemin: Path, nom: str, debut: bytes) -> Dossier:
    if debut not in (b"PK\3\4", b"PK\5\6"):
        raise FichierRefuse(f"Le fichier {nom} n’est pas une archive zip.")
    # zipfile loads the whole central directory before it can be counted: its size is read first.
    if _taille_repertoire(chemin) > _REPERTOIRE_MAX:
        raise FichierRefuse(f"L’archive {nom} annonce trop de fichiers (plus de {MEMBRES_MAX}).")
    try:
        archive = zipfile.ZipFile(chemin)
    except _ERREURS_ZIP:
        raise FichierRefuse(f"L’archive {nom} est endommagée ou incomplète.") from None
    try:
        return Dossier(nom, _membres(archive, nom), archive)
    except FichierRefuse:
        archive.close()
        raise


def _taille_repertoire(chemin: Path) -> int:
    """Bytes of the central directory as its end record (ZIP appnote 4.3.16, or 4.3.14 for zip64) declares them."""
    with chemin.open("rb") as flux:
        flux.seek(max(0, chemin.stat().st_size - (22 + 0xFFFF + 20 + 56)))
        fin = flux.read()
    sans_commentaire = fin[-22:-18] == b"PK\5\6" and fin[-2:] == b"\0\0"
    position = len(fin) - 22 if sans_commentaire else fin.rfind(b"PK\5\6")
    if position < 0 or len(fin) - position < 22:
        return 0  # zipfile says what is wrong with it
    if position >= 76 and fin[position - 20 : position - 16] == b"PK\6\7":
        return int.from_bytes(fin[position - 36 : position - 28], "little")
    return int.from_bytes(fin[position + 12 : position + 16], "little")


def _membres(archive: zipfile.ZipFile, nom: str) -> dict[str, Callable[[], BinaryIO]]:
    infos = archive.infolist()
    if len(infos) > MEMBRES_MAX:
        raise FichierRefuse(
            f"L’archive {nom} contient trop de fichiers ({len(infos)}, au plus {MEMBRES_MAX})."
        )
    for info in infos:
        _verifier_membre(info, nom)
    total = sum(info.file_size for info in infos)
    compresse = sum(info.compress_size for info in infos)
    if total > TAILLE_TOTALE_MAX or total > FRANCHISE_TAUX + TAUX_MAX * compresse:
        raise FichierRefuse(f"L’archive {nom} est anormalement grosse une fois décompressée.")
    _verifier_chevauchements(archive, nom)
    fichiers: dict[str, Callable[[], BinaryIO]] = {}
    for info in infos:
        complet = _nom_repare(info)
        court = complet.replace("\\", "/").rsplit("/", 1)[-1]
        if info.is_dir() or not court or court.startswith(".") or complet.startswith("__MACOSX/"):
            continue
        if court in fichiers:
            raise FichierRefuse(f"L’archive {nom} contient deux fichiers du nom de {court}.")
        fichiers[court] = _ouvreur_de_membre(archive, info, court)
    if not fichiers:
        raise FichierRefuse(f"L’archive {nom} ne contient aucun fichier.")
    return fichiers


def _verifier_membre(info: zipfile.ZipInfo, nom: str) -> None:
    membre = _nom_repare(info)
    parties = membre.replace("\\", "/").split("/")
    if parties[0] == "" or ".." in parties or ":" in parties[0]:
        raise FichierRefuse(f"L’archive {nom} contient un fichier au chemin interdit ({membre[:80]!r}).")
    # 12 bits of permissions, then the type: 0 when the zip was not made on Unix.
    type_unix = stat.S_IFMT(info.external_attr >> 16)
    if type_unix not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FichierRefuse(f"L’archive {nom} contient un lien ou un fichier spécial ({membre[:80]!r}).")
    if info.flag_bits & 0x1:
        raise FichierRefuse(f"L’archive {nom} est protégée par un mot de passe.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FichierRefuse(f"L’archive {nom} emploie une compression inconnue ({membre[:80]!r}).")
    if info.file_size > TAILLE_MEMBRE_MAX or info.file_size > FRANCHISE_TAUX + TAUX_MAX * info.compress_size:
        raise FichierRefuse(f"L’archive {nom} contient un fichier anormalement gros ({membre[:80]!r}).")


def _verifier_chevauchements(archive: zipfile.ZipFile, nom: str) -> None:
    """Each member ends before the next one starts: overlapping members are the mark of a zip bomb."""
    libre = 0
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset):
        if info.header_offset < libre:
            raise FichierRefuse(f"L’archive {nom} contient des fichiers qui se chevauchent.")
        # 30 bytes of local header, then at least one byte per character of the name.
        libre = info.header_offset + 30 + len(info.orig_filename) + info.compress_size
    if libre > archive.start_dir:
        raise FichierRefuse(f"L’archive {nom} est endommagée ou incomplète.")


def _nom_repare(info: zipfile.ZipInfo) -> str:
    """The member's name; UTF-8 bytes written without the zip's UTF-8 flag (the RNCP export does it) are repaired."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _ouvreur_de_membre(archive: zipfile.ZipFile, info: zipfile.ZipInfo, nom: str) -> Callable[[], BinaryIO]:
    def ouvrir_membre() -> BinaryIO:
        if info.file_size == 0:
            raise FichierRefuse(f"Le fichier {nom} est vide.")
        try:
            flux = archive.open(info)
        except _ERREURS_ZIP:
            raise FichierRefuse(f"Le fichier {nom} est endommagé : sa lecture a échoué.") from None
        return io.BufferedReader(_FluxGarde(flux, nom, info.file_size), MEBI)

    return ouvrir_membre
