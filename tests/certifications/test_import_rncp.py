"""`import_rncp`: partial or complete exports, in any order, and files that are not what they claim."""

from __future__ import annotations

import zipfile
from itertools import permutations
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from catalogue.importing import Rapport
from certifications import mise_a_jour
from certifications.importers.rncp import lire_rncp
from certifications.models import (
    BlocDeCompetences,
    Certificateur,
    Certification,
    CertificationEditoriale,
    Correspondance,
    Debouche,
    EmpreinteDeFiche,
    Filiation,
    Nsf,
    Partenaire,
    StatistiquePromotion,
)
from tests import objets
from tests.livraisons import LivraisonRome, export_rncp, fiche_rncp, importer, photographie, totaux

pytestmark = pytest.mark.django_db


def en_vigueur() -> list[str]:
    return list(Certification.objects.publies().order_by("numero").values_list("numero", flat=True))


def debouches() -> dict[str, str | None]:
    """The code of the fiche in force behind each cited code."""
    return dict(Debouche.objects.values_list("code_rome", "metier__code_rome"))


# The same file, another file.


def test_first_import_creates_and_the_same_file_again_changes_nothing(petites_donnees):
    export = petites_donnees / "rncp" / "export_fiches_RNCP_V4_1_2026-08-16.xml"
    importer("import_rncp", export)
    avant = photographie()

    rapport = importer("import_rncp", export)

    apres = photographie()
    tables = [table for table in avant if table.startswith("certifications_")]
    assert (totaux(rapport)[0:2], totaux(rapport)[3]) == ([0, 0], 0)
    assert {table: apres[table] for table in tables} == {table: avant[table] for table in tables}
    assert str(Certification.objects.first().version) == "RNCP, export du 16/08/2026"


def test_official_columns_follow_and_the_words_of_the_editors_stay(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", intitule="Vendeur")))
    CertificationEditoriale.objects.create(certification_id="RNCP1", en_clair="Vendre, tout simplement.")

    importer(
        "import_rncp",
        export_rncp(tmp_path, fiche_rncp("RNCP1", intitule="Vendeur conseil"), date="2026-09-16"),
    )

    certification = Certification.objects.get()
    assert (certification.intitule, certification.editorial.en_clair) == (
        "Vendeur conseil",
        "Vendre, tout simplement.",
    )
    assert str(certification.version) == "RNCP, export du 16/09/2026"


def test_bloc_that_the_fiche_no_longer_holds_is_withdrawn_and_comes_back(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", blocs=("BC01", "BC02"))))

    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", blocs=("BC01",))))
    sans = list(BlocDeCompetences.objects.publies().values_list("code", flat=True))
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", blocs=("BC01", "BC02"))))

    assert sans == ["BC01"]
    assert list(BlocDeCompetences.objects.publies().values_list("code", flat=True)) == ["BC01", "BC02"]


def test_same_bloc_code_in_two_fiches_is_two_blocs(tmp_path):
    importer(
        "import_rncp",
        export_rncp(tmp_path, fiche_rncp("RNCP1", blocs=("BC01",)), fiche_rncp("RNCP2", blocs=("BC01",))),
    )

    assert list(BlocDeCompetences.objects.values_list("certification", "code")) == [
        ("RNCP1", "BC01"),
        ("RNCP2", "BC01"),
    ]


def test_organisme_told_twice_under_one_siret_is_kept_once_and_reported(tmp_path):
    certificateur = (
        "<CERTIFICATEUR><SIRET_CERTIFICATEUR>00000000000011</SIRET_CERTIFICATEUR>"
        "<NOM_CERTIFICATEUR>{}</NOM_CERTIFICATEUR></CERTIFICATEUR>"
    )
    contenu = f"<CERTIFICATEURS>{certificateur.format('UN')}{certificateur.format('DEUX')}</CERTIFICATEURS>"

    rapport = importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", contenu=contenu)))

    assert Certificateur.objects.get().nom == "UN"
    assert "  certificateur RNCP1 00000000000011 : ligne en double" in rapport.splitlines()


def test_label_missing_at_first_is_learnt_later(tmp_path):
    contenu = "<CODES_NSF><NSF><CODE>312t</CODE>{}</NSF></CODES_NSF>"
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", contenu=contenu.format(""))))

    importer(
        "import_rncp",
        export_rncp(tmp_path, fiche_rncp("RNCP2", contenu=contenu.format("<LIBELLE>Vente</LIBELLE>"))),
    )

    assert Nsf.objects.get().libelle == "Vente"


def test_more_fiches_than_one_batch_are_all_written(tmp_path, monkeypatch):
    monkeypatch.setattr("certifications.mise_a_jour.LOT", 3)
    numeros = [f"RNCP{n}" for n in range(1, 9)]

    importer("import_rncp", export_rncp(tmp_path, *(fiche_rncp(n, blocs=("BC01",)) for n in numeros)))

    assert en_vigueur() == numeros
    assert BlocDeCompetences.objects.count() == 8


# Fiches that an export repeats are not read again.


def lu_et_repris(tmp_path, *fiches: str, date: str = "2026-08-16") -> tuple[int, list[int]]:
    """Import these fiches; how many have a fingerprint then, and the totals of the report."""
    rapport = importer("import_rncp", export_rncp(tmp_path, *fiches, date=date))
    return EmpreinteDeFiche.objects.count(), totaux(rapport)


def test_repeated_fiche_bears_the_new_edition_with_its_blocs(tmp_path):
    premiers = lu_et_repris(tmp_path, fiche_rncp("RNCP1", blocs=("BC01",)), fiche_rncp("RNCP2"))

    seconds = lu_et_repris(
        tmp_path, fiche_rncp("RNCP1", blocs=("BC01",)), fiche_rncp("RNCP2"), date="2026-09-16"
    )

    editions = {str(o.version) for o in (*Certification.objects.all(), *BlocDeCompetences.objects.all())}
    assert (premiers[0], seconds[0]) == (2, 2)
    assert (seconds[1][:2], seconds[1][2], seconds[1][3]) == ([0, 0], premiers[1][0], 0)
    assert editions == {"RNCP, export du 16/09/2026"}


def test_fiche_with_something_rejected_is_read_and_reported_each_time(tmp_path):
    fautive = fiche_rncp("RNCP1", contenu="<DATE_EFFET>31/02/2026</DATE_EFFET>")
    importer("import_rncp", export_rncp(tmp_path, fautive))

    rapport = importer("import_rncp", export_rncp(tmp_path, fautive))

    assert "  valeur RNCP1, DATE_EFFET : date impossible : « 31/02/2026 »" in rapport.splitlines()
    assert not EmpreinteDeFiche.objects.exists()


def test_fiche_written_since_by_another_form_is_read_again(tmp_path):
    export = export_rncp(tmp_path, fiche_rncp("RNCP1", intitule="Vendeur"))
    importer("import_rncp", export)
    autre = next(iter(lire_rncp(export, [].append)))._replace(intitule="Vendeuse", empreinte="")
    mise_a_jour.ecrire([autre], Certification.objects.get().version, Rapport(), {})

    lu_et_repris(tmp_path, fiche_rncp("RNCP1", intitule="Vendeur"))

    assert Certification.objects.get().intitule == "Vendeur"


def test_repeated_fiche_that_was_withdrawn_is_in_force_again(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1")))
    Certification.objects.update(retire_le="2026-09-01")

    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1")))

    assert en_vigueur() == ["RNCP1"]


# Partial and complete exports.


def test_partial_export_withdraws_nothing(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, *(fiche_rncp(f"RNCP{n}") for n in range(1, 7))))

    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP9")))

    assert en_vigueur() == ["RNCP1", "RNCP2", "RNCP3", "RNCP4", "RNCP5", "RNCP6", "RNCP9"]


def test_complete_export_withdraws_what_its_repertoire_no_longer_holds(tmp_path):
    importer(
        "import_rncp",
        export_rncp(tmp_path, fiche_rncp("RS1"), *(fiche_rncp(f"RNCP{n}") for n in range(1, 7))),
    )

    rapport = importer(
        "import_rncp",
        export_rncp(tmp_path, *(fiche_rncp(f"RNCP{n}") for n in range(2, 7))),
        complet=True,
    )

    assert en_vigueur() == ["RNCP2", "RNCP3", "RNCP4", "RNCP5", "RNCP6", "RS1"]
    assert totaux(rapport)[3] == 1
    assert Certification.objects.get(pk="RNCP1").est_retire


def test_withdrawn_certification_comes_back_with_the_next_export(tmp_path):
    tous = [fiche_rncp(f"RNCP{n}") for n in range(1, 7)]
    importer("import_rncp", export_rncp(tmp_path, *tous))
    importer("import_rncp", export_rncp(tmp_path, *tous[1:]), complet=True)

    importer("import_rncp", export_rncp(tmp_path, *tous), complet=True)

    assert len(en_vigueur()) == 6


# Links to other fiches, here or not yet.


@pytest.mark.parametrize("ordre", [*permutations(range(3))])
def test_chain_of_replacements_is_whole_in_any_order_of_arrival(tmp_path, ordre):
    fiches = [
        fiche_rncp("RNCP1", remplacee_par=("RNCP2",)),
        fiche_rncp("RNCP2", remplace=("RNCP1",), remplacee_par=("RNCP3",)),
        fiche_rncp("RNCP3", remplace=("RNCP2",), remplacee_par=("RNCP4",)),
    ]

    for rang in ordre:
        importer("import_rncp", export_rncp(tmp_path, fiches[rang]))

    assert Filiation.objects.lignee("RNCP2") == (["RNCP1"], ["RNCP3", "RNCP4"])
    assert Filiation.objects.lignee("RNCP1") == ([], ["RNCP2", "RNCP3", "RNCP4"])


def test_link_stated_by_both_fiches_remains_while_one_of_them_states_it(tmp_path):
    importer(
        "import_rncp",
        export_rncp(
            tmp_path,
            fiche_rncp("RNCP1", remplacee_par=("RNCP2",)),
            fiche_rncp("RNCP2", remplace=("RNCP1",)),
        ),
    )

    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP2")))
    une = Filiation.objects.lignee("RNCP2")
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1")))

    assert (une, Filiation.objects.lignee("RNCP2")) == ((["RNCP1"], []), ([], []))


def test_unknown_rome_code_is_kept_reported_and_attached_once_the_rome_brings_it(tmp_path):
    rapport = importer(
        "import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", rome=("N4191", "A14", "Z9999")))
    )
    sans_rome = debouches()

    importer("import_rome", LivraisonRome(tmp_path))

    assert sans_rome == {"N4191": None, "A14": None, "Z9999": None}
    assert (
        "3 code(s) ROME inconnu(s) ou retiré(s), gardé(s) sans métier : A14 (RNCP1), N4191 (RNCP1), Z9999 (RNCP1)."
        in rapport
    )
    assert debouches() == {"N4191": "N4191", "A14": None, "Z9999": None}


def test_code_that_moves_takes_its_certifications_along(tmp_path):
    v60 = LivraisonRome(tmp_path)
    importer("import_rome", v60)
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", rome=("N4191", "M1692"))))
    v61 = v60.suivante()
    v61.deplacer(N4191="N4199")
    v61.oter_fiche("M1692")

    importer("import_rome", v61)
    apres = debouches()
    importer("import_rome", v61.suivante(depuis=v60))

    assert apres == {"N4191": "N4199", "M1692": None}
    assert debouches() == {"N4191": "N4191", "M1692": "M1692"}


def test_code_given_to_a_new_fiche_attaches_to_the_fiche_in_force(tmp_path):
    v60 = LivraisonRome(tmp_path)
    importer("import_rome", v60)
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", rome=("M1692",))))
    v61 = v60.suivante()
    v61.reaffecter("M1692", "Documentaliste", "510099")
    v61.changer("referentiel_code_rome", {"code_rome": "M1692"}, code_ogr="500099")

    importer("import_rome", v61)

    assert Debouche.objects.get().metier.libelle == "Documentaliste"


def test_certification_of_the_parent_code_leads_to_the_child_as_inherited(tmp_path):
    """T1: no fiche cites D1415 yet, but RNCP34809 cites D1401, its parent."""
    parent = objets.metier("D1401")
    enfant = objets.metier("D1415", parent=parent)
    autre = objets.metier("D1402")

    importer(
        "import_rncp",
        export_rncp(
            tmp_path, fiche_rncp("RNCP34809", rome=("D1401",)), fiche_rncp("RNCP2", rome=("D1401", "D1415"))
        ),
    )

    assert [(lien.certification_id, lien.herite) for lien in Debouche.objects.menant_a(enfant)] == [
        ("RNCP2", None),
        ("RNCP34809", parent),
    ]
    assert [(lien.certification_id, lien.herite) for lien in Debouche.objects.menant_a(parent)] == [
        ("RNCP2", None),
        ("RNCP34809", None),
    ]
    assert Debouche.objects.menant_a(autre) == []


# The real files.


def compter() -> dict[str, int]:
    return {
        "fiches": Certification.objects.count(),
        "actives": Certification.objects.filter(active_selon_source=True).count(),
        "blocs": BlocDeCompetences.objects.count(),
        "partenaires": Partenaire.objects.count(),
        "certificateurs": Certificateur.objects.count(),
        "rome": Debouche.objects.count(),
        "nsf": Certification.nsf.through.objects.count(),
        "formacodes": Certification.formacodes.through.objects.count(),
        "statistiques": StatistiquePromotion.objects.count(),
        "correspondances": Correspondance.objects.values("certification", "groupe")
        .distinct()
        .order_by()
        .count(),
    }


OFFICIELS = (
    "export_fiches_RNCP_V4_1_extrait-dev.xml",
    "export_fiches_RS_V4_1_extrait-dev.xml",
    "export-fiches-rncp-v4-1-extrait-RNCP35340.xml",
)


@pytest.mark.parametrize("ordre", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_official_files_say_the_same_in_any_order_and_twice(donnees_officielles, ordre):
    m1805 = objets.metier("M1805")
    exports = [donnees_officielles / "rncp" / OFFICIELS[rang] for rang in ordre]

    rapports = [importer("import_rncp", export) for export in exports * 2]

    comptes = compter()
    assert {cle: comptes[cle] for cle in ("fiches", "blocs", "partenaires", "certificateurs", "rome")} == {
        "fiches": 13,
        "blocs": 36,
        "partenaires": 999,
        "certificateurs": 16,
        "rome": 24,
    }
    assert [totaux(rapport)[0:2] + totaux(rapport)[3:] for rapport in rapports[3:]] == [[0, 0, 0]] * 3
    assert Filiation.objects.lignee("RNCP34762") == (["RNCP24998"], ["RNCP39568"])
    assert Filiation.objects.lignee("RNCP40792") == (["RNCP35340", "RNCP17108"], [])
    assert Filiation.objects.lignee("RS6604")[0] == ["RS5000"]
    # Only RNCP35340 ended: it comes last whatever the day of the test, once the others have not ended too.
    assert {lien.certification_id for lien in Debouche.objects.menant_a(m1805)} == {
        "RNCP37674",
        "RNCP36490",
        "RNCP35340",
    }


# What is refused.


def tronque(dossier: Path) -> Path:
    """Cut long after the first fiches were read and written."""
    long = f"<ACTIVITES_VISEES>{'Vendre. ' * 10_000}</ACTIVITES_VISEES>"
    export = export_rncp(dossier, *(fiche_rncp(f"RNCP{n}", contenu=long) for n in range(1, 8)))
    export.write_bytes(export.read_bytes()[:-400])
    return export


def autre_flux(dossier: Path) -> Path:
    return export_rncp(dossier, fiche_rncp("RNCP1"), version="3.0")


def sans_fiche(dossier: Path) -> Path:
    return export_rncp(dossier)


def sans_fiche_valable(dossier: Path) -> Path:
    return export_rncp(dossier, fiche_rncp("numéro perdu"))


def avec_dtd(dossier: Path) -> Path:
    export = export_rncp(dossier, fiche_rncp("RNCP1", intitule="&a;"))
    export.write_text(export.read_text().replace("<FICHES>", '<!DOCTYPE x [<!ENTITY a "b">]><FICHES>'))
    return export


def bombe(dossier: Path) -> Path:
    chemin = dossier / "export_fiches_RNCP_V4_1_2026-08-16.zip"
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        export = export_rncp(dossier, fiche_rncp("RNCP1"))
        archive.writestr("export_fiches_RNCP.xml", export.read_text() + " " * 50_000_000)
    return chemin


def mauvais_encodage(dossier: Path) -> Path:
    export = export_rncp(dossier, fiche_rncp("RNCP1"), fiche_rncp("RNCP2", intitule="Métier d'été"))
    export.write_bytes(export.read_text().encode("iso-8859-15"))
    return export


def page_web(dossier: Path) -> Path:
    page = dossier / "export.xml"
    page.write_text("<!DOCTYPE html><html><body>Service indisponible</body></html>")
    return page


def autre_xml(dossier: Path) -> Path:
    page = dossier / "export.xml"
    page.write_text("<html><body>Service indisponible</body></html>")
    return page


def vide(dossier: Path) -> Path:
    fichier = dossier / "export.xml"
    fichier.touch()
    return fichier


def dossier_vide(dossier: Path) -> Path:
    return dossier


def dossier_sans_export(dossier: Path) -> Path:
    (dossier / "lisez-moi.txt").write_text("Rien ici.")
    return dossier


def introuvable(dossier: Path) -> Path:
    return dossier / "export.xml"


def plus_ancien(dossier: Path) -> Path:
    return export_rncp(dossier, fiche_rncp("RNCP1"), date="2026-08-15")


@pytest.mark.parametrize(
    ("fabriquer", "raison"),
    [
        (tronque, "est tronqué ou n’est pas un fichier XML : il s’arrête à la ligne 2."),
        (autre_flux, "est au format 3.0 : seul le flux XML 4.1 est lu."),
        (sans_fiche, "ne contient aucune fiche."),
        (sans_fiche_valable, "ne contient aucune fiche valable."),
        (avec_dtd, "contient un DOCTYPE : il est refusé par sécurité."),
        (bombe, "contient un fichier anormalement gros ('export_fiches_RNCP.xml')."),
        (mauvais_encodage, "est un XML mal formé à la ligne 2."),
        (page_web, "contient un DOCTYPE : il est refusé par sécurité."),
        (autre_xml, "n’a pas le format attendu : sa racine est « html » et non « FICHES »."),
        (vide, "est vide."),
        (dossier_vide, "ne contient aucun fichier."),
        (
            dossier_sans_export,
            "ne contient aucun export du RNCP ou du RS : ni XML, ni tables CSV, ni ancien kit national.",
        ),
        (introuvable, "ne peut pas être lu : il n’existe pas."),
        (
            plus_ancien,
            "est plus ancien que celui du 16/08/2026, déjà chargé. Si c'est bien voulu, relancez avec --forcer.",
        ),
    ],
)
def test_file_that_is_not_what_it_claims_is_refused_whole(tmp_path, monkeypatch, fabriquer, raison):
    monkeypatch.setattr("certifications.mise_a_jour.LOT", 1)
    (tmp_path / "avant").mkdir()
    importer("import_rncp", export_rncp(tmp_path / "avant", fiche_rncp("RNCP1", intitule="En place")))
    (tmp_path / "apres").mkdir()
    chemin = fabriquer(tmp_path / "apres")
    avant = photographie()

    with pytest.raises(CommandError) as erreur:
        importer("import_rncp", chemin)

    assert photographie() == avant
    assert str(erreur.value).startswith("Fichier refusé, rien n'a été importé. ")
    assert str(erreur.value).endswith(raison)
    assert "\n" not in str(erreur.value)


def test_older_export_is_loaded_with_forcer(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, fiche_rncp("RNCP1", intitule="Nouveau")))

    importer(
        "import_rncp",
        export_rncp(tmp_path, fiche_rncp("RNCP1", intitule="Ancien"), date="2025-08-16"),
        forcer=True,
    )

    assert Certification.objects.get().intitule == "Ancien"


def test_partial_export_taken_for_a_complete_one_is_refused_without_forcer(tmp_path):
    importer("import_rncp", export_rncp(tmp_path, *(fiche_rncp(f"RNCP{n}") for n in range(1, 5))))
    # Many new fiches do not make up for the ones that would go.
    autre = export_rncp(tmp_path, *(fiche_rncp(f"RNCP{n}") for n in range(100, 130)))
    avant = photographie()

    with pytest.raises(CommandError) as erreur:
        importer("import_rncp", autre, complet=True)

    assert photographie() == avant
    assert str(erreur.value) == (
        "Fichier refusé, rien n'a été importé. Il retirerait 4 fiches sur 4 : il est sans doute incomplet. "
        "Relancez sans --complet, ou avec --forcer si c'est bien voulu."
    )


def test_two_repertoires_in_one_zip_are_two_editions(petites_donnees, tmp_path):
    chemin = tmp_path / "exports.zip"
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for export in (petites_donnees / "rncp").glob("*.xml"):
            archive.write(export, export.name)

    importer("import_rncp", chemin)

    assert sorted({str(c.version) for c in Certification.objects.select_related("version__source")}) == [
        "RNCP, export du 16/08/2026",
        "RS, export du 16/08/2026",
    ]
