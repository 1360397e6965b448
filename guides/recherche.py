"""What can be found of the guides: the terms of the glossary under all their names, the dossiers and their roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from catalogue.recherche.index import Document
from guides.models import Dossier, Terme


def termes(slugs: Collection[str] | None) -> Iterator[Document]:
    publies = Terme.objects.publies().order_by("pk")
    if slugs is not None:
        publies = publies.filter(slug__in=slugs)
    for terme in publies:
        # `autres_noms` may hold several forms on a line, parted by commas.
        formes = [nom.strip() for forme in terme.formes for nom in forme.split(",") if nom.strip()]
        for rang, nom in enumerate(dict.fromkeys(formes)):
            yield Document(
                cle=terme.slug,
                titre=terme.terme,
                appellation=nom if rang else "",
                url=terme.get_absolute_url(),
                poids=0 if rang else 1,
            )


def dossiers(slugs: Collection[str] | None) -> Iterator[Document]:
    publies = Dossier.objects.publies().order_by("pk")
    if slugs is not None:
        publies = publies.filter(slug__in=slugs)
    for dossier in publies.prefetch_related("familles__roles"):
        roles = (role.titre for famille in dossier.familles.all() for role in famille.roles.all())
        yield Document(
            cle=dossier.slug,
            titre=dossier.titre,
            autres_mots=" ".join(roles),
            url=dossier.get_absolute_url(),
            poids=1,
        )
