"""What can be found of the certifications: their titles, their numbers with or without the répertoire."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.urls import reverse

from catalogue.adresses import Adresses
from catalogue.recherche.codes import Page
from catalogue.recherche.index import Document
from certifications.etat import Etat
from certifications.models import BlocDeCompetences, Certification

# As of the last import: enough to put ended ones after the others, the page computes the state itself.
PAR_ETAT = 100
DERNIER_RANG = max(etat.rang for etat in Etat)
# Not the long texts, which are most of a fiche.
LUES = (
    "numero", "type", "intitule", "abrege_code", "niveau", "date_fin_enregistrement", "active_selon_source",
)  # fmt: skip


def certifications(numeros: Collection[str] | None) -> Iterator[Document]:
    publiees = Certification.objects.publies().only(*LUES).order_by("pk")
    if numeros is not None:
        publiees = publiees.filter(pk__in=numeros)
    adresse = Adresses()
    for c in publiees.iterator(chunk_size=2_000):
        yield Document(
            cle=c.numero,
            titre=c.intitule,
            autres_mots=f"{c.abrege_code} {c.numero} {c.chiffres}",
            url=adresse(c, f"{c.numero}-{c.slug}"),
            poids=PAR_ETAT * (DERNIER_RANG - c.etat().rang) + _annee_de_fin(c),
            niveau=c.niveau,
        )


def _annee_de_fin(certification: Certification) -> int:
    """Of several certifications of the same title and state, the latest first; 0 when its end is unknown."""
    fin = certification.date_fin_enregistrement
    return min(max(fin.year - 2000, 0), PAR_ETAT - 1) if fin else 0


def numero(code: str) -> Page | None:
    """RNCP34809, RS5000, or the bare number that people read on a diploma, of either répertoire."""
    if not (lu := re.fullmatch(r"(RNCP|RS)?0*(\d{1,8})", code)):
        return None
    candidats = [f"{lu[1]}{lu[2]}"] if lu[1] else [f"RNCP{lu[2]}", f"RS{lu[2]}"]
    trouve = (
        Certification.objects.filter(pk__in=candidats).order_by("pk").values_list("pk", flat=True).first()
    )
    return Page("certification", trouve, reverse("certifications:court", args=[trouve])) if trouve else None


def code_de_bloc(code: str) -> Page | None:
    """RNCP34809BC02."""
    if not (lu := re.fullmatch(r"((?:RNCP|RS)\d{1,8})BC\d{1,3}", code)):
        return None
    bloc = BlocDeCompetences.objects.filter(certification=lu[1], code__iexact=code).first()
    return Page("bloc", bloc.code, bloc.get_absolute_url()) if bloc else None
