"""Where formations are given: the « actions de formation » and the « structures d'enseignement » of Idéo, XML or CSV::

    <root><item><action_de_formation_af_identifiant_onisep>AF.58685</action_de_formation_af_identifiant_onisep>
    <for_url_et_id_onisep>https://www.onisep.fr/http/redirection/formation/slug/FOR.269</for_url_et_id_onisep>
    <ens_code_uai>0350029S</ens_code_uai>…</item>…</root>

    <root><item><code_uai>0350029S</code_uai><n_siret>19350029100010</n_siret><commune_cog>35238</commune_cog>…</item>…</root>

The two join by UAI. Postal codes are often CEDEX. `commune_cog` is conventional for the three big cities (75100, 13200, 69380) and
abroad (99138): those are no INSEE communes; the coordinates are always there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.niveaux import depuis_acces_onisep
from metiers.importers.onisep.lecture import adresse_web
from metiers.importers.onisep.tableau import identifiant, lire_tableau, racine

_STRUCTURE = {"code UAI": ("codeuai", "uai"), "nom": ("nom",)}
_STRUCTURE_FACULTATIVES = {
    "siret": ("nsiret", "siret"),
    "type": ("typedetablissement",),
    "sigle": ("sigle",),
    "statut": ("statut",),
    "adresse": ("adresse",),
    "boite_postale": ("boitepostale",),
    "cp": ("cp", "codepostal"),
    "commune": ("commune",),
    "commune_cog": ("communecog",),
    "telephone": ("telephone",),
    "longitude": ("longitudex", "longitude"),
    "latitude": ("latitudey", "latitude"),
}
_ACTION = {
    "identifiant AF": ("actiondeformationafidentifiantonisep", "afidentifiantonisep"),
    "formation": ("forurletidonisep",),
    "code UAI": ("enscodeuai",),
}
_ACTION_FACULTATIVES = {
    "libellé": ("formationforlibelle", "forlibelle"),
    "type": ("fortype",),
    "niveau": ("forniveaudesortie",),
    "nom": ("lieudenseignementenslibelle", "enslibelle"),
    "statut": ("ensstatut",),
    "adresse": ("ensadresse",),
    "cp": ("enscodepostal",),
    "commune": ("enscommune",),
    "latitude": ("enslatitude",),
    "longitude": ("enslongitude",),
    "telephone": ("ensntelephone", "enstelephone"),
    "site": ("enssiteweb",),
    "durée": ("afdureecyclestandard",),
    "modalités": ("afmodalitesscolarite",),
    "coût": ("afcoutscolarite",),
    "page": ("afpageweb",),
}
_UAI = re.compile(r"\d{7}[A-Z]", re.ASCII)
_AF = re.compile(r"AF\.\d{1,12}", re.ASCII)


class Structure(NamedTuple):
    """A school and its place; from an action, `siret`, `type`, `sigle` and `code_insee` are unknown."""

    uai: str
    siret: str
    nom: str
    sigle: str
    type: str
    statut: str
    telephone: str
    site_internet: str
    adresse: str
    code_postal: str
    ville: str
    code_insee: str
    latitude: float | None
    longitude: float | None


class Action(NamedTuple):
    """A formation given at a place. `modalite` and `voie` are codes of `Session`, "" when the words do not tell."""

    identifiant: str
    formation: str
    intitule_formation: str
    type_formation: str
    niveau_formation: int | None
    lieu: Structure
    voie: str
    modalite: str
    modalites: str
    duree: str
    prix_note: str
    url: str


def nature_de_l_offre(dossier: Dossier, nom: str) -> str:
    """« actions » or « structures », by the first record; raises FichierRefuse for anything else."""
    for nature, colonnes in (("actions", _ACTION), ("structures", _STRUCTURE)):
        try:
            next(lire_tableau(dossier, nom, colonnes, {}, lambda _: None), None)
        except FichierRefuse:
            if racine(dossier, nom) not in ("root", "[", ""):
                raise
            continue
        return nature
    raise FichierRefuse(
        f"Le fichier {nom} n’a pas le format attendu : ce ne sont ni des actions de formation ni des structures "
        "d'enseignement de l'Onisep."
    )


def lire_structures(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Iterator[Structure]:
    """Each school once, by UAI. A damaged SIRET is reported and left out, the school stays."""
    vus: set[str] = set()
    for rang, r in enumerate(lire_tableau(dossier, nom, _STRUCTURE, _STRUCTURE_FACULTATIVES, rejeter), 1):
        uai = r["code UAI"].upper()
        if not _UAI.fullmatch(uai) or uai in vus or not 0 < len(r["nom"]) <= 300:
            raison = "UAI absent ou mal formé"
            if _UAI.fullmatch(uai):
                raison = "UAI déjà lu dans ce fichier" if uai in vus else "nom absent ou trop long"
            rejeter(Rejet("structure", uai[:20] or f"enregistrement {rang}", raison))
            continue
        vus.add(uai)
        adresse = ", ".join(texte for texte in (r["adresse"], r["boite_postale"]) if texte)
        yield Structure(
            uai=uai,
            siret=_siret(r["siret"], uai, rejeter),
            nom=r["nom"],
            sigle=r["sigle"][:100],
            type=r["type"][:150],
            statut=r["statut"][:100],
            telephone=r["telephone"][:40],
            site_internet="",
            adresse=adresse[:500],
            code_postal=_code_postal(r["cp"]),
            ville=r["commune"][:100],
            code_insee=r["commune_cog"][:5],
            **_coordonnees(r),
        )
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune structure d'enseignement.")


def lire_actions(dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None]) -> Iterator[Action]:
    """Each action once, by its AF number."""
    vus: set[str] = set()
    for rang, r in enumerate(lire_tableau(dossier, nom, _ACTION, _ACTION_FACULTATIVES, rejeter), 1):
        numero, uai = r["identifiant AF"], r["code UAI"].upper()
        formation = identifiant(r["formation"], "FOR")
        raison = ""
        if not _AF.fullmatch(numero) or numero in vus:
            raison = "identifiant AF déjà lu" if numero in vus else "identifiant AF absent ou mal formé"
        elif not formation or not 0 < len(r["libellé"]) <= 500:
            raison = "formation absente ou mal désignée"
        elif not _UAI.fullmatch(uai) or not 0 < len(r["nom"]) <= 300:
            raison = "établissement absent ou mal désigné"
        if raison:
            rejeter(Rejet("action de formation", numero[:20] or f"enregistrement {rang}", raison))
            continue
        vus.add(numero)
        voie, modalite = modalites(r["modalités"])
        yield Action(
            identifiant=numero,
            formation=formation,
            intitule_formation=r["libellé"],
            type_formation=r["type"][:150],
            niveau_formation=_niveau(r["niveau"], numero, rejeter),
            lieu=Structure(
                uai=uai,
                siret="",
                nom=r["nom"],
                sigle="",
                type="",
                statut=r["statut"][:100],
                telephone=r["telephone"][:40],
                site_internet=adresse_web(r["site"], 500),
                adresse=r["adresse"][:500],
                code_postal=_code_postal(r["cp"]),
                ville=r["commune"][:100],
                code_insee="",
                **_coordonnees(r),
            ),
            voie=voie,
            modalite=modalite,
            modalites=r["modalités"][:300],
            duree=r["durée"][:100],
            prix_note=r["coût"][:300],
            url=adresse_web(r["page"], 500),
        )
    if not vus:
        raise FichierRefuse(f"Le fichier {nom} ne contient aucune action de formation.")


def modalites(texte: str) -> tuple[str, str]:
    """(voie, modalité) of « temps plein, cours en présentiel », codes of `Session`; "" for what it does not say.

    The file is that of the initial formation: full or part time without another word is the voie scolaire.
    """
    plat = texte.casefold()
    if "apprentissage" in plat:
        voie = "apprentissage"
    elif "professionnalisation" in plat:
        voie = "professionnalisation"
    elif "formation continue" in plat:
        voie = "continue"
    else:
        voie = "scolaire" if plat.startswith(("temps plein", "temps partiel")) else ""
    if "partiellement en distanciel" in plat or ("présentiel" in plat and "distanciel" in plat):
        return voie, "mixte"
    if "distanciel" in plat or "à distance" in plat:
        return voie, "distance"
    return voie, "presentiel" if "présentiel" in plat else ""


def _siret(brut: str, uai: str, rejeter: Callable[[Rejet], None]) -> str:
    siret = "".join(brut.split())
    if siret and not (siret.isascii() and siret.isdigit() and len(siret) == 14):
        rejeter(Rejet("SIRET", uai, f"SIRET mal formé : « {brut[:40]} »"))
        return ""
    return siret


def _code_postal(brut: str) -> str:
    return brut if brut.isascii() and brut.isdigit() and len(brut) == 5 else ""


def _coordonnees(r: dict[str, str]) -> dict[str, float | None]:
    """Both or none; (0, 0) is in the Gulf of Guinea, and means unknown."""
    try:
        latitude, longitude = (float(r[axe].replace(",", ".")) for axe in ("latitude", "longitude"))
    except ValueError:
        return {"latitude": None, "longitude": None}
    plausibles = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
    return (
        {"latitude": latitude, "longitude": longitude}
        if plausibles
        else {"latitude": None, "longitude": None}
    )


def _niveau(texte: str, cle: str, rejeter: Callable[[Rejet], None]) -> int | None:
    try:
        niveau = depuis_acces_onisep(texte)
    except ValueError:
        rejeter(Rejet("niveau", cle, f"niveau inconnu : « {texte[:40]} »"))
        return None
    return None if niveau is None else int(niveau)
