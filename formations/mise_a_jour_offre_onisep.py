"""Apply Onisep's schools and what they teach: organismes by UAI, one place for each UAI, one session for each action.

Two files speak of a school: the structures, which have SIRET and commune, and the actions, which repeat its name and address.
The structures win; the actions fill in what is missing, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalogue.fichiers.refus import Rejet
from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, synchroniser
from formations.importers.onisep import Action, Structure
from formations.mise_a_jour_onisep import ADRESSE, SOURCE
from formations.models import Formation, Lieu, Organisme, Provenance, Session

_ECOLE = ("nom", "statut", "telephone")
_PLACE = ("adresse", "code_postal", "ville", "code_insee", "latitude", "longitude")


def ecrire_structures(structures: list[Structure], version: VersionReferentiel, rapport: Rapport) -> None:
    sirets = _adopter(structures, rapport)
    rapport.noter(
        "organismes",
        synchroniser(
            Organisme.objects.exclude(uai=""),
            (
                {
                    "uai": s.uai,
                    "siret": sirets[s.uai],
                    "sigle": s.sigle,
                    "type": s.type,
                    **{champ: getattr(s, champ) for champ in _ECOLE},
                    "source_id": SOURCE,
                }
                for s in structures
            ),
            cle=("uai",),
            absents=Absents.GARDER,
            version=version,
        ),
    )
    _ecrire_lieux(structures, rapport)


def ecrire_actions(actions: list[Action], version: VersionReferentiel, rapport: Rapport) -> set[str]:
    """Write formations, organismes and places that are not known yet, then the sessions; return their identifiers."""
    _completer_formations(actions, rapport)
    ecoles = {action.lieu.uai: action.lieu for action in actions}
    decrites = set(
        Organisme.objects.filter(uai__in=list(ecoles), version__isnull=False).values_list("uai", flat=True)
    )
    rapport.noter(
        "organismes",
        synchroniser(
            Organisme.objects.exclude(uai=""),
            (
                {"uai": e.uai, **{champ: getattr(e, champ) for champ in _ECOLE}, "source_id": SOURCE}
                for e in ecoles.values()
                if e.uai not in decrites
            ),
            cle=("uai",),
            absents=Absents.GARDER,
        ),
    )
    # The structures give no web site, so the actions are always the ones to say it.
    rapport.noter(
        "sites des organismes",
        synchroniser(
            Organisme.objects.filter(uai__in=list(ecoles)),
            ({"uai": e.uai, "site_internet": e.site_internet} for e in ecoles.values() if e.site_internet),
            cle=("uai",),
            absents=Absents.GARDER,
        ),
    )
    situes = set(Lieu.objects.exclude(uai="").exclude(code_insee="").values_list("uai", flat=True))
    _ecrire_lieux([e for e in ecoles.values() if e.uai not in situes], rapport)
    _ecrire_sessions(actions, version, rapport)
    return {action.identifiant for action in actions}


def _adopter(structures: list[Structure], rapport: Rapport) -> dict[str, str]:
    """The SIRET each school may bear; an organisme known by its SIRET only is given its UAI.

    A SIRET that two schools share (annexes) identifies neither: the first keeps it, the others are reported.
    """
    par_siret = {o.siret: o for o in Organisme.objects.exclude(siret="").only("siret", "uai")}
    uais = set(Organisme.objects.exclude(uai="").values_list("uai", flat=True))
    pris = {siret: organisme.uai for siret, organisme in par_siret.items() if organisme.uai}
    sirets: dict[str, str] = {}
    for s in structures:
        porteur = pris.get(s.siret, s.uai)
        sans_uai = par_siret.get(s.siret)
        if sans_uai and not sans_uai.uai and s.uai in uais:
            porteur = ""  # two organismes for one school: one by its SIRET, one by its UAI
        if porteur != s.uai:
            autre = f"l'établissement {porteur}" if porteur else "un autre organisme"
            rapport.rejeter(Rejet("SIRET", s.uai, f"SIRET {s.siret} déjà porté par {autre}"))
        sirets[s.uai] = s.siret if porteur == s.uai else ""
        if s.siret and porteur == s.uai:
            pris[s.siret] = s.uai
            if sans_uai and not sans_uai.uai:
                Organisme.objects.filter(pk=sans_uai.pk).update(uai=s.uai)
                sans_uai.uai = s.uai
    return sirets


def _ecrire_lieux(ecoles: list[Structure], rapport: Rapport) -> None:
    pks = dict(Organisme.objects.exclude(uai="").values_list("uai", "pk"))
    uais = {pks[e.uai]: e.uai for e in ecoles}
    situes = set(Lieu.objects.exclude(uai="").values_list("uai", flat=True))
    # A place written before its UAI was (the demonstration, another catalogue) is the same place if the postal code agrees.
    codes = {e.uai: e.code_postal for e in ecoles}
    for lieu in Lieu.objects.filter(uai="", nom="", organisme__in=list(uais)).order_by("-pk"):
        uai = uais[lieu.organisme_id]
        if uai not in situes and lieu.code_postal == codes[uai]:
            Lieu.objects.filter(pk=lieu.pk).update(uai=uai)
            situes.add(uai)
    # What no longer says the same town is to be matched again.
    villes = {uai: (cp, ville, code) for uai, cp, ville, code in _villes(situes)}
    for e in ecoles:
        if e.uai in villes and villes[e.uai] != (e.code_postal, e.ville, e.code_insee):
            Lieu.objects.filter(uai=e.uai).update(commune=None, departement=None)
    rapport.noter(
        "lieux",
        synchroniser(
            Lieu.objects.exclude(uai=""),
            (
                {"uai": e.uai, "organisme_id": pks[e.uai], **{champ: getattr(e, champ) for champ in _PLACE}}
                for e in ecoles
            ),
            cle=("uai",),
            absents=Absents.GARDER,
        ),
    )


def _villes(uais: Iterable[str]) -> Iterable[tuple[str, str, str, str]]:
    return Lieu.objects.filter(uai__in=list(uais)).values_list("uai", "code_postal", "ville", "code_insee")


def _completer_formations(actions: list[Action], rapport: Rapport) -> None:
    """A formation that neither the fiches nor the list has brought is known by its title and its niveau alone."""
    citees = {action.formation: action for action in actions}
    connues = set(Formation.objects.filter(pk__in=list(citees)).values_list("pk", flat=True))
    rapport.noter(
        "formations",
        synchroniser(
            Formation.objects.none(),
            (
                {
                    "identifiant": pk,
                    "intitule": action.intitule_formation,
                    "type": action.type_formation,
                    "niveau_sortie": action.niveau_formation,
                    "url": ADRESSE.format(pk),
                    "source_id": SOURCE,
                }
                for pk, action in citees.items()
                if pk not in connues
            ),
            cle=("identifiant",),
            absents=Absents.GARDER,
        ),
    )


def _ecrire_sessions(actions: list[Action], version: VersionReferentiel, rapport: Rapport) -> None:
    organismes = dict(Organisme.objects.exclude(uai="").values_list("uai", "pk"))
    lieux = dict(Lieu.objects.exclude(uai="").values_list("uai", "pk"))
    rapport.noter(
        "sessions",
        synchroniser(
            Session.objects.filter(source=SOURCE),
            (_session(a, organismes[a.lieu.uai], lieux[a.lieu.uai]) for a in actions),
            cle=("source_id", "identifiant"),
            absents=Absents.GARDER,
        ),
    )
    sessions = dict(Session.objects.filter(source=SOURCE).values_list("identifiant", "pk"))
    rapport.noter(
        "provenances",
        synchroniser(
            Provenance.objects.filter(source=SOURCE),
            (
                {
                    "source_id": SOURCE,
                    "identifiant": a.identifiant,
                    "session_id": sessions[a.identifiant],
                    "version_id": version.pk,
                }
                for a in actions
            ),
            cle=("source_id", "identifiant"),
            absents=Absents.GARDER,
        ),
    )


def _session(action: Action, organisme: int, lieu: int) -> dict[str, Any]:
    return {
        "source_id": SOURCE,
        "identifiant": action.identifiant,
        "formation_id": action.formation,
        "organisme_id": organisme,
        "lieu_id": lieu,
        "voie": action.voie,
        "modalite": action.modalite,
        "rythme": action.modalites,
        "duree": action.duree,
        "prix_note": action.prix_note,
        "url": action.url,
    }
