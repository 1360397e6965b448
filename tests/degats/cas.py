"""One case: a delivery, damaged in one way, written to disk. The same seed makes the same case."""

from __future__ import annotations

import itertools
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.degats import arbres, archives, octets, tables
from tests.degats.sources import Livraison

PAR_FORME = {
    "csv": (*octets.DEGATS, *tables.DEGATS),
    "xml": (*octets.DEGATS, *arbres.XML),
    "json": (*octets.DEGATS, *arbres.JSON),
    "xlsx": (*(archives.classeur_abime,) * 3 * len(octets.DEGATS), *octets.DEGATS),
}
_numeros = itertools.count()


class Cas(NamedTuple):
    description: str
    chemin: Path


def abimer(livraison: Livraison, graine: int, dossier: Path, toutes: list[Livraison]) -> Cas:
    """A sixth are damaged as archives, one in forty is the file of another command, the others are damaged inside."""
    hasard = Random(f"{livraison.nom} {graine}")
    dossier = dossier / str(next(_numeros))
    dossier.mkdir()
    contenus, de, faits = dict(livraison.contenus), hasard.random(), []
    if de < 0.025:
        autre = hasard.choice([une for une in toutes if une.commande != livraison.commande])
        return _deposer(f"fichier de {autre.nom}", dict(autre.contenus), dossier, hasard)
    if de < 0.17:
        if livraison.nom == "communes" and hasard.random() < 0.5:
            fait, archive = archives.tgz_abime(contenus, hasard)
            chemin = dossier / "decoupage-administratif-6.0.0.tgz"
        else:
            fait, archive = archives.zip_abime(contenus, hasard)
            chemin = dossier / "livraison_2026-08-17.zip"
        chemin.write_bytes(archive)
        return Cas(f"archive : {fait}", chemin)
    for _ in range(hasard.choice([1, 1, 1, 2])):
        nom = hasard.choice(sorted(contenus))
        degat = hasard.choice(PAR_FORME[livraison.forme])
        try:
            contenus[nom] = degat(contenus[nom], hasard)
        except Exception:
            # The first damage left nothing for the second to take hold of.
            contenus[nom] = octets.couper(contenus[nom] or b"x", hasard)
        faits.append(f"{degat.__name__} {nom}")
    if len(contenus) > 2 and hasard.random() < 0.05:
        faits.append(f"sans {(absent := hasard.choice(sorted(contenus)))}")
        del contenus[absent]
    return _deposer(", ".join(faits), contenus, dossier, hasard)


def _deposer(description: str, contenus: dict[str, bytes], dossier: Path, hasard: Random) -> Cas:
    """Bare, in a folder when there are several files, or in a zip."""
    if hasard.random() < 0.2:
        chemin = dossier / "livraison.zip"
        chemin.write_bytes(archives.zipper(contenus))
        return Cas(f"{description} (zip)", chemin)
    for nom, contenu in contenus.items():
        (dossier / nom).write_bytes(contenu)
    return Cas(description, dossier / nom if len(contenus) == 1 else dossier)
