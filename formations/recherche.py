"""What can be found of the offer: formations and organismes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from catalogue.adresses import Adresses
from catalogue.recherche.codes import Page
from catalogue.recherche.index import Document
from formations.models import Formation, Organisme


def formations(identifiants: Collection[str] | None) -> Iterator[Document]:
    publiees = (
        Formation.objects.publies()
        .only("identifiant", "intitule", "sigle", "numero_certification", "niveau_sortie")
        .order_by("pk")
    )
    if identifiants is not None:
        publiees = publiees.filter(pk__in=identifiants)
    adresse = Adresses()
    for f in publiees.iterator(chunk_size=2_000):
        yield Document(
            cle=f.identifiant,
            titre=f.intitule,
            autres_mots=f"{f.sigle} {f.identifiant} {f.numero_certification}",
            url=adresse(f, f.identifiant),
            niveau=f.niveau_sortie,
        )


def organismes(numeros: Collection[str] | None) -> Iterator[Document]:
    publies = Organisme.objects.publies().order_by("pk")
    if numeros is not None:
        publies = publies.filter(pk__in=numeros)
    for o in publies.iterator(chunk_size=2_000):
        yield Document(
            cle=str(o.pk), titre=o.nom, autres_mots=f"{o.sigle} {o.uai} {o.siret}", url=o.get_absolute_url()
        )


def identifiant_onisep(code: str) -> Page | None:
    """FOR.2316."""
    if not re.fullmatch(r"FOR\.?\d+", code):
        return None
    formation = Formation.objects.filter(pk=f"FOR.{re.sub(r'[^0-9]', '', code)}").first()
    return Page("formation", formation.pk, formation.get_absolute_url()) if formation else None
