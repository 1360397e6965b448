"""Three JSON files out of the `.tgz` of « découpage administratif », read in passing: nothing is extracted."""

import gzip
import io
import tarfile
import zlib
from pathlib import Path
from typing import Any

from catalogue.fichiers.refus import FichierRefuse

MEBI = 1024 * 1024
MEMBRES_MAX = 200
"""The archive has about ten."""
MEMBRE_MAX = 64 * MEBI
"""Bytes of one member (communes.json has 9 MB)."""
TOTAL_MAX = 128 * MEBI
"""Bytes of the whole archive, uncompressed."""
MAGIE_GZIP = b"\x1f\x8b"


class _Borne(io.RawIOBase):
    """The uncompressed archive, up to TOTAL_MAX bytes."""

    def __init__(self, source: gzip.GzipFile, nom: str):
        self._source = source
        self._nom = nom
        self._reste = TOTAL_MAX

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: memoryview) -> int:  # type: ignore[override]
        octets = self._source.read(len(tampon))
        self._reste -= len(octets)
        if self._reste < 0:
            raise FichierRefuse(f"L’archive {self._nom} est anormalement grosse une fois décompressée.")
        tampon[: len(octets)] = octets
        return len(octets)


def est_une_archive(chemin: Path) -> bool:
    """Whether the file starts as a gzip; False for a folder, or what cannot be read (told later)."""
    try:
        with chemin.open("rb") as flux:
            return flux.read(2) == MAGIE_GZIP
    except (OSError, ValueError):
        return False


def lire_archive(chemin: Path, voulus: tuple[str, ...]) -> dict[str, bytes]:
    """The content of the members whose base name is in `voulus`; every member is checked, those after them too."""
    nom = chemin.name
    contenus: dict[str, bytes] = {}
    try:
        with gzip.GzipFile(chemin) as decompresse:
            borne: Any = io.BufferedReader(_Borne(decompresse, nom))
            archive = tarfile.open(fileobj=borne, mode="r|")  # noqa: SIM115 - it holds nothing but `decompresse`
            for rang, membre in enumerate(archive, start=1):
                if rang > MEMBRES_MAX:
                    raise FichierRefuse(f"L’archive {nom} contient trop de fichiers (plus de {MEMBRES_MAX}).")
                _verifier(membre, nom)
                court = membre.name.rsplit("/", 1)[-1]
                if not membre.isfile() or court not in voulus:
                    continue
                if court in contenus:
                    raise FichierRefuse(f"L’archive {nom} contient deux fichiers du nom de {court}.")
                flux = archive.extractfile(membre)
                contenus[court] = flux.read() if flux else b""
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, ValueError, OverflowError):
        raise FichierRefuse(f"L’archive {nom} est endommagée ou incomplète.") from None
    except OSError:
        raise FichierRefuse(f"L’archive {nom} ne peut pas être lue.") from None
    return contenus


def _verifier(membre: tarfile.TarInfo, nom: str) -> None:
    parties = membre.name.replace("\\", "/").split("/")
    if parties[0] == "" or ".." in parties or ":" in parties[0]:
        raise FichierRefuse(f"L’archive {nom} contient un fichier au chemin interdit ({membre.name[:80]!r}).")
    if not (membre.isfile() or membre.isdir()) or membre.issparse():
        raise FichierRefuse(f"L’archive {nom} contient un lien ou un fichier spécial ({membre.name[:80]!r}).")
    if membre.size > MEMBRE_MAX:
        raise FichierRefuse(f"L’archive {nom} contient un fichier anormalement gros ({membre.name[:80]!r}).")
