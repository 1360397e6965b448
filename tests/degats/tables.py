"""Damage to a CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from random import Random

from tests.degats import Degat
from tests.degats.valeurs import TOUTES

Lignes = list[list[str]]


def permuter(lignes: Lignes, hasard: Random) -> None:
    """The columns in another order: the same table."""
    ordre = list(range(len(lignes[0])))
    hasard.shuffle(ordre)
    lignes[:] = [[ligne[rang] for rang in ordre if rang < len(ligne)] for ligne in lignes]


def oter_une_colonne(lignes: Lignes, hasard: Random) -> None:
    rang = hasard.randrange(len(lignes[0]))
    for ligne in lignes:
        del ligne[rang : rang + 1]


def renommer_une_colonne(lignes: Lignes, hasard: Random) -> None:
    rang = hasard.randrange(len(lignes[0]))
    lignes[0][rang] = hasard.choice(
        ["", "x", lignes[0][rang].upper(), f" {lignes[0][rang]} ", lignes[0][0], "é" * 300]
    )


def doubler_une_colonne(lignes: Lignes, hasard: Random) -> None:
    rang = hasard.randrange(len(lignes[0]))
    for ligne in lignes:
        ligne.insert(
            hasard.randrange(len(ligne) + 1) if hasard.random() < 0.1 else 0,
            (ligne + [""] * (rang + 1))[rang],
        )


def echanger_les_titres(lignes: Lignes, hasard: Random) -> None:
    hasard.shuffle(lignes[0])


def decaler_une_ligne(lignes: Lignes, hasard: Random) -> None:
    ligne = hasard.choice(lignes)
    ligne.insert(hasard.randrange(len(ligne) + 1), "intrus") if hasard.random() < 0.5 else ligne.pop()


def valeur_absurde(lignes: Lignes, hasard: Random) -> None:
    ligne = hasard.choice(lignes[1:] or lignes)
    ligne[hasard.randrange(len(ligne))] = hasard.choice(TOUTES)


def colonne_absurde(lignes: Lignes, hasard: Random) -> None:
    rang, valeur = hasard.randrange(len(lignes[0])), hasard.choice(TOUTES)
    for ligne in lignes[1:]:
        ligne[rang : rang + 1] = [valeur]


def valeurs_absurdes(lignes: Lignes, hasard: Random) -> None:
    for ligne in lignes[1:]:
        for rang in range(len(ligne)):
            if hasard.random() < 0.1:
                ligne[rang] = hasard.choice(TOUTES)


def entete_seul(lignes: Lignes, hasard: Random) -> None:
    del lignes[1:]


def sans_entete(lignes: Lignes, hasard: Random) -> None:
    del lignes[0]


def guillemet_ouvert(octets: bytes, hasard: Random) -> bytes:
    ou = hasard.randrange(len(octets))
    return octets[:ou] + b'"' + octets[ou:]


def autre_separateur(octets: bytes, hasard: Random) -> bytes:
    present = b";" if octets.split(b"\n", 1)[0].count(b";") > 3 else b","
    return octets.replace(present, hasard.choice([b"\t", b"|", b";", b",", b" "]))


def _sur_les_lignes(changer: Callable[[Lignes, Random], None]) -> Degat:
    def degat(octets: bytes, hasard: Random) -> bytes:
        try:
            texte, encodage = octets.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError:
            texte, encodage = octets.decode("cp1252"), "cp1252"
        premiere = texte.split("\n", 1)[0]
        separateur = max(";,", key=premiere.count)
        lignes = [ligne for ligne in csv.reader(io.StringIO(texte), delimiter=separateur) if ligne]
        changer(lignes, hasard)
        sortie = io.StringIO()
        csv.writer(sortie, delimiter=separateur, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(lignes)
        return sortie.getvalue().encode(encodage, "ignore")

    degat.__name__ = changer.__name__
    return degat


DEGATS: tuple[Degat, ...] = (
    *map(_sur_les_lignes, (
        permuter, oter_une_colonne, oter_une_colonne, renommer_une_colonne, renommer_une_colonne, doubler_une_colonne,
        echanger_les_titres, decaler_une_ligne, valeur_absurde, valeur_absurde, colonne_absurde, colonne_absurde,
        valeurs_absurdes, valeurs_absurdes, entete_seul, sans_entete,
    )),
    guillemet_ouvert, autre_separateur,
)  # fmt: skip
