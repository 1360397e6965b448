"""The JSON delivery of the ROME that goes with CSV tables: the same facts, in the other official form.

Written as France Travail writes it: numbers for codes, ISO-8859-15, one list of fiches. The enjeux, that the tables here
lack, are given by whoever asks.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Lignes = Callable[[str], list[dict[str, str]]]


def lignes_du_zip(archive: Path) -> Lignes:
    """The rows of a table of the official zip."""

    def lire(table: str) -> list[dict[str, str]]:
        with zipfile.ZipFile(archive) as fichier:
            nom = next(n for n in fichier.namelist() if n.startswith(f"unix_{table}_v4"))
            texte = fichier.read(nom).decode("utf-8")
        return [ligne for ligne in csv.DictReader(io.StringIO(texte, newline="")) if any(ligne.values())]

    return lire


def fiches_en_json(lignes: Lignes, enjeu: Callable[[str], str]) -> list[dict[str, Any]]:
    """The objects of `unix_fiche_emploi_metier`; `enjeu` gives that of each savoir-faire, by OGR number."""
    fiches: dict[str, dict[str, Any]] = {
        ligne["code_rome"]: {
            "numero": int(ligne["code_fiche_metier"]),
            "rome": {
                "code_rome": ligne["code_rome"],
                "intitule": ligne["libelle_rome"],
                "code_ogr": int(ligne["code_ogr"]),
            },
            "appellations": [],
            "definition": "",
            "acces_metier": "",
            "competences": {},
            "contextes_travail": [],
            "secteurs_activite": [],
            "mobilites": [],
        }
        for ligne in lignes("referentiel_code_rome")
    }
    for ligne in lignes("referentiel_appellation"):
        fiches[ligne["code_rome"]]["appellations"].append(
            {
                "libelle": ligne["libelle_appellation_long"],
                "libelle_court": ligne["libelle_appellation_court"],
                "code_ogr": int(ligne["code_ogr"]),
            }
        )
    for ligne in sorted(lignes("texte"), key=lambda ligne: int(ligne["position_phrase"])):
        fiche, texte = fiches[ligne["code_rome"]], ligne["libelle_type_texte"]
        fiche[texte] += ("\n" if fiche[texte] else "") + ligne["libelle_texte"]
    _ajouter_items(fiches, lignes, enjeu)
    for ligne in lignes("arborescence_secteur_activite"):
        secteurs = fiches[ligne["code_rome"]]["secteurs_activite"]
        deja = next((s for s in secteurs if s["code"] == int(ligne["code_sect_activite"])), None)
        if deja is None:
            deja = {
                "code": int(ligne["code_sect_activite"]),
                "libelle": ligne["libelle_sect_activite"],
                "principal": False,
            }
            secteurs.append(deja)
        deja["principal"] |= ligne["principal"] == "oui"
    for ligne in lignes("rubrique_mobilite"):
        cible = fiches[ligne["code_rome_cible"]]["rome"]
        fiches[ligne["code_rome"]]["mobilites"].append(
            {
                "rome_cible": f"{cible['code_rome']} - {cible['intitule']}",
                "code_org_rome_cible": cible["code_ogr"],
                "ordre_mobilite": int(ligne["numero_ordre"]),
            }
        )
    return list(fiches.values())


def _ajouter_items(fiches: dict[str, dict[str, Any]], lignes: Lignes, enjeu: Callable[[str], str]) -> None:
    coeurs = {(x["code_rome"], x["code_ogr"]): x["coeur_metier"] or None for x in lignes("coherence_item")}
    competences = {x["code_ogr"]: x["libelle_competence"] for x in lignes("referentiel_competence")}
    savoirs = {x["code_ogr_savoir"]: x for x in lignes("referentiel_savoir")}
    contextes = {x["code_ogr"]: x for x in lignes("referentiel_contexte_travail")}
    groupes: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for ligne in lignes("liens_rome_referentiels"):
        code, ogr = ligne["code_rome"], ligne["code_ogr"]
        item: dict[str, Any] = {"code_ogr": int(ogr)}
        coeur = {"coeur_metier": coeurs.get((code, ogr))}
        match ligne["code_compo_bloc"], ligne["code_rubrique"]:
            case "5", "1":
                partie, titre, item = "savoir_faire", enjeu(ogr), item | {"libelle": competences[ogr]} | coeur
            case "5", "2":
                partie, titre = "savoir_etre_professionnel", "Savoir-être professionnels"
                item |= {"libelle": competences[ogr]} | coeur
            case "5", "3":
                partie, titre = "savoirs", savoirs[ogr]["categorie_savoir"]
                item |= {"libelle": savoirs[ogr]["libelle_savoir"]} | coeur
            case "6", "":
                partie, titre = "contextes", contextes[ogr]["libelle_type_cont_trav"]
                item |= {"libelle": contextes[ogr]["libelle_cont_travail"]}
            case _:
                continue
        groupes[code, partie][titre].append(item)
    for code, fiche in fiches.items():

        def liste(partie: str, code: str = code) -> list[dict[str, Any]]:
            return [{"libelle": titre, "items": items} for titre, items in groupes[code, partie].items()]

        fiche["competences"] = {
            "savoir_faire": {"enjeux": liste("savoir_faire")},
            "savoir_etre_professionnel": {"enjeux": liste("savoir_etre_professionnel")},
            "savoirs": {"categories": liste("savoirs")},
        }
        fiche["contextes_travail"] = liste("contextes")


def ecrire_fiches(
    chemin: Path, fiches: list[dict[str, Any]], version: int = 60, encodage: str = "iso-8859-15"
) -> Path:
    """Write the fiches in the folder `chemin`, made when it is not there, under their official name; return their path."""
    chemin.mkdir(exist_ok=True)
    fichier = chemin / f"unix_fiche_emploi_metier_v4{version}.json"
    fichier.write_bytes(json.dumps(fiches, ensure_ascii=False, indent=1).encode(encodage))
    return fichier


def chaque_fiche(fiches: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((fiche["rome"]["code_rome"], fiche) for fiche in fiches)
