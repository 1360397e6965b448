"""What can be found of the certifications: their titles, their numbers with or without the répertoire."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.recherche.index import Document
from certifications.etat import Etat
from certifications.models import Certification


def certifications() -> Iterator[Document]:
    for c in Certification.objects.publies().order_by("pk").iterator(chunk_size=2_000):
        yield Document(
            cle=c.numero,
            titre=c.intitule,
            autres_mots=f"{c.abrege_code} {c.numero} {c.chiffres}",
            url=c.get_absolute_url(),
            # As of the last import: enough to put ended ones after the others, the page computes the state itself.
            poids=1 if c.etat() is Etat.ACTIVE else 0,
            niveau=c.niveau,
        )
