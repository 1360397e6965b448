"""Parameters of a request: declared once, read strictly, described in the published schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from catalogue.api.refus import Refus

LIMITE_PAR_DEFAUT = 30
LIMITE_MAX = 100


@dataclass(frozen=True)
class Parametre:
    """`lire` turns the text into a value, or raises ValueError with the sentence to say.

    A parameter with `plusieurs` may be repeated and gives a list.
    """

    nom: str
    description: str
    schema: dict[str, Any]
    lire: Callable[[str], Any] = str
    defaut: Any = None
    obligatoire: bool = False
    plusieurs: bool = False
    exemple: str | None = field(default=None)

    @property
    def openapi(self) -> dict[str, Any]:
        schema = {"type": "array", "items": self.schema} if self.plusieurs else dict(self.schema)
        if self.defaut not in (None, [], ""):
            schema["default"] = self.defaut
        decrit: dict[str, Any] = {
            "in": "query",
            "name": self.nom,
            "description": self.description,
            "required": self.obligatoire,
            "schema": schema,
        }
        if self.plusieurs:
            decrit |= {"style": "form", "explode": True}
        if self.exemple is not None:
            decrit["example"] = (
                [self.exemple] if self.plusieurs else schema_exemple(self.schema, self.exemple)
            )
        return decrit


def schema_exemple(schema: dict[str, Any], exemple: str) -> Any:
    return int(exemple) if schema.get("type") == "integer" else exemple


def entier(nom: str, description: str, minimum: int, maximum: int, defaut: int) -> Parametre:
    """A whole number written in plain digits."""

    def lire(texte: str) -> int:
        if re.fullmatch(r"0|[1-9][0-9]{0,8}", texte) and minimum <= int(texte) <= maximum:
            return int(texte)
        raise ValueError(f"Donnez un nombre entier de {minimum} à {maximum}.")

    schema = {"type": "integer", "minimum": minimum, "maximum": maximum}
    return Parametre(nom, description, schema, lire, defaut, exemple=str(defaut or minimum))


def choix(
    nom: str, description: str, valeurs: Sequence[str], *, defaut: Any = None, plusieurs: bool = False
) -> Parametre:
    """One of a few known values."""

    def lire(texte: str) -> str:
        if texte in valeurs:
            return texte
        raise ValueError(f"Valeur inconnue : « {texte[:60]} ». Valeurs possibles : {', '.join(valeurs)}.")

    schema = {"type": "string", "enum": list(valeurs)}
    return Parametre(
        nom, description, schema, lire, [] if plusieurs else defaut, plusieurs=plusieurs, exemple=valeurs[0]
    )


LIMITE = entier("limite", "Nombre d'objets par réponse.", 1, LIMITE_MAX, LIMITE_PAR_DEFAUT)
FORMAT = choix(
    "format",
    "Forme de la réponse. En CSV, toute la liste est donnée, sauf si « limite » est précisé. "
    "Sans ce paramètre, l'en-tête Accept décide.",
    ["json", "csv"],
)


def lire(
    donnees: QueryDict,
    parametres: Iterable[Parametre],
    admis: Iterable[str] = (),
    deja: Iterable[tuple[str | None, str]] = (),
) -> dict[str, Any]:
    """The values asked for; `Refus` 422 with every fault.

    `admis` names what somebody else reads, `deja` holds the faults found there.
    """
    declares = {p.nom: p for p in parametres}
    fautes: list[tuple[str | None, str]] = [
        (nom[:60], "Ce paramètre n'existe pas ici.") for nom in donnees if nom not in {*declares, *admis}
    ]
    fautes += deja
    valeurs: dict[str, Any] = {}
    for nom, parametre in declares.items():
        textes = donnees.getlist(nom)
        if not textes:
            if parametre.obligatoire:
                fautes.append((nom, "Ce paramètre est obligatoire."))
            valeurs[nom] = parametre.defaut
        elif len(textes) > 1 and not parametre.plusieurs:
            fautes.append((nom, "Ce paramètre ne peut être donné qu'une fois."))
        else:
            try:
                lues = [parametre.lire(texte) for texte in textes]
            except ValueError as erreur:
                fautes.append((nom, str(erreur)))
            else:
                valeurs[nom] = lues if parametre.plusieurs else lues[0]
    if fautes:
        raise Refus(422, *fautes)
    return valeurs


def veut_du_csv(request: HttpRequest) -> bool:
    """`format` decides, else the Accept header; JSON when neither says."""
    demande = request.GET.get("format")
    if demande:
        return demande == "csv"
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"
