"""A small catalogue for the API: thirty of each kind."""

from __future__ import annotations

import pytest

from tests import objets


@pytest.fixture
def trente(db) -> None:
    remplir()


def remplir() -> None:
    """Thirty métiers, certifications and formations, linked to each other."""
    rome, rncp = objets.version("rome"), objets.version("rncp", "2026-08")
    for i in range(30):
        domaine = objets.domaine(("D14", "J15", "A12")[i % 3])
        metier = objets.metier(
            f"{domaine.code}{i:02}",
            libelle=f"{'Éé=Aa'[i % 5]} métier {i // 2}",
            domaine=domaine,
            version=rome,
            niveau_acces=(None, 3, 5)[i % 3],
            riasec_majeur=("", "S")[i % 2],
        )
        certification = objets.certification(
            f"RNCP{100 + i}",
            intitule=f"+Titre {i // 3}",
            version=rncp,
            niveau=(None, 4, 5, 6)[i % 4],
            active_selon_source=(True, False, None)[i % 3],
        )
        objets.debouche(certification, metier)
        objets.bloc(certification, version=rncp)
        formation = objets.formation(
            f"FOR.{i}",
            intitule=f"Formation {i % 7}",
            niveau_sortie=(None, 4)[i % 2],
            certification=certification,
        )
        objets.lien_formation(formation, metier)
        if i % 3:
            objets.session(formation, lieu=objets.lieu(), voie="apprentissage", prix=0)
