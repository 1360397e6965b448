"""The synthesis of a dossier: what was looked at, why it holds together, what is missing. From data only, no verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from catalogue import niveaux
from catalogue.models import VersionReferentiel
from certifications.models import VoieDAccesCertification
from formations.models import LienFormationMetier
from metiers.models import FicheEditoriale
from metiers.scores.acces import bande
from orientation.comparaison.metiers import debouches_vers
from orientation.dossier.etat import Dossier
from orientation.ecart import BlocPropose, Ecart, Voie
from orientation.items import Item
from orientation.models import Proximite

MANQUANTS_MONTRES = 10
BLOCS_MONTRES = 4
RAISONS_MONTREES = 4


@dataclass(frozen=True, slots=True)
class Vu:
    """A fiche that was looked at: what it is in a line, and why it is here, as far as the data say."""

    fiche: Any
    code: str
    titre: str
    en_bref: str
    faits: str
    raisons: tuple[str, ...]


class Synthese:
    """Built on a dossier already read; six queries more at most, whatever it holds."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @property
    def ecart(self) -> Ecart | None:
        ecart = self.dossier.demande.ecart
        return ecart if ecart and ecart.est_mesurable else None

    @cached_property
    def metiers(self) -> list[Vu]:
        metiers = self.dossier.metiers
        prefetch_related_objects(
            metiers, Prefetch("fiches_editoriales", FicheEditoriale.objects.affichables())
        )
        raisons = self._raisons
        vus = []
        for metier in metiers:
            editoriale = next(iter(metier.fiches_editoriales.all()), None)
            faits = [
                f"niveau d'accès : {_minuscule(niveaux.libelle(metier.niveau_acces))}",
                bande(metier.score_acces).phrase
                if metier.score_acces is not None
                else "facilité d'accès non renseignée",
            ]
            vus.append(
                Vu(
                    metier,
                    metier.code_rome,
                    metier.libelle,
                    editoriale.accroche if editoriale else "",
                    " ; ".join(faits),
                    tuple(raisons[metier.pk][:RAISONS_MONTREES]),
                )
            )
        return vus

    @cached_property
    def _raisons(self) -> dict[int, list[str]]:
        """What ties each métier to the rest of the dossier."""
        metiers = self.dossier.metiers
        raisons: dict[int, list[str]] = defaultdict(list)
        proches = Proximite.objects.filter(metier__in=metiers, proche__in=metiers).order_by("rang", "pk")
        par_cle = {metier.pk: metier for metier in metiers}
        for lien in proches:
            raisons[lien.metier_id].append(
                f"proche de {par_cle[lien.proche_id].code_rome} : {_minuscule(lien.raison)}"
            )
        choisies = {certification.pk for certification in self.dossier.certifications}
        if choisies:
            for pk, debouches in debouches_vers(metiers).items():
                for debouche in debouches:
                    if debouche.certification_id in choisies:
                        par = "" if debouche.metier_id == pk else ", par le code parent"
                        raisons[pk].append(f"la certification {debouche.certification_id} y mène{par}")
        liens = LienFormationMetier.objects.filter(
            metier__in=metiers, formation__in=[formation.pk for formation in self.dossier.formations]
        )
        for metier_pk, formation in dict.fromkeys(
            liens.order_by("formation", "origine").values_list("metier_id", "formation_id")
        ):
            raisons[metier_pk].append(f"la formation {formation} y mène")
        return raisons

    @cached_property
    def certifications(self) -> list[Vu]:
        ouvertes = set(
            VoieDAccesCertification.objects.filter(
                certification__in=self.dossier.certifications, voie="VAE", ouverte=True
            ).values_list("certification_id", flat=True)
        )
        return [
            Vu(
                c,
                c.numero,
                c.intitule,
                "",
                ("niveau sans objet" if c.type == "RS" else _minuscule(niveaux.libelle(c.niveau)))
                + (" ; ouverte à la VAE selon la source" if c.pk in ouvertes else ""),
                (),
            )
            for c in self.dossier.certifications
        ]

    @property
    def formations(self) -> list[Vu]:
        return [
            Vu(
                f,
                f.identifiant,
                f.intitule,
                "",
                f.duree or "durée non renseignée",
                (f"prépare {f.certification_id}",) if f.certification_id else (),
            )
            for f in self.dossier.formations
        ]

    @property
    def manquants(self) -> Sequence[Item]:
        """Those of the cœur de métier first, family by family."""
        tous = self.ecart.mesure.manquants if self.ecart else []
        return sorted(tous, key=lambda item: not item.est_coeur)[:MANQUANTS_MONTRES]

    @property
    def autres_manquants(self) -> int:
        return len(self.ecart.mesure.manquants) - len(self.manquants) if self.ecart else 0

    @property
    def blocs(self) -> Sequence[BlocPropose]:
        return self.ecart.blocs[:BLOCS_MONTRES] if self.ecart else []

    @property
    def voies(self) -> Sequence[Voie]:
        """The certifications of these blocs, with their formations."""
        montrees = {bloc.bloc.certification_id for bloc in self.blocs}
        return [v for v in (self.ecart.voies if self.ecart else []) if v.certification.pk in montrees]

    @property
    def editions(self) -> list[VersionReferentiel]:
        return editions(self.dossier.toutes)


def editions(fiches: Iterable[Any]) -> list[VersionReferentiel]:
    """The editions from which these fiches come, in one query."""
    cles = {fiche.version_id for fiche in fiches if fiche.version_id}
    return list(
        VersionReferentiel.objects.filter(pk__in=cles).select_related("source").order_by("source", "pk")
    )


def _minuscule(phrase: str) -> str:
    """For the middle of a sentence; names and acronyms inside it keep their capitals."""
    return phrase[:1].lower() + phrase[1:]
