"""The formations that lead to the métiers shown, against what was said of place, price, alternance and length.

As for métiers: what is known and does not suit sets aside, what is not known sets nothing aside and is said. A
formation is kept when one of its sessions suits, or when none of its sessions is known; first come those whose best
session is known to suit on more points, then by title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

from catalogue.models.chiffre import nombre_en_francais
from catalogue.niveaux import libelle as libelle_du_niveau
from formations.models import Commune, Formation, LienFormationMetier, Session

MONTREES = 12
EN_ALTERNANCE = (Session.Voie.APPRENTISSAGE, Session.Voie.PROFESSIONNALISATION)
METIERS_NOMMES = 3
INCONNUES = {"lieu": "le lieu", "budget": "le prix", "alternance": "la voie (alternance ou non)"}


@dataclass(frozen=True, slots=True)
class Exigence:
    """One thing asked of a session, or of the formation itself: what suits, and what is known not to."""

    cle: str
    libelle: str
    convient: Q
    contredit: Q


@dataclass(frozen=True)
class Demande:
    """What was said of formations; None where nothing was."""

    communes: Mapping[str, float] | None = None
    """Kilometres from the place, by code INSEE of the communes around it."""
    centre: Commune | None = None
    rayon: int | None = None
    budget: int | None = None
    alternance: bool | None = None
    niveau: int | None = None
    """The highest one accepted."""

    @cached_property
    def exigences(self) -> list[Exigence]:
        """Those that sessions answer."""
        trouvees = []
        if self.communes is not None:
            ici = Q(lieu__commune__in=list(self.communes)) | Q(modalite=Session.Modalite.DISTANCE)
            ailleurs = Q(lieu__commune__isnull=False) & ~Q(lieu__commune__in=list(self.communes))
            ailleurs &= ~Q(modalite=Session.Modalite.DISTANCE)
            trouvees.append(
                Exigence("lieu", f"le lieu ({self.rayon} km autour de {self.centre})", ici, ailleurs)
            )
        if self.budget is not None:
            libelle = (
                f"le budget ({nombre_en_francais(self.budget)} €)" if self.budget else "le budget (gratuite)"
            )
            trouvees.append(Exigence("budget", libelle, Q(prix__lte=self.budget), Q(prix__gt=self.budget)))
        if self.alternance is not None:
            alternance, autre = Q(voie__in=EN_ALTERNANCE), ~Q(voie__in=[*EN_ALTERNANCE, ""])
            oui, non = (alternance, autre) if self.alternance else (autre, alternance)
            mots = "en alternance" if self.alternance else "sans alternance"
            trouvees.append(Exigence("alternance", f"l'alternance ({mots})", oui, non))
        return trouvees

    @property
    def cles(self) -> list[str]:
        return [exigence.cle for exigence in self.exigences] + (["niveau"] if self.niveau is not None else [])


@dataclass(frozen=True, slots=True)
class FormationRetenue:
    formation: Formation
    raisons: tuple[str, ...]
    inconnues: tuple[str, ...]
    """What was asked and is not known: « le prix »."""
    session: Session | None = None


@dataclass(frozen=True)
class FormationsRetenues:
    montrees: Sequence[FormationRetenue]
    total: int
    """Formations that lead to these métiers."""
    retenues: int
    sans: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """By thing asked that sets formations aside: its words, and how many there would be without it."""


def chercher(metiers: Collection[int], demande: Demande) -> FormationsRetenues:
    """Five queries at most, whatever the offer holds."""
    liees = Formation.objects.publies().filter(
        pk__in=LienFormationMetier.objects.filter(metier__in=metiers).values("formation")
    )
    comptes = _compter(liees, demande)
    total, retenues = comptes.pop("total"), comptes.pop("retenues")
    noms = {exigence.cle: exigence.libelle for exigence in demande.exigences}
    noms["niveau"] = f"la durée d'études ({libelle_du_niveau(demande.niveau)} au plus)"
    return FormationsRetenues(
        montrees=_montrer(liees, metiers, demande) if retenues else (),
        total=total,
        retenues=retenues,
        sans={cle: (noms[cle], nombre) for cle, nombre in comptes.items() if nombre > retenues},
    )


def _gardees(demande: Demande, sauf: str = "") -> Q | Exists:
    """The formations that nothing known contradicts, but for one thing asked."""
    sessions = Session.objects.filter(formation=OuterRef("pk"))
    contredites = Q()
    for exigence in demande.exigences:
        if exigence.cle != sauf:
            contredites |= exigence.contredit
    garde: Any = ~Exists(sessions) | Exists(sessions.exclude(contredites) if contredites else sessions)
    if demande.niveau is not None and sauf != "niveau":
        garde &= Q(niveau_sortie__isnull=True) | Q(niveau_sortie__lte=demande.niveau)
    return garde


def _compter(liees: QuerySet[Formation], demande: Demande) -> dict[str, int]:
    """How many lead there, how many are kept, how many would be without each thing asked; one query."""
    essais = {"retenues": _gardees(demande), **{cle: _gardees(demande, sauf=cle) for cle in demande.cles}}
    annotees = liees.annotate(
        **{
            f"garde_{cle}": Case(
                When(garde, then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for cle, garde in essais.items()
        }
    )
    return annotees.aggregate(
        total=Count("pk"), **{cle: Count("pk", filter=Q(**{f"garde_{cle}": True})) for cle in essais}
    )


def _montrer(
    liees: QuerySet[Formation], metiers: Collection[int], demande: Demande
) -> list[FormationRetenue]:
    sessions = Session.objects.filter(formation=OuterRef("pk"))
    points: Any = Value(0)
    for exigence in demande.exigences:
        points = points + Case(When(exigence.convient, then=Value(1)), default=Value(0))
        sessions = sessions.exclude(exigence.contredit)
    meilleures = sessions.annotate(points=points).order_by("-points", F("prix").asc(nulls_last=True), "pk")
    niveau_connu = Case(When(niveau_sortie__isnull=False, then=Value(1)), default=Value(0))
    formations = list(
        liees.filter(_gardees(demande))
        .select_related("certification", "source")
        .annotate(
            meilleure=Subquery(meilleures.values("pk")[:1]),
            points=Coalesce(Subquery(meilleures.values("points")[:1]), Value(0))
            + (niveau_connu if demande.niveau is not None else Value(0)),
        )
        .order_by("-points", "intitule", "identifiant")[:MONTREES]
    )
    par_cle = Session.objects.select_related("organisme", "lieu__commune").in_bulk(
        [f.meilleure for f in formations if f.meilleure]
    )
    menent_a: dict[str, list[str]] = defaultdict(list)
    liens = LienFormationMetier.objects.filter(formation__in=formations, metier__in=metiers)
    for formation, metier in liens.order_by("metier__libelle", "pk").values_list(
        "formation_id", "metier__libelle"
    ):
        if metier not in menent_a[formation]:
            menent_a[formation].append(metier)
    return [_retenue(f, par_cle.get(f.meilleure), menent_a[f.pk], demande) for f in formations]


def _retenue(
    formation: Formation, session: Session | None, menent_a: list[str], demande: Demande
) -> FormationRetenue:
    nommes = ", ".join(f"« {nom} »" for nom in menent_a[:METIERS_NOMMES])
    reste = len(menent_a) - METIERS_NOMMES
    raisons = [f"mène à {nommes}" + (f" et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else "")]
    inconnues = []
    for cle, raison in _raisons_de_session(session, demande).items():
        if raison:
            raisons.append(raison)
        else:
            inconnues.append(INCONNUES[cle])
    if demande.niveau is not None:
        if formation.niveau_sortie is None:
            inconnues.append("le niveau de sortie")
        else:
            raisons.append(f"dans la durée d'études acceptée : {libelle_du_niveau(formation.niveau_sortie)}")
    return FormationRetenue(formation, tuple(raisons), tuple(inconnues), session)


def _raisons_de_session(session: Session | None, demande: Demande) -> dict[str, str]:
    """For each thing asked of sessions, why this one suits; empty when it is not known."""
    raisons = {exigence.cle: "" for exigence in demande.exigences}
    if session is None:
        return raisons
    if "lieu" in raisons and demande.communes is not None:
        commune = session.lieu.commune if session.lieu else None
        if session.modalite == Session.Modalite.DISTANCE:
            raisons["lieu"] = "à distance"
        elif commune is not None:
            km = round(demande.communes.get(commune.code, 0))
            raisons["lieu"] = f"à {commune.nom}" + (f", {km} km" if km else "")
    if "budget" in raisons and session.prix is not None:
        prix = nombre_en_francais(session.prix)
        raisons["budget"] = f"{prix} € avant toute aide, dans votre budget" if session.prix else "gratuite"
    if "alternance" in raisons and session.voie:
        raisons["alternance"] = session.get_voie_display().lower()
    return raisons
