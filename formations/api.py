"""The training offer in the API: formations, one formation, its sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import DateField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from catalogue.api import curseur
from catalogue.api.curseur import Cle
from catalogue.api.liste import Liste
from catalogue.api.objets import Libelle, niveau, provenance
from catalogue.api.objets import Provenance as ObjetProvenance
from catalogue.api.parametres import lire
from catalogue.api.refus import REFUS_D_OBJET, REFUS_DE_LISTE, Refus
from formations.filters import FormationFilterSet, SessionFilterSet
from formations.models import Formation, Lieu, Session
from formations.models.provenance import Provenance
from formations.retenues import FormationsRetenues, SessionsRetenues, compter_sessions

router = Router(tags=["Formations"])


class ObjetFormation(Schema):
    identifiant: str = Field(description="L'identifiant dans sa source.", examples=["FOR.2316"])
    intitule: str
    sigle: str | None
    type: str | None
    certification: str | None = Field(description="Le numéro de la fiche préparée.", examples=["RNCP34809"])
    niveau_sortie: Libelle | None
    duree: str | None = Field(description="Telle que la source la dit.", examples=["2 ans"])
    duree_heures: int | None
    nombre_de_sessions: int = Field(description="Sessions connues de ce site ; 0 = aucune.")
    url: str = Field(description="La page de la formation, depuis la racine du site.")
    url_source: str | None = Field(description="La page de la formation chez sa source.")
    api: str = Field(description="La formation complète dans l'API, depuis la racine du site.")
    provenance: ObjetProvenance | None


class MetierPrepare(Schema):
    code_rome: str
    libelle: str
    origine: str = Field(description="Pourquoi ce lien existe.")


class ObjetFormationDetail(ObjetFormation):
    objectif: str | None
    contenu: str | None
    acces: str | None
    poursuite_etudes: str | None
    resultats_attendus: str | None
    niveau_entree: Libelle | None
    metiers: list[MetierPrepare]
    sessions: str = Field(description="La liste des sessions dans l'API, depuis la racine du site.")


class OrganismeCite(Schema):
    nom: str
    siret: str | None = Field(examples=["13002526500013"])
    uai: str | None


class LieuCite(Schema):
    adresse: str | None
    code_postal: str | None
    ville: str | None
    commune: str | None = Field(description="Le code INSEE.", examples=["69123"])
    intercommunalite: Libelle | None = Field(description="Celle de la commune, par son numéro SIREN.")
    departement: str | None = Field(examples=["69"])
    region: str | None = Field(examples=["84"])
    latitude: float | None
    longitude: float | None


class ObjetSession(Schema):
    identifiant: str = Field(description="L'identifiant dans sa source.")
    formation: str = Field(examples=["FOR.2316"])
    debut: date | None
    fin: date | None
    entrees_permanentes: bool | None
    voie: str | None = Field(examples=["apprentissage"])
    modalite: str | None = Field(examples=["presentiel"])
    duree: str | None
    duree_heures: int | None
    prix: float | None = Field(description="En euros, toutes taxes comprises.")
    places: int | None
    eligible_cpf: bool | None
    organisme: OrganismeCite
    lieu: LieuCite | None
    url: str = Field(description="La page de la session, depuis la racine du site.")
    url_source: str | None
    provenance: ObjetProvenance | None


def ecrire(formation: Any) -> dict[str, Any]:
    """A formation whose sessions are counted (see `formations.retenues`)."""
    return {
        "identifiant": formation.identifiant,
        "intitule": formation.intitule,
        "sigle": formation.sigle or None,
        "type": formation.type or None,
        "certification": formation.numero_certification or formation.certification_id,
        "niveau_sortie": niveau(formation.niveau_sortie),
        "duree": formation.duree or None,
        "duree_heures": formation.duree_heures,
        "nombre_de_sessions": formation.nb_sessions,
        "url": formation.get_absolute_url(),
        "url_source": formation.url or None,
        "api": adresse(formation.identifiant),
        "provenance": provenance(formation.version, formation.source),
    }


def ecrire_en_entier(formation: Formation) -> dict[str, Any]:
    """A formation fetched with `for_detail()`."""
    textes = ("objectif", "contenu", "acces", "poursuite_etudes", "resultats_attendus")
    return (
        ecrire(formation)
        | {champ: getattr(formation, champ) or None for champ in textes}
        | {
            "niveau_entree": niveau(formation.niveau_entree),
            "metiers": [
                {
                    "code_rome": lien.metier.code_rome,
                    "libelle": lien.metier.libelle,
                    "origine": lien.get_origine_display(),
                }
                for lien in formation.liens_metiers.all()
                if not lien.metier.est_retire
            ],
            "sessions": reverse("api:sessions", args=[formation.identifiant]),
        }
    )


def ecrire_session(session: Session) -> dict[str, Any]:
    versions = [p.version for p in session.provenances.all() if p.source_id == session.source_id]
    return {
        "identifiant": session.identifiant,
        "formation": session.formation_id,
        "debut": session.debut,
        "fin": session.fin,
        "entrees_permanentes": session.entrees_permanentes,
        "voie": session.voie or None,
        "modalite": session.modalite or None,
        "duree": session.duree or None,
        "duree_heures": session.duree_heures,
        "prix": None if session.prix is None else float(session.prix),
        "places": session.places,
        "eligible_cpf": session.eligible_cpf,
        "organisme": {
            "nom": session.organisme.nom,
            "siret": session.organisme.siret or None,
            "uai": session.organisme.uai or None,
        },
        "lieu": _lieu(session.lieu) if session.lieu else None,
        "url": session.get_absolute_url(),
        "url_source": session.url or None,
        "provenance": provenance(next(iter(versions), None), session.source),
    }


class ListeDesFormations(Liste):
    """Kept, counted and resumed on the index: the thousandth page costs what the first does."""

    def retenir(self, filtre: Any, base: Any) -> FormationsRetenues:
        return FormationsRetenues(filtre.selection, base=base)

    def apres(self, retenus: FormationsRetenues, valeurs: Sequence[Any]) -> FormationsRetenues:
        # The formation last read may have been withdrawn: resume at the first one after it.
        suivantes = curseur.apres(Formation.objects.publies().for_list(), self.cles, valeurs)
        return retenus.depuis_la_cle(suivantes.values_list("pk", flat=True).first())


class ListeDesSessions(Liste):
    def retenir(self, filtre: Any, base: Any) -> SessionsRetenues:
        return SessionsRetenues(filtre.selection, base)

    def apres(self, retenus: SessionsRetenues, valeurs: Sequence[Any]) -> SessionsRetenues:
        return retenus.apres(valeurs[0])


FORMATIONS = ListeDesFormations(
    "formations", ObjetFormation, [Cle("intitule"), Cle("identifiant")], ecrire, filterset=FormationFilterSet
)
SESSIONS = Liste(
    "sessions-d-une-formation", ObjetSession, [Cle("jour", date), Cle("pk", int)], ecrire_session
)
TOUTES_LES_SESSIONS = ListeDesSessions(
    "sessions", ObjetSession, [Cle("pk", int)], ecrire_session, filterset=SessionFilterSet
)


def base() -> QuerySet:
    """The published formations, by title."""
    return (
        Formation.objects.publies()
        .select_related("source", "version__source")
        .defer("objectif", "contenu", "acces", "poursuite_etudes", "resultats_attendus", "points_forts")
        .order_by("intitule", "identifiant")
    )


def base_des_sessions() -> QuerySet:
    return Session.objects.select_related(
        "organisme", "lieu__commune__epci", "lieu__departement", "source"
    ).prefetch_related(Prefetch("provenances", Provenance.objects.select_related("version__source")))


def base_sessions(formation: Formation) -> QuerySet:
    """Dated ones first, in order; a session without a date comes as if it began at the end of time."""
    return (
        base_des_sessions()
        .filter(formation=formation)
        .annotate(jour=Coalesce("debut", Value(date.max), output_field=DateField()))
    )


@router.get(
    "/formations",
    response={200: FORMATIONS.reponse, **REFUS_DE_LISTE},
    operation_id="formations",
    summary="Les formations",
    description="Les formations, par intitulé ; les mêmes filtres que la page « Formations ».",
    openapi_extra=FORMATIONS.openapi,
    url_name="formations",
)
def lister(request: HttpRequest) -> Any:
    return FORMATIONS.repondre(request, base())


@router.get(
    "/sessions",
    response={200: TOUTES_LES_SESSIONS.reponse, **REFUS_DE_LISTE},
    operation_id="toutes_les_sessions",
    summary="Les sessions",
    description="Toutes les sessions des formations publiées, avec les mêmes filtres ; les comptes des options sont "
    "ici des nombres de sessions.",
    openapi_extra=TOUTES_LES_SESSIONS.openapi,
    url_name="toutes_les_sessions",
)
def lister_sessions(request: HttpRequest) -> Any:
    return TOUTES_LES_SESSIONS.repondre(request, base_des_sessions())


@router.get(
    "/formations/{identifiant}",
    response={200: ObjetFormationDetail, **REFUS_D_OBJET},
    operation_id="formation",
    summary="Une formation",
    description="La fiche d'une formation et les métiers qu'elle prépare ; une fiche retirée répond 410.",
    url_name="formation",
)
def detail(request: HttpRequest, identifiant: str) -> Any:
    lire(request.GET, [])
    formation = trouver(identifiant, Formation.objects.for_detail())
    if formation.identifiant != identifiant:
        return HttpResponsePermanentRedirect(adresse(formation.identifiant))
    compter_sessions([formation])
    return ecrire_en_entier(formation)


@router.get(
    "/formations/{identifiant}/sessions",
    response={200: SESSIONS.reponse, **REFUS_D_OBJET},
    operation_id="sessions",
    summary="Les sessions d'une formation",
    description="Où, quand, par qui et à quel prix ; les sessions datées d'abord, dans l'ordre.",
    openapi_extra=SESSIONS.openapi,
    url_name="sessions",
)
def sessions(request: HttpRequest, identifiant: str) -> Any:
    formation = trouver(identifiant, Formation.objects.all())
    if formation.identifiant != identifiant:
        return HttpResponsePermanentRedirect(reverse("api:sessions", args=[formation.identifiant]))
    return SESSIONS.repondre(request, base_sessions(formation))


def trouver(identifiant: str, parmi: QuerySet) -> Formation:
    """The formation of that identifier, in either case; `Refus` 404 or 410."""
    # PostgreSQL refuses to look for a NUL.
    possibles = [] if "\0" in identifiant else [identifiant, identifiant.upper()]
    trouvees: dict[str, Formation] = {f.pk: f for f in parmi.filter(pk__in=possibles)} if possibles else {}
    formation = trouvees.get(identifiant) or trouvees.get(identifiant.upper())
    if formation is None:
        raise Refus(404, ("identifiant", f"Aucune formation ne porte l'identifiant « {identifiant[:40]} »."))
    if formation.est_retire:
        raise Refus(
            410, ("identifiant", f"La formation « {formation.intitule} » n'est plus proposée par sa source.")
        )
    return formation


def adresse(identifiant: str) -> str:
    return reverse("api:formation", args=[identifiant])


def _lieu(lieu: Lieu) -> dict[str, Any]:
    epci = lieu.commune.epci if lieu.commune else None
    return {
        "adresse": lieu.adresse or None,
        "code_postal": lieu.code_postal or None,
        "ville": lieu.ville or None,
        "commune": lieu.commune_id,
        "intercommunalite": {"code": epci.code, "libelle": str(epci)} if epci else None,
        "departement": lieu.departement_id,
        "region": lieu.departement.region_id if lieu.departement else None,
        "latitude": lieu.latitude,
        "longitude": lieu.longitude,
    }
