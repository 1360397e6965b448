"""The fiches métiers of Idéo (Onisep open data, « Idéo-Fiches métiers », XML in UTF-8)::

    <metiers>
      <metier>
        <identifiant>MET.1</identifiant>
        <nom_metier>contrôleur/euse aérien/ne</nom_metier>
        <romesV3><romeV3>N2202</romeV3></romesV3>
        <competences><![CDATA[<h5>…</h5><p>…</p>]]></competences>
        …
      </metier>
    </metiers>

Every tag is present, possibly empty. ROME codes are those of version 3; one is truncated (« A15 »).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.xml import elements
from catalogue.niveaux import depuis_acces_onisep
from metiers.importers.onisep.lecture import Valeurs, adresse_web
from metiers.importers.onisep.texte import couper_duree, en_texte, ligne, sans_titre

RACINE = "metiers"
DICO, DOCUMENTATION = "Dico des métiers", "Fiche metier (Documentation)"
_MET = re.compile(r"MET\.\d{1,10}", re.ASCII)
_FOR = re.compile(r"FOR\.\d{1,10}", re.ASCII)


class Synonyme(NamedTuple):
    nom: str
    libelle_feminin: str
    libelle_masculin: str


class FicheMetier(NamedTuple):
    """One fiche; `format_court` and `duree_etudes` are the two parts of the « Dico des métiers », `resume` the other one."""

    identifiant: str
    nom: str
    libelle_feminin: str
    libelle_masculin: str
    synonymes: tuple[Synonyme, ...]
    codes_rome: tuple[str, ...]
    accroche: str
    resume: str
    format_court: str
    duree_etudes: str
    nature_travail: str
    competences: str
    condition_travail: str
    vie_professionnelle: str
    acces_metier: str
    niveau_acces_libelle: str
    niveau_acces: int | None
    statuts: list[str]
    centres_interet: list[str]
    secteurs: list[str]
    metier_transverse: bool | None
    metiers_associes: tuple[str, ...]
    formations_requises: tuple[tuple[str, str], ...]
    publications: list[dict[str, str]]
    sources_numeriques: list[dict[str, str]]


def lire_fiches_metiers(
    dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]
) -> Iterator[FicheMetier]:
    """The fiches of one XML file, in its order. Raises FichierRefuse while iterating when it is not one, or holds none."""
    vus: set[str] = set()
    with dossier.ouvrir(nom) as flux:
        for element in elements(flux, nom, racine=RACINE, balise="metier", rejeter=rejeter):
            fiche = _fiche(element, vus, rejeter)
            if fiche is not None:
                vus.add(fiche.identifiant)
                yield fiche
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune fiche métier.")


def _fiche(element: Element, vus: set[str], rejeter: Callable[[Rejet], None]) -> FicheMetier | None:
    identifiant = ligne(element.findtext("identifiant"))
    v = Valeurs(element, identifiant[:20] or "sans identifiant", rejeter)
    if not _MET.fullmatch(identifiant):
        v.rejeter("fiche métier", "", "identifiant MET absent ou mal formé")
        return None
    if identifiant in vus:
        v.rejeter("fiche métier", "", "identifiant déjà lu dans ce fichier")
        return None
    nom = v.ligne("nom_metier", 300)
    if not nom:
        v.rejeter("fiche métier", "", "nom absent ou inutilisable")
        return None
    resume, format_court, duree = _formats_courts(element)
    libelle_niveau, niveau = _niveau(v)
    transverse = v.ligne("secteurs_activite/metier_transverse", 10).lower()
    return FicheMetier(
        identifiant=identifiant,
        nom=nom,
        libelle_feminin=v.ligne("libelle_feminin", 300),
        libelle_masculin=v.ligne("libelle_masculin", 300),
        synonymes=_synonymes(element, nom),
        codes_rome=tuple(code for code in v.lignes("romesV3/romeV3") if _code(code, v)),
        accroche=v.texte("accroche_metier"),
        resume=resume,
        format_court=format_court,
        duree_etudes=duree,
        nature_travail=v.texte("nature_travail"),
        competences=v.texte("competences"),
        condition_travail=v.texte("condition_travail"),
        vie_professionnelle=v.texte("vie_professionnelle"),
        acces_metier=sans_titre(v.texte("acces_metier"), "Accès au métier"),
        niveau_acces_libelle=libelle_niveau,
        niveau_acces=niveau,
        statuts=v.lignes("statuts/statut/libelle"),
        centres_interet=v.lignes("centres_interet/centre_interet/libelle"),
        secteurs=v.lignes("secteurs_activite/secteur_activite/libelle"),
        metier_transverse={"oui": True, "non": False}.get(transverse),
        metiers_associes=tuple(
            i for i in v.lignes("metiers_associes/metier_associe/id") if _MET.fullmatch(i)
        ),
        formations_requises=_formations(element, v),
        publications=_publications(element),
        sources_numeriques=_sources(element),
    )


def _code(code: str, v: Valeurs) -> bool:
    """A code is kept as it is, truncated or not, as long as it can be stored."""
    if len(code) <= 5:
        return True
    v.rejeter("code ROME", code[:20], "code trop long")
    return False


def _synonymes(element: Element, nom: str) -> tuple[Synonyme, ...]:
    """Each name once, without the name of the fiche itself."""
    vus: dict[str, Synonyme] = {}
    for synonyme in element.findall("synonymes/synonyme"):
        lus = Synonyme(
            *(
                ligne(synonyme.findtext(t))[:300]
                for t in ("nom_metier", "libelle_feminin", "libelle_masculin")
            )
        )
        if lus.nom and lus.nom != nom:
            vus.setdefault(lus.nom, lus)
    return tuple(vus.values())


def _formats_courts(element: Element) -> tuple[str, str, str]:
    """(résumé, en bref, durée des études): « Durée des études » ends the text of the « Dico des métiers »."""
    textes: dict[str, str] = {}
    for court in element.findall("formats_courts/format_court"):
        genre = ligne(court.findtext("type"))
        texte = en_texte(court.findtext("descriptif"))
        textes[genre] = max(textes.get(genre, ""), texte, key=len)  # given twice: the fuller one
    en_bref, duree = couper_duree(textes.get(DICO, ""))
    return textes.get(DOCUMENTATION, ""), en_bref, duree


def _niveau(v: Valeurs) -> tuple[str, int | None]:
    libelle = v.ligne("niveau_acces_min/libelle", 100)
    try:
        niveau = depuis_acces_onisep(libelle)
    except ValueError:
        v.rejeter("niveau", "niveau_acces_min", f"niveau inconnu : « {libelle[:40]} »")
        return libelle, None
    return libelle, None if niveau is None else int(niveau)


def _formations(element: Element, v: Valeurs) -> tuple[tuple[str, str], ...]:
    requises: dict[str, str] = {}
    for formation in element.findall("formations_min_requise/formation_min_requise"):
        identifiant, libelle = ligne(formation.findtext("id")), ligne(formation.findtext("libelle"))
        if _FOR.fullmatch(identifiant) and 0 < len(libelle) <= 400:
            requises.setdefault(identifiant, libelle)
        else:
            v.rejeter("formation requise", identifiant[:20], "identifiant FOR ou libellé inutilisable")
    return tuple(requises.items())


def _publications(element: Element) -> list[dict[str, str]]:
    return [
        {
            "titre": titre,
            "editeur": ligne(publication.findtext("editeur")),
            "collection": ligne(publication.findtext("collection")),
            "annee": ligne(publication.findtext("annee")),
            "code": ligne(publication.findtext("code_librairie")),
        }
        for publication in element.findall("publications/publication")
        if (titre := ligne(publication.findtext("titre_publication")))
    ]


def _sources(element: Element) -> list[dict[str, str]]:
    return [
        {"adresse": adresse, "commentaire": ligne(source.findtext("commentaire"))}
        for source in element.findall("sources_numeriques/source")
        if (adresse := adresse_web(ligne(source.findtext("valeur")), 500))
    ]
