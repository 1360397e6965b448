"""What every reader of Idéo does first: find the files of a delivery and their vintage."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.onisep.millesime import Millesime, millesime
from metiers.importers.onisep.texte import en_texte, ligne

_EXTENSIONS = (".xml", ".csv", ".json")


def fichiers_de_donnees(dossier: Dossier) -> list[str]:
    """The only file whatever its name (« ….xml.xml » is seen), else those that end like data."""
    noms = dossier.noms()
    if len(noms) > 1:
        noms = [nom for nom in noms if nom.lower().endswith(_EXTENSIONS)]
    if not noms:
        raise FichierRefuse(f"{dossier.nom} ne contient aucun fichier XML, CSV ou JSON.")
    return noms


def millesime_de(dossier: Dossier, nom: str) -> Millesime:
    """Of the file's own name, else of the delivery's: a member may say the day where the zip says the month."""
    return millesime(nom, dossier.nom)


class Valeurs:
    """The children of an element; a value that cannot be kept is given to `rejeter` and costs itself only."""

    __slots__ = ("_element", "_rejeter", "cle")

    def __init__(self, element: Element, cle: str, rejeter: Callable[[Rejet], None]):
        self._element = element
        self._rejeter = rejeter
        self.cle = cle

    def ligne(self, chemin: str, maximum: int) -> str:
        """One line of at most `maximum` characters, "" otherwise: a cut title would be a false one."""
        valeur = ligne(self._element.findtext(chemin))
        if len(valeur) > maximum:
            self.rejeter("valeur", chemin, f"texte trop long ({len(valeur)} caractères, au plus {maximum})")
            return ""
        return valeur

    def texte(self, chemin: str) -> str:
        """A rich text made plain."""
        return en_texte(self._element.findtext(chemin))

    def lignes(self, chemin: str) -> list[str]:
        """The texts of repeated elements, in order, each once."""
        textes = (ligne(element.text) for element in self._element.findall(chemin))
        return list(dict.fromkeys(texte for texte in textes if texte))

    def rejeter(self, objet: str, precision: str, raison: str) -> None:
        self._rejeter(Rejet(objet, f"{self.cle}, {precision}" if precision else self.cle, raison))


def entier(texte: str, minimum: int, maximum: int) -> int | None:
    """A whole number within bounds, None otherwise."""
    if texte.isascii() and texte.isdigit() and len(texte) <= 9 and minimum <= int(texte) <= maximum:
        return int(texte)
    return None


def adresse_web(texte: str, maximum: int) -> str:
    """The address when it is one of the web and fits; "" otherwise."""
    texte = texte.strip()
    correcte = (
        texte.lower().startswith(("http://", "https://")) and " " not in texte and len(texte) <= maximum
    )
    return texte if correcte else ""
