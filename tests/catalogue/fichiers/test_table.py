"""CSV tables: columns by name, bad rows reported, what is not a table refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.table import LIGNE_MAX, lire_table


def lire(contenu: bytes, colonnes=("code", "libelle"), **options) -> list[dict[str, str]]:
    return list(lire_table(io.BytesIO(contenu), "t.csv", colonnes, **options))


def refus(contenu: bytes, **options) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        lire(contenu, **options)
    return str(erreur.value)


def test_columns_are_read_by_name_in_any_order():
    contenu = b'"libelle","autre","code"\n"Un","x","1"\n"Deux, trois","y","2"\n'

    lignes = lire(contenu)

    assert lignes == [{"code": "1", "libelle": "Un"}, {"code": "2", "libelle": "Deux, trois"}]


def test_bom_crlf_and_empty_lines_are_accepted():
    contenu = b'\xef\xbb\xbf"code";"libelle"\r\n\r\n"1";"Un\r\ndeux"\r\n\r\n\r\n'

    lignes = lire(contenu, separateur=";")

    assert lignes == [{"code": "1", "libelle": "Un\r\ndeux"}]


def test_other_encoding_is_decoded():
    contenu = "code,libelle\n1,Œuvre\n".encode("iso-8859-15")

    lignes = lire(contenu, encodage="ISO-8859-15")

    assert lignes == [{"code": "1", "libelle": "Œuvre"}]


def test_optional_column_is_read_or_empty():
    contenu = b"code,libelle,sigle\n1,Un,U\n"

    lignes = lire(contenu, facultatives=("sigle", "note"))

    assert lignes == [{"code": "1", "libelle": "Un", "sigle": "U", "note": ""}]


def test_row_of_another_width_is_rejected_and_the_others_kept():
    rejets: list[Rejet] = []

    lignes = lire(b"code,libelle\n1,Un\n2\n3,Trois\n4,Quatre,x\n5,Cinq\n", rejeter=rejets.append)

    assert [ligne["code"] for ligne in lignes] == ["1", "3", "5"]
    assert rejets == [
        Rejet("ligne", "t.csv, ligne 3", "1 champs au lieu de 2"),
        Rejet("ligne", "t.csv, ligne 5", "3 champs au lieu de 2"),
    ]


def test_header_is_checked_before_any_row_is_asked_for():
    flux = io.BytesIO(b"code,nom\n")

    with pytest.raises(FichierRefuse) as erreur:
        lire_table(flux, "t.csv", ("code", "libelle"))

    assert str(erreur.value) == "Le fichier t.csv n’a pas le format attendu : colonne absente, libelle."


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"", "Le fichier t.csv est vide."),
        (b"\n\n", "Le fichier t.csv est vide."),
        (b"a,b\n1,2\n", "Le fichier t.csv n’a pas le format attendu : colonnes absentes, code, libelle."),
        (
            b"code,libelle,code\n",
            "Le fichier t.csv n’a pas le format attendu : colonne en double, code.",
        ),
        (b"code,libelle\n1,\xe9\n", "Le fichier t.csv n’est pas en UTF-8 : octet illisible à la ligne 2."),
        (b"\xff\xfec\0o\0", "Le fichier t.csv n’est pas un texte : octet nul à la ligne 1."),
        (b"code,libelle\n1,a\0\n", "Le fichier t.csv n’est pas un texte : octet nul à la ligne 2."),
        (b'code,libelle\n1,"Un', "Le fichier t.csv est tronqué : un guillemet reste ouvert à la fin."),
        (
            b'code,libelle\n1,"Un\n2,Deux\n',
            "Le fichier t.csv est tronqué : un guillemet reste ouvert à la fin.",
        ),
        (b"code,libelle\n1,Un\n2", "Le fichier t.csv est tronqué : sa dernière ligne est incomplète."),
        (b'code,libelle\n1,"Un"x\n', "Le fichier t.csv est mal formé à la ligne 2."),
        (b"code,libelle\n1," + b"a" * 200_000 + b"\n", "Le fichier t.csv est mal formé à la ligne 2."),
        (b"a" * (LIGNE_MAX + 1), "Le fichier t.csv n’est pas une table : ligne 1 trop longue."),
        (
            b"code,libelle\n1,Un\n2\n3\n",
            "Le fichier t.csv n’a pas le format attendu : 2 lignes sur 3 sont illisibles.",
        ),
    ],
    ids=range(14),
)
def test_bad_table_is_refused(contenu, message):
    reponse = refus(contenu)

    assert reponse == message


BONNE_TABLE = '"code","libelle"\n"1","Éleveur, ""bio"""\n"2","Deux\n\nlignes"\n'.encode()


@given(st.integers(0, len(BONNE_TABLE)), st.binary(max_size=4))
def test_damaged_table_is_read_or_refused(longueur, ajout):
    contenu = BONNE_TABLE[:longueur] + ajout

    try:
        lignes = lire(contenu)
    except FichierRefuse:
        lignes = []

    assert all(set(ligne) == {"code", "libelle"} for ligne in lignes)
