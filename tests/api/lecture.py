"""Reading the API as a partner would."""

from __future__ import annotations

import csv
import io
from typing import Any


def suivre(client: Any, adresse: str) -> list[dict[str, Any]]:
    """Every object of a list, page after page."""
    objets: list[dict[str, Any]] = []
    while adresse:
        page = client.get(adresse).json()
        objets += page["resultats"]
        adresse = page["suivant"]
    return objets


def lire_csv(reponse: Any) -> list[dict[str, str]]:
    contenu = b"".join(reponse.streaming_content).decode("utf-8")
    return list(csv.DictReader(io.StringIO(contenu, newline="")))


def a_plat(objet: dict[str, Any], colonnes: list[str]) -> dict[str, str]:
    """A JSON object as its line of CSV should be."""
    ligne = {}
    for colonne in colonnes:
        valeur: Any = objet
        for nom in colonne.split("."):
            valeur = valeur[nom] if valeur is not None else None
        if isinstance(valeur, list):
            valeur = " | ".join(valeur)
        if isinstance(valeur, bool):
            valeur = str(valeur).lower()
        texte = "" if valeur is None else str(valeur)
        ligne[colonne] = (
            f"'{texte}" if isinstance(valeur, str) and texte[:1] in {"=", "+", "-", "@"} else texte
        )
    return ligne
