"""The other files of the JSON delivery that are read when they are there: trees, and columns of two référentiels.

`unix_arborescence_principale`: {"arbo_principale": [{"code_metier": "A", "libelle": "…", "liste_domaine_prof":
[{"code_metier": "A11", "libelle": "…", "liste_metier": […]}]}]}

`unix_arborescence_competence`: {"arborescence_competence": {"domaine_competence": [{"libelle_domaine_competence": "…",
"code_fonctionnel": "1", "liste_enjeux": [{"libelle_enjeu": "…", "code_fonctionnel": "1A", "liste_objectifs":
[{"libelle_objectif": "…", "code_fonctionnel": "1A1", "liste_macro_competences": [{"code_ogr_macro_competence": 1,
"libelle_macro_competence": "…", "liste_competences": [{"code_ogr_competence": 2, "libelle_competence": "…"}]}]}]}]}]}}

`unix_referentiel_code_rome` and `unix_referentiel_appellation` are lists of objects with the columns of the CSV tables of
the same names; appellations come without `code_rome`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import ArborescenceCompetence, DomaineProfessionnel, GrandDomaine
from metiers.importers.rome_json import valeurs
from metiers.importers.rome_json.records import AppellationDite, CompetenceDite, FicheDite

CODE_MAX = 20


def lire_principale(controle: Controle, racine: Any) -> tuple[list[GrandDomaine], list[DomaineProfessionnel]]:
    grands: dict[str, GrandDomaine] = {}
    domaines: dict[str, DomaineProfessionnel] = {}
    for grand in _objets(racine, "arbo_principale"):
        code = valeurs.code(grand.get("code_metier", grand.get("code_domaine")))
        libelle = valeurs.libelle(controle, "grand domaine", code, grand.get("libelle"), maximum=200)
        if len(code) != 1 or not controle.nouvelle_cle("grand domaine", code, grands, libelle):
            continue
        grands[code] = GrandDomaine(code, libelle)
        for domaine in _objets(grand, "liste_domaine_prof"):
            sous_code = valeurs.code(domaine.get("code_metier", domaine.get("code_domaine")))
            titre = valeurs.libelle(
                controle, "domaine professionnel", sous_code, domaine.get("libelle"), maximum=200
            )
            if not sous_code.startswith(code) or len(sous_code) != 3:
                controle.rejeter("domaine professionnel", sous_code[:20], f"code qui n’est pas dans {code}")
            elif controle.nouvelle_cle("domaine professionnel", sous_code, domaines, titre):
                domaines[sous_code] = DomaineProfessionnel(sous_code, titre, code)
    return list(grands.values()), list(domaines.values())


def lire_competences(
    controle: Controle, racine: Any, competences: dict[str, CompetenceDite]
) -> list[ArborescenceCompetence]:
    """The place of each macro-compétence; completes `competences` with all those of the tree and what they are."""
    places: dict[str, ArborescenceCompetence] = {}
    haut = racine.get("arborescence_competence") if isinstance(racine, dict) else None
    for domaine in _objets(haut, "domaine_competence"):
        for enjeu in _objets(domaine, "liste_enjeux"):
            for objectif in _objets(enjeu, "liste_objectifs"):
                chemin = (
                    *_titre(controle, domaine, "libelle_domaine_competence"),
                    *_titre(controle, enjeu, "libelle_enjeu"),
                    *_titre(controle, objectif, "libelle_objectif"),
                )
                for macro in _objets(objectif, "liste_macro_competences"):
                    ogr = valeurs.code(macro.get("code_ogr_macro_competence"))
                    if not controle.nouvel_ogr("macro-compétence", ogr, places, ogr):
                        continue
                    if all(chemin):
                        places[ogr] = ArborescenceCompetence(*chemin, ogr)
                    else:
                        controle.rejeter("arborescence de compétence", ogr, "code ou libellé absent")
                    _ranger(controle, competences, ogr, macro.get("libelle_macro_competence"), None)
                    for feuille in _objets(macro, "liste_competences"):
                        feuille_ogr = valeurs.code(feuille.get("code_ogr_competence"))
                        if controle.nouvel_ogr("compétence", feuille_ogr, (), feuille_ogr):
                            _ranger(
                                controle, competences, feuille_ogr, feuille.get("libelle_competence"), ogr
                            )
    return list(places.values())


def lire_attributs(
    controle: Controle,
    fiches: dict[str, FicheDite],
    appellations: dict[str, AppellationDite],
    lignes_fiches: Iterable[dict[str, Any]],
    lignes_appellations: Iterable[dict[str, Any]],
) -> None:
    """Give fiches and appellations the columns of their référentiels."""
    for ligne in lignes_fiches:
        code = valeurs.code(ligne.get("code_rome"))
        if controle.connu("fiche", code, "fiche", code, fiches):
            fiches[code].attributs |= valeurs.attributs(controle, "fiche", code, ligne)
    for ligne in lignes_appellations:
        ogr = valeurs.code(ligne.get("code_ogr"))
        if not controle.connu("appellation", ogr, "appellation", ogr, appellations):
            continue
        appellation = appellations[ogr]
        appellation.attributs |= valeurs.attributs(controle, "appellation", ogr, ligne)
        if classement := valeurs.code(ligne.get("classification")):
            appellation.principale = classement == "PRINCIPALE"


def _ranger(
    controle: Controle, competences: dict[str, CompetenceDite], ogr: str, libelle: Any, macro: str | None
) -> None:
    """One place of the tree: under a macro-compétence, or itself one (`macro` None)."""
    dite = competences.setdefault(ogr, CompetenceDite(""))
    if dite.macro is not None and (dite.macro, dite.code_ogr_macro) != (macro is None, macro or ""):
        controle.rejeter("compétence", ogr, "rangée à deux endroits : le premier est gardé")
        return
    if not dite.libelle:
        dite.libelle = valeurs.libelle(controle, "compétence", ogr, libelle, maximum=500)
    dite.macro, dite.code_ogr_macro = macro is None, macro or ""


def _titre(controle: Controle, objet: dict[str, Any], nom: str) -> tuple[str, str]:
    code = valeurs.code(objet.get("code_fonctionnel"))[:CODE_MAX]
    return code, valeurs.libelle(controle, "arborescence de compétence", code, objet.get(nom))


def _objets(parent: Any, nom: str) -> Iterator[dict[str, Any]]:
    liste = parent.get(nom) if isinstance(parent, dict) else None
    if isinstance(liste, list):
        yield from (element for element in liste if isinstance(element, dict))
