"""The published OpenAPI document, and the page that tells it to people."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from catalogue.api.liste import Liste, valeurs_possibles
from certifications.api import CERTIFICATIONS
from formations.api import FORMATIONS, TOUTES_LES_SESSIONS
from metiers.api import METIERS
from portail.api import api
from portail.api_acces import RACINE

VALEURS_MONTREES = 10
STATUTS = {
    200: "La réponse.",
    404: "Aucun objet ne porte ce code.",
    410: "L'objet a été retiré par sa source.",
    422: "Un paramètre ne va pas : la réponse le nomme.",
}
EXEMPLES_DE_CHEMIN = {"code_rome": "D1415", "numero": "RNCP34809", "identifiant": "FOR.2316"}
MOTIFS_DE_CHEMIN = {"code_rome": r"^[A-Z][0-9]{4}$", "numero": r"^(RNCP|RS)[0-9]{1,8}$"}
DESCRIPTIONS_DE_CHEMIN = {
    "code_rome": "Le code ROME du métier.",
    "numero": "Le numéro de la fiche, RNCP ou RS.",
    "identifiant": "L'identifiant de la formation dans sa source.",
}
TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "null": "null",
    "array": "liste",
}


@dataclass(frozen=True)
class Champ:
    """A parameter of an address, or a field of an answer; `vers` is the object it holds, described on the page."""

    nom: str
    type: str
    description: str
    obligatoire: bool = False
    valeurs: str = ""
    defaut: str = ""
    vers: str = ""


@dataclass(frozen=True)
class Operation:
    ancre: str
    titre: str
    description: str
    chemin: str
    exemple: str
    parametres: list[Champ]
    reponse: str


@dataclass(frozen=True)
class Objet:
    nom: str
    champs: list[Champ]


def document() -> dict[str, Any]:
    """OpenAPI 3.1, with the values of the filters that are in the database."""
    schema: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=RACINE)))
    for liste in (METIERS, CERTIFICATIONS, FORMATIONS, TOUTES_LES_SESSIONS):
        _completer_les_filtres(schema["paths"][f"{RACINE}{liste.nom}"]["get"]["parameters"], liste)
    for chemin in schema["paths"].values():
        for parametre in chemin["get"]["parameters"]:
            if parametre["in"] == "path":
                _decrire_le_chemin(parametre)
        for statut, reponse in chemin["get"]["responses"].items():
            reponse["description"] = STATUTS[int(statut)]
    return schema


def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def page(request: HttpRequest) -> HttpResponse:
    """The documentation: one section for each address, one table for each object."""
    schema = document()
    groupes: dict[str, list[Operation]] = {}
    for chemin, methodes in schema["paths"].items():
        operation = methodes["get"]
        groupes.setdefault(operation["tags"][0], []).append(_operation(chemin, operation))
    objets = [
        Objet(nom, [_champ(n, c) for n, c in objet["properties"].items()])
        for nom, objet in sorted(schema["components"]["schemas"].items())
    ]
    return render(
        request,
        "api/documentation.html",
        {"info": schema["info"], "groupes": list(groupes.items()), "objets": objets, "racine": RACINE},
    )


def _completer_les_filtres(parametres: list[dict[str, Any]], liste: Liste) -> None:
    assert liste.filterset is not None  # noqa: S101 -- these lists have filters
    for parametre in parametres:
        filtre = liste.filterset.base_filters.get(parametre["name"])
        declares = getattr(filtre, "choix_declares", None)
        if callable(declares):
            valeurs = valeurs_possibles(filtre, list(declares()))
            if valeurs:
                parametre["schema"]["items"] = {"type": "string", "enum": valeurs}
            else:  # Nothing is loaded that it could be given.
                parametre["schema"]["maxItems"] = 0


def _decrire_le_chemin(parametre: dict[str, Any]) -> None:
    nom = parametre["name"]
    parametre["description"] = DESCRIPTIONS_DE_CHEMIN[nom]
    parametre["example"] = EXEMPLES_DE_CHEMIN[nom]
    parametre["schema"] = {"type": "string", "minLength": 1}
    if nom in MOTIFS_DE_CHEMIN:
        parametre["schema"]["pattern"] = MOTIFS_DE_CHEMIN[nom]


def _operation(chemin: str, operation: dict[str, Any]) -> Operation:
    exemple, requete = chemin, {}
    for parametre in operation["parameters"]:
        if parametre["in"] == "path":
            exemple = exemple.replace(f"{{{parametre['name']}}}", parametre["example"])
        elif parametre["required"]:
            requete[parametre["name"]] = parametre["example"]
    contenu = operation["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        ancre=f"adresse-{operation['operationId']}",
        titre=operation["summary"],
        description=operation["description"],
        chemin=chemin,
        exemple=f"{exemple}?{urlencode(requete)}" if requete else exemple,
        parametres=[_parametre(p) for p in operation["parameters"]],
        reponse=_nom_cite(contenu),
    )


def _parametre(parametre: dict[str, Any]) -> Champ:
    schema = parametre["schema"]
    possibles = [str(v) for v in schema.get("items", schema).get("enum", [])]
    montrees = ", ".join(possibles[:VALEURS_MONTREES])
    if len(possibles) > VALEURS_MONTREES:
        montrees += f"… ({len(possibles)} valeurs)"
    return Champ(
        nom=parametre["name"],
        type=_type(schema),
        description=parametre.get("description", ""),
        obligatoire=parametre["required"],
        valeurs=montrees or _bornes(schema),
        defaut=str(schema.get("default", "")),
    )


def _champ(nom: str, schema: dict[str, Any]) -> Champ:
    return Champ(nom, _type(schema), schema.get("description", ""), vers=_nom_cite(schema))


def _bornes(schema: dict[str, Any]) -> str:
    return f"de {schema['minimum']} à {schema['maximum']}" if "maximum" in schema else ""


def _type(schema: dict[str, Any]) -> str:
    """« texte », « texte ou null », « liste d'objets »…, in words."""
    if "anyOf" in schema:
        return " ou ".join(_type(s) for s in schema["anyOf"])
    if "$ref" in schema or schema.get("type") == "object":
        return "objet"
    if schema.get("type") == "array":
        contenu = _type(schema.get("items", {}))
        return {"objet": "liste d'objets", "texte": "liste de textes"}.get(contenu, "liste")
    if schema.get("format") == "date":
        return "date"
    return TYPES.get(schema.get("type", ""), "valeur")


def _nom_cite(schema: dict[str, Any]) -> str:
    """The name of the object that a schema refers to, alone, in a list or « or null »; else empty."""
    possibles = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    possibles += [s.get("items", {}) for s in schema.get("anyOf", [])]
    return next((s["$ref"].rsplit("/", 1)[-1] for s in possibles if "$ref" in s), "")
