"""What can be found of the métiers: every appellation of the ROME, Onisep's and the editors' names, the domaines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse

from catalogue.recherche.codes import Page
from catalogue.recherche.index import Document
from catalogue.recherche.mots import mots_distincts
from metiers.models import (
    AncienCode,
    Appellation,
    DomaineProfessionnel,
    FicheEditoriale,
    FicheOnisep,
    GrandDomaine,
    LienOnisepRome,
    Metier,
)

# The principal title before its synonyms, a parent fiche before its specialisations, little-used titles last.
# Onisep's names come after all those of the ROME.
PRINCIPALE, SYNONYME, PEU_USITEE, ONISEP = 5, 3, 1, 0
FICHE_MERE = 1
_ENTRE_PARENTHESES = re.compile(r"\s*\([^)]*\)\s*$")


def metiers(codes: Collection[str] | None) -> Iterator[Document]:
    choisis: dict[str, Any] = {} if codes is None else {"metier__code_rome__in": codes}
    yield from _appellations(choisis)
    # A link whose code designates no métier (A15, cut short) has no address to give.
    liens = LienOnisepRome.objects.filter(
        metier__isnull=False, metier__retire_le__isnull=True, fiche__retire_le__isnull=True, **choisis
    ).select_related("metier", "fiche")
    for lien in liens.order_by("pk").prefetch_related("fiche__synonymes"):
        for nom in sorted({lien.fiche.nom, *(s.nom for s in lien.fiche.synonymes.all())}):
            metier: Any = lien.metier
            yield _document(metier, nom, autres_mots=lien.fiche_id, poids=ONISEP)
    fiches = FicheEditoriale.objects.affichables().filter(metier__retire_le__isnull=True, **choisis)
    for fiche in fiches.exclude(intitule="").select_related("metier").order_by("pk"):
        yield _document(fiche.metier, fiche.intitule, poids=PRINCIPALE)


def _appellations(choisis: dict[str, Any]) -> Iterator[Document]:
    appellations = (
        Appellation.objects.publies()
        .filter(metier__retire_le__isnull=True, **choisis)
        .select_related("metier")
        .order_by("pk")
    )
    for a in appellations.iterator(chunk_size=2_000):
        rang = PRINCIPALE if a.principale else PEU_USITEE if a.peu_usitee else SYNONYME
        formes = {" ".join(mots_distincts(forme)): forme for forme in (a.feminin, a.masculin)}
        for forme in formes.values():  # two only for « Valet de chambre » and « Femme de chambre »
            yield _document(
                a.metier,
                "" if a.libelle == a.metier.libelle else a.libelle,
                # « Auxiliaire de vie sociale (AVS) » is found by its initials, and is that title and no other.
                texte=_ENTRE_PARENTHESES.sub("", forme) or forme,
                autres_mots=f"{forme} {a.libelle_court}",
                poids=rang + (FICHE_MERE if a.metier.parent_id is None else 0),
            )


def _document(metier: Metier, appellation: str, *, autres_mots: str = "", **reste: Any) -> Document:
    return Document(
        cle=metier.code_rome,
        titre=metier.libelle,
        url=metier.get_absolute_url(),
        appellation=appellation,
        autres_mots=f"{autres_mots} {metier.code_rome}",
        niveau=metier.niveau_acces,
        **reste,
    )


def domaines(codes: Collection[str] | None) -> Iterator[Document]:
    tous: list[Any] = [*GrandDomaine.objects.publies(), *DomaineProfessionnel.objects.publies()]
    for domaine in tous:
        if codes is None or domaine.code in codes:
            yield Document(
                cle=domaine.code,
                titre=domaine.libelle,
                autres_mots=domaine.code,
                url=f"{reverse('metiers:liste')}?domaine={domaine.code}",
            )


def code_rome(code: str) -> Page | None:
    """D1415, in force, renumbered or withdrawn: its short address says what became of it."""
    if not re.fullmatch(r"[A-N]\d{4}", code):
        return None
    if not (
        Metier.objects.filter(code_rome=code).exists() or AncienCode.objects.filter(code_rome=code).exists()
    ):
        return None
    return Page("metier", code, reverse("metiers:court", args=[code]))


def fiche_onisep(code: str) -> Page | None:
    """MET.762."""
    if not re.fullmatch(r"MET\.?\d+", code):
        return None
    fiche = FicheOnisep.objects.filter(pk=f"MET.{re.sub(r'[^0-9]', '', code)}").first()
    return Page("onisep", fiche.pk, fiche.get_absolute_url()) if fiche else None
