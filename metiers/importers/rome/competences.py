"""Compétences, savoirs, contextes de travail, and what links them to the fiches."""

from collections.abc import Container
from typing import NamedTuple

from metiers.importers.rome.controle import RIASEC, Controle
from metiers.importers.rome.records import (
    ArborescenceCompetence,
    Competence,
    Contexte,
    LienCompetence,
    LienContexte,
    LienSavoir,
    Savoir,
)
from metiers.importers.rome.tables import Tables

COEURS_METIER = ("Principale", "Émergente")
NATURES = ("Compétence", "Macro-compétence")
LONGUEURS_ARBORESCENCE = {
    "code_domaine_competence": 20, "domaine_competence": 300, "code_enjeu": 60, "enjeu": 300,
    "code_objectif": 20, "objectif": 300,
}  # fmt: skip


def lire_competences(tables: Tables, controle: Controle) -> list[Competence]:
    lignes: dict[str, dict[str, str]] = {}
    for ligne in tables.lignes("referentiel_competence"):
        ogr, nature = ligne["code_ogr"], ligne["nature"]
        if not controle.nouvel_ogr("compétence", ogr, lignes, ligne["libelle_competence"]):
            continue
        if nature in NATURES:
            lignes[ogr] = ligne
        else:
            controle.rejeter("compétence", ogr, f"nature inconnue ({nature[:60]})")
    macros = {ogr for ogr, ligne in lignes.items() if ligne["nature"] == "Macro-compétence"}
    profils = _lire_profils_de_macros(tables, controle, macros)
    competences = []
    for ogr, ligne in lignes.items():
        majeur, mineur = (None, None) if profils is None else profils.get(ogr, ("", ""))
        # Two levels only: a macro-compétence hangs on an objectif, never on another macro.
        au_dessus = () if ogr in macros else macros
        competences.append(
            Competence(
                code_ogr=ogr,
                libelle=ligne["libelle_competence"],
                definition=ligne["definition"],
                macro=ogr in macros,
                categorie=controle.court("compétence", ogr, "cat_comp", ligne["cat_comp"], 100),
                sous_categorie=controle.court(
                    "compétence", ogr, "sous_cat_comp", ligne["sous_cat_comp"], 100
                ),
                code_ogr_macro=controle.parmi(
                    "compétence", ogr, "code_ogr_macro_comp", ligne["code_ogr_macro_comp"], au_dessus
                ),
                transition_ecologique=controle.drapeau(
                    "compétence", ogr, "transition_eco", ligne["transition_eco"]
                ),
                transition_numerique=controle.drapeau(
                    "compétence", ogr, "transition_num", ligne["transition_num"]
                ),
                riasec_majeur=majeur,
                riasec_mineur=mineur,
            )
        )
    return competences


def _lire_profils_de_macros(
    tables: Tables, controle: Controle, macros: Container[str]
) -> dict[str, tuple[str, str]] | None:
    """RIASEC letters of the macro-compétences, often empty; None when the table was not delivered."""
    if not tables.groupe("referentiel_macro_competence_riasec"):
        return None
    profils: dict[str, tuple[str, str]] = {}
    for ligne in tables.lignes("referentiel_macro_competence_riasec"):
        ogr = ligne["code_ogr"]
        if not controle.connu("profil RIASEC", ogr, "macro-compétence", ogr, macros):
            continue
        if ogr in profils:
            controle.rejeter("profil RIASEC", ogr, "code en double")
            continue
        profils[ogr] = (
            controle.parmi("profil RIASEC", ogr, "riasec_majeur", ligne["riasec_majeur"], RIASEC),
            controle.parmi("profil RIASEC", ogr, "riasec_mineur", ligne["riasec_mineur"], RIASEC),
        )
    return profils


def lire_savoirs(tables: Tables, controle: Controle) -> list[Savoir]:
    lus: dict[str, Savoir] = {}
    for ligne in tables.lignes("referentiel_savoir"):
        ogr = ligne["code_ogr_savoir"]
        if controle.nouvel_ogr("savoir", ogr, lus, ligne["libelle_savoir"]):
            lus[ogr] = Savoir(
                code_ogr=ogr,
                libelle=ligne["libelle_savoir"],
                categorie=controle.court("savoir", ogr, "categorie_savoir", ligne["categorie_savoir"], 200),
                sous_categorie=controle.court(
                    "savoir", ogr, "sous_categorie_savoir", ligne["sous_categorie_savoir"], 200
                ),
                transition_ecologique=controle.drapeau(
                    "savoir", ogr, "transition_eco", ligne["transition_eco"]
                ),
                transition_numerique=controle.drapeau(
                    "savoir", ogr, "transition_num", ligne["transition_num"]
                ),
            )
    return list(lus.values())


def lire_contextes(tables: Tables, controle: Controle) -> list[Contexte]:
    lus: dict[str, Contexte] = {}
    objet = "contexte de travail"
    for ligne in tables.lignes("referentiel_contexte_travail"):
        ogr, libelle = ligne["code_ogr"], ligne["libelle_cont_travail"]
        if controle.nouvel_ogr(objet, ogr, lus, libelle):
            code_type = controle.court(objet, ogr, "code_type_cont_trav", ligne["code_type_cont_trav"], 5)
            type_ = controle.court(objet, ogr, "libelle_type_cont_trav", ligne["libelle_type_cont_trav"], 100)
            lus[ogr] = Contexte(ogr, libelle, code_type, type_)
    return list(lus.values())


class Liens(NamedTuple):
    """What `liens_rome_referentiels` holds, by kind."""

    competences: list[LienCompetence]
    savoirs: list[LienSavoir]
    contextes: list[LienContexte]


def lire_liens(
    tables: Tables,
    controle: Controle,
    codes: Container[str],
    competences: Container[str],
    savoirs: Container[str],
    contextes: Container[str],
) -> Liens:
    """The links of the fiches with their items, and the « cœur de métier » `coherence_item` gives them."""
    sortes = {
        ("5", "1"): ("lien compétence", "compétence", competences),
        ("5", "2"): ("lien compétence", "compétence", competences),
        ("5", "3"): ("lien savoir", "savoir", savoirs),
        ("6", ""): ("lien contexte", "contexte de travail", contextes),
    }
    # Blocs 1 (the fiche itself) and 2 (its appellations) repeat other tables; 7 (secteurs) and 8 (mobilité) are
    # named by `composition_bloc` but have tables of their own.
    ailleurs = ("1", "2", "7", "8")
    coeurs = _lire_coeurs_metier(tables, controle)
    liens = Liens([], [], [])
    vus: set[tuple[str, str]] = set()
    for ligne in tables.lignes("liens_rome_referentiels"):
        bloc, code, ogr = ligne["code_compo_bloc"], ligne["code_rome"], ligne["code_ogr"]
        if bloc in ailleurs:
            continue
        cle = f"{code} – {ogr}"
        sorte = sortes.get((bloc, ligne["code_rubrique"]))
        if sorte is None:
            controle.rejeter("lien", cle, f"bloc et rubrique inconnus ({bloc}, {ligne['code_rubrique']})")
            continue
        objet, quoi, connus = sorte
        if not controle.connu(objet, cle, "code ROME", code, codes):
            continue
        if not controle.connu(objet, cle, quoi, ogr, connus):
            continue
        if (code, ogr) in vus:
            controle.rejeter(objet, cle, "lien en double")
            continue
        vus.add((code, ogr))
        if bloc == "6":
            liens.contextes.append(LienContexte(code, ogr))
        elif quoi == "savoir":
            liens.savoirs.append(LienSavoir(code, ogr, coeurs.pop((code, ogr), "")))
        else:
            liens.competences.append(LienCompetence(code, ogr, coeurs.pop((code, ogr), "")))
    for (code, ogr), coeur in coeurs.items():
        controle.rejeter("cœur de métier", f"{code} – {ogr}", f"« {coeur} » pour un lien qui n’existe pas")
    return liens


def _lire_coeurs_metier(tables: Tables, controle: Controle) -> dict[tuple[str, str], str]:
    """The « Principale » and « Émergente » of `coherence_item`; most of its rows say neither."""
    coeurs: dict[tuple[str, str], str] = {}
    for ligne in tables.lignes("coherence_item"):
        code, ogr = ligne["code_rome"], ligne["code_ogr"]
        coeur = ligne["coeur_metier"]
        if coeur and controle.parmi(
            "cœur de métier", f"{code} – {ogr}", "coeur_metier", coeur, COEURS_METIER
        ):
            coeurs[code, ogr] = coeur
    return coeurs


def lire_arborescence(
    tables: Tables, controle: Controle, macros: Container[str]
) -> list[ArborescenceCompetence] | None:
    """Domaine, enjeu and objectif of each macro-compétence; None when the table was not delivered (version 60).

    The table has one row per compétence: its macro-compétence comes again and again.
    """
    if not tables.groupe("arborescence_competences"):
        return None
    lues: dict[str, ArborescenceCompetence] = {}
    refusees: set[str] = set()
    for ligne in tables.lignes("arborescence_competences"):
        ogr = ligne["code_ogr_macro_competence"]
        if ogr in refusees:
            continue
        if not controle.connu("arborescence de compétence", ogr, "macro-compétence", ogr, macros):
            refusees.add(ogr)
            continue
        place = ArborescenceCompetence(
            ligne["code_domaine_competence"],
            ligne["domaine_competence"],
            ligne["code_enjeu"],
            ligne["enjeu"],
            ligne["code_objectif"],
            ligne["objectif"],
            ogr,
        )
        if not all(place):
            controle.rejeter("arborescence de compétence", ogr, "code ou libellé absent")
            refusees.add(ogr)
        elif not all(
            controle.tient("arborescence de compétence", ogr, colonne, ligne[colonne], maximum)
            for colonne, maximum in LONGUEURS_ARBORESCENCE.items()
        ):
            refusees.add(ogr)
        elif lues.setdefault(ogr, place) != place:
            controle.rejeter(
                "arborescence de compétence", ogr, "rangée à deux endroits : le premier est gardé"
            )
            refusees.add(ogr)
    return list(lues.values())
