"""Finding the places where an organisme holds its sessions, and writing what sources say of them.

A place is known by its organisme, its name and its address. A column once filled is kept; the empty ones are filled.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from catalogue.cles_en_place import ClesEnPlace
from catalogue.ecriture import derniere_cle, inserer, modifier
from catalogue.importing import Rapport
from catalogue.sync import Bilan
from formations.importers.offre_lue import LieuLu, Offre
from formations.models import Lieu
from formations.rattachement import Rattachement

LOT = 2_000
CleLieu = tuple[int, str, str, str, str]


class LieuConnu(NamedTuple):
    """The columns of a place; no object of the ORM, for a national file has some hundreds of thousands of them."""

    pk: int
    organisme_id: int
    nom: str
    adresse: str
    code_postal: str
    ville: str
    code_insee: str
    code_departement: str
    latitude: float | None
    longitude: float | None
    commune_id: str | None = None
    departement_id: str | None = None

    @property
    def cle(self) -> CleLieu:
        return self[1:6]


COMPLETES = LieuConnu._fields[6:]


class RegistreDesLieux:
    """The places met in one file; the communes are read once for all of them."""

    def __init__(self, rapport: Rapport):
        self._rapport = rapport
        self._communes = Rattachement()
        # The organismes that may have places: those that had some before, those met so far.
        self._organismes_en_place = ClesEnPlace(Lieu.objects.values_list("organisme"))
        self._organismes_vus: set[int] = set()

    def inscrire(self, offres: list[Offre], organismes: dict[Any, int]) -> dict[CleLieu, LieuConnu]:
        """The places of these offers, created or completed; a column once filled is kept."""
        voulus = {cle_du_lieu(offre, organismes): offre.lieu for offre in offres if offre.lieu}
        cites = {cle[0] for cle in voulus}
        places = {*self._organismes_en_place.parmi(cites), *(cites & self._organismes_vus)}
        connus = _lieux_en_place({"organisme__in": places})
        self._organismes_vus |= cites
        bilan, nouveaux, completes = Bilan(), [], []
        for cle, lu in voulus.items():
            connu = connus.get(cle)
            if connu is None:
                nouveaux.append(self._placer(LieuConnu(0, cle[0], *lu)))
                bilan.crees += 1
            elif (complete := _completer(connu, lu)) is not connu:
                if complete.commune_id is None:
                    complete = self._placer(complete)
                completes.append(complete)
                bilan.modifies += 1
            else:
                bilan.inchanges += 1
        self._rapport.noter("lieux", bilan)
        modifier(Lieu, COMPLETES, [(lieu.pk, lieu[6:]) for lieu in completes])
        connus |= {lieu.cle: lieu for lieu in completes}
        if nouveaux:
            dernier = derniere_cle(Lieu)
            inserer(Lieu, LieuConnu._fields[1:], [lieu[1:] for lieu in nouveaux])
            # Between two bounds: with one alone and no statistics yet, PostgreSQL reads the whole table.
            connus |= _lieux_en_place({"pk__range": (dernier + 1, derniere_cle(Lieu))})
        return connus

    def _placer(self, lieu: LieuConnu) -> LieuConnu:
        """With the commune and the département that its source's words designate."""
        commune, departement = self._communes.designer(lieu)
        return lieu._replace(commune_id=commune, departement_id=departement)


def cle_du_lieu(offre: Offre, organismes: dict[Any, int]) -> CleLieu:
    assert offre.lieu  # noqa: S101 - callers have looked
    organisme = organismes[(offre.organisme.siret, offre.organisme.uai)]
    return (organisme, offre.lieu.nom, offre.lieu.adresse, offre.lieu.code_postal, offre.lieu.ville)


def _lieux_en_place(perimetre: dict[str, Any]) -> dict[CleLieu, LieuConnu]:
    rangees = Lieu.objects.filter(**perimetre).order_by().values_list(*LieuConnu._fields)
    return {lieu.cle: lieu for lieu in map(LieuConnu._make, rangees.iterator(chunk_size=LOT))}


def _completer(connu: LieuConnu, lu: LieuLu) -> LieuConnu:
    """With its empty columns filled; itself when there is nothing to fill."""
    remplies = {
        champ: valeur
        for champ, valeur in lu._asdict().items()
        if valeur not in ("", None) and getattr(connu, champ) in ("", None)
    }
    return connu._replace(**remplies) if remplies else connu
