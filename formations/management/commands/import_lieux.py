"""`manage.py import_lieux CHEMIN`: load communes, départements, régions and EPCI, or complete communes from Hexasmal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import fmean
from typing import Any

from django.db.models import QuerySet

from catalogue.ecriture import modifier
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from formations import models, sources
from formations.importers.lieux import CentreLu, Decoupage, Hexasmal, lire_lieux

EXEMPLES = 10


class Command(CommandeImport):
    help = (
        "Importe les communes (archive ou JSON du découpage administratif) ou les codes postaux (Hexasmal)."
    )
    genres = ()

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        lu = lire_lieux(chemin, rapport.rejeter)
        if isinstance(lu, Decoupage):
            edition = self.version(sources.DECOUPAGE, lu.version, None)
            self._decoupage(lu, rapport)
        else:
            edition = self.version(sources.HEXASMAL, "", None)
            self._hexasmal(lu, rapport)
        rapport.noter("lieux de formation rattachés", Bilan(modifies=models.Lieu.objects.rattacher()))
        restants = models.Lieu.objects.sans_commune().count()
        if restants:
            rapport.remarquer(f"{restants} lieu(x) de formation sans commune reconnue.")
        yield edition

    def _decoupage(self, lu: Decoupage, rapport: Rapport) -> None:
        if not models.Region.objects.exists() and not (lu.regions and lu.departements):
            raise FichierRefuse(
                "Les départements et les régions manquent : donnez l'archive, ou un dossier avec les trois fichiers."
            )
        regions = {*lu.regions, *models.Region.objects.values_list("code", flat=True)}
        departements = {*lu.departements, *models.Departement.objects.values_list("code", flat=True)}
        self._synchroniser(
            rapport, "régions", models.Region, ({"code": c, "nom": n} for c, n in lu.regions.items())
        )
        self._synchroniser(
            rapport,
            "départements",
            models.Departement,
            (
                {"code": code, "nom": nom, "region_id": region}
                for code, (nom, region) in lu.departements.items()
                if self._connu(region, regions, "département", code, rapport)
            ),
        )
        disparus = self._epci(lu, rapport)
        self._communes(lu, departements, rapport)
        self._parties(lu, rapport)
        # Now that no commune is in them.
        disparus.delete()

    def _epci(self, lu: Decoupage, rapport: Rapport) -> QuerySet[models.Epci]:
        """Write the EPCI; return those that a delivery which has some no longer holds."""
        if not lu.epci:
            return models.Epci.objects.none()
        disparus = models.Epci.objects.exclude(code__in=lu.epci)
        retires = disparus.count()
        self.tolerer_retraits("intercommunalités", retires, models.Epci.objects.count())
        self._synchroniser(
            rapport,
            "intercommunalités",
            models.Epci,
            ({"code": code, "nom": nom, "nature": nature} for code, (nom, nature) in lu.epci.items()),
        )
        rapport.noter("intercommunalités", Bilan(retires=retires))
        return disparus

    def _communes(self, lu: Decoupage, departements: set[str], rapport: Rapport) -> None:
        en_place = set(models.Commune.objects.values_list("code", flat=True))
        disparues = en_place - {commune.code for commune in lu.communes}
        self.tolerer_retraits("communes", len(disparues), len(en_place))
        # Hexasmal may have given a postal code to a commune that has none here.
        completes = dict(
            models.Commune.objects.exclude(codes_postaux=[]).values_list("code", "codes_postaux")
        )
        self._synchroniser(
            rapport,
            "communes",
            models.Commune,
            (
                {
                    "code": c.code,
                    "nom": c.nom,
                    "codes_postaux": c.codes_postaux or completes.get(c.code, []),
                    "departement_id": c.departement,
                    # A delivery without EPCI leaves those in place.
                    **({"epci_id": lu.membres.get(c.code)} if lu.epci else {}),
                }
                for c in lu.communes
                if self._connu(c.departement, departements, "commune", c.code, rapport)
            ),
        )
        # A commune that merged has no page: its places follow the code of their source into the new one.
        models.Lieu.objects.filter(commune__in=disparues).update(commune=None)
        supprimees = models.Commune.objects.filter(code__in=disparues)
        rapport.noter("communes", Bilan(retires=supprimees.count()))
        supprimees.delete()

    def _parties(self, lu: Decoupage, rapport: Rapport) -> None:
        actuelles = set(models.Commune.objects.values_list("code", flat=True))
        for type_ in models.PartieDeCommune.Type:
            rapport.noter(
                type_.label.lower(),
                synchroniser(
                    models.PartieDeCommune.objects.filter(type=type_),
                    (
                        {"code": p.code, "type": p.type, "nom": p.nom, "commune_id": p.commune}
                        for p in lu.parties
                        if p.type == type_
                        and self._connu(p.commune, actuelles, "partie de commune", p.code, rapport)
                    ),
                    cle=("code", "type"),
                    absents=Absents.EFFACER,
                    rejeter=rapport.rejeter,
                ),
            )

    def _synchroniser(
        self, rapport: Rapport, objet: str, modele: Any, lignes: Iterable[dict[str, Any]]
    ) -> None:
        rapport.noter(
            objet,
            synchroniser(
                modele.objects.all(),
                self.progression(lignes, objet),
                cle=("code",),
                absents=Absents.GARDER,
                rejeter=rapport.rejeter,
            ),
        )

    @staticmethod
    def _connu(code: str, connus: set[str], genre: str, cle: str, rapport: Rapport) -> bool:
        if code not in connus:
            rapport.rejeter(Rejet(genre, cle, f"rattaché(e) à {code[:20]}, qui est inconnu"))
        return code in connus

    def _hexasmal(self, lu: Hexasmal, rapport: Rapport) -> None:
        communes = models.Commune.objects.in_bulk()
        if not communes:
            raise FichierRefuse("Aucune commune n'est chargée : importez d'abord le découpage administratif.")
        arrondissements = dict(
            models.PartieDeCommune.objects.filter(
                type=models.PartieDeCommune.Type.ARRONDISSEMENT
            ).values_list("code", "commune")
        )
        connus = [centre for centre in lu.centres if centre.code in communes]
        perimes = [c for c in lu.centres if c.code not in communes and c.code not in arrondissements]
        completes = {centre.code: (centre.point, centre.codes_postaux) for centre in connus}
        for code, centres in _par_commune(lu.centres, arrondissements).items():
            # Paris has no row of its own everywhere: its centre is the middle of its arrondissements.
            postaux = sorted({postal for centre in centres for postal in centre.codes_postaux})
            completes.setdefault(code, (_milieu(centres), postaux))
        rapport.noter("communes", self._completer(communes, completes))
        rapport.remarquer(
            f"{lu.lignes} lignes lues, {len(lu.centres)} codes INSEE ; {len(communes.keys() - completes.keys())} "
            "commune(s) n'y figurent pas."
        )
        if perimes:
            exemples = ", ".join(f"{centre.code} {centre.nom}" for centre in perimes[:EXEMPLES])
            rapport.remarquer(
                f"{len(perimes)} code(s) ne sont plus ceux d'une commune actuelle, rien n'en a été créé : {exemples}…"
            )

    @staticmethod
    def _completer(
        communes: dict[str, models.Commune], centres: dict[str, tuple[tuple[float, float] | None, list[str]]]
    ) -> Bilan:
        """Coordinates as Hexasmal gives them; postal codes where there are none, the découpage being more recent."""
        bilan, changees = Bilan(), []
        for code, (point, postaux) in centres.items():
            commune = communes[code]
            avant = (commune.latitude, commune.longitude, commune.codes_postaux)
            if point:
                commune.latitude, commune.longitude = point
            commune.codes_postaux = commune.codes_postaux or sorted(postaux)
            if avant == (commune.latitude, commune.longitude, commune.codes_postaux):
                bilan.inchanges += 1
            else:
                bilan.modifies += 1
                changees.append(commune)
        modifier(
            models.Commune,
            ["latitude", "longitude", "codes_postaux"],
            (
                (commune.pk, (commune.latitude, commune.longitude, commune.codes_postaux))
                for commune in changees
            ),
        )
        return bilan


def _par_commune(centres: list[CentreLu], arrondissements: dict[str, str]) -> dict[str, list[CentreLu]]:
    groupes: dict[str, list[CentreLu]] = {}
    for centre in centres:
        if centre.code in arrondissements:
            groupes.setdefault(arrondissements[centre.code], []).append(centre)
    return groupes


def _milieu(centres: list[CentreLu]) -> tuple[float, float] | None:
    points = [centre.point for centre in centres if centre.point]
    return (round(fmean(p[0] for p in points), 6), round(fmean(p[1] for p in points), 6)) if points else None
