"""Compétences, savoirs and contextes de travail of a JSON delivery, completed.

The fiches cite a part of each référentiel: the rest of it is kept. Only a tree of compétences, which holds them all, lets
a later version withdraw some.
"""

from __future__ import annotations

from typing import Any

from metiers import models
from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import Competence, Contexte, Savoir
from metiers.importers.rome_json import RomeDit

SAVOIR_FAIRE = "Savoir-faire"
TYPES_DE_CONTEXTE = {
    "Conditions de travail et risques professionnels": "1",
    "Horaires et durée du travail": "2",
    "Lieux et déplacements": "3",
    "Publics spécifiques": "5",
    "Types de structures": "6",
    "Statut d'emploi": "7",
}
"""Codes of `referentiel_contexte_travail`, version 60: the JSON form has the labels alone."""


def completer_competences(dit: RomeDit, controle: Controle) -> list[Competence]:
    connues = models.Competence.objects.select_related("version").in_bulk()
    dites = dit.fiches.competences
    lignes: dict[str, dict[str, Any]] = {}
    for ogr, connue in connues.items():
        ailleurs = dit.arborescence_competences is not None and ogr not in dites
        du_millesime = connue.version is not None and connue.version.version == dit.version
        if not connue.est_retire and (not ailleurs or du_millesime):
            lignes[ogr] = _competence_connue(connue)
    for ogr, dite in dites.items():
        ligne = lignes.get(ogr) or (
            _competence_connue(connues[ogr]) if ogr in connues else _competence_neuve(ogr)
        )
        ligne["libelle"] = dite.libelle or ligne["libelle"]
        if not ligne["libelle"]:
            controle.rejeter("compétence", ogr, "libellé absent")
            continue
        if dite.savoir_etre:
            ligne |= {"macro": True, "categorie": models.Competence.SAVOIR_ETRE}
        elif not ligne["categorie"]:
            ligne["categorie"] = SAVOIR_FAIRE
        if dite.macro is not None:
            ligne |= {"macro": dite.macro, "code_ogr_macro": dite.code_ogr_macro}
        lignes[ogr] = ligne
    macros = {ogr for ogr, ligne in lignes.items() if ligne["macro"]}
    for ligne in lignes.values():
        if ligne["macro"] or ligne["code_ogr_macro"] not in macros:
            ligne["code_ogr_macro"] = ""
    return [Competence(**ligne) for ligne in lignes.values()]


def completer_savoirs(dit: RomeDit, controle: Controle) -> list[Savoir]:
    lignes = {
        s.pk: Savoir(
            s.pk, s.libelle, s.categorie, s.sous_categorie, s.transition_ecologique, s.transition_numerique
        )
        for s in models.Savoir.objects.all()
        if not s.est_retire or s.pk in dit.fiches.savoirs
    }
    for ogr, dit_ in dit.fiches.savoirs.items():
        connu = lignes.get(ogr) or Savoir(ogr, "", "", "", None, None)
        categorie = dit_.categorie or connu.categorie
        complet = connu._replace(
            libelle=dit_.libelle or connu.libelle,
            categorie=categorie,
            # A finer filing under another category would be wrong.
            sous_categorie=connu.sous_categorie if categorie == connu.categorie else "",
        )
        if complet.libelle:
            lignes[ogr] = complet
        else:
            controle.rejeter("savoir", ogr, "libellé absent")
    return list(lignes.values())


def completer_contextes(dit: RomeDit, controle: Controle) -> list[Contexte]:
    lignes = {
        c.pk: Contexte(c.pk, c.libelle, c.code_type, c.type)
        for c in models.ContexteDeTravail.objects.all()
        if not c.est_retire or c.pk in dit.fiches.contextes
    }
    types = TYPES_DE_CONTEXTE | {c.type: c.code_type for c in lignes.values() if c.code_type}
    for ogr, dit_ in dit.fiches.contextes.items():
        connu = lignes.get(ogr) or Contexte(ogr, "", "", "")
        type_ = dit_.type or connu.type
        complet = Contexte(ogr, dit_.libelle or connu.libelle, types.get(type_, ""), type_)
        if complet.libelle:
            lignes[ogr] = complet
        else:
            controle.rejeter("contexte de travail", ogr, "libellé absent")
    return list(lignes.values())


def _competence_neuve(ogr: str) -> dict[str, Any]:
    return dict.fromkeys(Competence._fields, "") | {
        "code_ogr": ogr,
        "macro": False,
        "transition_ecologique": None,
        "transition_numerique": None,
        "riasec_majeur": None,
        "riasec_mineur": None,
    }


def _competence_connue(c: models.Competence) -> dict[str, Any]:
    return {
        "code_ogr": c.pk,
        "libelle": c.libelle,
        "definition": c.definition,
        "macro": c.est_macro,
        "categorie": c.categorie,
        "sous_categorie": c.sous_categorie,
        "code_ogr_macro": c.macro_id or "",
        "transition_ecologique": c.transition_ecologique,
        "transition_numerique": c.transition_numerique,
        # The command leaves these two alone: this form never has them.
        "riasec_majeur": None,
        "riasec_mineur": None,
    }
