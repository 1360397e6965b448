"""The fiches formations of Idéo (Onisep open data, « Idéo-Fiches formations », XML in UTF-8)::

    <formations>
      <formation>
        <identifiant>FOR.2316</identifiant>
        <libelle_complet>BTS négociation et digitalisation de la relation client</libelle_complet>
        <niveau_certification>niveau 5 (bac + 2)</niveau_certification>
        <metiers_formation><metier><id>MET.671</id>…</metier></metiers_formation>
        …
      </formation>
    </formations>

`niv_code` belongs to another scale and is not read: the label of niveau_certification says the niveau.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.xml import elements
from catalogue.niveaux import depuis_onisep
from metiers.importers.onisep.lecture import Valeurs, adresse_web, entier
from metiers.importers.onisep.texte import ligne, sans_titre

RACINE = "formations"
_FOR = re.compile(r"FOR\.\d{1,10}", re.ASCII)
_MET = re.compile(r"MET\.\d{1,10}", re.ASCII)


class FicheFormation(NamedTuple):
    identifiant: str
    intitule: str
    sigle: str
    type: str
    niveau_sortie: int | None
    niveau_etudes: str
    duree: str
    derniere_session: int | None
    objectif: str
    contenu: str
    acces: str
    poursuite_etudes: str
    url_referentiel: str
    sous_domaines: list[str]
    metiers: tuple[str, ...]


def lire_fiches_formations(
    dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]
) -> Iterator[FicheFormation]:
    """The fiches of one XML file, in its order. Raises FichierRefuse while iterating when it is not one, or holds none."""
    vus: set[str] = set()
    with dossier.ouvrir(nom) as flux:
        for element in elements(flux, nom, racine=RACINE, balise="formation", rejeter=rejeter):
            fiche = _fiche(element, vus, rejeter)
            if fiche is not None:
                vus.add(fiche.identifiant)
                yield fiche
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune fiche formation.")


def _fiche(element: Element, vus: set[str], rejeter: Callable[[Rejet], None]) -> FicheFormation | None:
    identifiant = ligne(element.findtext("identifiant"))
    v = Valeurs(element, identifiant[:20] or "sans identifiant", rejeter)
    if not _FOR.fullmatch(identifiant):
        v.rejeter("fiche formation", "", "identifiant FOR absent ou mal formé")
        return None
    if identifiant in vus:
        v.rejeter("fiche formation", "", "identifiant déjà lu dans ce fichier")
        return None
    intitule = v.ligne("libelle_complet", 500)
    if not intitule:
        v.rejeter("fiche formation", "", "libellé absent ou inutilisable")
        return None
    acces = sans_titre(v.texte("descriptif_acces"), "Accès", "Accès à la formation", "Conditions d'accès")
    return FicheFormation(
        identifiant=identifiant,
        intitule=intitule,
        sigle=v.ligne("sigle", 60),
        type=v.ligne("type_Formation/type_formation_libelle", 150),
        niveau_sortie=_niveau(v),
        niveau_etudes=v.ligne("niveau_etudes/libelle", 60),
        duree=v.ligne("duree_formation", 100),
        derniere_session=entier(v.ligne("annee_derniere_session", 10), 1900, 2100),
        objectif=v.texte("descriptif_format_court"),
        contenu="\n".join(f"- {e}" for e in v.lignes("element_enseignement/element_enseignement_libelle")),
        acces=_a_la_suite(acces, v.texte("attendus")),
        poursuite_etudes=_a_la_suite(v.texte("descriptif_poursuite_etudes"), _poursuites(element)),
        url_referentiel=adresse_web(v.ligne("url", 500), 500),
        sous_domaines=v.lignes("sous_domaines_web/sous_domaine_web/libelle"),
        metiers=tuple(i for i in v.lignes("metiers_formation/metier/id") if _MET.fullmatch(i)),
    )


def _niveau(v: Valeurs) -> int | None:
    libelle = v.ligne("niveau_certification", 100)
    try:
        niveau = depuis_onisep(libelle)
    except ValueError:
        v.rejeter("niveau", "niveau_certification", f"niveau inconnu : « {libelle[:40]} »")
        return None
    return None if niveau is None else int(niveau)


def _poursuites(element: Element) -> str:
    """« ## poursuite d'études conditionnelle », then the formations it names, one item each."""
    parties = []
    for poursuite in element.findall("poursuites_etudes/poursuite_etudes"):
        titre = ligne(poursuite.findtext("type_Poursuite"))
        noms = dict.fromkeys(ligne(f.text) for f in poursuite.findall("formation_poursuite_Etudes"))
        items = "\n".join(f"- {nom}" for nom in noms if nom)
        if items:
            parties.append(f"## {titre[:1].upper()}{titre[1:]}\n{items}" if titre else items)
    return "\n\n".join(parties)


def _a_la_suite(*textes: str) -> str:
    return "\n\n".join(texte for texte in textes if texte)
