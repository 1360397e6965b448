"""Recognise texts whose encoding was lost before they reached us: no strict decoding can.

« l\ufffdt\ufffd » was decoded by someone who replaced what he could not read; « Ã©tÃ© » is UTF-8 once taken for Latin. Both are
valid characters, and neither is what was written. A JSON file may also name characters that no text can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

LONGUEUR_D_UN_TEXTE = 300
"""Characters from which a text with a hole is still read: it is kept as it is. A shorter value would be a false one."""
LAISSEE_VIDE = "caractères illisibles (encodage perdu) : valeur laissée vide"
GARDEE = "caractères illisibles (encodage perdu) : texte gardé tel quel"
# What follows Ã, Â or â where UTF-8 was read as cp1252 or ISO-8859-1; « Ã » alone is Portuguese.
_EN_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_PERDU = re.compile(rf"\ufffd|Ã[\x80-\xbf{_EN_CP1252}]|Â[\xa0-\xbf]|â[\x80€][\x80-\xbf{_EN_CP1252}]")
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


def est_suspecte(texte: str) -> bool:
    """A quick look, to be made on every line: whether `est_illisible` is worth asking."""
    return "\ufffd" in texte or "Ã" in texte or "Â" in texte or "â" in texte


def est_illisible(texte: str) -> bool:
    return est_suspecte(texte) and _PERDU.search(texte) is not None


def relire(texte: str) -> tuple[str, str]:
    """The text to keep, and what is to be said of it: "" of a good one."""
    if est_illisible(texte):
        return (texte, GARDEE) if len(texte) > LONGUEUR_D_UN_TEXTE else ("", LAISSEE_VIDE)
    return texte, ""


def assainir(objet: Any, signaler: Callable[[str, str], None], chemin: str = "") -> Any:
    """The same JSON value without the texts that cannot be kept, each told to `signaler` with its path and the reason."""
    if isinstance(objet, str):
        if _IMPOSSIBLE.search(objet):
            signaler(chemin, "caractères interdits : valeur laissée vide")
            return ""
        texte, raison = relire(objet)
        if raison:
            signaler(chemin, raison)
        return texte
    if isinstance(objet, list):
        return [assainir(element, signaler, chemin) for element in objet]
    if isinstance(objet, dict):
        return {cle: assainir(valeur, signaler, cle) for cle, valeur in objet.items()}
    return objet


def sans_impossibles(texte: str) -> str:
    """The text without what neither a terminal nor a database can hold."""
    return _IMPOSSIBLE.sub("", texte)


# The same marks as bytes of UTF-8, and as numeric references. With each, a byte of it that texts seldom hold: looking for one
# byte is ten times faster than for several.
_MARQUES = (
    (b"\xef", (b"\xef\xbf\xbd",)),
    (b"\x83", (b"\xc3\x83",)),
    (b"\x82", (b"\xc3\x82\xc2", b"\xc3\xa2\xe2\x82\xac")),
    (b"\xc2", (b"\xc3\xa2\xc2\x80",)),
    (b"#", (b"#65533", b"#xFFFD", b"#xfffd")),
)
_CHEVAUCHEMENT = 8


def morceaux_suspects(morceaux: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece of a file in UTF-8, and whether a mark ends in it: 5 GB/s, where looking at each text would cost seconds."""
    fin = b""
    for morceau in morceaux:
        a_voir = fin + morceau
        yield (
            morceau,
            any(
                octet in a_voir and any(marque in a_voir for marque in marques) for octet, marques in _MARQUES
            ),
        )
        fin = morceau[-_CHEVAUCHEMENT:]
