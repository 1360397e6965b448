"""Places, in the official archive and out of it."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers import lieux_archive
from formations.importers.lieux import Decoupage, Hexasmal, lire_lieux


def archive(chemin: Path, *membres: tuple[str, bytes], lien: str = "") -> Path:
    with tarfile.open(chemin, "w:gz") as sortie:
        for nom, contenu in membres:
            info = tarfile.TarInfo(nom)
            info.size = len(contenu)
            sortie.addfile(info, io.BytesIO(contenu))
        if lien:
            info = tarfile.TarInfo("package/data/communes.json")
            info.type, info.linkname = tarfile.SYMTYPE, lien
            sortie.addfile(info)
    return chemin


@pytest.fixture
def membres(petites_donnees: Path) -> list[tuple[str, bytes]]:
    fichiers = sorted((petites_donnees / "formations" / "decoupage").glob("*.json"))
    return [(f"package/data/{f.name}", f.read_bytes()) for f in fichiers]


def test_lire_lieux_reads_the_archive_as_the_folder(
    tmp_path: Path, membres: list, petites_donnees: Path
) -> None:
    chemin = archive(tmp_path / "decoupage-6.0.0.tgz", ("package/index.js", b"x"), *membres)
    rejets: list[Rejet] = []

    du_tgz = lire_lieux(chemin, rejets.append)
    du_dossier = lire_lieux(petites_donnees / "formations" / "decoupage", rejets.append)

    assert isinstance(du_tgz, Decoupage)
    assert isinstance(du_dossier, Decoupage)
    assert (du_tgz.version, du_dossier.version, rejets) == ("6.0.0", "", [])
    assert (du_tgz.regions, du_tgz.epci, du_tgz.membres, du_tgz.communes, du_tgz.parties) == (
        du_dossier.regions,
        {"200054781": ("Métropole du Grand Paris", "METRO"), "242900694": ("CA Quimperlé Communauté", "CA")},
        {"75056": "200054781", "29233": "242900694"},
        du_dossier.communes,
        du_dossier.parties,
    )
    assert du_tgz.regions["93"] == "Provence-Alpes-Côte d'Azur"


def test_lire_lieux_puts_together_the_rows_of_a_commune(petites_donnees: Path) -> None:
    lu = lire_lieux(petites_donnees / "formations" / "hexasmal.csv", lambda rejet: None)

    assert isinstance(lu, Hexasmal)
    assert (lu.lignes, len(lu.centres)) == (6, 5)
    assert (lu.centres[0].codes_postaux, lu.centres[0].point) == (["29300"], (47.8682, -3.5603))


def test_lire_lieux_leaves_out_members_and_natures_it_cannot_believe(
    tmp_path: Path, petites_donnees: Path
) -> None:
    dossier = tmp_path / "decoupage"
    shutil.copytree(petites_donnees / "formations" / "decoupage", dossier)
    epci = json.loads((dossier / "epci.json").read_text())
    epci[0]["membres"] = [{"code": "29233"}, {"code": "Paris"}, "29232"]
    epci += [
        {"code": "200000172", "nom": "EPT Plaine", "type": "EPT"},
        {"code": "1", "nom": "X", "type": "CC"},
    ]
    (dossier / "epci.json").write_text(json.dumps(epci))
    rejets: list[Rejet] = []

    lu = lire_lieux(dossier, rejets.append)

    assert isinstance(lu, Decoupage)
    assert (list(lu.epci), lu.membres) == (["200054781", "242900694"], {"29233": "200054781"})
    assert [(rejet.cle, rejet.raison) for rejet in rejets] == [
        ("200054781 Paris", "code INSEE invalide"),
        ("200054781 None", "code INSEE invalide"),
        ("242900694 29233", "déjà membre de 200054781"),
        ("200000172", "nature « EPT » inconnue"),
        ("1", "code INSEE invalide"),
    ]


@pytest.mark.parametrize(
    ("fabriquer", "phrase"),
    [
        (
            lambda chemin: archive(chemin, ("../communes.json", b"[]")),
            "L’archive a.tgz contient un fichier au chemin interdit ('../communes.json').",
        ),
        (
            lambda chemin: archive(chemin, lien="/etc/passwd"),
            "L’archive a.tgz contient un lien ou un fichier spécial ('package/data/communes.json').",
        ),
        (
            lambda chemin: archive(chemin, ("a/communes.json", b"[]"), ("b/communes.json", b"[]")),
            "L’archive a.tgz contient deux fichiers du nom de communes.json.",
        ),
        (lambda chemin: archive(chemin, ("a/x", b"1")), "Le fichier communes.json est absent de a.tgz."),
        (
            lambda chemin: archive(chemin, ("a/communes.json", b"[]")),
            "a.tgz ne contient aucune commune actuelle.",
        ),
        (
            lambda chemin: chemin.write_bytes(b"\x1f\x8b" + b"x" * 100) and chemin,
            "L’archive a.tgz est endommagée ou incomplète.",
        ),
    ],
)
def test_lire_lieux_refuses_an_archive(
    tmp_path: Path, fabriquer: Callable[[Path], Path], phrase: str
) -> None:
    chemin = fabriquer(tmp_path / "a.tgz")

    with pytest.raises(FichierRefuse) as refus:
        lire_lieux(chemin, lambda rejet: None)

    assert str(refus.value) == phrase


def test_lire_lieux_refuses_an_archive_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lieux_archive, "TOTAL_MAX", 50_000)
    chemin = archive(tmp_path / "a.tgz", ("a/x", b"0" * 100_000))

    with pytest.raises(FichierRefuse) as refus:
        lire_lieux(chemin, lambda rejet: None)

    assert str(refus.value) == "L’archive a.tgz est anormalement grosse une fois décompressée."


def test_lire_lieux_refuses_a_truncated_archive(tmp_path: Path, membres: list) -> None:
    chemin = archive(tmp_path / "a.tgz", *membres)
    chemin.write_bytes(chemin.read_bytes()[:-200])

    with pytest.raises(FichierRefuse) as refus:
        lire_lieux(chemin, lambda rejet: None)

    assert str(refus.value) == "L’archive a.tgz est endommagée ou incomplète."


def test_lire_lieux_refuses_a_nomenclature(tmp_path: Path) -> None:
    chemin = tmp_path / "nsf.xml"
    chemin.write_text("<!DOCTYPE dict><dict/>")

    with pytest.raises(FichierRefuse) as refus:
        lire_lieux(chemin, lambda rejet: None)

    assert str(refus.value) == (
        "nsf.xml n’est pas un fichier de lieux ; la nomenclature NSF a son import, import_nsf."
    )
