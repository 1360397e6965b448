"""`import_nsf`, and the labels that it gives to the lists and the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from catalogue.models import VersionReferentiel
from certifications import nsf
from certifications.models import Certification, Nsf
from certifications.nsf import GROUPES, Specialite
from tests import objets
from tests.livraisons import export_rncp, fiche_rncp, importer, totaux

pytestmark = pytest.mark.django_db


@pytest.fixture
def dictionnaire(petites_donnees: Path) -> Path:
    return petites_donnees / "nsf" / "lheo-dict-NSF.xml"


def fiche_avec(*codes: tuple[str, str]) -> str:
    lignes = "".join(f"<NSF><CODE>{c}</CODE><LIBELLE>{n}</LIBELLE></NSF>" for c, n in codes)
    return fiche_rncp("RNCP1", contenu=f"<CODES_NSF>{lignes}</CODES_NSF>")


def libelles() -> dict[str, str]:
    return dict(Nsf.objects.values_list("code", "libelle"))


def test_groups_are_labelled_by_the_nomenclature_and_the_rest_by_the_fiches(dictionnaire, tmp_path):
    export = export_rncp(
        tmp_path, fiche_avec(("312", "Vente"), ("312t", "Négociation et vente"), ("326", "Ordinateurs"))
    )
    importer("import_rncp", export)

    rapport = importer("import_nsf", dictionnaire)
    encore = [totaux(importer("import_rncp", export)), totaux(importer("import_nsf", dictionnaire))]

    assert totaux(rapport) == [2, 1, 0, 0]
    assert libelles() == {
        "210": "Spécialités de l'agronomie",
        "214": "Parcs et jardins",
        "312": "Vendre et échanger",
        "312t": "Négociation et vente",
        "326": "Ordinateurs",
    }
    assert sorted(Nsf.objects.de_la_nomenclature().values_list("code", flat=True)) == ["210", "214", "312"]
    assert [total[:2] + total[3:] for total in encore] == [[0, 0, 0]] * 2
    assert [str(v) for v in VersionReferentiel.objects.filter(source="nsf")] == [
        "Nomenclature des spécialités de formation (NSF), version 1, date non renseignée"
    ]


def test_group_that_an_edition_drops_keeps_the_label_that_fiches_cite(dictionnaire, tmp_path):
    importer("import_nsf", dictionnaire)
    suivante = tmp_path / "lheo-dict-NSF.xml"
    lignes = dictionnaire.read_text().replace('"V1"', '"V2"').splitlines()
    suivante.write_text("\n".join(ligne for ligne in lignes if "210" not in ligne))

    with pytest.raises(CommandError) as refus:
        importer("import_nsf", suivante)
    rapport = importer("import_nsf", suivante, forcer=True)

    assert "Il retirerait 1 groupes de spécialités sur 3" in str(refus.value)
    assert totaux(rapport) == [0, 0, 2, 1]
    assert libelles()["210"] == "Spécialités de l'agronomie"
    assert sorted(Nsf.objects.de_la_nomenclature().values_list("code", "version__version")) == [
        ("214", "2"),
        ("312", "2"),
    ]


def test_list_offers_the_groups_imported_in_place_of_those_of_the_decree(dictionnaire):
    avant = {groupe.valeur: groupe.libelle for domaine in nsf.choix() for groupe in domaine.enfants}

    importer("import_nsf", dictionnaire)

    apres = {groupe.valeur: groupe.libelle for domaine in nsf.choix() for groupe in domaine.enfants}
    assert avant == GROUPES
    assert len(nsf.choix()) == 17
    assert apres == GROUPES | {
        "210": "Spécialités de l'agronomie",
        "214": "Parcs et jardins",
        "312": "Vendre et échanger",
    }


def test_code_without_a_label_takes_that_of_its_group_then_of_its_domaine():
    codes = [Nsf(code=code, libelle=libelle) for code, libelle in
             [("312t", "Négociation"), ("326m", ""), ("31", ""), ("319", ""), ("999", "")]]  # fmt: skip

    assert nsf.specialites(codes) == [
        Specialite("312t", "Négociation", "Commerce, vente", "/certifications/?nsf=312"),
        Specialite("326m", *[GROUPES["326"]] * 2, "/certifications/?nsf=326"),
        Specialite("31", *["Échanges et gestion"] * 2, "/certifications/?nsf=31"),
        Specialite("319", *["Échanges et gestion"] * 2, "/certifications/?nsf=31"),
        Specialite("999", "", "", ""),
    ]


def test_page_and_api_say_the_label_of_the_group_and_lead_to_its_list(client):
    certification = objets.certification("RNCP1", intitule="Conseiller")
    certification.nsf.add(Nsf.objects.create(code="312t"))
    objets.certification("RNCP2", intitule="Soudeur")

    page = client.get(certification.get_absolute_url()).content.decode()
    lue = client.get("/api/v1/certifications/RNCP1").json()
    liste = client.get("/certifications/?nsf=312")

    assert '<a class="note" href="/certifications/?nsf=312" rel="nofollow">' in page
    assert lue["nsf"] == [{"code": "312t", "libelle": "Commerce, vente"}]
    assert liste.context["filtre"].total == 1
    assert Certification.objects.count() == 2
