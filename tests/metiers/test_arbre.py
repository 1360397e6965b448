"""Savoir-faire under their enjeu and their macro-compétence, as far as the ROME says."""

from __future__ import annotations

from types import SimpleNamespace

from metiers.arbre import AUTRES, Branche, Groupe, Item, par_enjeu, par_macro
from metiers.models import Competence, DomaineDeCompetences, Enjeu, Objectif

DOMAINE = DomaineDeCompetences(code="5", libelle="Développement économique")
VENTE = Enjeu(code="5A", libelle="Vente", domaine=DOMAINE)
SOIN = Enjeu(code="soin", libelle="Soin")


def requise(libelle: str, coeur: str = "", **champs) -> SimpleNamespace:
    competence = Competence(libelle=libelle, **champs)
    return SimpleNamespace(
        competence=competence, rang_coeur=0 if coeur else 2, get_coeur_metier_display=lambda: coeur
    )


def test_savoir_faire_without_any_enjeu_stay_in_one_branch():
    macro = Competence(libelle="Servir", est_macro=True)

    branches = par_enjeu(par_macro([requise("Encaisser", macro=macro), requise("Autre")]))

    assert branches == [
        Branche("", "", (Groupe(AUTRES, (Item("Autre", ""),)), Groupe("Servir", (Item("Encaisser", ""),))))
    ]


def test_enjeu_of_the_tree_comes_before_the_one_the_fiches_name():
    objectif = Objectif(libelle="Vendre", enjeu=VENTE)
    macro = Competence(libelle="Servir", est_macro=True, objectif=objectif)

    (branche,) = par_enjeu(par_macro([requise("Encaisser", macro=macro, enjeu=SOIN)]))

    assert (branche.titre, branche.au_dessus) == ("Vente", "Développement économique")
    assert branche.groupes == (
        Groupe("Servir", (Item("Encaisser", ""),), ("Développement économique", "Vente"), "Vendre"),
    )


def test_branches_with_coeur_come_first_and_those_without_enjeu_last():
    lignes = [
        requise("Ranger"),
        requise("Panser", enjeu=SOIN),
        requise("Vendre", "Cœur de métier", enjeu=VENTE),
    ]

    branches = par_enjeu(par_macro(lignes))

    assert [(b.titre, [g.titre for g in b.groupes]) for b in branches] == [
        ("Vente", [""]),
        ("Soin", [""]),
        (AUTRES, [AUTRES]),
    ]
