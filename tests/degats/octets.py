"""Damage to any file: bytes, lines, encodings."""

from __future__ import annotations

from random import Random

from tests.degats import Degat

INTRUS = "é € œ — « l’été » ÿ ﬁ 😀"


def couper(octets: bytes, hasard: Random) -> bytes:
    return octets[: hasard.randrange(len(octets))]


def couper_le_debut(octets: bytes, hasard: Random) -> bytes:
    return octets[hasard.randrange(1, len(octets)) :]


def retourner(octets: bytes, hasard: Random) -> bytes:
    """One to eight bytes become any other."""
    abimes = bytearray(octets)
    for _ in range(hasard.randint(1, 8)):
        abimes[hasard.randrange(len(abimes))] ^= hasard.randint(1, 255)
    return bytes(abimes)


def creuser(octets: bytes, hasard: Random) -> bytes:
    debut = hasard.randrange(len(octets))
    return octets[:debut] + octets[debut + hasard.randint(1, 400) :]


def inserer(octets: bytes, hasard: Random) -> bytes:
    ou = hasard.randrange(len(octets))
    return octets[:ou] + hasard.randbytes(hasard.randint(1, 64)) + octets[ou:]


def octet_nul(octets: bytes, hasard: Random) -> bytes:
    ou = hasard.randrange(len(octets))
    return octets[:ou] + b"\0" * hasard.randint(1, 3) + octets[ou:]


def vider(octets: bytes, hasard: Random) -> bytes:
    return hasard.choice([b"", b"\n", b" ", b"\xef\xbb\xbf", b"\0" * 100, b'""', b"[]", b"{}", b"<a/>"])


def redire(octets: bytes, hasard: Random) -> bytes:
    """The file twice, the second time without its first bytes or not."""
    return octets + octets[hasard.choice([0, 0, 10, len(octets) // 2]) :]


def autre_encodage(octets: bytes, hasard: Random) -> bytes:
    encodage = hasard.choice(
        ["cp1252", "iso-8859-15", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-7"]
    )
    return _lu(octets).encode(encodage, "ignore")


def encode_deux_fois(octets: bytes, hasard: Random) -> bytes:
    """« Ã© » for « é »: UTF-8 taken for cp1252, and saved again."""
    return octets.decode("cp1252", "ignore").encode()


def encodages_meles(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    for _ in range(hasard.randint(1, 3)):
        rang = hasard.randrange(len(lignes))
        encodage = hasard.choice(["cp1252", "iso-8859-15", "utf-16-le", "cp437"])
        lignes[rang] = (_lu(lignes[rang])[:-1] + INTRUS + "\n").encode(encodage, "ignore")
    return b"".join(lignes)


def caracteres_perdus(octets: bytes, hasard: Random) -> bytes:
    """Accents that a former reader replaced with U+FFFD, the file being good UTF-8 all the same."""
    lu = _lu(octets)
    accents = [rang for rang, caractere in enumerate(lu) if ord(caractere) > 127]
    lettres = accents or [rang for rang, caractere in enumerate(lu) if caractere.isalpha()]
    for rang in hasard.sample(lettres, min(len(lettres), 3)):
        lu = lu[:rang] + "\ufffd" + lu[rang + 1 :]
    return lu.encode()


def marque_au_milieu(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    rang = hasard.randrange(len(lignes))
    return b"".join([*lignes[:rang], b"\xef\xbb\xbf", *lignes[rang:]])


def autres_fins_de_ligne(octets: bytes, hasard: Random) -> bytes:
    fin = hasard.choice([b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b", "\u2028".encode()])
    return octets.replace(b"\r\n", b"\n").replace(b"\n", fin)


def oter_une_ligne(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    del lignes[hasard.randrange(len(lignes))]
    return b"".join(lignes)


def doubler_une_ligne(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    rang = hasard.randrange(len(lignes))
    return b"".join([*lignes[: rang + 1], *lignes[rang:]])


def battre_les_lignes(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    hasard.shuffle(lignes)
    return b"".join(lignes)


def oter_la_moitie(octets: bytes, hasard: Random) -> bytes:
    return b"".join(ligne for ligne in _lignes(octets) if hasard.random() < 0.5)


def ligne_sans_fin(octets: bytes, hasard: Random) -> bytes:
    lignes = _lignes(octets)
    rang = hasard.randrange(len(lignes))
    return b"".join([*lignes[:rang], b"x" * hasard.choice([10_000, 200_000, 9_000_000]), *lignes[rang:]])


def _lignes(octets: bytes) -> list[bytes]:
    """With their ends; of a file on one line, its tags or its objects."""
    lignes = octets.splitlines(keepends=True)
    if len(lignes) < 4:
        lignes = [morceau + b">" for morceau in octets.split(b">")]
    return lignes


def _lu(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "ignore")


DEGATS: tuple[Degat, ...] = (
    couper, couper, couper_le_debut, retourner, retourner, creuser, inserer, octet_nul, vider, redire, autre_encodage,
    autre_encodage, encode_deux_fois, encodages_meles, encodages_meles, caracteres_perdus, marque_au_milieu,
    autres_fins_de_ligne, oter_une_ligne, doubler_une_ligne, battre_les_lignes, oter_la_moitie, ligne_sans_fin,
)  # fmt: skip
