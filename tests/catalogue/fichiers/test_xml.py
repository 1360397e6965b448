"""Streamed XML: whole records in order, flat memory, what is not the expected file refused."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers import xml
from catalogue.fichiers.refus import FichierRefuse


def lire(contenu: bytes) -> list[tuple[str, str | None]]:
    flux = io.BytesIO(contenu)
    trouves = xml.elements(flux, "f.xml", racine="FICHES", balise="FICHE", entete=("VERSION_FLUX",))
    return [(element.tag, element.findtext("ID") or element.text) for element in trouves]


def refus(contenu: bytes) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        lire(contenu)
    return str(erreur.value)


def test_direct_children_are_given_in_order():
    contenu = (
        "<?xml version='1.0' encoding='UTF-8'?><!-- x -->\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>"
        "<FICHE><ID>é</ID><AUTRE><FICHE>non</FICHE></AUTRE></FICHE><RIEN>x</RIEN><FICHE><ID>2</ID></FICHE></FICHES>"
    ).encode()

    trouves = lire(contenu)

    assert trouves == [("VERSION_FLUX", "4.1"), ("FICHE", "é"), ("FICHE", "2")]


def test_records_longer_than_a_chunk_are_whole():
    long = "a" * 3 * xml.MORCEAU
    contenu = f"<FICHES>{''.join(f'<FICHE><ID>{i}{long}</ID></FICHE>' for i in range(5))}</FICHES>".encode()

    trouves = lire(contenu)

    assert trouves == [("FICHE", f"{i}{long}") for i in range(5)]


def test_single_byte_encoding_is_read():
    contenu = "<?xml version='1.0' encoding='ISO-8859-15'?><FICHES><FICHE>œ</FICHE></FICHES>".encode(
        "iso-8859-15"
    )

    trouves = lire(contenu)

    assert trouves == [("FICHE", "œ")]


def test_namespace_is_part_of_the_name():
    contenu = b'<lheo xmlns="http://www.lheo.org/2.3"><offres>x</offres></lheo>'
    espace = "{http://www.lheo.org/2.3}"

    trouves = [
        element.text
        for element in xml.elements(
            io.BytesIO(contenu), "f.xml", racine=f"{espace}lheo", balise=f"{espace}offres"
        )
    ]

    assert trouves == ["x"]


def test_memory_stays_flat():
    class Fiches(io.RawIOBase):
        reste = 3_000

        def read(self, taille=-1):
            self.reste -= 1
            fiche = b"<FICHE><ID>1</ID>" + b"<B>bloc</B>" * 500 + b"</FICHE>"
            return {2_999: b"<FICHES>", 0: b"</FICHES>"}.get(self.reste, fiche if self.reste > 0 else b"")

    tracemalloc.start()
    nombre = sum(1 for _ in xml.elements(Fiches(), "f.xml", racine="FICHES", balise="FICHE"))
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert nombre == 2_998
    assert sommet < 3_000_000


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"", "Le fichier f.xml est vide."),
        (b"  \n", "Le fichier f.xml est tronqué ou n’est pas un fichier XML : il s’arrête à la ligne 2."),
        (b"PK\3\4", "Le fichier f.xml est un XML mal formé à la ligne 1."),
        (b"<!DOCTYPE FICHES><FICHES/>", "Le fichier f.xml contient un DOCTYPE : il est refusé par sécurité."),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><FICHES>&c;</FICHES>',
            "Le fichier f.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><FICHES/>'.encode("utf-16"),
            "Le fichier f.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
        (
            b"<metiers/>",
            "Le fichier f.xml n’a pas le format attendu : sa racine est « metiers » et non « FICHES ».",
        ),
        (
            b'<FICHES xmlns="urn:x"/>',
            "Le fichier f.xml n’a pas le format attendu : sa racine est « {urn:x}FICHES » et non « FICHES ».",
        ),
        (
            b"<FICHES>\n<FICHE>1</FICHE>\n<FICHE>",
            "Le fichier f.xml est tronqué ou n’est pas un fichier XML : il s’arrête à la ligne 3.",
        ),
        (b"<FICHES>\n<FICHE>&x;</FICHE></FICHES>", "Le fichier f.xml est un XML mal formé à la ligne 2."),
        (b"<FICHES>\n<FICHE>\xe9</FICHE></FICHES>", "Le fichier f.xml est un XML mal formé à la ligne 2."),
        (
            b"<?xml version='1.0' encoding='klingon'?><FICHES/>",
            "Le fichier f.xml annonce un encodage inconnu.",
        ),
        (
            b"<?xml version='1.0' encoding='shift_jis'?><FICHES/>",
            "Le fichier f.xml annonce un encodage inconnu.",
        ),
        (
            b"<!--" + b" " * 2 * xml.PROLOGUE_MAX + b"--><FICHES/>",
            "Le fichier f.xml n’est pas un fichier XML attendu : son début est trop long.",
        ),
        (
            b"<FICHES><FICHE>" + b" " * xml.ENREGISTREMENT_MAX + b" </FICHE></FICHES>",
            "Le fichier f.xml n’a pas le format attendu : un enregistrement y est trop gros.",
        ),
    ],
    ids=range(15),
)
def test_bad_xml_is_refused(contenu, message):
    reponse = refus(contenu)

    assert reponse == message


BON_XML = (
    "<?xml version='1.0' encoding='UTF-8'?><FICHES><VERSION_FLUX>4.1</VERSION_FLUX>"
    "<FICHE><ID>é</ID><![CDATA[<p>x</p>]]></FICHE><FICHE a='1'><ID>2</ID></FICHE></FICHES>"
).encode()


@given(st.integers(0, len(BON_XML) - 1), st.binary(max_size=4))
def test_truncated_xml_is_refused_or_read(longueur, ajout):
    contenu = BON_XML[:longueur] + ajout

    try:
        balises = [balise for balise, _ in lire(contenu)]
    except FichierRefuse:
        balises = []

    assert set(balises) <= {"VERSION_FLUX", "FICHE"}
