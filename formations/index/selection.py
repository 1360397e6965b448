"""Filter and count, exactly, on the columns of the index.

A formation answers when one same session of it meets every criterion about sessions, and when it meets those about
formations (`domaine`, `niveau`, a métier, words of its title). One without any session is « non renseigné » for every
criterion about sessions.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from catalogue.tableaux import Tableau
from formations.index import masques
from formations.index.comptes import Comptes, Retenue
from formations.index.contenu import Offre
from formations.index.criteres import DESSUS
from formations.index.masques import Masque

RAYON_TERRE = 6_371.0


@dataclass(frozen=True)
class Cercle:
    """Within so many kilometres of a point, as the crow flies; anywhere on a map when `rayon` is None."""

    latitude: float
    longitude: float
    rayon: float | None


class Selection:
    """What answers these criteria: `choix` by name, each a list of values, any of which will do.

    `metier` is a code. `parmi` narrows the formations to those of these ranks, under the name of what says so (« mots »…).
    """

    def __init__(
        self,
        offre: Offre,
        choix: Mapping[str, Sequence[str]],
        *,
        cercle: Cercle | None = None,
        organisme: int | None = None,
        metier: str = "",
        parmi: Mapping[str, Sequence[int] | Tableau] | None = None,
        en_sessions: bool = False,
    ) -> None:
        self.offre = offre
        self.cercle = cercle
        self.en_sessions = en_sessions
        self._masques: dict[str, Masque] = {
            nom: masques.du_choix(offre, nom, valeurs) for nom, valeurs in choix.items() if valeurs
        }
        if cercle is not None and cercle.rayon is not None:
            self._masques["cercle"] = masques.aux_points(offre, self.distances <= cercle.rayon, cercle)
        if organisme is not None:
            self._masques["organisme"] = masques.de_l_organisme(offre, organisme)
        if metier:
            self._masques["metier"] = masques.des_formations(
                offre, offre.du_metier(metier), ("metier", metier)
            )
        for nom, rangs in (parmi or {}).items():
            self._masques[nom] = masques.des_formations(offre, rangs)
        self._comptees: dict[str, dict[str, int]] = {}

    @cached_property
    def distances(self) -> Tableau:
        """Kilometres from the centre of the circle to each point."""
        assert self.cercle  # noqa: S101 - callers have looked
        return a_vol_d_oiseau(self.offre.contenu.points, self.cercle.latitude, self.cercle.longitude)

    @cached_property
    def retenue(self) -> Retenue:
        return Retenue(self.offre, masques.et(self._masques.values()))

    @cached_property
    def _comptes(self) -> Comptes:
        return Comptes(self.retenue, en_sessions=self.en_sessions)

    def sans(self, nom: str) -> Retenue:
        """What every criterion but one keeps."""
        if nom not in self._masques:
            return self.retenue
        return Retenue(self.offre, masques.et(m for n, m in self._masques.items() if n != nom))

    def compter(self, nom: str) -> dict[str, int]:
        """What each value of a criterion would give, every other one applied.

        Whoever has the same other criteria gets the same counts: one more filter changes those of its own facet alone.
        """
        if nom not in self._comptees:
            critere = DESSUS.get(nom, nom)
            cles = {masque.cle for autre, masque in self._masques.items() if autre != critere}
            self._comptees[nom] = self._croisees(nom, cles) or self._comptees_ou_gardees(nom, cles)
        return self._comptees[nom]

    def _croisees(self, nom: str, cles: Set[Hashable]) -> dict[str, int] | None:
        """Counted when the index was made, beside one value of another criterion at most."""
        if self.en_sessions or len(cles) > 1:
            return None
        match next(iter(cles), ()):
            case ():
                return self.offre.croisements.compter(nom, None)
            case (str(critere), (str(valeur),)):
                return self.offre.croisements.compter(nom, (critere, valeur))
        return None

    def _comptees_ou_gardees(self, nom: str, cles: Set[Hashable]) -> dict[str, int]:
        if None in cles:
            return self._compter(nom)
        cle = (frozenset(cles), nom, self.en_sessions)
        return self.offre.comptes_gardes.lire(cle, lambda: self._compter(nom))

    def _compter(self, nom: str) -> dict[str, int]:
        critere = DESSUS.get(nom, nom)
        if critere not in self._masques:
            return self._comptes.compter(nom)
        return Comptes(self.sans(critere), en_sessions=self.en_sessions).compter(nom)

    @cached_property
    def sessions_sans_point(self) -> int:
        """Sessions that every other criterion keeps, and of which no map says where they are."""
        autres = self.sans("cercle")
        sans_point = autres.de(self.offre.contenu.point) < 0
        return int(np.count_nonzero(sans_point & ~autres.de(self.offre.fantome)))

    @cached_property
    def distances_des_formations(self) -> Tableau:
        """Kilometres to the nearest session kept of each formation kept; infinite when none is on a map."""
        points = self.retenue.de(self.offre.contenu.point)
        if not len(points):
            return np.empty(0, np.float32)
        distances = np.append(self.distances, np.float32(np.inf))[points]
        return np.minimum.reduceat(distances, self.retenue.departs)

    def parmi_gardees(self, rangs: Sequence[int]) -> Tableau:
        """Those of these formations that are kept, in the order given."""
        ordre = np.asarray(rangs, np.int64)
        gardees: Tableau = ordre[masques.ensemble(self.retenue.formations, self.offre.nombre)[ordre]]
        return gardees

    @cached_property
    def par_distance(self) -> Tableau:
        """The formations kept, nearest first; at the same distance, in the order of the list."""
        return self.retenue.formations[np.argsort(self.distances_des_formations, kind="stable")]


def selectionner(
    offre: Offre,
    choix: Mapping[str, Sequence[str]],
    *,
    cercle: Cercle | None = None,
    organisme: int | None = None,
    metier: str = "",
    en_sessions: bool = False,
) -> Selection:
    """The same selection as one of the last made is that one: pages and orders of one list, filters that many choose.

    Nothing else than the index decides what these criteria keep.
    """
    poses = tuple((nom, tuple(valeurs)) for nom, valeurs in choix.items() if valeurs)
    return offre.selections.lire(
        (poses, cercle, organisme, metier, en_sessions),
        lambda: Selection(
            offre, choix, cercle=cercle, organisme=organisme, metier=metier, en_sessions=en_sessions
        ),
    )


def a_vol_d_oiseau(points: Tableau, latitude: float, longitude: float) -> Tableau:
    """Kilometres from each point (degrees) to another, on a sphere: right within 0.5 %."""
    y, x = np.radians(points[:, 0]), np.radians(points[:, 1])
    y0, x0 = np.float32(np.radians(latitude)), np.float32(np.radians(longitude))
    h = np.sin((y - y0) / 2) ** 2 + np.cos(y) * np.cos(y0) * np.sin((x - x0) / 2) ** 2
    distances: Tableau = 2 * np.float32(RAYON_TERRE) * np.arcsin(np.sqrt(np.minimum(h, 1)))
    return distances
