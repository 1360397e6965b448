"""Values of the JSON delivery: codes that are numbers, text of uncertain encoding, flags, lists that may be absent."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.fichiers.caracteres import est_lisible, restituer
from metiers.importers.rome.controle import RIASEC, Controle

LIBELLE_MAX = 300
"""Characters of a label (the longest of version 60 has 216)."""
PROSE_MAX = 50_000
# The XML form misspells two of them, and JSON made from it may too.
DRAPEAUX = {
    "transition_num": "transition_numerique",
    "transition_demo": "transition_demographique",
    "emploi_reglemente": "emploi_reglemente",
    "empoi_reglemente": "emploi_reglemente",
    "emploi_cadre": "emploi_cadre",
    "empoi_cadre": "emploi_cadre",
    "peu_usite": "peu_usitee",
}
_COEURS = {"principale": "Principale", "emergente": "Émergente"}


def code(valeur: Any) -> str:
    """A code as text, whether the file has a text or a number; "" for anything else."""
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return str(valeur)
    return restituer(valeur).strip() if isinstance(valeur, str) else ""


def libelle(
    controle: Controle, objet: str, cle: str, valeur: Any, nom: str = "libellé", maximum: int = LIBELLE_MAX
) -> str:
    """A label; "" when there is none or, said to `controle`, when it cannot be believed."""
    texte = code(valeur)
    if len(texte) > maximum:
        controle.rejeter(objet, cle, f"{nom} de {len(texte)} caractères, au plus {maximum} : laissé de côté")
        return ""
    if not est_lisible(texte):
        controle.rejeter(
            objet, cle, f"{nom} illisible, des caractères s’y sont perdus ({texte[:60]!a}) : laissé de côté"
        )
        return ""
    return texte


def prose(controle: Controle, cle: str, nom: str, valeur: Any) -> str | None:
    """Sentences, one per line; None when the file does not say them, or not readably.

    Two apostrophes stand for one, as in the table `texte`, and the characters « \\n » for the end of a line.
    """
    if not isinstance(valeur, str):
        return None
    texte = libelle(controle, "texte", f"{cle} {nom}", valeur, nom, PROSE_MAX)
    if not texte and valeur.strip():
        return None
    lignes = texte.replace("\\n", "\n").replace("''", "'").splitlines()
    return "\n".join(ligne.strip() for ligne in lignes if ligne.strip())


def attributs(
    controle: Controle, objet: str, cle: str, *ligne: Mapping[str, Any]
) -> dict[str, bool | str | None]:
    """The flags and other columns of a référentiel that these objects hold, under the names of our records."""
    lus: dict[str, bool | str | None] = {}
    for valeurs in ligne:
        for colonne, nom in DRAPEAUX.items():
            if colonne in valeurs:
                lus[nom] = drapeau(controle, objet, cle, colonne, valeurs[colonne])
        if "transition_eco" in valeurs:
            lus["transition_ecologique"] = libelle(
                controle, objet, cle, valeurs["transition_eco"], "transition_eco", 100
            )
        if "code_rome_parent" in valeurs:
            lus["code_rome_parent"] = code(valeurs["code_rome_parent"])
        for colonne in ("riasec_majeur", "riasec_mineur"):
            if colonne in valeurs:
                lus[colonne] = controle.parmi(objet, cle, colonne, code(valeurs[colonne]), RIASEC)
    return lus


def drapeau(controle: Controle, objet: str, cle: str, colonne: str, valeur: Any) -> bool | None:
    """O, N or nothing, or the booleans of JSON."""
    if valeur is None or isinstance(valeur, bool):
        return valeur
    texte = code(valeur).upper()
    return controle.drapeau(objet, cle, colonne, {"OUI": "O", "NON": "N"}.get(texte, texte))


def coeur(controle: Controle, cle: str, item: Mapping[str, Any]) -> str | None:
    """« Principale », « Émergente » or "" for neither (null); None when the item does not say."""
    if "coeur_metier" not in item:
        return None
    valeur = item["coeur_metier"]
    if valeur is None or isinstance(valeur, bool):
        return "Principale" if valeur else ""
    texte = code(valeur)
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
    return _COEURS.get(nu) or controle.parmi("cœur de métier", cle, "coeur_metier", texte, _COEURS.values())


def groupes(valeur: Any, *noms: str) -> list[tuple[Any, list[Any]]] | None:
    """Items under their headings, as (heading, items); None when the file does not say.

    Headings are in a list, alone (`contextes_travail`) or under one of `noms` (`enjeux`, `categories`). Savoir-être were
    once items without a heading: theirs is None.
    """
    if isinstance(valeur, dict):
        presents = [nom for nom in (*noms, "items") if nom in valeur]
        return groupes(valeur[presents[0]], *noms) if presents else None
    if not isinstance(valeur, list):
        return None
    return [
        (groupe.get("libelle"), groupe["items"])
        if isinstance(groupe, dict) and isinstance(groupe.get("items"), list)
        else (None, [groupe])
        for groupe in valeur
    ]


def dictionnaires(
    controle: Controle, objet: str, cle: str, elements: list[Any]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The elements that are objects, with their rank from 1; the others are told."""
    for rang, element in enumerate(elements, 1):
        if isinstance(element, dict):
            yield rang, element
        else:
            controle.rejeter(objet, f"{cle}, n° {rang}", "ce n’est pas un objet")
