"""The gap towards a métier: what is held, what is missing, and the blocs, formations and VAE that would fill it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from certifications.models import BlocDeCompetences, Certification, Debouche, VoieDAccesCertification
from formations.models import Formation
from formations.retenues import compter_sessions
from metiers.models import Metier
from orientation.autour import Autour, Situation
from orientation.comparaison.metiers import debouches_vers
from orientation.depart import Depart
from orientation.items import Item
from orientation.mesure import Mesure, mesurer
from orientation.models import CouvertureDeBloc
from orientation.similarite import confiance

BLOCS_MONTRES = 8
FORMATIONS_MONTREES = 5


@dataclass(frozen=True, slots=True)
class Couvert:
    """A missing item that a bloc seems to cover, and why."""

    item: Item
    couverture: CouvertureDeBloc

    @property
    def raison(self) -> str:
        if self.couverture.est_confirmee:
            return "confirmé par la rédaction"
        mots = ", ".join(self.couverture.mots)
        return f"suggestion, mots en commun : {mots} (confiance {confiance(self.couverture.score)})"


@dataclass(frozen=True)
class BlocPropose:
    """A bloc of a certification that leads to the métier, with the missing items it seems to cover."""

    bloc: BlocDeCompetences
    couverts: tuple[Couvert, ...]

    @property
    def points(self) -> int:
        return sum(couvert.item.poids for couvert in self.couverts)

    @property
    def confirmes(self) -> int:
        return sum(couvert.couverture.est_confirmee for couvert in self.couverts)


@dataclass(frozen=True)
class Voie:
    """A certification that holds some of these blocs: open to VAE or not, and taught where."""

    certification: Certification
    herite_de: Metier | None
    blocs: tuple[BlocPropose, ...]
    vae: VoieDAccesCertification | None
    """Null when the source does not say that the VAE is open."""
    formations: tuple[Formation, ...]
    nombre_formations: int
    situations: Mapping[str, Situation] = field(default_factory=dict)
    """Where the formations around the commune are given, by identifiant; empty when no commune is asked for."""

    @property
    def preuves(self) -> list[str]:
        """What the editors advise to gather."""
        editorial = getattr(self.certification, "editorial", None)
        return editorial.preuves_vae.splitlines() if editorial else []

    @property
    def formations_situees(self) -> list[tuple[Formation, str]]:
        """Each with where it is given: « à Lyon, 12 km », empty when that is not asked for or not around."""
        return [
            (formation, self.situations[formation.pk].phrase if formation.pk in self.situations else "")
            for formation in self.formations
        ]

    @property
    def formations_non_montrees(self) -> int:
        return self.nombre_formations - len(self.formations)


class Ecart:
    """The gap from `depart` to the métier `cible`, whose items are `demandes`; formations are sought `autour`."""

    def __init__(
        self, cible: Metier, depart: Depart, demandes: Sequence[Item], autour: Autour | None = None
    ) -> None:
        self.cible = cible
        self.depart = depart
        self.demandes = demandes
        self.autour = autour

    @cached_property
    def mesure(self) -> Mesure:
        return mesurer(self.demandes, self.depart.tenus)

    @property
    def est_mesurable(self) -> bool:
        """Whether the ROME lists what the métier asks for."""
        return self.mesure.total > 0

    @property
    def tenus_avec_raison(self) -> list[tuple[Item, str]]:
        return [(item, self.depart.raisons.get(item.cle, "")) for item in self.mesure.tenus]

    @cached_property
    def _debouches(self) -> list[Debouche]:
        return debouches_vers([self.cible])[self.cible.pk]

    @property
    def nombre_certifications(self) -> int:
        """Those that lead to the métier and have not ended."""
        return len(self._debouches)

    @cached_property
    def blocs(self) -> list[BlocPropose]:
        """Blocs that cover something missing: the confirmed ones first, then those that cover most."""
        manquants = {item.cle: item for item in self.mesure.manquants}
        codes = {
            nature: [code for autre, code in manquants if autre == nature]
            for nature in ("competence", "savoir")
        }
        couvertures = (
            CouvertureDeBloc.objects.affichables()
            .filter(bloc__certification__in=[lien.certification_id for lien in self._debouches])
            .filter(Q(competence__in=codes["competence"]) | Q(savoir__in=codes["savoir"]))
            .select_related("bloc__certification__editorial")
            .confirmees_dabord()
        )
        par_bloc: dict[int, list[Couvert]] = defaultdict(list)
        blocs: dict[int, BlocDeCompetences] = {}
        for couverture in couvertures:
            blocs[couverture.bloc_id] = couverture.bloc
            par_bloc[couverture.bloc_id].append(Couvert(manquants[couverture.cle], couverture))
        proposes = [BlocPropose(blocs[pk], tuple(couverts)) for pk, couverts in par_bloc.items()]
        return sorted(proposes, key=lambda b: (-b.confirmes, -b.points, b.bloc.code, b.bloc.pk))

    @property
    def blocs_montres(self) -> list[BlocPropose]:
        return self.blocs[:BLOCS_MONTRES]

    @property
    def blocs_en_reserve(self) -> list[BlocPropose]:
        return self.blocs[BLOCS_MONTRES:]

    @property
    def sans_bloc(self) -> list[Item]:
        """What is missing and that no bloc seems to cover."""
        couverts = {couvert.item.cle for bloc in self.blocs for couvert in bloc.couverts}
        return [item for item in self.mesure.manquants if item.cle not in couverts]

    @cached_property
    def voies(self) -> list[Voie]:
        """The certifications of these blocs, in the order of the blocs, with VAE and formations."""
        par_certification: dict[str, list[BlocPropose]] = defaultdict(list)
        for propose in self.blocs:
            par_certification[propose.bloc.certification_id].append(propose)
        if not par_certification:
            return []
        ouvertes = {
            voie.certification_id: voie
            for voie in VoieDAccesCertification.objects.filter(
                certification__in=par_certification, voie=VoieDAccesCertification.Voie.VAE, ouverte=True
            )
        }
        formations, situations = self._formations(par_certification)
        herites = {lien.certification_id: lien.metier_id != self.cible.pk for lien in self._debouches}
        return [
            Voie(
                certification=blocs[0].bloc.certification,
                herite_de=self.cible.parent if herites[numero] else None,
                blocs=tuple(blocs),
                vae=ouvertes.get(numero),
                formations=tuple(formations[numero][:FORMATIONS_MONTREES]),
                nombre_formations=len(formations[numero]),
                situations=situations,
            )
            for numero, blocs in par_certification.items()
        ]

    def _formations(
        self, certifications: Iterable[str]
    ) -> tuple[dict[str, list[Formation]], dict[str, Situation]]:
        """Those of each certification: by title, or around the commune asked for, the nearest first."""
        connues = Formation.objects.publies().filter(certification__in=list(certifications))
        situations = self.autour.situer(connues) if self.autour else {}
        if self.autour:
            connues = connues.filter(pk__in=list(situations))
        par_certification: dict[str, list[Formation]] = defaultdict(list)
        for formation in connues.order_by("intitule", "pk"):
            par_certification[formation.certification_id or ""].append(formation)
        if self.autour:
            for liste in par_certification.values():
                liste.sort(key=lambda formation: situations[formation.pk])
        compter_sessions(f for suite in par_certification.values() for f in suite[:FORMATIONS_MONTREES])
        return par_certification, situations

    @property
    def voies_vae(self) -> list[Voie]:
        return [voie for voie in self.voies if voie.vae]

    @property
    def voies_avec_formations(self) -> list[Voie]:
        return [voie for voie in self.voies if voie.formations]
