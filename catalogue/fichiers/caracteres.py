"""Read text whose encoding changes from one word to the next, and tell text that was lost on the way.

The JSON deliveries of the ROME are in ISO-8859-15 or Windows-1252, with stretches of UTF-8, and France Travail does not
say where. What is read byte by byte (one character of the same number per byte) can still be told: in French, no pair
of letters of either table looks like a character of UTF-8, and the two tables differ in 32 control characters that no
text has, and in eight signs.
"""

import re
import unicodedata

# Sequences of UTF-8 a French text may hold: Latin letters and signs, œ, Œ, Ÿ and carons, combining accents, punctuation
# and signs up to U+2BFF, ligatures, the byte order mark, the mark of what was lost. Others are more likely two letters of the other tables: « É» »
# is also a letter of the phonetic alphabet.
_UTF_8 = re.compile(
    rb"[\xc2\xc3][\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xcc[\x80-\xbf]|\xe2[\x80-\xaf][\x80-\xbf]"
    rb"|\xef\xac[\x80-\x86]|\xef\xbb\xbf|\xef\xbf\xbd"
)
_OCTETS = re.compile("[\x80-\xff]+")
_PAS_ASCII = re.compile("[^\x00-\x7f]+")
_CONTROLES = re.compile("[\x80-\x9f]")


def _caractere(octet: int) -> str:
    """Windows-1252 where ISO-8859-15 has control characters, ISO-8859-15 elsewhere."""
    seul = bytes([octet])
    try:
        return seul.decode("cp1252" if octet < 0xA0 else "iso-8859-15")
    except UnicodeDecodeError:  # five bytes that Windows-1252 does not use either
        return chr(octet)


_TABLE = [_caractere(octet) for octet in range(256)]
_SEULS = {octet: _TABLE[octet] for octet in range(0x80, 0x100)}
_VOISINS = re.compile("[^\x00-\x7f]{2}")
_OCTET_DE = {caractere: octet for octet, caractere in enumerate(_TABLE) if octet >= 0x80}
_OCTET_DE |= {bytes([o]).decode("cp1252"): o for o in (0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE)}
_OCTET_DE |= {"€": 0x80, "Š": 0x8A, "š": 0x9A, "Ž": 0x8E, "ž": 0x9E, "Œ": 0x8C, "œ": 0x9C, "Ÿ": 0x9F}
# Signs of Windows-1252 that ISO-8859-15 reads as letters: alone, or in the middle of a word in lower case.
_FRACTIONS = re.compile(r"(?<![^\W\d_])[Œœ](?![^\W\d_])")
_ACCENT_SEUL = re.compile(r"(?<=[a-zà-ÿ])Ž(?=[a-zà-ÿ])")
_PERDU = re.compile(r"\w\?\w|Ã|\ufffd")
_ADRESSE = re.compile(r"\S*(?:://|www\.)\S*")
# Controls but for the ends of lines, halves of characters, private use, and two codes that are no character.
_ILLISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


def restituer(texte: str) -> str:
    """The text that these bytes, one per character, were meant to be; a text already right comes back as it is."""
    if texte.isascii():
        return texte
    if _VOISINS.search(texte) is None:
        rendu = texte.translate(_SEULS)
    else:
        rendu = _OCTETS.sub(lambda suite: _lire(suite[0].encode("latin-1")), texte)
        # Bytes of UTF-8 once read in another table, then written in UTF-8: « Ã© ».
        if any(marque in rendu for marque in "ÃÂâÅ"):
            rendu = _PAS_ASCII.sub(_defaire, rendu)
    if "Œ" in rendu or "œ" in rendu:
        rendu = _FRACTIONS.sub(lambda signe: "¼" if signe[0] == "Œ" else "½", rendu)
    if "Ž" in rendu:
        rendu = _ACCENT_SEUL.sub("´", rendu)
    return unicodedata.normalize("NFC", rendu).replace("\ufeff", "")


def sans_controles(texte: str) -> str:
    """The same, where characters of Windows-1252 strayed into UTF-8: U+009C, which is no character, for œ."""
    return texte if texte.isascii() else _CONTROLES.sub(lambda trouve: _TABLE[ord(trouve[0])], texte)


def est_lisible(texte: str) -> bool:
    """Whether nothing was lost: no control character, no « ? » inside a word, no half of a character of UTF-8."""
    if texte.isascii() and texte.isprintable() and "?" not in texte:
        return True
    if _PERDU.search(_ADRESSE.sub("", texte) if "?" in texte else texte):
        return False
    return _ILLISIBLE.search(texte) is None


def _lire(octets: bytes) -> str:
    morceaux, debut = [], 0
    for trouve in _UTF_8.finditer(octets):
        morceaux.append("".join(_TABLE[octet] for octet in octets[debut : trouve.start()]))
        morceaux.append(sans_controles(trouve[0].decode("utf-8")))
        debut = trouve.end()
    morceaux.append("".join(_TABLE[octet] for octet in octets[debut:]))
    return "".join(morceaux)


def _defaire(suite: re.Match[str]) -> str:
    """The run as its bytes read again, when they hold a character of UTF-8."""
    octets = bytes(_OCTET_DE.get(c, 0) for c in suite[0])
    return _lire(octets) if 0 not in octets and _UTF_8.search(octets) else suite[0]
