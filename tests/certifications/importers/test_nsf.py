"""The dictionary of spécialités: what is a group, what is left out, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from certifications.importers.nsf import Nomenclature, lire_nsf

PETITE = {"210": "Spécialités de l'agronomie", "214": "Parcs et jardins", "312": "Vendre et échanger"}


@pytest.fixture
def xml(petites_donnees: Path) -> str:
    return (petites_donnees / "nsf" / "lheo-dict-NSF.xml").read_text()


def lire(chemin: Path, contenu: str) -> tuple[Nomenclature, list[Rejet]]:
    chemin.write_text(contenu)
    rejets: list[Rejet] = []
    return lire_nsf(chemin, rejets.append), rejets


def test_dictionary_gives_its_groups_and_its_version(tmp_path, xml):
    assert lire(tmp_path / "nsf.xml", xml) == (Nomenclature("1", PETITE), [])


def test_entries_that_are_no_group_are_left_out_and_told(tmp_path, xml):
    ajout = "".join(
        f'<entry><key val="{code}"/><value val="{libelle}"/></entry>'
        for code, libelle in [
            ("31", "Domaine"),
            ("312", "Encore"),
            ("326", "Ã©crit de travers"),
            ("333", " "),
        ]
    )

    lue, rejets = lire(tmp_path / "nsf.xml", xml.replace("<property", f"{ajout}<entry/><property", 1))

    assert lue.groupes == PETITE
    assert [(rejet.cle, rejet.raison) for rejet in rejets] == [
        ("31", "trois chiffres sont attendus"),
        ("312", "code déjà lu"),
        ("326", "libellé illisible"),
        ("333", "libellé absent, ou de plus de 300 caractères"),
        ("", "trois chiffres sont attendus"),
    ]


@pytest.mark.parametrize(
    ("remplacer", "par", "phrase"),
    [
        ("en petit (NSF)", "des niveaux", "nsf.xml est un dictionnaire de la grammaire LHÉO, mais pas celui des NSF."),
        ("<entry>", "<autre>", "Le fichier nsf.xml est un XML mal formé à la ligne 6."),
        ("entry", "autre", "nsf.xml ne contient aucun groupe de spécialités."),
        (
            'SYSTEM "gml.dtd"', '[<!ENTITY a "b">]',
            "Le fichier nsf.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
        (
            'SYSTEM "gml.dtd"', 'SYSTEM "gml.dtd" [<!ENTITY a "b">]',
            "Le fichier nsf.xml contient un DOCTYPE : il est refusé par sécurité.",
        ),
        ("Vendre", "&vendre;", "Le fichier nsf.xml est un XML mal formé à la ligne 8."),
        (
            "gml/1.1", "gml/2.0",
            "Le fichier nsf.xml n’a pas le format attendu : sa racine est « {http://www.gelaba.org/gml/2.0}dict » et non « {http://www.gelaba.org/gml/1.1}dict ».",
        ),
        ("Trois groupes", "x" * 1024 * 1024, "nsf.xml est trop gros pour un dictionnaire des NSF."),
    ],
)  # fmt: skip
def test_what_is_not_the_nomenclature_is_refused(tmp_path, xml, remplacer, par, phrase):
    with pytest.raises(FichierRefuse) as refus:
        lire(tmp_path / "nsf.xml", xml.replace(remplacer, par))

    assert str(refus.value) == phrase


def test_several_files_are_refused(tmp_path, xml):
    for nom in ("un.xml", "deux.xml"):
        (tmp_path / nom).write_text(xml)

    with pytest.raises(FichierRefuse) as refus:
        lire_nsf(tmp_path, lambda rejet: None)

    assert str(refus.value) == f"{tmp_path.name} contient 2 fichier(s) XML : un seul est attendu."
