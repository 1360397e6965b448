"""The one way offers are written, whatever their source: organismes, formations, places, sessions, provenances.

Several sources meet in the same rows. An organisme's columns are written by the source that brought it, the others
fill those it leaves empty; a session's by the source that brought it, the others add a `Provenance`. So the order in
which files are loaded changes no fact, and loading one again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.db.models import F

from catalogue.cles_en_place import ClesEnPlace
from catalogue.ecriture import derniere_cle
from catalogue.fichiers.refus import Rejet
from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from certifications.models import Certification
from formations import recoupement
from formations.importers.offre_lue import FormationLue, Offre, SessionLue
from formations.models import ChiffreSession, Formation, Provenance, Session
from formations.organismes import RegistreDesOrganismes
from formations.registre_des_lieux import CleLieu, LieuConnu, RegistreDesLieux, cle_du_lieu

LOT = 2_000
"""Offers written at a time."""
COLONNES_FORMATION: tuple[str, ...] = FormationLue.__slots__
COLONNES_SESSION: tuple[str, ...] = SessionLue.__slots__
_de_la_formation = attrgetter(*COLONNES_FORMATION)
_de_la_session = attrgetter(*COLONNES_SESSION)
_NUMERO = COLONNES_FORMATION.index("numero_certification")
_DEBUT, _FIN = COLONNES_SESSION.index("debut"), COLONNES_SESSION.index("fin")


class EcritureDesOffres:
    """Writes the offers of one file, batch by batch, and remembers only what a whole file must not repeat."""

    def __init__(self, edition: VersionReferentiel, rapport: Rapport):
        self.edition = edition
        self.source: str = edition.source_id
        self.rapport = rapport
        self.organismes = RegistreDesOrganismes(edition, rapport)
        # Hashes, not identifiers: a national file has a million sessions.
        self._formations_vues: set[int] = set()
        self.lieux = RegistreDesLieux(rapport)
        self._deja_venue = Provenance.objects.filter(source=self.source).exists()
        self._formations_en_place = ClesEnPlace(Formation.objects.values_list("pk"))
        siennes = Session.objects.filter(source=self.source)
        self._sessions_en_place = ClesEnPlace(siennes.values_list("identifiant"))
        self._certifications = set(Certification.objects.values_list("pk", flat=True))

    def ecrire(self, offres: list[Offre]) -> None:
        """Make the database say what these offers say. An offer without a valid SIRET nor UAI is reported."""
        connues = self.organismes.inscrire([offre.organisme for offre in offres])
        retenues = []
        for offre in offres:
            if (offre.organisme.siret, offre.organisme.uai) in connues:
                retenues.append(offre)
            else:
                session = offre.session.identifiant if offre.session else offre.formation.identifiant
                self._rejeter("offre", session, "ni SIRET ni UAI valable pour son organisme")
        self._formations(retenues)
        lieux = self.lieux.inscrire(retenues, connues)
        self._sessions([offre for offre in retenues if offre.session], connues, lieux)

    def _rejeter(self, objet: str, cle: str, raison: str) -> None:
        self.rapport.rejeter(Rejet(objet, cle, raison))

    def _formations(self, offres: list[Offre]) -> None:
        """The first line of a file that gives a formation describes it."""
        nouvelles = {}
        for offre in offres:
            marque = hash(offre.formation.identifiant)
            if marque not in self._formations_vues:
                self._formations_vues.add(marque)
                nouvelles[offre.formation.identifiant] = offre.formation
        self.rapport.noter(
            "formations",
            synchroniser(
                Formation.objects.filter(pk__in=self._formations_en_place.parmi(nouvelles)),
                ((*_de_la_formation(lue), self.source) for lue in nouvelles.values()),
                cle=COLONNES_FORMATION[:1],
                champs=(*COLONNES_FORMATION[1:], "source_id"),
                absents=Absents.GARDER,
                version=self.edition,
                a_la_creation={"certification_id": self._certification},
            ),
        )

    def _certification(self, rangee: tuple) -> str | None:
        """The fiche that a formation cites, when it is loaded."""
        numero = rangee[_NUMERO]
        return numero if numero in self._certifications else None

    def _sessions(
        self, offres: list[Offre], organismes: dict[Any, int], lieux: dict[CleLieu, LieuConnu]
    ) -> None:
        lignes: dict[str, tuple] = {}
        identites: dict[str, recoupement.Identite] = {}
        for offre in offres:
            assert offre.session  # noqa: S101 - callers have looked
            identifiant = offre.session.identifiant
            ligne = _de_la_session(offre.session)
            if ligne[_DEBUT] and ligne[_FIN] and ligne[_FIN] < ligne[_DEBUT]:
                self._rejeter("date de fin", identifiant, "elle précède le début")
                ligne = (*ligne[:_FIN], None, *ligne[_FIN + 1 :])
            organisme = organismes[(offre.organisme.siret, offre.organisme.uai)]
            lieu = lieux[cle_du_lieu(offre, organismes)] if offre.lieu else None
            if identifiant in lignes:
                self._rejeter("session", identifiant, "identifiant en double")
                continue
            lignes[identifiant] = (
                *ligne,
                offre.formation.identifiant,
                organisme,
                lieu.pk if lieu else None,
            )
            certification = offre.formation.numero_certification
            if ligne[_DEBUT] and (
                meme := recoupement.identite(organisme, certification, lieu, _nommee(ligne))
            ):
                identites[identifiant] = meme
        autres = recoupement.chez_les_autres(self.source, identites.values())
        recoupees = {cle: autres[identite] for cle, identite in identites.items() if identite in autres}
        self._ecrire_sessions(lignes, recoupees)
        self._chiffres(offres)

    def _ecrire_sessions(self, lignes: dict[str, tuple], recoupees: dict[str, Session]) -> None:
        siennes = Session.objects.filter(source=self.source)
        propres = [cle for cle in lignes if cle not in recoupees]
        connues = _par_identifiant(siennes.filter(identifiant__in=self._sessions_en_place.parmi(propres)))
        dernier = derniere_cle(Session)
        self.rapport.noter(
            "sessions",
            synchroniser(
                # By their keys alone: of two conditions, SQLite would choose the source, and read all that it has.
                Session.objects.filter(pk__in=connues.values()),
                ((self.source, *lignes[cle]) for cle in propres),
                cle=("source_id", "identifiant"),
                champs=(*COLONNES_SESSION[1:], "formation_id", "organisme_id", "lieu_id"),
                absents=Absents.GARDER,
            ),
        )
        # Between two bounds and by nothing else: of one alone, or of the source, PostgreSQL would read all that it has brought.
        nouvelles = Session.objects.filter(pk__range=(dernier + 1, derniere_cle(Session)))
        sessions = connues | _par_identifiant(nouvelles)
        sessions |= {cle: session.pk for cle, session in recoupees.items()}
        # The source that writes the session may have been loaded before it had to be told from another.
        for session in recoupees.values():
            Provenance.objects.get_or_create(
                source_id=session.source_id, identifiant=session.identifiant, defaults={"session": session}
            )
        provenances = Provenance.objects.none()
        if self._deja_venue or connues or recoupees:
            provenances = Provenance.objects.filter(source=self.source, identifiant__in=lignes)
        differences = {
            cle: recoupement.differences(session, _nommee(lignes[cle])) for cle, session in recoupees.items()
        }
        self.rapport.noter(
            "provenances",
            synchroniser(
                provenances,
                ((self.source, cle, sessions[cle], differences.get(cle, {})) for cle in lignes),
                cle=("source_id", "identifiant"),
                champs=("session_id", "differences"),
                absents=Absents.GARDER,
                version=self.edition,
            ),
        )
        # Dates now agree with another source's: the row this one wrote gives way.
        if recoupees:
            for perdue in siennes.filter(identifiant__in=recoupees):
                Provenance.objects.filter(session=perdue).update(session=recoupees[perdue.identifiant])
                perdue.delete()

    def _chiffres(self, offres: list[Offre]) -> None:
        avec = {o.session.identifiant: o.chiffres for o in offres if o.session and o.chiffres}
        if avec:
            ecrire_chiffres(self.edition, avec, self.rapport)


def ecrire_chiffres(edition: VersionReferentiel, chiffres: dict[str, Any], rapport: Rapport) -> None:
    """The figures of sessions already written, by identifier in this source, for the year of the edition."""
    sessions = dict(
        Provenance.objects.filter(source=edition.source_id, identifiant__in=chiffres).values_list(
            "identifiant", "session"
        )
    )
    rapport.noter(
        "chiffres",
        synchroniser(
            ChiffreSession.objects.filter(
                source=edition.source_id, millesime=edition.version, session__in=sessions.values()
            ),
            (
                {
                    **chiffre._asdict(),
                    "session_id": sessions[cle],
                    "source_id": edition.source_id,
                    "millesime": edition.version,
                }
                for cle, lus in chiffres.items()
                if cle in sessions
                for chiffre in lus
            ),
            cle=("session_id", "nature", "source_id", "millesime"),
            absents=Absents.EFFACER,
        ),
    )


def retirer_les_absentes(
    edition: VersionReferentiel, rapport: Rapport, tolerer: Callable[[str, int, int], None]
) -> None:
    """What the complete file of `edition` no longer holds: provenances go, formations are withdrawn.

    A session is an occasion, not a fiche: when no source gives it any more, its row goes. When another source still
    does, that one writes it from then on. `tolerer` refuses too large a share.
    """
    source = edition.source_id
    siennes = Provenance.objects.filter(source=source)
    perimees = siennes.exclude(version=edition)
    tolerer("sessions", perimees.count(), siennes.count())
    orphelines = Session.objects.filter(
        source=source, provenances__in=perimees.filter(identifiant=F("session__identifiant"))
    )
    a_ceder = list(orphelines.values_list("pk", flat=True))
    perimees.delete()
    for pk in a_ceder:
        heritiere = Provenance.objects.filter(session=pk).exclude(source=source).order_by("pk").first()
        if heritiere:
            Session.objects.filter(pk=pk).update(
                source=heritiere.source_id, identifiant=heritiere.identifiant
            )
            Provenance.objects.filter(pk=heritiere.pk).update(differences={})
    disparues = Session.objects.filter(pk__in=a_ceder, provenances__isnull=True)
    rapport.noter("sessions", Bilan(retires=disparues.count()))
    disparues.delete()
    anciennes = Formation.objects.publies().filter(source=source).exclude(version=edition)
    rapport.noter("formations", synchroniser(anciennes, (), cle=("identifiant",), absents=Absents.RETIRER))


def _nommee(ligne: tuple) -> dict[str, Any]:
    return dict(zip(COLONNES_SESSION, ligne, strict=False))


def _par_identifiant(sessions: Any) -> dict[str, int]:
    return dict(sessions.order_by().values_list("identifiant", "pk"))


def par_lots(offres: Iterable[Offre]) -> Iterable[list[Offre]]:
    lot: list[Offre] = []
    for offre in offres:
        lot.append(offre)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot
