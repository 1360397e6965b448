import csv
import io
import re
import zipfile

import pytest

from catalogue import niveaux
from catalogue.niveaux import Niveau


@pytest.mark.parametrize(
    ("niveau", "attendu"),
    [
        (None, "Non renseigné"),
        (0, "Sans diplôme"),
        (2, "Niveau 2"),
        (3, "Niveau 3 (CAP)"),
        (4, "Niveau 4 (bac)"),
        (5, "Niveau 5 (bac+2)"),
        (6, "Niveau 6 (bac+3 ou bac+4)"),
        (7, "Niveau 7 (bac+5)"),
        (8, "Niveau 8 (doctorat)"),
    ],
)
def test_libelle_of_each_niveau(niveau, attendu):
    assert niveaux.libelle(niveau) == attendu


def test_libelle_of_a_number_outside_the_scale():
    with pytest.raises(ValueError, match=r"^niveau de qualification inconnu : « 1 »\.$"):
        niveaux.libelle(1)


def test_choix_go_from_the_shortest_studies_to_the_longest():
    valeurs = [valeur for valeur, _ in niveaux.CHOIX]

    assert valeurs == [0, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("lecteur", "texte", "attendu"),
    [
        (niveaux.depuis_rncp, "NIV5", Niveau.BAC_2),
        (niveaux.depuis_rncp, "AUCUN", None),
        (niveaux.depuis_rncp, "REPRISE", None),
        (niveaux.depuis_rncp, "", None),
        (niveaux.depuis_kit, "niveau5", Niveau.BAC_2),
        (niveaux.depuis_kit, "niveau 8", Niveau.DOCTORAT),
        (niveaux.depuis_kit, " ", None),
        (niveaux.depuis_onisep, "niveau 5 (bac + 2)", Niveau.BAC_2),
        (niveaux.depuis_onisep, "niveau 3 (niveau CAP)", Niveau.CAP),
        (niveaux.depuis_onisep, "non inscrit au RNCP", None),
        (niveaux.depuis_onisep, "non renseigné", None),
        (niveaux.depuis_acces_onisep, "CAP ou équivalent", Niveau.CAP),
        (niveaux.depuis_acces_onisep, "CAP ou équivalent + 1 an", Niveau.CAP),
        (niveaux.depuis_acces_onisep, "bac ou équivalent", Niveau.BAC),
        (niveaux.depuis_acces_onisep, "Bac + 1", Niveau.BAC),
        (niveaux.depuis_acces_onisep, "bac + 2", Niveau.BAC_2),
        (niveaux.depuis_acces_onisep, "Bac + 4", Niveau.BAC_3_OU_4),
        (niveaux.depuis_acces_onisep, "Bac + 6", Niveau.BAC_5),
        (niveaux.depuis_acces_onisep, "Bac + 9 et plus", Niveau.DOCTORAT),
        (niveaux.depuis_acces_onisep, "sans diplôme", Niveau.SANS_DIPLOME),
        (niveaux.depuis_acces_onisep, "Diplôme national du brevet", Niveau.SANS_DIPLOME),
        (niveaux.depuis_acces_onisep, "autre formation", None),
        (niveaux.depuis_ancien_code_onisep, "3", Niveau.BAC_2),
        (niveaux.depuis_ancien_code_onisep, "5", Niveau.CAP),
        (niveaux.depuis_ancien_code_onisep, "8", Niveau.DOCTORAT),
        (niveaux.depuis_ancien_code_onisep, "0", None),
        (niveaux.depuis_lheo, "6", Niveau.BAC_2),
        (niveaux.depuis_lheo, "15", Niveau.BAC_2),
        (niveaux.depuis_lheo, "1", Niveau.SANS_DIPLOME),
        (niveaux.depuis_lheo, "0", None),
        (niveaux.depuis_mcf, "BAC+2 : DEUG, BT, DUT... (NIVEAU 5)", Niveau.BAC_2),
        (niveaux.depuis_mcf, "", None),
        (niveaux.depuis_table_de_passage, "5", Niveau.BAC_2),
        (niveaux.depuis_table_de_passage, "non renseigné", None),
        (niveaux.depuis_chiffres_romains, "III", Niveau.BAC_2),
        (niveaux.depuis_chiffres_romains, "niveau V", Niveau.CAP),
    ],
)
def test_each_source_notation_is_read(lecteur, texte, attendu):
    assert lecteur(texte) == attendu


@pytest.mark.parametrize(
    ("lecteur", "texte"),
    [
        (niveaux.depuis_rncp, "NIV9"),
        (niveaux.depuis_kit, "niveau1"),
        (niveaux.depuis_onisep, "bac + 2"),
        (niveaux.depuis_acces_onisep, "licence"),
        (niveaux.depuis_ancien_code_onisep, "6"),
        (niveaux.depuis_lheo, "9"),
        (niveaux.depuis_lheo, "19"),
        (niveaux.depuis_mcf, "BAC+2"),
        (niveaux.depuis_table_de_passage, "V"),
        (niveaux.depuis_chiffres_romains, "5"),
    ],
)
def test_an_unknown_notation_is_refused_in_one_sentence(lecteur, texte):
    with pytest.raises(ValueError, match=r"^[^\n]+ inconnu : « .* »\.$"):
        lecteur(texte)


def test_every_access_level_of_the_onisep_fiches_is_known(donnees_officielles):
    archive = donnees_officielles / "onisep" / "5fe0808a2da6f_Ideo-Fiches_metiers_2024-06.zip"
    with zipfile.ZipFile(archive) as fichiers:
        xml = fichiers.read(fichiers.namelist()[0]).decode("utf-8")
    libelles = re.findall(r"<niveau_acces_min>\s*<id>[^<]*</id>\s*<libelle>([^<]*)</libelle>", xml)

    lus = [niveaux.depuis_acces_onisep(libelle) for libelle in libelles]

    assert len(lus) == 928
    assert lus.count(None) == 7


def test_the_old_onisep_code_agrees_with_its_label(donnees_officielles):
    archive = donnees_officielles / "onisep" / "ideo-formations_initiales_en_france_2022_csv.zip"
    with zipfile.ZipFile(archive) as fichiers:
        texte = fichiers.read(fichiers.namelist()[0]).decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))

    desaccords = [
        ligne
        for ligne in lignes
        if niveaux.depuis_ancien_code_onisep(ligne["niveau RNCP"])
        != niveaux.depuis_onisep(ligne["libellé niveau RNCP"])
    ]

    assert len(lignes) == 6086
    assert desaccords == []
