"""What can be found of the métiers: every appellation of the ROME, Onisep's names, and the domaines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from catalogue.recherche.index import Document
from metiers.models import Appellation, DomaineProfessionnel, GrandDomaine, LienOnisepRome

# The principal title before its synonyms, a parent fiche before its specialisations, little-used titles last.
PRINCIPALE, SYNONYME, PEU_USITEE = 4, 2, 0
FICHE_MERE = 1


def metiers() -> Iterator[Document]:
    appellations = (
        Appellation.objects.publies()
        .filter(metier__retire_le__isnull=True)
        .select_related("metier")
        .order_by("pk")
    )
    for a in appellations.iterator(chunk_size=2_000):
        rang = PRINCIPALE if a.principale else PEU_USITEE if a.peu_usitee else SYNONYME
        yield Document(
            cle=a.metier.code_rome,
            titre=a.metier.libelle,
            appellation="" if a.libelle == a.metier.libelle else a.libelle,
            autres_mots=f"{a.libelle_court} {a.metier.code_rome}",
            url=a.metier.get_absolute_url(),
            poids=rang + (FICHE_MERE if a.metier.parent_id is None else 0),
            niveau=a.metier.niveau_acces,
        )
    # A link whose code designates no métier (A15, cut short) has no address to give.
    liens = LienOnisepRome.objects.filter(
        metier__isnull=False, metier__retire_le__isnull=True, fiche__retire_le__isnull=True
    ).select_related("metier", "fiche")
    for lien in liens.prefetch_related("fiche__synonymes"):
        for nom in {lien.fiche.nom, *(s.nom for s in lien.fiche.synonymes.all())}:
            yield Document(
                cle=lien.metier.code_rome,
                titre=lien.metier.libelle,
                appellation=nom,
                autres_mots=lien.fiche_id,
                url=lien.metier.get_absolute_url(),
                poids=SYNONYME,
                niveau=lien.metier.niveau_acces,
            )


def domaines() -> Iterator[Document]:
    for domaine in [*GrandDomaine.objects.publies(), *DomaineProfessionnel.objects.publies()]:
        yield Document(
            cle=domaine.code,
            titre=domaine.libelle,
            autres_mots=domaine.code,
            url=f"{reverse('metiers:liste')}?domaine={domaine.code}",
        )
