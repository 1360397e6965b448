"""The pages of the offer, made ready: templates only loop over what these return."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from catalogue import niveaux
from catalogue.templatetags.texte import chapitres
from catalogue.texte import Liste, Paragraphe, structurer
from formations.models import Departement, Formation, Organisme, Session

SESSIONS_AFFICHEES = 60


class FicheFormation:
    """A formation fetched with `for_detail()`; `departement` narrows its sessions to one département."""

    def __init__(self, formation: Formation, departement: str = "") -> None:
        self.formation = formation
        self.departement_demande = departement

    @property
    def niveau(self) -> str:
        return niveaux.libelle(self.formation.niveau_sortie)

    @cached_property
    def departement(self) -> Departement | None:
        """The département asked for in the address, when it is one."""
        return (
            Departement.objects.filter(pk=self.departement_demande).first()
            if self.departement_demande
            else None
        )

    @property
    def departement_inconnu(self) -> str:
        return self.departement_demande[:20] if self.departement_demande and not self.departement else ""

    @cached_property
    def departements(self) -> list[Departement]:
        """Where it is taught, with how many sessions in each."""
        return list(
            Departement.objects.filter(lieux__sessions__formation=self.formation)
            .annotate(
                nb_sessions=Count("lieux__sessions", filter=Q(lieux__sessions__formation=self.formation))
            )
            .order_by("nom")
        )

    @cached_property
    def sessions(self) -> list[Session]:
        sessions: QuerySet[Session] = self.formation.sessions.for_list()
        if self.departement:
            sessions = sessions.filter(lieu__departement=self.departement)
        return list(sessions[:SESSIONS_AFFICHEES])

    @cached_property
    def nombre_sessions(self) -> int:
        return self.formation.sessions.count()

    @property
    def metiers(self) -> list[Any]:
        """Links to published métiers, each once, with why."""
        liens = [lien for lien in self.formation.liens_metiers.all() if not lien.metier.est_retire]
        return list({lien.metier_id: lien for lien in liens}.values())

    @property
    def rubriques(self) -> list[tuple[str, list[Paragraphe | Liste]]]:
        """The long texts under their titles; a « ## » heading within one has a title of its own."""
        f = self.formation
        textes = (
            ("Objectif", f.objectif),
            ("Contenu", f.contenu),
            ("Résultats attendus", f.resultats_attendus),
            ("Points forts, selon l'organisme", f.points_forts),
            ("Conditions d'accès", f.acces),
            ("Poursuite d'études", f.poursuite_etudes),
        )
        return [
            (intertitre or titre, structurer(partie))
            for titre, texte in textes
            for intertitre, partie in chapitres(texte)
        ]


class FicheOrganisme:
    def __init__(self, organisme: Organisme) -> None:
        self.organisme = organisme

    @cached_property
    def lieux(self) -> list[Any]:
        return list(
            self.organisme.lieux.select_related("commune", "departement__region").order_by("ville", "pk")
        )

    @cached_property
    def formations(self) -> list[Formation]:
        """What it teaches, with how many sessions of each."""
        return list(
            Formation.objects.publies()
            .filter(sessions__organisme=self.organisme)
            .annotate(nb_sessions=Count("sessions", filter=Q(sessions__organisme=self.organisme)))
            .order_by("intitule", "pk")
        )
