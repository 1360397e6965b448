"""Onisep's rich texts (CDATA with p, h3, h4, h5, ul, li) as plain text: cleaned once, at the door.

The form is the one the pages know: a blank line between paragraphs, « ## » before a heading, « - » before an item.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

_BALISES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "br"}
_TITRES = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Windows-1252 bytes read as control characters are given their letter back; other controls, zero-width characters and
# soft hyphens have no use in a text.
_REMPLACES: dict[int, str] = dict.fromkeys([*range(32), 127, 173, 8203, 8288, 65279], "")
_REMPLACES |= {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_REMPLACES |= dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " ")


class _Bloc(NamedTuple):
    genre: str
    """"## ", "- " or "": what the block starts with."""
    texte: str


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocs: list[_Bloc] = []
        self._genre = ""
        self._dans_item = False
        self._morceaux: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.couper()
        if tag in _TITRES:
            self._genre = "## "
        elif tag == "li":
            self._genre, self._dans_item = "- ", True

    def handle_endtag(self, tag: str) -> None:
        self.couper()
        if tag == "li":
            self._dans_item = False
        self._genre = ""

    def handle_data(self, data: str) -> None:
        self._morceaux.append(data)

    def couper(self) -> None:
        # A « # » of the source would be read as a heading.
        texte = ligne("".join(self._morceaux)).lstrip("#").strip()
        self._morceaux.clear()
        if texte:
            self.blocs.append(_Bloc(self._genre, texte))
            # <li><p>…</p><p>…</p></li>: the bullet goes with the first paragraph only.
            self._genre = ""


def ligne(brut: str | None) -> str:
    """A name, a label or a code: one line, single spaces, no control character."""
    return " ".join((brut or "").translate(_REMPLACES).split())


def en_texte(html: str | None) -> str:
    """The plain text of a rich one, "" when it says nothing."""
    if not html or html.isspace():
        return ""
    lecteur = _Lecteur()
    lecteur.feed(nh3.clean(html, tags=_BALISES, attributes={}, strip_comments=True))
    lecteur.close()
    lecteur.couper()
    texte = _assembler(lecteur.blocs)
    # « &#0; » names no character: HTML makes U+FFFD of it.
    return texte if "\ufffd" in html else texte.replace("\ufffd", "")


def _assembler(blocs: list[_Bloc]) -> str:
    sortie = ""
    precedent = None
    for bloc in blocs:
        if precedent is None:
            lien = ""
        elif precedent.genre == "## " or (precedent.genre == bloc.genre == "- "):
            lien = "\n"
        else:
            lien = "\n\n"
        sortie += f"{lien}{bloc.genre}{bloc.texte}"
        precedent = bloc
    return sortie


def sans_titre(texte: str, *titres: str) -> str:
    """The text without its first line when that is a heading that only repeats the title of the section."""
    debut, _, suite = texte.partition("\n")
    repete = debut.startswith("## ") and debut[3:].rstrip(" :").casefold() in {t.casefold() for t in titres}
    return suite.lstrip("\n") if repete else texte


_DUREE = re.compile(r"^## Durée des? études ?:?$", re.IGNORECASE | re.MULTILINE)


def couper_duree(texte: str) -> tuple[str, str]:
    """What stands before and after the heading « Durée des études » (« Dico des métiers »)."""
    trouve = _DUREE.search(texte)
    return (texte[: trouve.start()].strip(), texte[trouve.end() :].strip()) if trouve else (texte, "")
