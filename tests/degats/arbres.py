"""Damage to a tree: XML, JSON."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from tests.degats import Degat
from tests.degats.valeurs import TOUTES

_BALISE = re.compile(rb"<([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>")
_RIRES = "".join(f'<!ENTITY r{i} "{f"&r{i - 1};" * 10}">' for i in range(1, 10))


def _element(octets: bytes, hasard: Random) -> tuple[int, int, bytes]:
    """Where one element, taken at random, starts and ends; its name."""
    balise = hasard.choice(list(_BALISE.finditer(octets)))
    fermante = b"</" + balise[1] + b">"
    fin = octets.find(fermante, balise.end())
    return balise.start(), (fin + len(fermante) if fin >= 0 else balise.end()), balise[1]


def oter_un_element(octets: bytes, hasard: Random) -> bytes:
    debut, fin, _ = _element(octets, hasard)
    return octets[:debut] + octets[fin:]


def oter_tous_ces_elements(octets: bytes, hasard: Random) -> bytes:
    _, _, nom = _element(octets, hasard)
    return re.sub(rb"<" + nom + rb"(\s[^<>]*)?>.*?</" + nom + rb">", b"", octets, flags=re.DOTALL)


def doubler_un_element(octets: bytes, hasard: Random) -> bytes:
    debut, fin, _ = _element(octets, hasard)
    return octets[:fin] + octets[debut:fin] + octets[fin:]


def emboiter_un_element(octets: bytes, hasard: Random) -> bytes:
    """The element inside itself, a few times or very many."""
    debut, fin, nom = _element(octets, hasard)
    fois = hasard.choice([1, 1, 5, 20_000])
    return (
        octets[:debut]
        + (b"<" + nom + b">") * fois
        + octets[debut:fin]
        + (b"</" + nom + b">") * fois
        + octets[fin:]
    )


def renommer_ces_elements(octets: bytes, hasard: Random) -> bytes:
    _, _, nom = _element(octets, hasard)
    autre = hasard.choice(
        [nom + b"_V5", nom.lower(), nom.upper(), b"x", "é".encode(), b"a:" + nom, _element(octets, hasard)[2]]
    )
    return re.sub(rb"(</?)" + nom + rb"(?=[\s>/])", lambda trouve: trouve[1] + autre, octets)


def oter_une_balise(octets: bytes, hasard: Random) -> bytes:
    balise = hasard.choice(list(_BALISE.finditer(octets)))
    return octets[: balise.start()] + octets[balise.end() :]


def element_absurde(octets: bytes, hasard: Random) -> bytes:
    debut, fin, nom = _element(octets, hasard)
    valeur = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", hasard.choice(TOUTES))
    return octets[:debut] + b"<" + nom + b">" + escape(valeur).encode() + b"</" + nom + b">" + octets[fin:]


def elements_absurdes(octets: bytes, hasard: Random) -> bytes:
    """A tenth of the texts of the leaves."""

    def changer(trouve: re.Match[bytes]) -> bytes:
        if hasard.random() > 0.1:
            return trouve[0]
        valeur = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", hasard.choice(TOUTES))
        return trouve[1] + escape(valeur)[:5_000].encode() + trouve[2]

    return re.sub(rb"(<[A-Za-z_][\w.-]*>)[^<>]*(</)", changer, octets)


def texte_melange(octets: bytes, hasard: Random) -> bytes:
    """A comment, an instruction, a CDATA or an element in the middle of a text."""
    debut, _, _ = _element(octets, hasard)
    ouvre = octets.find(b">", debut) + 1
    intrus = hasard.choice(
        [b"<!-- x -->", b"<?php x ?>", b"<![CDATA[<b>]]>", b"<b>gras</b>", b"<br/>", b"<![CDATA[", b"]]>"]
    )
    return octets[:ouvre] + intrus + octets[ouvre:]


def entite(octets: bytes, hasard: Random) -> bytes:
    debut, _, _ = _element(octets, hasard)
    ouvre = octets.find(b">", debut) + 1
    intruse = hasard.choice(
        [
            b"&bidon;",
            b"&eacute;",
            b"&#0;",
            b"&#31;",
            b"&#xD800;",
            b"&#xFFFE;",
            b"&#x110000;",
            b"&",
            b"&#9999999999;",
        ]
    )
    return octets[:ouvre] + intruse + octets[ouvre:]


def doctype(octets: bytes, hasard: Random) -> bytes:
    racine = _BALISE.search(octets)
    assert racine
    nom = racine[1].decode()
    declare = hasard.choice([
        f"<!DOCTYPE {nom}>",
        f'<!DOCTYPE {nom} [<!ENTITY r0 "ha">{_RIRES}]>',
        f'<!DOCTYPE {nom} SYSTEM "http://127.0.0.1:9/x.dtd">',
        f'<!DOCTYPE {nom} [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE {nom} [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ]).encode()  # fmt: skip
    ouvre = racine.end()
    appel = b"&r9;" if b"r9" in declare else b"&x;" if b"ENTITY x" in declare else b""
    return octets[: racine.start()] + declare + octets[racine.start() : ouvre] + appel + octets[ouvre:]


def autre_declaration(octets: bytes, hasard: Random) -> bytes:
    corps = re.sub(rb"^(\xef\xbb\xbf)?\s*<\?xml.*?\?>", b"", octets, count=1, flags=re.DOTALL)
    encodage = hasard.choice(
        ["UTF-16", "ISO-8859-15", "windows-1252", "x-inconnu", "idna", "utf-7", "cp037", "big5", "US-ASCII"]
    )
    return f'<?xml version="{hasard.choice(["1.0", "1.1", "2.0"])}" encoding="{encodage}"?>'.encode() + corps


def autre_espace(octets: bytes, hasard: Random) -> bytes:
    racine = _BALISE.search(octets)
    assert racine
    return octets[: racine.end() - 1] + b' xmlns="http://exemple.fr/autre"' + octets[racine.end() - 1 :]


XML: tuple[Degat, ...] = (
    oter_un_element, oter_un_element, oter_tous_ces_elements, oter_tous_ces_elements, doubler_un_element, emboiter_un_element,
    emboiter_un_element, renommer_ces_elements, renommer_ces_elements, oter_une_balise, element_absurde, element_absurde,
    element_absurde, elements_absurdes, elements_absurdes, texte_melange, texte_melange, entite, entite, doctype, doctype,
    autre_declaration, autre_declaration, autre_espace,
)  # fmt: skip

# As written in the file: what Python's parser would refuse, or read as something else.
_BRUTES = (
    "null", "true", "-1", "0", "1.5", "1e999", "NaN", "-Infinity", "9" * 5_000, '"\\ud800"', '"\\u0000"', '"a\\u0000b"', '"\\udfff\\ud800"',
    "[]", "{}", "[[1]]", '["\\ud800", null, 3]', '{"a": "b"}', '"\\ufffd"', "'x'", "undefined", '"x', "[" * 200_000,
    "[" * 500 + "]" * 500,
)  # fmt: skip
_VALEUR = re.compile(r'(?<=:)\s*("(?:[^"\\]|\\.)*"|\[[^\[\]{}]*\]|[\w.-]+)')


def valeur_brute(octets: bytes, hasard: Random) -> bytes:
    lu = octets.decode()
    trouvee = hasard.choice(list(_VALEUR.finditer(lu)))
    return (lu[: trouvee.start()] + hasard.choice(_BRUTES) + lu[trouvee.end() :]).encode()


def valeurs_brutes(octets: bytes, hasard: Random) -> bytes:
    def changer(trouvee: re.Match[str]) -> str:
        return trouvee[0] if hasard.random() > 0.15 else hasard.choice(_BRUTES[:20])

    return _VALEUR.sub(changer, octets.decode()).encode()


def cle_changee(octets: bytes, hasard: Random) -> bytes:
    objets = json.loads(octets)
    victime = objets[hasard.randrange(len(objets))] if isinstance(objets, list) else objets
    cle = hasard.choice(list(victime))
    valeur = victime.pop(cle)
    if hasard.random() < 0.5:
        victime[hasard.choice([cle.upper(), "", "x", f"{cle} ", "\ufffd"])] = valeur
    return json.dumps(objets, ensure_ascii=hasard.random() < 0.5).encode()


def valeur_absurde(octets: bytes, hasard: Random) -> bytes:
    objets = json.loads(octets)
    for victime in objets:
        if hasard.random() < 0.5:
            absurde: Any = hasard.choice(TOUTES)
            victime[hasard.choice(list(victime))] = hasard.choice([absurde, [absurde], {absurde: absurde}])
    return json.dumps(objets, ensure_ascii=hasard.random() < 0.5).encode()


def objet_etranger(octets: bytes, hasard: Random) -> bytes:
    objets = json.loads(octets)
    objets.insert(
        hasard.randrange(len(objets) + 1), hasard.choice([None, 3, "x", [], {}, [{}], {"code": None}])
    )
    return json.dumps(objets).encode()


def ponctuation(octets: bytes, hasard: Random) -> bytes:
    lu = octets.decode()
    rang = hasard.choice([r for r, caractere in enumerate(lu) if caractere in '[]{},:"'])
    return (lu[:rang] + hasard.choice(["", ",", "]", "}", '"', "/* x */", "\x00"]) + lu[rang + 1 :]).encode()


JSON: tuple[Degat, ...] = (
    *(valeur_brute,) * 4, *(valeurs_brutes,) * 3, cle_changee, cle_changee, *(valeur_absurde,) * 3, objet_etranger, objet_etranger,
    ponctuation, ponctuation,
)  # fmt: skip
