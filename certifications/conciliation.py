"""Write fiches that more than one form of the référentiel speaks of: each rubrique from the edition believed for it.

`certifications.priorite` decides, this module reads what is in place and writes. Fiches that the XML alone has written so far
go straight to `mise_a_jour`, which is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models as orm

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, synchroniser
from certifications import mise_a_jour, models
from certifications.importers.rncp import Fiche, colonnes
from certifications.priorite import PARTAGEES, Arbitrage, Edition, EnPlace, Forme, arbitrer


@dataclass(frozen=True)
class Table:
    """A table that hangs on the fiche: `propres` are the columns that every form has, None when all of them are."""

    objet: str
    partie: str
    modele: type[orm.Model]
    cle: tuple[str, ...]
    propres: tuple[str, ...] | None = None
    fiche: str = "certification"

    def lignes(self, fiches: Iterable[Fiche], *, entieres: bool) -> Iterator[dict[str, Any]]:
        """The rows of these fiches, with the columns of the XML or with those of every form."""
        for fiche in fiches:
            for partie in getattr(fiche, self.partie):
                valeurs = colonnes(partie)
                if self.propres and not entieres:
                    valeurs = {colonne: valeurs[colonne] for colonne in self.propres}
                if "identite" in self.cle:
                    valeurs["identite"] = partie.siret or partie.nom
                if self.fiche == "certification":
                    valeurs["certification_id"] = fiche.numero
                yield valeurs

    @property
    def cle_entiere(self) -> tuple[str, ...]:
        return ("certification_id", *self.cle) if self.fiche == "certification" else self.cle

    def perimetre(self, fiches: Iterable[Fiche]) -> orm.QuerySet:
        return self.modele._default_manager.filter(**{f"{self.fiche}__in": [f.numero for f in fiches]})


_ACTEUR = ("siret", "nom")
BLOCS = Table("blocs de compétences", "blocs", models.BlocDeCompetences, ("code",), ("code", "libelle"))
VOIES = Table("voies d'accès", "voies", models.VoieDAccesCertification, ("voie",), ("voie", "ouverte"))
TABLES = (
    BLOCS,
    Table("certificateurs", "certificateurs", models.Certificateur, ("identite",), ("ordre", *_ACTEUR)),
    Table("partenaires", "partenaires", models.Partenaire, ("identite",), (*_ACTEUR, "habilitation")),
    Table("codes ROME", "debouches", models.Debouche, ("code_rome",)),
    VOIES,
    Table("statistiques", "statistiques", models.StatistiquePromotion, ("annee",)),
    Table("publications", "publications", models.PublicationOfficielle, ("nature", "ordre")),
    Table(
        "correspondances",
        "correspondances",
        models.Correspondance,
        ("groupe", "bloc_source", "numero_destination", "bloc_destination"),
    ),
    Table(
        "filiations",
        "filiations",
        models.Filiation,
        ("ancienne", "nouvelle", "declaree_par"),
        fiche="declaree_par",
    ),
)
_NOMENCLATURES = (
    ("spécialités NSF", models.Nsf, "nsf", "code"),
    ("formacodes", models.Formacode, "formacodes", "code"),
    ("conventions collectives", models.ConventionCollective, "conventions", "numero"),
)


def ecrire(
    fiches: list[Fiche],
    rubriques: frozenset[str] | None,
    version: VersionReferentiel,
    rapport: Rapport,
    metiers: Mapping[str, Any],
) -> None:
    """Make the database say what these fiches say of `rubriques` (all of them for the XML), where they are believed.

    `metiers` are the fiches of the ROME that codes designate, see `metiers_par_code`.
    """
    edition = Edition.de(version)
    connues = _connues(fiches)
    if edition.forme is Forme.XML:
        partagees = _partagees(connues)
        libres = [fiche for fiche in fiches if fiche.numero not in partagees]
        if libres:
            mise_a_jour.ecrire(libres, version, rapport, metiers)
        fiches = [fiche for fiche in fiches if fiche.numero in partagees]
    else:
        fiches = _sans_les_retirees(fiches, connues, edition, rapport)
    if fiches:
        _Conciliation(fiches, rubriques, edition, version, rapport).ecrire()


def _connues(fiches: list[Fiche]) -> dict[str, dict[str, Any]]:
    lues = models.Certification.objects.filter(pk__in=[fiche.numero for fiche in fiches])
    return {lue["numero"]: {**lue} for lue in lues.values("numero", "version_id", "apports", "retire_le")}


def _partagees(connues: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The numbers of the fiches that another form than the XML has written."""
    poids = dict(VersionReferentiel.objects.values_list("pk", "version"))
    return {
        numero
        for numero, connue in connues.items()
        if connue["apports"] or Forme.de(poids.get(connue["version_id"], "")) is not Forme.XML
    }


def _sans_les_retirees(
    fiches: list[Fiche], connues: Mapping[str, Mapping[str, Any]], edition: Edition, rapport: Rapport
) -> list[Fiche]:
    """Without the fiches that a later XML found gone: an older edition does not put them back in force."""
    retirees = {numero for numero, connue in connues.items() if connue["retire_le"] is not None}
    if not retirees:
        return fiches
    source = VersionReferentiel.objects.get(pk=edition.pk).source_id
    chargees = map(Edition.de, VersionReferentiel.objects.filter(source=source))
    if all(edition.prime(autre) for autre in chargees if autre.forme is Forme.XML):
        return fiches
    return [fiche for fiche in fiches if fiche.numero not in retirees]


class _Conciliation:
    """One call to `ecrire` for fiches that need it: what is in place, what is decided, what is written."""

    def __init__(
        self,
        fiches: list[Fiche],
        rubriques: frozenset[str] | None,
        edition: Edition,
        version: VersionReferentiel,
        rapport: Rapport,
    ):
        self.fiches = fiches
        self.edition = edition
        self.version = version
        self.rapport = rapport
        self.toutes = colonnes(fiches[0])
        parties = {table.partie for table in TABLES} | {partie for _, _, partie, _ in _NOMENCLATURES}
        self.parle_de = (
            rubriques if rubriques is not None else frozenset({*self.toutes, *parties} - {"numero", "type"})
        )
        self.colonnes = [colonne for colonne in self.toutes if colonne in self.parle_de]
        self.entieres = edition.forme is Forme.XML
        self.lues = self._lire()
        self.arbitrages = self._arbitrer()

    def _lire(self) -> dict[str, dict[str, Any]]:
        certifications = models.Certification.objects.filter(pk__in=[fiche.numero for fiche in self.fiches])
        suivies = {*self.colonnes, *(PARTAGEES & self.toutes.keys())}
        return {
            lue["numero"]: lue
            for lue in certifications.values("numero", "version_id", "apports", *sorted(suivies))
        }

    def _arbitrer(self) -> dict[str, Arbitrage]:
        chargees = VersionReferentiel.objects.filter(source=self.version.source_id)
        editions = {version.pk: Edition.de(version) for version in chargees}
        remplies = self._tables_remplies()
        arbitrages = {}
        for fiche in self.fiches:
            dites = {rubrique for rubrique in self.parle_de if not _est_vide(getattr(fiche, rubrique))}
            place = EnPlace()
            if lue := self.lues.get(fiche.numero):
                place = EnPlace(
                    editions.get(lue["version_id"]),
                    {rubrique: editions[pk] for rubrique, pk in lue["apports"].items() if pk in editions},
                    {rubrique for rubrique in PARTAGEES & lue.keys() if not _est_vide(lue[rubrique])}
                    | remplies[fiche.numero],
                )
            arbitrages[fiche.numero] = arbitrer(self.edition, self.parle_de, dites, place)
        return arbitrages

    def _tables_remplies(self) -> dict[str, set[str]]:
        """For each fiche, the shared tables that hold rows of it, whether or not this edition speaks of them."""
        remplies: dict[str, set[str]] = {fiche.numero: set() for fiche in self.fiches}
        connues = [fiche for fiche in self.fiches if fiche.numero in self.lues]
        if not connues:
            return remplies
        for table in TABLES:
            if table.partie in PARTAGEES:
                rangees = table.perimetre(connues)
                if table is BLOCS:
                    rangees = rangees.filter(retire_le__isnull=True)
                for numero in rangees.values_list(table.fiche, flat=True).distinct().order_by():
                    remplies[numero].add(table.partie)
        for _, _, partie, _ in _NOMENCLATURES:
            passage = models.Certification._meta.get_field(partie).remote_field.through  # type: ignore[union-attr]
            rangees = passage._default_manager.filter(certification__in=[fiche.numero for fiche in connues])
            for numero in rangees.values_list("certification_id", flat=True).distinct():
                remplies[numero].add(partie)
        return remplies

    def ecrire(self) -> None:
        mise_a_jour.oublier(fiche.numero for fiche in self.fiches)
        mise_a_jour.ajouter_nomenclatures(self.fiches)
        self.rapport.noter(
            "certifications",
            synchroniser(
                models.Certification.objects.filter(pk__in=[fiche.numero for fiche in self.fiches]),
                map(self._ligne, self.fiches),
                cle=("numero",),
                absents=Absents.GARDER,
            ),
        )
        for table in TABLES:
            self._ecrire_table(table)
            if self.entieres and table.propres:
                self._completer_table(table)
        for objet, modele, partie, code in _NOMENCLATURES:
            if fiches := self._a_ecrire(partie):
                numeros = [fiche.numero for fiche in fiches]
                self.rapport.noter(objet, mise_a_jour.lier(modele, fiches, numeros, attrgetter(partie), code))

    def _ligne(self, fiche: Fiche) -> dict[str, Any]:
        arbitrage = self.arbitrages[fiche.numero]
        lue = self.lues.get(fiche.numero)
        dites = colonnes(fiche)
        gardees = dites if lue is None else lue
        return {
            "numero": fiche.numero,
            "type": fiche.type,
            **{c: dites[c] if c in arbitrage.ecrire else gardees[c] for c in self.colonnes},
            "version_id": arbitrage.version.pk,
            "apports": arbitrage.apports,
        }

    def _a_ecrire(self, partie: str) -> list[Fiche]:
        return [fiche for fiche in self.fiches if partie in self.arbitrages[fiche.numero].ecrire]

    def _ecrire_table(self, table: Table) -> None:
        fiches = self._a_ecrire(table.partie)
        if not fiches:
            return
        lignes = list(table.lignes(fiches, entieres=self.entieres))
        if table is VOIES and not self.entieres:
            lignes += _voies_non_ouvertes(fiches)
        self.rapport.noter(
            table.objet,
            synchroniser(
                table.perimetre(fiches),
                lignes,
                cle=table.cle_entiere,
                absents=Absents.RETIRER if table is BLOCS else Absents.EFFACER,
                version=self.version if table is BLOCS else None,
                rejeter=self.rapport.rejeter,
            ),
        )

    def _completer_table(self, table: Table) -> None:
        """Where a later edition in tables holds the rows, the XML adds to them the columns that tables lack."""
        fiches = [fiche for fiche in self.fiches if table.partie in self.arbitrages[fiche.numero].completer]
        if not fiches:
            return
        perimetre = table.perimetre(fiches)
        if table is BLOCS:
            perimetre = perimetre.filter(retire_le__isnull=True)
        cle = table.cle_entiere
        connues = set(perimetre.values_list(*cle))
        propres = {*(table.propres or ()), "identite"} - {*cle}
        lignes = [
            {colonne: valeur for colonne, valeur in ligne.items() if colonne not in propres}
            for ligne in table.lignes(fiches, entieres=True)
            if tuple(ligne[c] for c in cle) in connues
        ]
        bilan = synchroniser(perimetre, lignes, cle=cle, absents=Absents.GARDER)
        if table is VOIES:
            # The table of open ways does not say that another one is closed: the XML does.
            fermees = [
                ligne
                for ligne in table.lignes(fiches, entieres=True)
                if not ligne["ouverte"] and tuple(ligne[c] for c in cle) not in connues
            ]
            bilan += synchroniser(perimetre, fermees, cle=cle, absents=Absents.GARDER)
        self.rapport.noter(table.objet, bilan)


def _voies_non_ouvertes(fiches: list[Fiche]) -> Iterator[dict[str, Any]]:
    """The ways that the XML said to be closed and that a table of open ways does not list: nothing contradicts it."""
    ouvertes = {(fiche.numero, voie.voie) for fiche in fiches for voie in fiche.voies}
    rangees = VOIES.perimetre(fiches).exclude(ouverte=True).values("certification_id", "voie", "ouverte")
    for rangee in rangees:
        if (rangee["certification_id"], rangee["voie"]) not in ouvertes:
            yield rangee


def _est_vide(valeur: Any) -> bool:
    """Whether a rubrique says nothing: False and 0 do say something."""
    return valeur is None or valeur in ("", (), [])
