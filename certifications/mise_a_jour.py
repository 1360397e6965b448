"""Write the fiches of an export, a batch at a time, so that memory stays flat whatever the size of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, synchroniser
from certifications import models
from certifications.importers.rncp import Fiche, colonnes

# Fiches written at a time: about six thousand partenaires, a dozen megabytes.
LOT = 500


def ecrire(fiches: list[Fiche], version: VersionReferentiel, rapport: Rapport) -> None:
    """Make the database say what these fiches say, everything that hangs on them included."""
    ajouter_nomenclatures(fiches)
    numeros = [fiche.numero for fiche in fiches]
    rapport.noter(
        "certifications",
        synchroniser(
            models.Certification.objects.filter(pk__in=numeros),
            (colonnes(fiche) for fiche in fiches),
            cle=("numero",),
            absents=Absents.GARDER,
            version=version,
        ),
    )
    rapport.noter(
        "blocs de compétences",
        synchroniser(
            models.BlocDeCompetences.objects.filter(certification__in=numeros),
            _parties(fiches, lambda fiche: fiche.blocs),
            cle=("certification_id", "code"),
            absents=Absents.RETIRER,
            version=version,
        ),
    )
    for objet, modele, parties, cle in _TABLES:
        rapport.noter(
            objet,
            synchroniser(
                modele._default_manager.filter(certification__in=numeros),
                _parties(fiches, parties),
                cle=("certification_id", *cle),
                absents=Absents.EFFACER,
                rejeter=rapport.rejeter,
            ),
        )
    for objet, modele, parties, code in _NOMENCLATURES:
        rapport.noter(objet, lier(modele, fiches, numeros, parties, code))
    rapport.noter(
        "filiations",
        synchroniser(
            models.Filiation.objects.filter(declaree_par__in=numeros),
            (colonnes(lien) for fiche in fiches for lien in fiche.filiations),
            cle=("ancienne", "nouvelle", "declaree_par"),
            absents=Absents.EFFACER,
        ),
    )


def en_place() -> dict[str, set[str]]:
    """The numbers of the fiches not withdrawn, by répertoire."""
    numeros: dict[str, set[str]] = {}
    for type_, numero in models.Certification.objects.publies().values_list("type", "pk"):
        numeros.setdefault(type_, set()).add(numero)
    return numeros


def retirer(numeros: set[str], rapport: Rapport) -> None:
    """Withdraw these fiches, which the complete export of their répertoire no longer holds."""
    perimetre: QuerySet = models.Certification.objects.filter(pk__in=numeros)
    rapport.noter("certifications", synchroniser(perimetre, (), cle=("numero",), absents=Absents.RETIRER))


def _acteur(acteur: Any) -> dict[str, Any]:
    return {"identite": acteur.siret or acteur.nom, **colonnes(acteur)}


def _parties(
    fiches: Iterable[Fiche], parties: Callable[[Fiche], Iterable[Any]]
) -> Iterator[Mapping[str, Any]]:
    for fiche in fiches:
        for partie in parties(fiche):
            valeurs = _acteur(partie) if hasattr(partie, "siret") else colonnes(partie)
            yield {"certification_id": fiche.numero, **valeurs}


_TABLES: tuple[tuple[str, Any, Callable[[Fiche], Iterable[Any]], tuple[str, ...]], ...] = (
    ("certificateurs", models.Certificateur, lambda f: f.certificateurs, ("identite",)),
    ("partenaires", models.Partenaire, lambda f: f.partenaires, ("identite",)),
    ("codes ROME", models.Debouche, lambda f: f.debouches, ("code_rome",)),
    ("voies d'accès", models.VoieDAccesCertification, lambda f: f.voies, ("voie",)),
    ("statistiques", models.StatistiquePromotion, lambda f: f.statistiques, ("annee",)),
    ("publications", models.PublicationOfficielle, lambda f: f.publications, ("nature", "ordre")),
    (
        "correspondances",
        models.Correspondance,
        lambda f: f.correspondances,
        ("groupe", "bloc_source", "numero_destination", "bloc_destination"),
    ),
)

_NOMENCLATURES: tuple[tuple[str, Any, Callable[[Fiche], Iterable[Any]], str], ...] = (
    ("spécialités NSF", models.Nsf, lambda f: f.nsf, "code"),
    ("formacodes", models.Formacode, lambda f: f.formacodes, "code"),
    ("conventions collectives", models.ConventionCollective, lambda f: f.conventions, "numero"),
)


def ajouter_nomenclatures(fiches: list[Fiche]) -> None:
    """Add the codes met for the first time; the label kept is the first one met, for fiches write it variously."""
    for _, modele, parties, cle in _NOMENCLATURES:
        libelles: dict[str, str] = {}
        for fiche in fiches:
            for partie in parties(fiche):
                libelles[getattr(partie, cle)] = libelles.get(getattr(partie, cle)) or partie.libelle
        connus = dict(modele.objects.filter(pk__in=libelles).values_list("pk", "libelle"))
        for code, connu in connus.items():
            if libelles[code] and not connu:
                modele.objects.filter(pk=code).update(libelle=libelles[code])
        modele.objects.bulk_create(
            modele(**{cle: code, "libelle": libelle})
            for code, libelle in libelles.items()
            if code not in connus
        )


def lier(
    modele: Any, fiches: list[Fiche], numeros: list[str], parties: Callable[[Fiche], Iterable[Any]], cle: str
) -> Any:
    """The many-to-many rows between certifications and one nomenclature."""
    champ = next(
        f
        for f in models.Certification._meta.many_to_many
        if f.remote_field is not None and f.remote_field.model is modele
    )
    passage: Any = champ.remote_field.through
    colonne = champ.m2m_reverse_field_name() + "_id"
    return synchroniser(
        passage._default_manager.filter(certification__in=numeros),
        (
            {"certification_id": fiche.numero, colonne: getattr(partie, cle)}
            for fiche in fiches
            for partie in parties(fiche)
        ),
        cle=("certification_id", colonne),
        absents=Absents.EFFACER,
    )
