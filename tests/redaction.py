"""The editors' words on the five jobs of tests/data/rome, and what pages show of them after an import."""

from __future__ import annotations

from metiers.models import FicheEditoriale, Metier, Reaffectation

BOUTIQUE, BIO, ASSISTANT, ARCHIVISTE, LIVREUR = (
    "Conseiller / Conseillère en boutique",
    "Conseiller / Conseillère en boutique bio",
    "Assistant / Assistante de direction",
    "Archiviste",
    "Livreur / Livreuse à vélo",
)
ECRITS = sorted(f"Écrit pour : {job}" for job in (BOUTIQUE, BIO, ASSISTANT, ARCHIVISTE, LIVREUR))


def ecrits() -> list[str]:
    """Every word of the editors, shown or not."""
    return sorted(FicheEditoriale.objects.values_list("en_clair", flat=True))


def affiches() -> dict[str, str]:
    """The job each page in force speaks of in the editors' words, by code."""
    return {
        code: texte.removeprefix("Écrit pour : ")
        for code, texte in FicheEditoriale.objects.affichables()
        .filter(metier__retire_le__isnull=True)
        .values_list("metier__code_rome", "en_clair")
    }


TOUS = {"D1491": BOUTIQUE, "D1492": BIO, "M1691": ASSISTANT, "M1692": ARCHIVISTE, "N4191": LIVREUR}


def titres() -> dict[str, str]:
    return dict(Metier.objects.publies().values_list("code_rome", "libelle"))


def questions() -> list[tuple]:
    return list(
        Reaffectation.objects.a_trancher().values_list(
            "metier__code_ogr", "ancien_libelle", "nouveau_libelle", "fiche_suivie__code_rome"
        )
    )
