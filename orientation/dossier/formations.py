"""The list of formations to call: those of the dossier, then those of its certifications and métiers, and questions to ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Q

from formations.models import Formation, LienFormationMetier, Session
from guides.models import QuestionAPoser
from orientation.autour import Autour
from orientation.dossier.etat import Dossier

MONTREES = 8
"""A sheet for a morning of telephone calls."""
SESSIONS_MONTREES = 2


@dataclass(frozen=True, slots=True)
class ACalculer:
    """A formation to call, why it is here, where it is, its first sessions."""

    formation: Formation
    raison: str
    situation: str
    sessions: tuple[Session, ...]


class ListeDeFormations:
    def __init__(self, dossier: Dossier, autour: Autour | None) -> None:
        self.dossier = dossier
        self.autour = autour

    @cached_property
    def _raisons(self) -> dict[str, str]:
        """Why each formation is here, by identifiant: those chosen, then those of the certifications, then of the métiers."""
        raisons = {formation.pk: "dans le dossier" for formation in self.dossier.formations}
        certifications = [certification.pk for certification in self.dossier.certifications]
        prepares = Formation.objects.publies().filter(certification__in=certifications)
        for pk, numero in self._retenir(prepares).values_list("pk", "certification_id"):
            raisons.setdefault(pk, f"prépare {numero}")
        liens = LienFormationMetier.objects.filter(
            metier__in=self.dossier.metiers, formation__retire_le__isnull=True
        ).filter(formation__in=self._retenir(Formation.objects.publies()))
        for pk, code in liens.order_by("formation__intitule", "formation_id", "metier__code_rome").values_list(
            "formation_id", "metier__code_rome"
        ):
            raisons.setdefault(pk, f"mène au métier {code}")
        return raisons

    def _retenir(self, formations):  # type: ignore[no-untyped-def]
        formations = formations.order_by("intitule", "pk")
        if self.autour is None:
            return formations
        ici = Session.objects.filter(
            Q(lieu__commune__in=list(self.autour.distances)) | Q(modalite=Session.Modalite.DISTANCE)
        )
        return formations.filter(pk__in=ici.values("formation"))
