"""The « table de passage » between CertifInfo, RNCP and Idéo numbers (Onisep open data), XML on one line::

    <root><item><certif_info_ci_identifiant>100357</certif_info_ci_identifiant><ci_niveau_europeen>5</ci_niveau_europeen>
    <ci_code_rncp>38368</ci_code_rncp><ideo_identifiant_formation>FOR.2316</ideo_identifiant_formation>…</item>…</root>

One row per CertifInfo number. Either of the two others may be missing; one formation may have several rows, and several
formations one RNCP fiche.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.niveaux import depuis_table_de_passage
from formations.importers.onisep.liste import numero_rncp
from metiers.importers.onisep.tableau import lire_tableau

OBLIGATOIRES = {
    "identifiant CertifInfo": ("certifinfociidentifiant", "ciidentifiant"),
    "code RNCP": ("cicoderncp", "coderncp"),
    "identifiant de formation": ("ideoidentifiantformation",),
}
FACULTATIVES = {
    "niveau": ("ciniveaueuropeen",),
    "type": ("ciintituletypediplome",),
    "intitulé": ("ciintitule",),
    "certifiante": ("cicertifiant",),
    "code scolarité": ("cicodescolarite",),
    "statut": ("statut",),
}
_FOR = re.compile(r"FOR\.\d{1,10}", re.ASCII)


class LignePassage(NamedTuple):
    code_certifinfo: str
    numero_certification: str
    identifiant_formation: str
    intitule: str
    type_diplome: str
    niveau: int | None
    code_scolarite: str
    certifiante: bool | None
    statut: str


def lire_passage(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Iterator[LignePassage]:
    """Each CertifInfo number once; raises FichierRefuse when the file is no such table or holds no row."""
    vus: set[str] = set()
    for rang, rangee in enumerate(lire_tableau(dossier, nom, OBLIGATOIRES, FACULTATIVES, rejeter), 1):
        code = rangee["identifiant CertifInfo"]
        if not (code.isascii() and code.isdigit() and len(code) <= 20) or code in vus:
            raison = "code CertifInfo déjà lu dans ce fichier" if code in vus else "code CertifInfo mal formé"
            rejeter(Rejet("correspondance", code[:20] or f"enregistrement {rang}", raison))
            continue
        vus.add(code)
        formation = rangee["identifiant de formation"]
        if formation and not _FOR.fullmatch(formation):
            rejeter(Rejet("correspondance", code, f"identifiant FOR mal formé : « {formation[:40]} »"))
            formation = ""
        yield LignePassage(
            code_certifinfo=code,
            numero_certification=numero_rncp(rangee["code RNCP"], code, rejeter),
            identifiant_formation=formation,
            intitule=rangee["intitulé"][:400],
            type_diplome=rangee["type"][:150],
            niveau=_niveau(rangee["niveau"], code, rejeter),
            code_scolarite=rangee["code scolarité"][:20],
            certifiante={"oui": True, "non": False}.get(rangee["certifiante"].lower()),
            statut=rangee["statut"][:60],
        )
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune correspondance.")


def _niveau(texte: str, cle: str, rejeter: Callable[[Rejet], None]) -> int | None:
    try:
        niveau = depuis_table_de_passage(texte)
    except ValueError:
        rejeter(Rejet("niveau", cle, f"niveau inconnu : « {texte[:40]} »"))
        return None
    return None if niveau is None else int(niveau)
