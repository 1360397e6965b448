"""The records of the reader and the models are written apart: they must keep the same names and lengths."""

import re
from pathlib import Path

import pytest

from certifications import models
from certifications.importers import rncp
from certifications.importers.rncp.fiche import PARTIES

EXPORT = Path(__file__).parents[2] / "data" / "rncp" / "export_fiches_RNCP_V4_1_2026-08-16.xml"
MODELES = {
    rncp.Fiche: models.Certification,
    rncp.Bloc: models.BlocDeCompetences,
    rncp.Certificateur: models.Certificateur,
    rncp.Partenaire: models.Partenaire,
    rncp.Debouche: models.Debouche,
    rncp.Nsf: models.Nsf,
    rncp.Formacode: models.Formacode,
    rncp.Convention: models.ConventionCollective,
    rncp.Voie: models.VoieDAccesCertification,
    rncp.Statistique: models.StatistiquePromotion,
    rncp.Publication: models.PublicationOfficielle,
    rncp.Filiation: models.Filiation,
}


def trop_longs(enregistrement) -> list[str]:
    """Names of the texts of a record that would not fit in their column."""
    modele = MODELES.get(type(enregistrement), models.Correspondance)
    longueurs = {champ.attname: getattr(champ, "max_length", None) for champ in modele._meta.concrete_fields}
    return [
        f"{type(enregistrement).__name__}.{nom}"
        for nom, valeur in rncp.colonnes(enregistrement).items()
        if isinstance(valeur, str) and longueurs[nom] and len(valeur) > longueurs[nom]
    ]


@pytest.mark.parametrize(("enregistrement", "modele"), MODELES.items())
def test_every_field_read_is_a_column(enregistrement, modele):
    lus = set(enregistrement._fields) - PARTIES - {"empreinte"}

    assert lus - {champ.attname for champ in modele._meta.concrete_fields} == set()


# All texts of the sample are stretched, but for those without which nothing is read: short columns overflow first,
# longer ones at the next steps.
@pytest.mark.parametrize("ajout", [20, 60, 250, 480, 690, 2000])
def test_no_text_read_overflows_its_column(tmp_path, ajout):
    texte = EXPORT.read_text(encoding="utf-8")
    long = re.sub(r"(?<=[^>\s])(?=</(?!NUMERO_FICHE|VERSION_FLUX|INTITULE))", "x" * ajout, texte)
    chemin = tmp_path / "long.xml"
    chemin.write_text(long, encoding="utf-8")

    fiches = list(rncp.lire_rncp(chemin, [].append))

    lus = [*fiches, *(partie for fiche in fiches for nom in PARTIES for partie in getattr(fiche, nom))]
    assert len(fiches) == 3
    assert [nom for enregistrement in lus for nom in trop_longs(enregistrement)] == []
