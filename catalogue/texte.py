"""Give flattened official texts their paragraphs, lists and addresses back.

France compétences publishes long texts without line breaks: runs of four or more spaces join paragraphs and list
items, whose bullets are left (« * », « o » for the second level, and whatever authors type: « - », « – », « • »,
1., 1.1.1, C1.). Other authors leave two spaces only. All of this is read by rules that suit most texts; the text
itself is kept as published, and no word of it is ever lost or moved here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Paragraphe:
    texte: str
    est_liste: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Element:
    """An item of a list, with the items of the second level; deeper levels are brought up to the second."""

    texte: str
    sous_elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Liste:
    """`numerotee`: the items start with their own number or code (« 1.2 », « C3. »), so no bullet is needed."""

    elements: tuple[Element, ...]
    numerotee: bool = False
    est_liste: ClassVar[bool] = True


class _Segment(NamedTuple):
    """A line of the text: `marque` is the kind of its bullet or number, empty when it has none."""

    marque: str
    texte: str


_LIGNES = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*|\s{4,}")
_BLANCS = re.compile(r"\s{2,}")
# Characters that are nothing but bullets, wherever they stand; « · » is not one (« étudiant·e »).
_PUCE_CERTAINE = re.compile(r"([•▪●◦‣⁃►➢➤✓✔])")
# « carrelages et mosaïques; - cloisonnements »
_TIRET_APRES_PONCTUATION = re.compile(r"(?<=[;:])\s+(?=[-–*]\s+\w)")
_PUCE = re.compile(r"([*•·▪●◦‣⁃►➢➤✓✔→⇒–—-])\s+(?=\S)|([–—-])(?=[^\W\d_])|(o)\s+(?=\w)")
_NUMERO = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})[.)]?\s*[:–-]?\s*(?=[^\W\d_«(])")
_NUMERO_SIMPLE = re.compile(r"\d{1,2}\s?[.):/°–-]\s*(?=[^\W\d_«(])|[a-z]\)\s*(?=\w)")
# A1C1. – A5.C1. – C2.3 : – CP1)
_CODE = re.compile(r"[A-Z]{1,3}\d{1,2}(?:[.-]?[A-Z]{0,2}\d{1,2}){0,3}\s?[.):–-]\s*(?=[^\W\d_«(])")
_FIN_DE_CODE = re.compile(r"(?:^|\s)[A-Z]{0,3}\d{1,2}(?:[.-]?[A-Z]{0,2}\d{1,2}){0,4}\s?[.):–-]?$")
_MOTS_DE_LIAISON = frozenset(
    re.findall(
        r"\w+",
        "a à au aux avec ce ces cette chez d dans de des du en et l la le les leur leurs ou où par pour qu que sa sans"
        " ses son sous sur un une vers",
    )
)
_DERNIER_MOT = re.compile(r"([^\W\d_]+)['’]?$")
_COURT = 300
"""Longest line, in characters, that may be an item of a list without bullets."""
_FIN_DE_PHRASE = re.compile(r"(?<!\betc)[.:!?…]$")


def structurer(texte: str) -> list[Paragraphe | Liste]:
    """The paragraphs and lists of a flattened text, in order; an empty list for a blank text.

    Lines of a list are also: three or more lines in a row, not too long, without a final stop, and a paragraph that is
    nothing but three or more short titles joined by « - ».
    """
    return list(_blocs(list(_segments(texte))))


def elements_de_liste(texte: str) -> list[str]:
    """The items of a text that is one list (the skills of a bloc), both levels together, in order.

    Each paragraph is an item too. Left out: a line that ends with « : » (a heading), a line without a word (« … »).
    """
    items: list[str] = []
    for bloc in _blocs(list(_segments(texte, couper_les_phrases=True))):
        if isinstance(bloc, Paragraphe):
            items.append(bloc.texte)
        else:
            for element in bloc.elements:
                items += (element.texte, *element.sous_elements)
    return [item for item in (i.strip().rstrip(";,").rstrip() for i in items) if not item.endswith(":")]


def _segments(texte: str, couper_les_phrases: bool = False) -> Iterator[_Segment]:
    texte = _PUCE_CERTAINE.sub(r"\n\1 ", texte)
    texte = _TIRET_APRES_PONCTUATION.sub("\n", texte)
    for ligne in _LIGNES.split(texte):
        for morceau in _couper(ligne.strip(), couper_les_phrases):
            segment = _classer(_BLANCS.sub(" ", morceau).strip())
            if re.search(r"\w", segment.texte):
                yield segment


def _couper(ligne: str, couper_les_phrases: bool) -> Iterator[str]:
    """Cut at two or three spaces where they stand for a line break, and not for a slip of the keyboard."""
    debut = 0
    for blanc in _BLANCS.finditer(ligne):
        avant = ligne[max(debut, blanc.start() - 40) : blanc.start()]
        if _est_une_coupure(avant, ligne, blanc.end(), couper_les_phrases):
            yield ligne[debut : blanc.start()]
            debut = blanc.end()
    yield ligne[debut:]


def _est_une_coupure(avant: str, ligne: str, position: int, couper_les_phrases: bool) -> bool:
    if _FIN_DE_CODE.match(avant):
        return False  # « 3.1  Organiser »: the spaces follow a number
    if any(motif.match(ligne, position) for motif in (_PUCE, _NUMERO, _NUMERO_SIMPLE, _CODE)):
        return True
    if not ligne[position].isupper() or avant.endswith((",", "(", "«", "/", "-", "–")):
        return False
    if avant.endswith((".", "!", "?", "…")):
        return couper_les_phrases  # many authors type two spaces after a full stop
    mot = _DERNIER_MOT.search(avant)
    return mot is None or mot[1].lower() not in _MOTS_DE_LIAISON


def _classer(ligne: str) -> _Segment:
    marque = ""
    while puce := _PUCE.match(ligne):
        marque = marque or (puce[1] or puce[2] or puce[3])
        ligne = ligne[puce.end() :]
    if marque:
        return _Segment("-" if marque in "–—" else marque, ligne)
    if numero := _NUMERO.match(ligne):
        return _Segment(f"1{'.1' * numero[1].count('.')}", ligne)
    if _NUMERO_SIMPLE.match(ligne):
        return _Segment("1", ligne)
    return _Segment("C1" if _CODE.match(ligne) else "", ligne)


def _blocs(segments: list[_Segment]) -> Iterator[Paragraphe | Liste]:
    ordre = list(dict.fromkeys(segment.marque for segment in segments))
    i = 0
    while i < len(segments):
        fin = i + 1
        if segments[i].marque:
            while fin < len(segments) and (
                segments[fin].marque or _continue(segments[fin - 1], segments[fin])
            ):
                fin += 1
            yield from _listes(segments[i:fin], ordre)
        else:
            while fin < len(segments) and not segments[fin].marque:
                fin += 1
            yield from _sans_marque([segment.texte for segment in segments[i:fin]])
        i = fin


def _continue(precedent: _Segment, segment: _Segment) -> bool:
    """Whether a line without a bullet is the end of the item before it, cut in its middle."""
    return (
        segment.texte[0].islower()
        and not segment.marque
        and precedent.marque in ("-", "*", "o")
        and precedent.texte[-1] not in ".;:!?…)»"
    )


def _listes(segments: list[_Segment], ordre: list[str]) -> Iterator[Paragraphe | Liste]:
    """The list made of these lines; a number that no other one follows is not an item but a title."""
    numeros = [rang for rang, segment in enumerate(segments) if segment.marque.endswith("1")]
    if len(numeros) == 1:
        rang = numeros[0]
        yield from _listes(segments[:rang], ordre)
        yield Paragraphe(segments[rang].texte)
        yield from _listes(segments[rang + 1 :], ordre)
    elif segments:
        yield _liste(segments, ordre)


def _liste(segments: list[_Segment], ordre: list[str]) -> Liste:
    elements: list[list[str]] = []
    base = segments[0].marque
    for marque, texte in segments:
        if not marque:
            elements[-1][-1] += f" {texte}"
        elif not elements or _du_premier_niveau(marque, base, ordre):
            base = marque
            elements.append([texte])
        else:
            elements[-1].append(texte)
    numerotee = segments[0].marque.endswith("1")
    return Liste(tuple(Element(textes[0], tuple(textes[1:])) for textes in elements), numerotee)


def _du_premier_niveau(marque: str, base: str, ordre: list[str]) -> bool:
    """« o » is below any other bullet, 1.1 below 1., and any other mark below the one the text used first."""
    if "o" in (marque, base):
        return base == "o"
    if marque[0] == base[0] == "1":
        return len(marque) <= len(base)
    return ordre.index(marque) <= ordre.index(base)


def _sans_marque(textes: list[str]) -> Iterator[Paragraphe | Liste]:
    i = 0
    while i < len(textes):
        fin = i
        while fin < len(textes) and len(textes[fin]) <= _COURT and not _FIN_DE_PHRASE.search(textes[fin]):
            fin += 1
        if fin - i >= 3:
            yield Liste(tuple(Element(texte) for texte in textes[i:fin]))
        else:
            fin = max(fin, i + 1)
            yield from (_enumeration(texte) or Paragraphe(texte) for texte in textes[i:fin])
        i = fin


def _enumeration(texte: str) -> Liste | None:
    """« Assistant paie - Assistant de gestion - Gestionnaire de paie »: titles only, all with the same initial case."""
    titres = re.split(r" [-–] ", texte)
    initiales = {titre[:1].isupper() for titre in titres}
    if len(titres) < 3 or len(initiales) > 1 or not all(titre[:1].isalpha() for titre in titres):
        return None
    if any(len(titre) > 80 or re.search(r"[.;:!?](?=\s)", titre) for titre in titres):
        return None
    return Liste(tuple(Element(titre) for titre in titres))


# Two addresses may be glued together; an address may also be part of another one (?url=https://…).
_ADRESSE = re.compile(r"(?:https?://|\bwww\.)(?:(?!(?<![/=])https?://)[^\s<>\"«»])+", re.IGNORECASE)
_HOTE = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}", re.IGNORECASE)


def liens(texte: str) -> list[str]:
    """The web addresses found in a free text, in order, without repeats; « www.x.fr » is given https://.

    An address without a real host name, or with a user name in it, is left out.
    """
    return list(dict.fromkeys(_adresses(_ADRESSE.findall(texte))))


def _adresses(candidats: Iterable[str]) -> Iterator[str]:
    for candidat in candidats:
        adresse = candidat.rstrip(".,;:!?'’*")
        while adresse.endswith(")") and adresse.count(")") > adresse.count("("):
            adresse = adresse[:-1].rstrip(".,;:!?'’*")
        if adresse[:4].lower() == "www.":
            adresse = f"https://{adresse}"
        try:
            parties = urlsplit(adresse)
            valable = (
                parties.username is None and _HOTE.fullmatch(parties.hostname or "") and parties.port != 0
            )
        except ValueError:
            continue
        if valable:
            yield adresse
