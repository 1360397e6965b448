"""The list of the métiers of Idéo (« Idéo-Métiers Onisep »), in CSV, XML or JSON.

One row per publication that treats of the métier, so that a métier comes back up to seven times; the row of a métier that
no publication treats has an empty one. The identifier is inside the address only; several ROME codes are joined
by « | »::

    "libellé métier";"lien site onisep.fr";"nom publication";collection;année;gencod;GFE;"code ROME (V.3)";…
    "employé / employée d'élevage";https://www.onisep.fr/http/redirection/metier/slug/MET.250;…;"A1407 | A1409";…
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.onisep.tableau import identifiant, lire_tableau, liste

OBLIGATOIRES = {
    "libellé métier": ("libellemetier", "nommetier", "metier", "libelle"),
    "lien site onisep.fr": ("liensiteonisepfr", "lienonisepfr", "lienonisep", "urletidonisep", "lien"),
}
FACULTATIVES = {
    "code ROME": ("coderomev3", "coderome", "codesrome", "codesromev3", "rome"),
    "domaine/sous-domaine": ("domainesousdomaine", "domainesousdomaineweb", "domaine", "domaines"),
}
_FORMES = re.compile(r"\s+/\s*|\s*/\s+")


class MetierListe(NamedTuple):
    identifiant: str
    nom: str
    codes_rome: tuple[str, ...]
    domaines: list[str]


def lire_liste_metiers(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Iterator[MetierListe]:
    """Each métier once, its codes and domaines gathered from all its rows; the first name met is kept."""
    noms: dict[str, str] = {}
    codes: dict[str, dict[str, None]] = {}
    domaines: dict[str, dict[str, None]] = {}
    for rang, rangee in enumerate(lire_tableau(dossier, nom, OBLIGATOIRES, FACULTATIVES, rejeter), 1):
        met = identifiant(rangee["lien site onisep.fr"], "MET")
        # « robinétier /robinétière nucléaire »: the slash between two forms has a blank on each side, or is meant to.
        libelle = _FORMES.sub(" / ", rangee["libellé métier"])
        if not met or not 0 < len(libelle) <= 300:
            raison = "libellé absent ou trop long" if met else "identifiant MET absent de l'adresse"
            rejeter(Rejet("métier", met or f"enregistrement {rang}", raison))
            continue
        noms.setdefault(met, libelle)
        for code in liste(rangee["code ROME"]):
            if len(code) <= 5:
                codes.setdefault(met, {})[code] = None
            else:
                rejeter(Rejet("code ROME", f"{met}, {code[:20]}", "code trop long"))
        domaines.setdefault(met, {}).update(dict.fromkeys(liste(rangee["domaine/sous-domaine"])))
    if not noms:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucun métier de l'Onisep.")
    for met, libelle in noms.items():
        yield MetierListe(met, libelle, tuple(codes.get(met, ())), sorted(domaines[met]))
