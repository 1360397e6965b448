"""Stream the objects of a JSON file: an array of objects, or one object after the other."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, BinaryIO

from catalogue.fichiers.lisible import assainir
from catalogue.fichiers.refus import FichierRefuse, Rejet

MORCEAU = 256 * 1024
OBJET_MAX = 8 * 1024 * 1024
"""Characters of one object (the largest of the catalogue des formations en apprentissage has 6,000)."""
_BLANCS = " \t\r\n"
_BOM_OCTET_PAR_OCTET = "\xef\xbb\xbf"


def objets(
    flux: BinaryIO,
    nom: str,
    rejeter: Callable[[Rejet], None] | None = None,
    *,
    octet_par_octet: bool = False,
) -> Iterator[dict[str, Any]]:
    """Every object, in order. Raises FichierRefuse, while iterating, for what is not that.

    The text is UTF-8. With `rejeter`, texts that cannot be kept, such as « \\ud800 », are emptied and told to it. With
    `octet_par_octet`, any encoding that keeps ASCII bytes goes: each other byte comes as the one character of the same
    number, for `caracteres.restituer` to read.
    """
    lecteur = _Lecteur(flux, nom, octet_par_octet)
    premier = lecteur.caractere()
    liste = premier == "["
    if liste:
        lecteur.avancer()
    elif premier != "{":
        raise FichierRefuse(f"Le fichier {nom} n’est pas un JSON d’objets.")
    for rang in count(1):
        caractere = lecteur.caractere()
        if caractere == "" and not liste:
            return
        if caractere == "]" and liste:
            lecteur.avancer()
            break
        if caractere == "":
            raise FichierRefuse(f"Le fichier {nom} est tronqué.")
        objet = lecteur.objet()
        if not isinstance(objet, dict):
            raise FichierRefuse(
                f"Le fichier {nom} n’a pas le format attendu : il ne contient pas que des objets."
            )
        yield _assaini(objet, nom, rang, rejeter) if rejeter else objet
        if liste and lecteur.caractere() == ",":
            lecteur.avancer()
    if lecteur.caractere():
        raise FichierRefuse(f"Le fichier {nom} est mal formé : la liste est suivie d’autre chose.")


def _assaini(objet: dict[str, Any], nom: str, rang: int, rejeter: Callable[[Rejet], None]) -> dict[str, Any]:
    def signaler(chemin: str, raison: str) -> None:
        rejeter(Rejet("valeur", f"{nom}, objet {rang}, {chemin}"[:120], raison))

    try:
        assaini: dict[str, Any] = assainir(objet, signaler)
    except RecursionError:
        raise FichierRefuse(f"Le fichier {nom} est mal formé : trop d’objets emboîtés.") from None
    return assaini


class _Lecteur:
    """A window of text on the stream, that moves object by object."""

    def __init__(self, flux: BinaryIO, nom: str, octet_par_octet: bool):
        self._flux = flux
        self._nom = nom
        self._octet_par_octet = octet_par_octet
        self._reste = b""
        self._texte = ""
        self._fini = False
        self._decodeur = json.JSONDecoder(parse_constant=self._constante)

    def caractere(self) -> str:
        """The next one that is not a blank, "" at the end."""
        while True:
            self._texte = self._texte.lstrip(_BLANCS)
            if self._texte:
                return self._texte[0]
            if not self._lire():
                return ""

    def avancer(self) -> None:
        self._texte = self._texte[1:]

    def objet(self) -> Any:
        while True:
            try:
                objet, fin = self._decodeur.raw_decode(self._texte)
            except RecursionError:
                raise FichierRefuse(
                    f"Le fichier {self._nom} est mal formé : trop d’objets emboîtés."
                ) from None
            except json.JSONDecodeError:
                if len(self._texte) > OBJET_MAX:
                    raise FichierRefuse(
                        f"Le fichier {self._nom} est mal formé : un objet y est trop gros."
                    ) from None
                if not self._lire():
                    raise FichierRefuse(f"Le fichier {self._nom} est tronqué ou mal formé.") from None
            except ValueError:  # a number of more than 4,300 digits
                raise FichierRefuse(
                    f"Le fichier {self._nom} est mal formé : un nombre y est trop long."
                ) from None
            else:
                self._texte = self._texte[fin:]
                return objet

    def _constante(self, valeur: str) -> None:
        raise FichierRefuse(f"Le fichier {self._nom} est mal formé : « {valeur} » n’est pas du JSON.")

    def _lire(self) -> bool:
        if self._fini:
            return False
        octets = self._flux.read(MORCEAU)
        self._fini = not octets
        if self._octet_par_octet:
            self._texte += octets.decode("latin-1").removeprefix(_BOM_OCTET_PAR_OCTET)
            return not self._fini
        octets = self._reste + octets
        # A character may be cut between two pieces: at most its three first bytes wait for the rest.
        for coupe in (0, 1, 2, 3):
            try:
                morceau = octets[: len(octets) - coupe].decode("utf-8")
            except UnicodeDecodeError:
                continue
            self._texte += morceau.removeprefix("\ufeff")
            self._reste = octets[len(octets) - coupe :]
            if self._fini and self._reste:
                break
            return not self._fini
        raise FichierRefuse(f"Le fichier {self._nom} n’est pas un texte en UTF-8.")
