"""What the API will not answer, said in French, naming the parameter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import Field


class Faute(Schema):
    parametre: str | None = Field(
        description="Le paramètre en cause ; null si ce n'est pas un paramètre.", examples=["limite"]
    )
    message: str = Field(
        description="Ce qui ne va pas, en une phrase.", examples=["Donnez un nombre entier de 1 à 100."]
    )


class Erreur(Schema):
    detail: list[Faute] = Field(description="Toutes les fautes trouvées dans la demande.")


class Refus(Exception):
    """`statut`: 404 never known, 410 withdrawn, 422 bad parameter; `fautes`: (parameter or None, sentence)."""

    def __init__(self, statut: int, *fautes: tuple[str | None, str]) -> None:
        super().__init__(statut, fautes)
        self.statut = statut
        self.fautes = fautes


def reponse_de_refus(statut: int, *fautes: tuple[str | None, str]) -> HttpResponse:
    return JsonResponse(
        {"detail": [{"parametre": parametre, "message": message} for parametre, message in fautes]},
        status=statut,
        json_dumps_params={"ensure_ascii": False},
    )


def repondre_refus(request: HttpRequest, refus: Any) -> HttpResponse:
    """The handler that the API is given for `Refus`."""
    return reponse_de_refus(refus.statut, *refus.fautes)


REFUS_DE_LISTE = {422: Erreur}
REFUS_D_OBJET = {404: Erreur, 410: Erreur, 422: Erreur}
"""Responses declared beside the 200 of a list, and of one object."""
