"""Read the parts of a fiche that are plain texts under tags: found by name, and read once when they recur."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from catalogue.fichiers.refus import Rejet
from certifications.importers.rncp.valeurs import Valeurs

T = TypeVar("T")
Rejeter = Callable[[Rejet], None]
Enfants = Mapping[str, list[Element]]
"""The children of a fiche by their tag, in their order."""

# The same organismes and the same codes come back in hundreds of fiches: those of which nothing is to be reported are
# read once, and known again by their texts.
_DEJA_LUS: dict[str, Any] = {}
_DEJA_LUS_MAX = 50_000


def par_balise(element: Element) -> Enfants:
    """The children of a fiche by their tag: asked for thirty times over, looked for once."""
    trouves: dict[str, list[Element]] = {}
    for enfant in element:
        trouves.setdefault(enfant.tag, []).append(enfant)
    return trouves


def premier(fiche: Enfants, balise: str) -> Element | None:
    trouves = fiche.get(balise)
    return trouves[0] if trouves else None


def enfants(fiche: Enfants, liste: str, balise: str) -> list[Element]:
    """The elements LISTE/BALISE of a fiche; a path given to ElementTree would take its slow way."""
    return [element for conteneur in fiche.get(liste, ()) for element in conteneur.findall(balise)]


def relire(element: Element, lire: Callable[[Valeurs], T | None], numero: str, rejeter: Rejeter) -> T | None:
    """What `lire` makes of an element of plain texts; it may not depend on the fiche."""
    # The tag is of one kind of part only; no text of XML may hold the character that separates them here.
    textes = "\x1f".join([element.tag, *[texte for e in element for texte in (e.tag, e.text or "")]])
    connu: T | None = _DEJA_LUS.get(textes)
    if connu is None:
        rejets: list[Rejet] = []
        connu = lire(Valeurs(element, numero, rejets.append))
        for rejet in rejets:
            rejeter(rejet)
        if connu is not None and not rejets:
            if len(_DEJA_LUS) >= _DEJA_LUS_MAX:
                _DEJA_LUS.clear()
            _DEJA_LUS[textes] = connu
    return connu
