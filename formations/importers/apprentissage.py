"""Read the catalogue des formations en apprentissage: a JSON array of formations, one per place.

`{"cle_ministere_educatif": "…#L01", "rncp_code": "RNCP34079", "code_commune_insee": "78646", "code_postal": "78000",
"lieu_formation_geo_coordonnees": "48.79,2.14", "date_debut": ["2022-09-12T00:00:00.000Z"], "date_fin": […],
"entierement_a_distance": false, "published": false, …}`. Keys vary from row to row; numbers are texts. What is not
`published` is counted, and not shown.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.flux_json import objets
from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers import valeurs
from formations.importers.offre_lue import FormationLue, LieuLu, Offre, OrganismeLu, SessionLue
from formations.importers.tables import plat

CLE = "cle_ministere_educatif"


class LectureApprentissage:
    """A file of the catalogue, opened. It bears neither version nor date."""

    version = ""
    publiee_le: date | None = None

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        self._chemin = chemin
        self._rejeter = rejeter
        self.lues = self.non_publiees = 0

    def __iter__(self) -> Iterator[Offre]:
        with ouvrir(self._chemin) as dossier:
            noms = dossier.noms()
            if len(noms) != 1:
                noms = [nom for nom in noms if nom.lower().endswith((".json", ".ndjson"))]
            if len(noms) != 1:
                raise FichierRefuse(
                    f"{dossier.nom} doit contenir un seul fichier JSON ({len(noms)} trouvés)."
                )
            with dossier.ouvrir(noms[0]) as flux:
                for objet in objets(flux, noms[0], self._rejeter):
                    if not self.lues and (CLE not in objet or "published" not in objet):
                        raise FichierRefuse(
                            f"Le fichier {noms[0]} n’a pas le format attendu : {CLE} ou published y manque."
                        )
                    self.lues += 1
                    yield from self._offres(objet)

    def remarques(self) -> list[str]:
        return [
            f"{self.lues} formations lues, dont {self.non_publiees} non publiées (elles ne sont pas montrées)."
        ]

    def _offres(self, objet: dict[str, Any]) -> Iterator[Offre]:
        cle = _texte(objet, CLE)
        if objet.get("published") is not True:
            self.non_publiees += 1
            self._rejeter(Rejet("formation", cle[:80], "non publiée par le catalogue"))
            return
        if not cle:
            self._rejeter(Rejet("formation", f"n° {self.lues} du fichier", f"{CLE} absent"))
            return
        identifiant = valeurs.identifiant("APPRENTISSAGE", cle, 80)
        organisme, formation, lieu = _organisme(objet), _formation(objet, identifiant), _lieu(objet)
        debuts, fins = _jours(objet, "date_debut"), _jours(objet, "date_fin")
        for rang in range(max(len(debuts), 1)):
            debut = debuts[rang] if debuts else None
            yield Offre(
                organisme,
                formation,
                lieu,
                SessionLue(
                    identifiant=valeurs.identifiant("APPRENTISSAGE", f"{cle}-{debut or 'sans-date'}", 120),
                    debut=debut,
                    # Dates go in pairs; with lists of different lengths no end can be told.
                    fin=fins[rang] if len(fins) == len(debuts) and fins else None,
                    voie="apprentissage",
                    modalite="distance" if objet.get("entierement_a_distance") is True else "",
                    duree=_annees(objet),
                    places=valeurs.positif(_texte(objet, "capacite")),
                ),
            )


def _texte(objet: dict[str, Any], cle: str) -> str:
    valeur = objet.get(cle)
    return str(valeur).strip() if isinstance(valeur, str | int | float) and valeur is not True else ""


def _organisme(objet: dict[str, Any]) -> OrganismeLu:
    """Who teaches; the one that runs the CFA when the catalogue names no other."""
    for role in ("formateur", "gestionnaire"):
        siret = valeurs.siret(_texte(objet, f"etablissement_{role}_siret"))
        uai = valeurs.uai(_texte(objet, f"etablissement_{role}_uai"))
        if siret or uai:
            noms = (f"etablissement_{role}_enseigne", f"etablissement_{role}_entreprise_raison_sociale")
            nom = next((valeurs.ligne(_texte(objet, n), 300) for n in noms if _texte(objet, n)), "")
            return OrganismeLu(siret, uai, nom or (f"SIRET {siret}" if siret else f"UAI {uai}"))
    return OrganismeLu("", "", "")


def _formation(objet: dict[str, Any], identifiant: str) -> FormationLue:
    rncp = _texte(objet, "rncp_code").upper()
    titre = (
        _texte(objet, "intitule_long") or _texte(objet, "onisep_intitule") or _texte(objet, "intitule_rco")
    )
    return FormationLue(
        identifiant=identifiant,
        intitule=valeurs.ligne(titre, 500) or rncp or "Formation en apprentissage",
        numero_certification=rncp if rncp.removeprefix("RNCP").isdigit() and len(rncp) <= 12 else "",
        objectif=valeurs.texte(_texte(objet, "objectif")),
        contenu=valeurs.texte(_texte(objet, "contenu")),
        duree=_annees(objet),
        url=valeurs.adresse_web(_texte(objet, "onisep_url")),
    )


def _lieu(objet: dict[str, Any]) -> LieuLu | None:
    if objet.get("entierement_a_distance") is True:
        return None
    point = valeurs.coordonnees(_texte(objet, "lieu_formation_geo_coordonnees"))
    lieu = LieuLu(
        adresse=valeurs.ligne(_texte(objet, "lieu_formation_adresse"), 500),
        code_postal=valeurs.code_postal(_texte(objet, "code_postal")),
        ville=valeurs.ligne(_texte(objet, "localite"), 100),
        code_insee=valeurs.code_insee(_texte(objet, "code_commune_insee")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return lieu if any(lieu) else None


def _jours(objet: dict[str, Any], cle: str) -> list[date]:
    valeur = objet.get(cle)
    bruts = valeur if isinstance(valeur, list) else [valeur]
    jours = [valeurs.jour(brut) for brut in bruts if isinstance(brut, str)]
    return (
        list(dict.fromkeys(jour for jour in jours if jour))
        if cle == "date_debut"
        else [j for j in jours if j]
    )


def _annees(objet: dict[str, Any]) -> str:
    """« 3 » → « 3 ans »; anything else as it is."""
    duree = _texte(objet, "duree")
    if plat(duree).isdigit():
        return "1 an" if int(duree) == 1 else f"{int(duree)} ans"
    return valeurs.ligne(duree, 100)
