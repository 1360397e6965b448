"""Read the offer in the database, and make columns of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from math import nan
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Coalesce
from pyroaring import BitMap

from catalogue.tableaux import Tableau, etroit
from formations.index import masques
from formations.index.comptes import Comptes, Retenue
from formations.index.contenu import Contenu, Offre
from formations.index.criteres import BIT_PERMANENT, DUREES, EPOQUE, NON_RENSEIGNE, PLACES, PRIX, en_jours
from formations.index.croisements import CROISES, lignes
from formations.models import Departement, Formation, LienFormationMetier, Lieu, Session
from metiers.models import Metier

LOT = 5_000
"""Rows read at a time: a dozen values each, as objects."""
COLONNES = (
    "pk", "formation_id", "organisme_id", "lieu_id", "debut", "entrees_permanentes", "voie", "modalite",
    "eligible_cpf", "bande_duree", "bande_prix",
)  # fmt: skip


def construire() -> Contenu:
    """Of the published formations, in the order of their list, and of all their sessions. Six queries."""
    rangs, colonnes = _formations()
    metiers = list(
        Metier.objects.publies()
        .order_by("code_rome")
        .values_list("code_rome", "domaine_id", "domaine__grand_domaine_id", "pk")
    )
    metier, rang_du_metier = _liens(rangs, {pk: n for n, (*_, pk) in enumerate(metiers)})
    departements = list(Departement.objects.order_by("region_id", "code").values_list("code", "region_id"))
    numeros = {code: numero for numero, (code, _) in enumerate(departements, start=1)}
    lieux, points = _lieux(numeros)
    contenu = Contenu(
        **colonnes,
        metier=metier,
        rang_du_metier=rang_du_metier,
        points=points,
        croisements=np.empty((1, 0), np.int32),
        tables={
            "metiers": [list(m[:3]) for m in metiers],
            "departements": [list(d) for d in departements],
            "valeurs": [],
        },
        **_sessions(rangs, lieux),
    )
    valeurs, croisements = _croiser(Offre(contenu, marque="", mois=EPOQUE))
    return replace(contenu, croisements=croisements, tables={**contenu.tables, "valeurs": valeurs})


def _croiser(offre: Offre) -> tuple[list[tuple[str, list[str]]], Tableau]:
    """See `Croisements`: the values of each criterion, and the numbers."""

    def compter(gardees: BitMap | None) -> dict[str, dict[str, int]]:
        comptes = Comptes(Retenue(offre, gardees))
        return {nom: comptes.compter(nom) for nom in CROISES}

    def a_la_suite(comptes: dict[str, dict[str, int]]) -> list[int]:
        return [nombre for siens in comptes.values() for nombre in siens.values()]

    totaux = compter(None)
    valeurs = [(nom, list(siens)) for nom, siens in totaux.items()]
    filtres = lignes(valeurs)
    croisements = np.zeros((len(filtres) + 1, len(filtres)), np.int32)
    croisements[-1] = a_la_suite(totaux)
    for rang, (nom, valeur) in enumerate(filtres):
        if croisements[-1, rang]:  # else they are all 0
            croisements[rang] = a_la_suite(compter(masques.du_choix(offre, nom, [valeur]).sessions))
    return valeurs, croisements


def _formations() -> tuple[dict[str, int], dict[str, Tableau]]:
    """The rank of each in the list, and what the index holds of them."""
    publiees = (
        Formation.objects.publies()
        .order_by("intitule", "identifiant")
        .values_list("identifiant", "niveau_sortie")
    )
    rangs: dict[str, int] = {}
    identifiants, fins, niveaux = bytearray(), array("I"), bytearray()
    for rang, (identifiant, niveau) in enumerate(publiees.iterator(chunk_size=LOT)):
        rangs[identifiant] = rang
        identifiants += identifiant.encode()
        fins.append(len(identifiants))
        niveaux.append(0 if niveau is None else niveau + 1)
    return rangs, {
        "identifiants": np.frombuffer(identifiants, np.uint8),
        "fins": np.array(fins, np.uint32),
        "niveau": np.frombuffer(niveaux, np.uint8),
    }


def _liens(rangs: dict[str, int], metiers: dict[Any, int]) -> tuple[Tableau, Tableau]:
    """The métier and the formation of each link, sorted."""
    paires = np.fromiter(
        (
            metiers[metier] * len(rangs) + rangs[formation]
            for formation, metier in LienFormationMetier.objects.values_list(
                "formation_id", "metier_id"
            ).iterator(chunk_size=LOT)
            if formation in rangs and metier in metiers
        ),
        np.int64,
    )
    paires = np.unique(paires)
    nombre = max(len(rangs), 1)
    return etroit(paires // nombre), (paires % nombre).astype(np.int32)


class Lieux(NamedTuple):
    """Where places are, as columns: a national offer has hundreds of thousands of them."""

    cles: Tableau
    """Their primary keys, in order."""
    places: Tableau
    """For each, the number of its département (0: unknown) and that of its point (-1: unknown)."""

    def situer(self, cles: Sequence[int | None]) -> Tableau:
        """The département and the point of each of these, unknown where there is no place."""
        cherchees = np.fromiter((cle or 0 for cle in cles), np.int64, len(cles))
        rangs = np.searchsorted(self.cles, cherchees)
        rangs[rangs == len(self.cles)] = 0
        return np.where(
            (self.cles[rangs] == cherchees)[:, None], self.places[rangs], np.array([0, -1], np.int32)
        )


def _lieux(numeros: dict[str, int]) -> tuple[Lieux, Tableau]:
    """The département and the point of each place; its own point, else the centre of its commune."""
    lus = (
        Lieu.objects.order_by("pk")
        .annotate(y=Coalesce("latitude", "commune__latitude"), x=Coalesce("longitude", "commune__longitude"))
        .values_list("pk", "departement_id", "y", "x")
        .iterator(chunk_size=LOT)
    )
    # No place has the key 0: it stands for « none », so that there is always one to look at.
    cles, departements, coordonnees = array("q", [0]), array("i", [0]), array("d", [nan, nan])
    for pk, departement, y, x in lus:
        cles.append(pk)
        departements.append(numeros.get(departement, 0))
        coordonnees.extend((nan, nan) if y is None or x is None else (y, x))
    lues = np.array(coordonnees).view(np.complex128)
    situees = ~np.isnan(lues)
    points, numero = np.unique(lues[situees], return_inverse=True)
    places = np.full((len(cles), 2), -1, np.int32)
    places[:, 0] = departements
    places[situees, 1] = numero
    return Lieux(np.array(cles), places), points.view(np.float64).reshape(-1, 2).astype(np.float32)


def _sessions(rangs: dict[str, int], lieux: Lieux) -> dict[str, Tableau]:
    inconnus = sum(place.bits([NON_RENSEIGNE]) for nom, place in PLACES.items() if nom != "debut")
    morceaux = [_lot(lot, rangs, lieux) for lot in _par_lots(_lire())]
    fantome = (0, 0, 0, 0, -1, 0, inconnus)
    vus = np.zeros(len(rangs), bool)
    for morceau in morceaux:
        vus[morceau[0]] = True
    orphelines = np.flatnonzero(~vus)
    types = (np.int32, np.int64, np.uint16, np.int32, np.int32, np.int32, np.uint64)
    morceaux.append(
        [orphelines.astype(np.int32)]
        + [
            np.full(len(orphelines), valeur, type_)
            for valeur, type_ in zip(fantome[1:], types[1:], strict=True)
        ]
    )
    rang, session, jour, departement, point, organisme, mot = map(_joindre, _en_colonnes(morceaux))
    # 0 less one is the largest number of its type: unknown dates come last.
    ordre = np.lexsort((session, jour - np.uint16(1), departement, rang))
    return {
        "rang": rang[ordre],
        "session": etroit(session[ordre]),
        "jour": jour[ordre],
        "departement": etroit(departement[ordre]),
        "point": point[ordre],
        "organisme": etroit(organisme[ordre]),
        "mot": mot[ordre],
    }


def _en_colonnes(morceaux: list[list[Tableau]]) -> list[list[Tableau]]:
    """The pieces of each column, which nothing else holds any more."""
    colonnes = [list(colonne) for colonne in zip(*morceaux, strict=True)]
    morceaux.clear()
    return colonnes


def _joindre(morceaux: list[Tableau]) -> Tableau:
    entiere = np.concatenate(morceaux)
    morceaux.clear()
    return entiere


def _lire() -> Iterator[tuple[Any, ...]]:
    heures = Coalesce("duree_heures", "formation__duree_heures")
    return (
        Session.objects.order_by()
        .annotate(heures=heures)
        .annotate(
            bande_duree=Case(
                *(When(heures__gte=b.minimum, then=Value(n)) for n, b in reversed(list(enumerate(DUREES)))),
                default=Value(len(DUREES)),
                output_field=IntegerField(),
            ),
            bande_prix=Case(
                When(prix__isnull=True, then=Value(len(PRIX))),
                When(prix=0, then=Value(0)),
                *(
                    When(prix__gte=b.minimum, then=Value(n))
                    for n, b in reversed(list(enumerate(PRIX)))
                    if n > 1
                ),
                default=Value(1),
                output_field=IntegerField(),
            ),
        )
        .values_list(*COLONNES)
        .iterator(chunk_size=LOT)
    )


def _lot(lignes: list[tuple[Any, ...]], rangs: dict[str, int], lieux: Lieux) -> list[Tableau]:
    """The columns of these sessions, those of withdrawn formations left out."""
    pk, formation, organisme, lieu, debut, permanentes, voie, modalite, cpf, duree, prix = zip(
        *lignes, strict=True
    )
    nombre = len(lignes)

    def bits(nom: str, valeurs: Iterable[Any], connues: dict[Any, int]) -> Tableau:
        place = PLACES[nom]
        rang = np.fromiter((connues.get(v, len(place.valeurs)) for v in valeurs), np.uint64, nombre)
        return np.uint64(1) << (rang + np.uint64(place.premier))

    rang = np.fromiter((rangs.get(f, -1) for f in formation), np.int32, nombre)
    places = lieux.situer(lieu)
    mot = np.fromiter((p is True for p in permanentes), np.uint64, nombre) << np.uint64(BIT_PERMANENT)
    mot |= bits("voie", voie, {v: n for n, v in enumerate(PLACES["voie"].valeurs)})
    mot |= bits("modalite", modalite, {v: n for n, v in enumerate(PLACES["modalite"].valeurs)})
    mot |= bits("cpf", cpf, {True: 0, False: 1})
    mot |= bits("duree", duree, {n: n for n in range(len(DUREES))})
    mot |= bits("prix", prix, {n: n for n in range(len(PRIX))})
    colonnes: list[Tableau] = [
        rang,
        np.array(pk, np.int64),
        np.fromiter(map(_jour, debut), np.uint16, nombre),
        places[:, 0],
        places[:, 1],
        np.array(organisme, np.int32),
        mot,
    ]
    publiees = rang >= 0
    return [colonne[publiees] for colonne in colonnes]


def _jour(debut: date | None) -> int:
    return 0 if debut is None else en_jours(debut)


def _par_lots(lignes: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while lot := list(islice(lignes, LOT)):
        yield lot
