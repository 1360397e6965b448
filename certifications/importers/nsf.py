"""Read the nomenclature of spécialités de formation: the dictionary `lheo-dict-NSF.xml` of the LHÉO grammar::

    <?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE dict SYSTEM "gml.dtd">
    <dict xmlns="http://www.gelaba.org/gml/1.1" name="dict-NSF">
      <fullname xml:lang="fr">Nomenclature des Spécialités de Formation (NSF)</fullname>
      <entry><key val="312"/><value xml:lang="fr" val="Commerce, vente"/></entry>
      <property name="version" value="V1"/>
    </dict>

Its DOCTYPE names the grammar and declares nothing: it is taken out, the grammar never fetched, and what remains read like
any other file (with it, an unknown entity would be passed over rather than refused). The other dictionaries of that grammar
have the same root and the same entries: only the full name tells this one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.lisible import relire
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.xml import elements
from certifications.importers.rncp.valeurs import ligne

_ESPACE = "{http://www.gelaba.org/gml/1.1}"
_GRAMMAIRE = re.compile(rb"<!DOCTYPE\s[^\[<>]*>")
_CODE = re.compile(r"[1-9]\d{2}", re.ASCII)
TAILLE_MAX = 1024 * 1024
"""Bytes of the file (the official one has 12 kB)."""
LIBELLE_MAX = 300


@dataclass(slots=True)
class Nomenclature:
    """`groupes`: label of each group, by its three digits. `version` without its V, "" when the file gives none."""

    version: str = ""
    groupes: dict[str, str] = field(default_factory=dict)


def lire_nsf(chemin: Path, rejeter: Callable[[Rejet], None]) -> Nomenclature:
    """The XML, bare or alone in a zip; raises FichierRefuse when it is no NSF, or holds no group."""
    with ouvrir(chemin) as dossier:
        noms = [nom for nom in dossier.noms() if nom.lower().endswith(".xml")]
        if len(noms) != 1:
            raise FichierRefuse(f"{dossier.nom} contient {len(noms)} fichier(s) XML : un seul est attendu.")
        nomenclature = _lire(dossier, noms[0], rejeter)
    if not nomenclature.groupes:
        raise FichierRefuse(f"{noms[0]} ne contient aucun groupe de spécialités.")
    return nomenclature


def _lire(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Nomenclature:
    lue, reconnue = Nomenclature(), False
    for element in elements(
        _sans_grammaire(dossier, nom),
        nom,
        racine=f"{_ESPACE}dict",
        balise=f"{_ESPACE}entry",
        entete=(f"{_ESPACE}fullname", f"{_ESPACE}property"),
        rejeter=rejeter,
    ):
        balise = element.tag.removeprefix(_ESPACE)
        if balise == "fullname":
            reconnue = "NSF" in (element.text or "")
        elif not reconnue:
            raise FichierRefuse(f"{nom} est un dictionnaire de la grammaire LHÉO, mais pas celui des NSF.")
        elif balise == "entry":
            _ajouter(element, lue.groupes, rejeter)
        elif element.get("name") == "version":
            lue.version = ligne(element.get("value")).removeprefix("V")[:60]
    return lue


def _sans_grammaire(dossier: Dossier, nom: str) -> io.BytesIO:
    """The file without a DOCTYPE that declares nothing; any other stays, to be refused."""
    with dossier.ouvrir(nom) as flux:
        octets = flux.read(TAILLE_MAX + 1)
    if len(octets) > TAILLE_MAX:
        raise FichierRefuse(f"{nom} est trop gros pour un dictionnaire des NSF.")
    return io.BytesIO(_GRAMMAIRE.sub(b"", octets, count=1))


def _ajouter(entree: Element, groupes: dict[str, str], rejeter: Callable[[Rejet], None]) -> None:
    code = _attribut(entree, "key")
    # What was decoded wrong hides in attributes here, where the reader of elements does not look.
    libelle, illisible = relire(_attribut(entree, "value"))
    if not _CODE.fullmatch(code):
        raison = "trois chiffres sont attendus"
    elif illisible:
        raison = "libellé illisible"
    elif not libelle or len(libelle) > LIBELLE_MAX:
        raison = f"libellé absent, ou de plus de {LIBELLE_MAX} caractères"
    elif code in groupes:
        raison = "code déjà lu"
    else:
        groupes[code] = libelle
        return
    rejeter(Rejet("groupe de spécialités", code[:20], raison))


def _attribut(entree: Element, balise: str) -> str:
    element = entree.find(f"{_ESPACE}{balise}")
    return "" if element is None else ligne(element.get("val"))
