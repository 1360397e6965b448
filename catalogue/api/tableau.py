"""A list as CSV: UTF-8, commas, one header row, one line per object, written as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from django.http import StreamingHttpResponse
from ninja import Schema

TYPE_CSV = "text/csv; charset=utf-8"
SEPARATEUR = " | "
"""Between the values of a cell that holds several."""


class _Ligne:
    """What `csv.writer` writes to: gives the line back."""

    def write(self, texte: str) -> str:
        return texte


@cache
def colonnes(schema: type[Schema]) -> list[str]:
    """« code_rome », « domaine.code »…: the fields, those of an object inside under its name."""
    noms: list[str] = []
    for nom, champ in schema.model_fields.items():
        interieur = _schema_interieur(champ.annotation)
        noms += [f"{nom}.{sous}" for sous in colonnes(interieur)] if interieur else [nom]
    return noms


def cellules(objet: dict[str, Any], schema: type[Schema]) -> list[str]:
    """The cells of one object as JSON writes it, in the order of `colonnes`; unknown is empty."""
    ligne = []
    for colonne in colonnes(schema):
        valeur: Any = objet
        for nom in colonne.split("."):
            valeur = valeur.get(nom) if valeur is not None else None
        ligne.append(cellule(valeur))
    return ligne


def cellule(valeur: Any) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, (int, float)):
        return str(valeur)
    texte = SEPARATEUR.join(map(str, valeur)) if isinstance(valeur, list) else str(valeur)
    return f"'{texte}" if texte.startswith(("=", "+", "-", "@", "\t", "\r")) else texte


def repondre(nom: str, schema: type[Schema], objets: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """The answer named `nom`.csv; `objets` is read only as the answer is sent."""

    def lignes() -> Iterator[str]:
        redige = csv.writer(_Ligne())
        yield redige.writerow(colonnes(schema))
        for objet in objets:
            yield redige.writerow(cellules(objet, schema))

    reponse = StreamingHttpResponse(lignes(), content_type=TYPE_CSV)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.csv"'
    return reponse


def _schema_interieur(annotation: Any) -> type[Schema] | None:
    """The Schema that a field holds, alone or « or null »; None for anything else, lists included."""
    for type_ in (annotation, *get_args(annotation)):
        if isinstance(type_, type) and issubclass(type_, Schema):
            return type_
    return None
