"""Stream the records of a large official XML file, with a flat memory."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from catalogue.fichiers.lisible import morceaux_suspects, relire
from catalogue.fichiers.refus import FichierRefuse, Rejet

MORCEAU = 64 * 1024
PROLOGUE_MAX = 1024 * 1024
"""Bytes before the root element."""
ENREGISTREMENT_MAX = 64 * 1024 * 1024
"""Bytes of one record (the largest RNCP fiche has under 1 MB)."""


class _RacineAtteinte(Exception):
    """Stops the reading of the prolog."""


def elements(
    flux: BinaryIO,
    nom: str,
    *,
    racine: str,
    balise: str,
    entete: Collection[str] = (),
    conteneur: str | None = None,
    rejeter: Callable[[Rejet], None] | None = None,
) -> Iterator[Element]:
    """The direct children of the root named `balise` or in `entete`, each whole, in the order of the file.

    With `conteneur`, those of the first element of that name below the root, in place of the root's. Names are
    ElementTree's: « {namespace}name » in a namespace. An element is cleared when the next one is asked for: keep what
    you need of it. A text whose encoding was lost is told to `rejeter`, and emptied unless it is long. Raises
    FichierRefuse, while iterating, for a DOCTYPE (so no entity is ever declared), another root, a malformed or truncated
    file, an unknown encoding.
    """
    try:
        debut, encodage = _prologue(flux, nom, racine)
        for element, suspect in _enfants(flux, nom, debut, conteneur):
            if element.tag == balise or element.tag in entete:
                if suspect or encodage not in ("", "UTF-8"):
                    _assainir(element, rejeter)
                yield element
            element.clear()
    except (ET.ParseError, expat.ExpatError) as erreur:
        raise FichierRefuse(_raison(nom, erreur)) from None
    except (LookupError, ValueError):
        # expat hands an encoding it does not know to Python's codecs: unknown, or not one byte per character.
        raise FichierRefuse(f"Le fichier {nom} annonce un encodage inconnu.") from None


def _assainir(element: Element, rejeter: Callable[[Rejet], None] | None) -> None:
    """Look at each text of a record for what `lisible` knows of; the first text of a record is its number."""
    cle = next((texte.strip() for texte in element.itertext() if texte.strip()), "")[:40]
    for partie in element.iter():
        if partie.text:
            partie.text, raison = relire(partie.text)
            if raison and rejeter:
                rejeter(Rejet("valeur", f"{cle}, {partie.tag.rpartition('}')[2]}", raison))


def _prologue(flux: BinaryIO, nom: str, racine: str) -> tuple[bytes, str]:
    """Read up to the start of the root, check what is there; the bytes read so far, and the encoding they declare."""
    encodage = ""

    def declaration(_: str, declare: str | None, __: int) -> None:
        nonlocal encodage
        encodage = (declare or "").upper()

    def doctype(*_: object) -> None:
        raise FichierRefuse(f"Le fichier {nom} contient un DOCTYPE : il est refusé par sécurité.")

    def debut_racine(trouvee: str, _: object) -> None:
        trouvee = "{" + trouvee if "}" in trouvee else trouvee
        if trouvee != racine:
            raise FichierRefuse(
                f"Le fichier {nom} n’a pas le format attendu : sa racine est « {trouvee[:80]} » et non « {racine} »."
            )
        raise _RacineAtteinte

    analyseur = expat.ParserCreate(namespace_separator="}")
    analyseur.XmlDeclHandler = declaration
    analyseur.StartDoctypeDeclHandler = doctype
    analyseur.StartElementHandler = debut_racine
    lu = b""
    try:
        while morceau := flux.read(MORCEAU):
            lu += morceau
            analyseur.Parse(morceau, False)
            if len(lu) > PROLOGUE_MAX:
                raise FichierRefuse(
                    f"Le fichier {nom} n’est pas un fichier XML attendu : son début est trop long."
                )
        if not lu:
            raise FichierRefuse(f"Le fichier {nom} est vide.")
        analyseur.Parse(b"", True)
    except _RacineAtteinte:
        pass
    return lu, encodage


def _enfants(flux: BinaryIO, nom: str, debut: bytes, conteneur: str | None) -> Iterator[tuple[Element, bool]]:
    """Every direct child of the root (of the container, if one is named), removed from it once complete.

    With each, whether a mark of a lost encoding is in the pieces of file it came in.
    """
    # No event is asked for: the tree is built in C under an element of ours, and once past a piece of file all the
    # children of the container but the last are complete.
    batisseur = ET.TreeBuilder()
    dessus = batisseur.start("document", {})
    analyseur: ET.XMLParser[Element] = ET.XMLParser(target=batisseur)  # noqa: S314 - a DOCTYPE has been refused
    racine: Element | None = None
    depuis, suspect = 0, False
    for morceau, marque in morceaux_suspects(chain([debut], iter(lambda: flux.read(MORCEAU), b""))):
        suspect = suspect or marque
        analyseur.feed(morceau)
        if racine is None and len(dessus):
            racine = dessus[0] if conteneur is None else next(dessus[0].iter(conteneur), None)
        depuis += len(morceau)
        if racine is not None and len(racine) > 1:
            complets = racine[:-1]
            del racine[:-1]
            depuis = 0
            for complet in complets:
                yield complet, suspect
            # The last child began in this piece.
            suspect = marque
        if depuis > ENREGISTREMENT_MAX:
            raise FichierRefuse(
                f"Le fichier {nom} n’a pas le format attendu : un enregistrement y est trop gros."
            )
    analyseur.close()
    if racine is not None:
        for complet in racine[:]:
            yield complet, suspect


def _raison(nom: str, erreur: ET.ParseError | expat.ExpatError) -> str:
    ligne = erreur.position[0] if isinstance(erreur, ET.ParseError) else erreur.lineno
    if erreur.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
        return f"Le fichier {nom} annonce un encodage inconnu."
    tronque = (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    )
    if erreur.code in tronque:
        return f"Le fichier {nom} est tronqué ou n’est pas un fichier XML : il s’arrête à la ligne {ligne}."
    return f"Le fichier {nom} est un XML mal formé à la ligne {ligne}."
