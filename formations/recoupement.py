"""Whether two sources speak of the same session.

They do when organisme, certification, place, dates and voie are all the same. Without a certification, a beginning
or a place finer than a département nothing is proved, and the two stay apart; two lines of one source are never
brought together, since that source tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

from formations.models import Session
from formations.rattachement import nom_normalise

COLONNES_COMPAREES = (
    "modalite",
    "duree_heures",
    "duree",
    "prix",
    "places",
    "eligible_cpf",
    "entrees_permanentes",
    "etat_recrutement",
    "url",
)


class Identite(NamedTuple):
    organisme: int
    certification: str
    lieu: str
    debut: date
    fin: date | None
    voie: str


class Place(Protocol):
    """What is asked of a place: its columns, whatever holds them."""

    @property
    def commune_id(self) -> str | None: ...
    @property
    def code_postal(self) -> str: ...
    @property
    def ville(self) -> str: ...


def cle_du_lieu(lieu: Place | None, modalite: str) -> str:
    """A commune, else a town with its postal code, else « à distance »; "" when it is not known well enough."""
    if lieu is None:
        return Session.Modalite.DISTANCE if modalite == Session.Modalite.DISTANCE else ""
    if lieu.commune_id:
        return lieu.commune_id
    return f"{lieu.code_postal} {nom_normalise(lieu.ville)}" if lieu.code_postal and lieu.ville else ""


def identite(
    organisme: int, certification: str, lieu: Place | None, session: Mapping[str, Any]
) -> Identite | None:
    """Of a session, from its columns; None when they do not prove enough."""
    place = cle_du_lieu(lieu, session["modalite"])
    if not (certification and place and session["debut"]):
        return None
    return Identite(organisme, certification, place, session["debut"], session["fin"], session["voie"])


def chez_les_autres(source: str, identites: Iterable[Identite]) -> dict[Identite, Session]:
    """The sessions of other sources that are the same; the oldest one, should there be two."""
    cherchees = set(identites)
    if not cherchees:
        return {}
    candidates = (
        Session.objects.filter(
            organisme__in={i.organisme for i in cherchees}, debut__in={i.debut for i in cherchees}
        )
        .exclude(source=source)
        .select_related("lieu", "formation")
        .order_by("-pk")
    )
    trouvees: dict[Identite, Session] = {}
    for session in candidates:
        sienne = identite(
            session.organisme_id, session.formation.numero_certification, session.lieu, vars(session)
        )
        if sienne in cherchees and sienne is not None:
            trouvees[sienne] = session
    return trouvees


def differences(session: Session, autre: Mapping[str, Any]) -> dict[str, str]:
    """What `autre` gives otherwise than the session: column → its value as text."""
    return {
        colonne: str(autre[colonne])
        for colonne in COLONNES_COMPAREES
        if autre[colonne] not in (None, "") and autre[colonne] != getattr(session, colonne)
    }
