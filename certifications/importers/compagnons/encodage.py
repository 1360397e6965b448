"""Give any table as UTF-8, whatever it was saved in.

The export is in UTF-8; the kits are in cp1252, and tables that went through a spreadsheet mix both, sometimes on one line.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

_MORCEAU = 1024 * 1024
# UTF-8 sequences of what French is written with: é, œ, ’, –, … and combining accents. In cp1252 the same bytes would be
# « Ã© » or « â€™ », which nobody writes; other sequences (« É » before a no-break space) may well be two letters of cp1252.
_UTF8_FRANCAIS = re.compile(
    rb"(?:[\xc2\xc3][\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8]|\xe2(?:\x80[\x90-\xaf]|\x82\xac)|\xcc[\x80-\xa8])+"
)


class EnUtf8(io.RawIOBase):
    """The lines of a binary stream, as UTF-8."""

    def __init__(self, source: BinaryIO, *, melange: bool):
        self._source = source
        self._melange = melange

    def readable(self) -> bool:
        return True

    def readline(self, taille: int | None = -1, /) -> bytes:
        ligne = self._source.readline(-1 if taille is None else taille)
        return ligne if not self._melange or ligne.isascii() else _refaire(ligne)

    def close(self) -> None:
        self._source.close()
        super().close()


def est_en_utf8(flux: BinaryIO) -> bool:
    """Whether all of it is: a text of any length in cp1252 is not, by accident, valid UTF-8."""
    decodeur = codecs.getincrementaldecoder("utf-8")()
    try:
        while morceau := flux.read(_MORCEAU):
            decodeur.decode(morceau)
        decodeur.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refaire(ligne: bytes) -> bytes:
    """A line of cp1252 as UTF-8, the stretches that are already so left as they are; an unknown byte becomes « � »."""
    if not _UTF8_FRANCAIS.search(ligne):
        return ligne.decode("cp1252", "replace").encode()
    morceaux = []
    debut = 0
    for trouve in _UTF8_FRANCAIS.finditer(ligne):
        morceaux += [ligne[debut : trouve.start()].decode("cp1252", "replace").encode(), trouve[0]]
        debut = trouve.end()
    return b"".join([*morceaux, ligne[debut:].decode("cp1252", "replace").encode()])
