"""Write the fiches of an export, a batch at a time, so that memory stays flat whatever the size of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from catalogue.ecriture import inserer
from catalogue.importing import Rapport
from catalogue.models import Officiel, VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from certifications import models
from certifications.importers import rncp
from certifications.importers.rncp import COLONNES, Fiche, Filiation

# Fiches written at a time: about six thousand partenaires, a dozen megabytes.
LOT = 500


def ecrire(
    fiches: list[Fiche], version: VersionReferentiel, rapport: Rapport, metiers: Mapping[str, Any]
) -> None:
    """Make the database say what these fiches say, everything that hangs on them included.

    `metiers` are the fiches of the ROME that codes designate, see `metiers_par_code`.
    """
    ajouter_nomenclatures(fiches)
    numeros = [fiche.numero for fiche in fiches]
    # Nothing hangs on a fiche that is not there yet: nothing is read of it.
    connues = list(models.Certification.objects.filter(pk__in=numeros).values_list("pk", flat=True))
    rapport.noter(
        "certifications",
        synchroniser(
            models.Certification.objects.filter(pk__in=connues),
            (fiche[: len(COLONNES)] for fiche in fiches),
            cle=COLONNES[:1],
            champs=COLONNES[1:],
            absents=Absents.GARDER,
            version=version,
        ),
    )
    # The métier of a code, second of a row: else each new link would be written a second time.
    a_la_creation = {"metier_id": lambda rangee: metiers.get(rangee[1])}
    for objet, modele, lire, cle, champs in _TABLES:
        rapport.noter(
            objet,
            synchroniser(
                modele._default_manager.filter(certification__in=connues),
                lire(fiches),
                cle=("certification_id", *cle),
                champs=champs,
                absents=Absents.RETIRER if issubclass(modele, Officiel) else Absents.EFFACER,
                version=version,
                rejeter=rapport.rejeter,
                a_la_creation=a_la_creation if modele is models.Debouche else {},
            ),
        )
    for objet, modele, parties, code in _NOMENCLATURES:
        rapport.noter(objet, lier(modele, fiches, connues, parties, code))
    rapport.noter(
        "filiations",
        synchroniser(
            models.Filiation.objects.filter(declaree_par__in=numeros),
            (lien for fiche in fiches for lien in fiche.filiations),
            cle=Filiation._fields,
            champs=(),
            absents=Absents.EFFACER,
        ),
    )
    _retenir(fiches, connues)


def revoir(numeros: list[str], version: VersionReferentiel, rapport: Rapport) -> None:
    """The edition holds these fiches as they were last written: nothing but their edition moves."""
    fiches = models.Certification.objects.filter(pk__in=numeros)
    blocs = models.BlocDeCompetences.objects.publies().filter(certification__in=numeros)
    for perimetre in (fiches, blocs):
        perimetre.exclude(version=version).update(version=version)
    rapport.noter("certifications", Bilan(inchanges=len(numeros)))
    rapport.noter("blocs de compétences", Bilan(inchanges=blocs.count()))
    for objet, modele, *_ in _TABLES[1:]:
        lignes = modele._default_manager.filter(certification__in=numeros)
        rapport.noter(objet, Bilan(inchanges=lignes.count()))
    for objet, modele, *_ in _NOMENCLATURES:
        passage, _colonne = _passage(modele)
        lignes = passage._default_manager.filter(certification__in=numeros)
        rapport.noter(objet, Bilan(inchanges=lignes.count()))
    liens = models.Filiation.objects.filter(declaree_par__in=numeros)
    rapport.noter("filiations", Bilan(inchanges=liens.count()))


def empreintes() -> dict[str, str]:
    """The fingerprint of each fiche in force, of those written from an element that was kept whole."""
    retenues = models.EmpreinteDeFiche.objects.filter(certification__retire_le__isnull=True)
    return dict(retenues.values_list("certification", "empreinte"))


def _retenir(fiches: list[Fiche], connues: list[str]) -> None:
    """Remember what these fiches were written from."""
    oublier(connues)
    couples = [(fiche.numero, fiche.empreinte) for fiche in fiches if fiche.empreinte]
    inserer(models.EmpreinteDeFiche, ("certification_id", "empreinte"), couples)


def oublier(numeros: Iterable[str]) -> None:
    """These fiches now hold what several forms say of them: the next XML is read whole."""
    models.EmpreinteDeFiche.objects.filter(pk__in=list(numeros)).delete()


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


Parties = Callable[[Fiche], Iterable[Any]]
Lignes = Callable[[list[Fiche]], Iterator[tuple]]


def _table(
    objet: str, modele: Any, record: Any, parties: Parties, cle: tuple[str, ...]
) -> tuple[str, Any, Lignes, tuple[str, ...], tuple[str, ...]]:
    """A table of parts: what its rows are called, its model, their values, and the names of these, key first."""
    ordre = (*cle, *(champ for champ in record._fields if champ not in cle))
    en_ordre = ordre == record._fields

    def lire(fiches: list[Fiche]) -> Iterator[tuple]:
        for fiche in fiches:
            numero = (fiche.numero,)
            for partie in parties(fiche):
                yield numero + (partie if en_ordre else tuple(getattr(partie, champ) for champ in ordre))

    return objet, modele, lire, cle, ordre[len(cle) :]


def _acteurs(
    objet: str, modele: Any, record: Any, parties: Parties
) -> tuple[str, Any, Lignes, tuple[str, ...], tuple[str, ...]]:
    """The same for organismes, known in a fiche by their SIRET, or by their name when they have none."""

    def lire(fiches: list[Fiche]) -> Iterator[tuple]:
        for fiche in fiches:
            for acteur in parties(fiche):
                yield (fiche.numero, acteur.siret or acteur.nom, *acteur)

    return objet, modele, lire, ("identite",), record._fields


_TABLES = (
    _table("blocs de compétences", models.BlocDeCompetences, rncp.Bloc, lambda f: f.blocs, ("code",)),
    _acteurs("certificateurs", models.Certificateur, rncp.Certificateur, lambda f: f.certificateurs),
    _acteurs("partenaires", models.Partenaire, rncp.Partenaire, lambda f: f.partenaires),
    _table("codes ROME", models.Debouche, rncp.Debouche, lambda f: f.debouches, ("code_rome",)),
    _table("voies d'accès", models.VoieDAccesCertification, rncp.Voie, lambda f: f.voies, ("voie",)),
    _table(
        "statistiques", models.StatistiquePromotion, rncp.Statistique, lambda f: f.statistiques, ("annee",)
    ),
    _table(
        "publications",
        models.PublicationOfficielle,
        rncp.Publication,
        lambda f: f.publications,
        ("nature", "ordre"),
    ),
    _table(
        "correspondances",
        models.Correspondance,
        rncp.Correspondance,
        lambda f: f.correspondances,
        rncp.Correspondance._fields,
    ),
)

_NOMENCLATURES: tuple[tuple[str, Any, Parties, str], ...] = (
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


def _passage(modele: Any) -> tuple[Any, str]:
    """The table between certifications and a nomenclature, and its column of codes."""
    champ = next(
        f
        for f in models.Certification._meta.many_to_many
        if f.remote_field is not None and f.remote_field.model is modele
    )
    passage: Any = champ.remote_field.through
    return passage, champ.m2m_reverse_field_name() + "_id"


def lier(modele: Any, fiches: list[Fiche], connues: list[str], parties: Parties, cle: str) -> Bilan:
    """The many-to-many rows between certifications and one nomenclature; `connues` are those that may have some."""
    passage, colonne = _passage(modele)
    return synchroniser(
        passage._default_manager.filter(certification__in=connues),
        ((fiche.numero, getattr(partie, cle)) for fiche in fiches for partie in parties(fiche)),
        cle=("certification_id", colonne),
        champs=(),
        absents=Absents.EFFACER,
    )
