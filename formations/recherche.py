"""What can be found of the offer: formations and organismes."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.recherche.index import Document
from formations.models import Formation, Organisme


def formations() -> Iterator[Document]:
    for f in Formation.objects.publies().order_by("pk").iterator(chunk_size=2_000):
        yield Document(
            cle=f.identifiant,
            titre=f.intitule,
            autres_mots=f"{f.sigle} {f.identifiant} {f.numero_certification}",
            url=f.get_absolute_url(),
            niveau=f.niveau_sortie,
        )


def organismes() -> Iterator[Document]:
    for o in Organisme.objects.publies().order_by("pk").iterator(chunk_size=2_000):
        yield Document(
            cle=str(o.pk), titre=o.nom, autres_mots=f"{o.sigle} {o.uai} {o.siret}", url=o.get_absolute_url()
        )
