"""The list of the formations of Idéo (« Idéo-Formations initiales en France »), in CSV, XML or JSON::

    "code CNIS";"sigle type formation";"libellé type formation";"libellé formation principal";"sigle formation";durée;
    "code RNCP";"niveau RNCP";"libellé niveau RNCP";tutelle;"lien site onisep.fr";domaine/sous-domaine

The identifier is inside the address only. « code RNCP » is a bare number. « niveau RNCP » is the scale of before 2019, reversed,
with an exception (8): the label column says the niveau.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.niveaux import depuis_ancien_code_onisep, depuis_onisep
from metiers.importers.onisep.tableau import identifiant, lire_tableau, liste

OBLIGATOIRES = {
    "libellé formation principal": (
        "libelleformationprincipal",
        "libelleformation",
        "formation",
        "libellecomplet",
    ),
    "lien site onisep.fr": ("liensiteonisepfr", "urletidonisep", "lienonisepfr", "lien"),
}
FACULTATIVES = {
    "libellé type formation": ("libelletypeformation", "typeformation"),
    "sigle formation": ("sigleformation", "sigle"),
    "durée": ("duree", "dureeformation"),
    "code RNCP": ("coderncp", "numerorncp"),
    "niveau RNCP": ("niveaurncp", "niveaudecertification"),
    "libellé niveau RNCP": ("libelleniveaurncp", "niveaudesortieindicatif", "libelleniveau"),
    "domaine/sous-domaine": ("domainesousdomaine", "domainesousdomaineweb", "domaine", "domaines"),
}


class FormationListe(NamedTuple):
    identifiant: str
    intitule: str
    sigle: str
    type: str
    niveau_sortie: int | None
    duree: str
    sous_domaines: list[str]
    numero_certification: str


def lire_liste_formations(
    dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]
) -> Iterator[FormationListe]:
    """Each formation once; raises FichierRefuse when the file is no such list or holds no formation."""
    vus: set[str] = set()
    for rang, rangee in enumerate(lire_tableau(dossier, nom, OBLIGATOIRES, FACULTATIVES, rejeter), 1):
        numero = identifiant(rangee["lien site onisep.fr"], "FOR")
        intitule = rangee["libellé formation principal"]
        if not numero or numero in vus or not 0 < len(intitule) <= 500:
            raison = "identifiant FOR absent de l'adresse"
            if numero:
                raison = (
                    "identifiant déjà lu dans ce fichier" if numero in vus else "libellé absent ou trop long"
                )
            rejeter(Rejet("formation", numero or f"enregistrement {rang}", raison))
            continue
        vus.add(numero)
        yield FormationListe(
            identifiant=numero,
            intitule=intitule,
            sigle=rangee["sigle formation"][:60],
            type=rangee["libellé type formation"][:150],
            niveau_sortie=_niveau(rangee, numero, rejeter),
            duree=rangee["durée"][:100],
            sous_domaines=sorted({d.partition("/")[2] or d for d in liste(rangee["domaine/sous-domaine"])}),
            numero_certification=numero_rncp(rangee["code RNCP"], numero, rejeter),
        )
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune formation de l'Onisep.")


def numero_rncp(code: str, cle: str, rejeter: Callable[[Rejet], None]) -> str:
    """« 38368 » → « RNCP38368 »; "" for none, and for what is no number, reported."""
    nu = code.upper().removeprefix("RNCP").strip()
    if nu.isascii() and nu.isdigit() and len(nu) <= 8:
        return f"RNCP{nu}"
    if nu and nu != "NON RENSEIGNÉ":
        rejeter(Rejet("numéro RNCP", cle, f"numéro mal formé : « {code[:40]} »"))
    return ""


def _niveau(rangee: dict[str, str], cle: str, rejeter: Callable[[Rejet], None]) -> int | None:
    libelle, ancien = rangee["libellé niveau RNCP"], rangee["niveau RNCP"]
    try:
        niveau = depuis_onisep(libelle) if libelle else depuis_ancien_code_onisep(ancien)
    except ValueError:
        rejeter(Rejet("niveau", cle, f"niveau inconnu : « {(libelle or ancien)[:40]} »"))
        return None
    return None if niveau is None else int(niveau)
