"""The one way offers are written, whatever their source: organismes, formations, places, sessions, provenances.

Several sources meet in the same rows. An organisme's columns are written by the source that brought it, the others
fill those it leaves empty; a session's by the source that brought it, the others add a `Provenance`. So the order in
which files are loaded changes no fact, and loading one again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F

from catalogue.fichiers.refus import Rejet
from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from formations import recoupement
from formations.importers.offre_lue import Offre, colonnes
from formations.models import ChiffreSession, Formation, Lieu, Provenance, Session
from formations.organismes import RegistreDesOrganismes

LOT = 1_000
"""Offers written at a time."""
CleLieu = tuple[int, str, str, str, str]


class EcritureDesOffres:
    """Writes the offers of one file, batch by batch, and remembers only what a whole file must not repeat."""

    def __init__(self, edition: VersionReferentiel, rapport: Rapport):
        self.edition = edition
        self.source: str = edition.source_id
        self.rapport = rapport
        self.organismes = RegistreDesOrganismes(edition, rapport)
        # Hashes, not identifiers: a national file has a million sessions.
        self._formations_vues: set[int] = set()

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
        lieux = self._lieux(retenues, connues)
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
                Formation.objects.filter(pk__in=nouvelles),
                ({**colonnes(lue), "source_id": self.source} for lue in nouvelles.values()),
                cle=("identifiant",),
                absents=Absents.GARDER,
                version=self.edition,
            ),
        )

    def _lieux(self, offres: list[Offre], organismes: dict[Any, int]) -> dict[CleLieu, Lieu]:
        """The places of these offers, created or completed; a column once filled is kept."""
        voulus = {self._cle_lieu(offre, organismes): offre.lieu for offre in offres if offre.lieu}
        connus: dict[CleLieu, Lieu] = {}
        for lieu in Lieu.objects.filter(organisme__in={cle[0] for cle in voulus}):
            connus[(lieu.organisme_id, lieu.nom, lieu.adresse, lieu.code_postal, lieu.ville)] = lieu
        bilan, nouveaux, completes = Bilan(), [], []
        for cle, lu in voulus.items():
            connu = connus.get(cle)
            if connu is None:
                nouveaux.append(Lieu(organisme_id=cle[0], **lu._asdict()))
                bilan.crees += 1
            elif _completer(connu, lu._asdict()):
                completes.append(connu)
                bilan.modifies += 1
            else:
                bilan.inchanges += 1
        Lieu.objects.bulk_create(nouveaux)
        champs = ["code_insee", "code_departement", "latitude", "longitude"]
        Lieu.objects.bulk_update(completes, champs, batch_size=200)
        self.rapport.noter("lieux", bilan)
        touches = {lieu.pk for lieu in (*nouveaux, *completes)}
        Lieu.objects.filter(pk__in=touches).rattacher()
        for lieu in Lieu.objects.filter(pk__in=touches):
            connus[(lieu.organisme_id, lieu.nom, lieu.adresse, lieu.code_postal, lieu.ville)] = lieu
        return connus

    @staticmethod
    def _cle_lieu(offre: Offre, organismes: dict[Any, int]) -> CleLieu:
        assert offre.lieu  # noqa: S101 - callers have looked
        organisme = organismes[(offre.organisme.siret, offre.organisme.uai)]
        return (organisme, offre.lieu.nom, offre.lieu.adresse, offre.lieu.code_postal, offre.lieu.ville)

    def _sessions(self, offres: list[Offre], organismes: dict[Any, int], lieux: dict[CleLieu, Lieu]) -> None:
        lignes: dict[str, dict[str, Any]] = {}
        identites: dict[str, recoupement.Identite] = {}
        for offre in offres:
            assert offre.session  # noqa: S101 - callers have looked
            ligne = colonnes(offre.session)
            if ligne["debut"] and ligne["fin"] and ligne["fin"] < ligne["debut"]:
                self._rejeter("date de fin", offre.session.identifiant, "elle précède le début")
                ligne["fin"] = None
            organisme = organismes[(offre.organisme.siret, offre.organisme.uai)]
            lieu = lieux[self._cle_lieu(offre, organismes)] if offre.lieu else None
            ligne |= {
                "source_id": self.source,
                "formation_id": offre.formation.identifiant,
                "organisme_id": organisme,
                "lieu_id": lieu.pk if lieu else None,
            }
            if offre.session.identifiant in lignes:
                self._rejeter("session", offre.session.identifiant, "identifiant en double")
                continue
            lignes[offre.session.identifiant] = ligne
            if meme := recoupement.identite(organisme, offre.formation.numero_certification, lieu, ligne):
                identites[offre.session.identifiant] = meme
        autres = recoupement.chez_les_autres(self.source, identites.values())
        recoupees = {cle: autres[identite] for cle, identite in identites.items() if identite in autres}
        self._ecrire_sessions(lignes, recoupees)
        self._chiffres(offres)

    def _ecrire_sessions(self, lignes: dict[str, dict[str, Any]], recoupees: dict[str, Session]) -> None:
        propres = {cle: ligne for cle, ligne in lignes.items() if cle not in recoupees}
        siennes = Session.objects.filter(source=self.source)
        self.rapport.noter(
            "sessions",
            synchroniser(
                siennes.filter(identifiant__in=propres),
                propres.values(),
                cle=("source_id", "identifiant"),
                absents=Absents.GARDER,
            ),
        )
        sessions = dict(siennes.filter(identifiant__in=propres).values_list("identifiant", "pk"))
        sessions |= {cle: session.pk for cle, session in recoupees.items()}
        differences = {cle: recoupement.differences(s, lignes[cle]) for cle, s in recoupees.items()}
        # The source that writes the session may have been loaded before it had to be told from another.
        for session in recoupees.values():
            Provenance.objects.get_or_create(
                source_id=session.source_id, identifiant=session.identifiant, defaults={"session": session}
            )
        provenances = Provenance.objects.filter(source=self.source, identifiant__in=lignes)
        self.rapport.noter(
            "provenances",
            synchroniser(
                provenances,
                (
                    {
                        "source_id": self.source,
                        "identifiant": cle,
                        "session_id": sessions[cle],
                        "differences": differences.get(cle, {}),
                    }
                    for cle in lignes
                ),
                cle=("source_id", "identifiant"),
                absents=Absents.GARDER,
            ),
        )
        provenances.exclude(version=self.edition).update(version=self.edition)
        # Dates now agree with another source's: the row this one wrote gives way.
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


def _completer(objet: Any, valeurs: dict[str, Any]) -> bool:
    """Fill the empty attributes of `objet`; whether anything changed."""
    change = False
    for champ, valeur in valeurs.items():
        if valeur not in ("", None) and getattr(objet, champ) in ("", None):
            setattr(objet, champ, valeur)
            change = True
    return change


def par_lots(offres: Iterable[Offre]) -> Iterable[list[Offre]]:
    lot: list[Offre] = []
    for offre in offres:
        lot.append(offre)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot
