"""Formations to call: those of the dossier, then those of its certifications and métiers; and what to ask them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet

from catalogue.models import VersionReferentiel
from formations.models import Formation, LienFormationMetier, Session
from guides.models import QuestionAPoser
from orientation.autour import Autour, Situation
from orientation.dossier.etat import Dossier
from orientation.dossier.synthese import editions

MONTREES = 8
"""A sheet for a morning of telephone calls."""
SESSIONS_MONTREES = 2


@dataclass(frozen=True, slots=True)
class AAppeler:
    """A formation, why it is here, where it is seen from the commune, its first sessions."""

    formation: Formation
    raison: str
    situation: Situation | None
    sessions: tuple[Session, ...]


class ListeDeFormations:
    """Around the commune of the dossier when it names one; the formations of the dossier are always there."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.autour: Autour | None = dossier.demande.autour

    @cached_property
    def _proposees(self) -> dict[str, str]:
        """Why each formation that is not in the dossier is here, by identifiant: certifications first, then métiers."""
        raisons: dict[str, str] = {}
        certifications = [certification.pk for certification in self.dossier.certifications]
        preparent = Formation.objects.publies().filter(certification__in=certifications)
        for pk, numero in preparent.order_by("intitule", "pk").values_list("pk", "certification_id"):
            raisons[pk] = f"prépare {numero}"
        liens = LienFormationMetier.objects.filter(
            metier__in=self.dossier.metiers, formation__retire_le__isnull=True
        )
        for pk, code in liens.order_by("formation__intitule", "formation", "metier__code_rome").values_list(
            "formation_id", "metier__code_rome"
        ):
            raisons.setdefault(pk, f"mène au métier {code}")
        choisies = {formation.pk for formation in self.dossier.formations}
        return {pk: raison for pk, raison in raisons.items() if pk not in choisies}

    @cached_property
    def _situations(self) -> dict[str, Situation]:
        if self.autour is None:
            return {}
        cles = [*self._proposees, *(formation.pk for formation in self.dossier.formations)]
        return self.autour.situer(Formation.objects.filter(pk__in=cles))

    @cached_property
    def _retenues(self) -> list[str]:
        """Those proposed, in the order of their reasons; around a commune, the nearest first."""
        if self.autour is None:
            return list(self._proposees)
        ici = [pk for pk in self._proposees if pk in self._situations]
        return sorted(ici, key=lambda pk: self._situations[pk])

    @property
    def nombre_non_montrees(self) -> int:
        return max(0, len(self._retenues) + len(self.dossier.formations) - MONTREES)

    @cached_property
    def formations(self) -> list[AAppeler]:
        choisies = self.dossier.formations[:MONTREES]
        cles = self._retenues[: MONTREES - len(choisies)]
        connues = Formation.objects.select_related("certification", "source").in_bulk(cles)
        retenues = [*choisies, *(connues[cle] for cle in cles)]
        sessions: dict[str, list[Session]] = defaultdict(list)
        for session in Session.objects.filter(formation__in=[f.pk for f in retenues]).for_list():
            sessions[session.formation_id].append(session)
        return [
            AAppeler(
                formation,
                self._proposees.get(formation.pk, "dans le dossier"),
                self._situations.get(formation.pk),
                tuple(self._les_plus_proches(sessions[formation.pk])[:SESSIONS_MONTREES]),
            )
            for formation in retenues
        ]

    def _les_plus_proches(self, sessions: list[Session]) -> list[Session]:
        if self.autour is None:
            return sessions
        distances = self.autour.distances
        return sorted(
            sessions,
            key=lambda s: distances.get(s.lieu.commune_id or "", 1e6) if s.lieu else 1e6,
        )

    @property
    def editions(self) -> list[VersionReferentiel]:
        return editions(a.formation for a in self.formations)

    @cached_property
    def questions(self) -> list[tuple[str, list[QuestionAPoser]]]:
        """By theme, in the editors' order."""
        publiees: QuerySet[QuestionAPoser] = QuestionAPoser.objects.publies()
        return [
            (QuestionAPoser.Theme(theme).label, list(groupe))
            for theme, groupe in groupby(publiees, key=lambda question: question.theme)
        ]
