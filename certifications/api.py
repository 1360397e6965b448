"""The certifications in the API: the list, one certification, its blocs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from catalogue.api.curseur import Cle
from catalogue.api.liste import Liste
from catalogue.api.objets import Libelle, Provenance, niveau, provenance
from catalogue.api.parametres import lire
from catalogue.api.refus import REFUS_D_OBJET, REFUS_DE_LISTE, Refus
from certifications.etat import Etat
from certifications.filters import CertificationFilterSet
from certifications.models import BlocDeCompetences, Certification, StatistiquePromotion
from certifications.nsf import specialites
from certifications.views import numero_normalise

router = Router(tags=["Certifications"])


class ObjetCertification(Schema):
    numero: str = Field(description="Le numéro de fiche.", examples=["RNCP34809"])
    type: str = Field(description="RNCP ou RS.", examples=["RNCP"])
    intitule: str
    abrege: str | None = Field(description="Le type de diplôme en abrégé.", examples=["BTS"])
    niveau: Libelle | None = Field(description="null pour le répertoire spécifique, qui n'en a pas.")
    etat: str | None = Field(
        description="active, expiree ou inactive, calculé aujourd'hui d'après les dates ; null si rien ne le dit."
    )
    date_decision: date | None
    date_fin_enregistrement: date | None = Field(description="Dernier jour de l'enregistrement.")
    date_limite_delivrance: date | None
    url: str = Field(description="La page de la certification, depuis la racine du site.")
    url_officielle: str = Field(description="La fiche sur le site de France compétences.")
    api: str = Field(description="La certification complète dans l'API, depuis la racine du site.")
    provenance: Provenance | None


class ObjetBloc(Schema):
    code: str = Field(description="Le code du bloc dans sa fiche.", examples=["RNCP34809BC02"])
    certification: str = Field(description="Le numéro de la fiche.", examples=["RNCP34809"])
    libelle: str
    competences: list[str] = Field(
        description="Les compétences, séparées autant que le texte publié le permet."
    )
    modalites_evaluation: str | None
    url: str = Field(description="La page du bloc, depuis la racine du site.")
    provenance: Provenance | None


class Voie(Schema):
    code: str
    libelle: str
    ouverte: bool | None


class Organisation(Schema):
    siret: str | None
    nom: str


class Promotion(Schema):
    annee: int
    certifies: int | None
    certifies_vae: int | None
    taux_insertion_6_mois: float | None = Field(description="En %.")
    taux_metier_6_mois: float | None = Field(description="En %.")
    taux_metier_2_ans: float | None = Field(description="En %.")


class MetierVise(Schema):
    code_rome: str = Field(description="Le code que la fiche cite.")
    libelle: str | None = Field(description="Le libellé que la fiche donne.")
    metier: str | None = Field(description="Le code du métier en vigueur auquel il mène ; null si aucun.")


class ObjetCertificationDetail(ObjetCertification):
    objectifs_contexte: str | None
    activites_visees: str | None
    capacites_attestees: str | None
    modalites_evaluation: str | None
    secteurs_activite: str | None
    type_emploi_accessibles: str | None
    prerequis_entree_formation: str | None
    nsf: list[Libelle]
    formacodes: list[Libelle]
    certificateurs: list[Organisation]
    voies: list[Voie]
    promotions: list[Promotion]
    metiers: list[MetierVise]
    blocs: list[Libelle]


TEXTES = [
    "objectifs_contexte",
    "activites_visees",
    "capacites_attestees",
    "modalites_evaluation",
    "secteurs_activite",
    "type_emploi_accessibles",
    "prerequis_entree_formation",
]


def ecrire(certification: Certification) -> dict[str, Any]:
    etat = certification.etat()
    return {
        "numero": certification.numero,
        "type": certification.type,
        "intitule": certification.intitule,
        "abrege": certification.abrege_code or certification.abrege_libelle or None,
        "niveau": niveau(certification.niveau),
        "etat": None if etat is Etat.INCONNU else etat.value,
        "date_decision": certification.date_decision,
        "date_fin_enregistrement": certification.date_fin_enregistrement,
        "date_limite_delivrance": certification.date_limite_delivrance,
        "url": certification.get_absolute_url(),
        "url_officielle": certification.url_officielle,
        "api": adresse(certification.numero),
        "provenance": provenance(certification.version),
    }


def ecrire_en_entier(certification: Certification) -> dict[str, Any]:
    """A certification fetched with `for_detail()`."""
    return (
        ecrire(certification)
        | {champ: getattr(certification, champ) or None for champ in TEXTES}
        | {
            "nsf": [{"code": s.code, "libelle": s.libelle} for s in specialites(certification.nsf.all())],
            "formacodes": [{"code": f.code, "libelle": f.libelle} for f in certification.formacodes.all()],
            "certificateurs": [
                {"siret": c.siret or None, "nom": c.nom} for c in certification.certificateurs.all()
            ],
            "voies": [
                {"code": v.voie, "libelle": v.get_voie_display(), "ouverte": v.ouverte}
                for v in certification.voies.all()
            ],
            "promotions": [_promotion(s) for s in certification.statistiques.all()],
            "metiers": [
                {
                    "code_rome": d.code_rome,
                    "libelle": d.libelle_source or None,
                    "metier": d.metier.code_rome if d.metier and not d.metier.est_retire else None,
                }
                for d in certification.debouches.all()
            ],
            "blocs": [
                {"code": b.code, "libelle": b.libelle} for b in certification.blocs.all() if not b.est_retire
            ],
        }
    )


def ecrire_bloc(bloc: BlocDeCompetences) -> dict[str, Any]:
    return {
        "code": bloc.code,
        "certification": bloc.certification_id,
        "libelle": bloc.libelle,
        "competences": bloc.competences,
        "modalites_evaluation": bloc.modalites_evaluation or None,
        "url": bloc.get_absolute_url(),
        "provenance": provenance(bloc.version or bloc.certification.version),
    }


CERTIFICATIONS = Liste(
    "certifications",
    ObjetCertification,
    [Cle("rang_etat", int), Cle("intitule"), Cle("numero")],
    ecrire,
    filterset=CertificationFilterSet,
)
BLOCS = Liste("blocs", ObjetBloc, [Cle("code"), Cle("pk", int)], ecrire_bloc)


def base() -> QuerySet:
    """The certifications in the répertoires: active ones first, then by title."""
    return Certification.objects.publies().actives_dabord().select_related("version__source")


@router.get(
    "/certifications",
    response={200: CERTIFICATIONS.reponse, **REFUS_DE_LISTE},
    operation_id="certifications",
    summary="Les certifications",
    description="Les fiches du RNCP et du répertoire spécifique, les actives d'abord, puis par intitulé ; "
    "les mêmes filtres que la page « Certifications ».",
    openapi_extra=CERTIFICATIONS.openapi,
    url_name="certifications",
)
def lister(request: HttpRequest) -> Any:
    return CERTIFICATIONS.repondre(request, base())


@router.get(
    "/certifications/{numero}",
    response={200: ObjetCertificationDetail, **REFUS_D_OBJET},
    operation_id="certification",
    summary="Une certification",
    description="La fiche complète. Une certification échue garde sa fiche ; une fiche retirée répond 410.",
    url_name="certification",
)
def detail(request: HttpRequest, numero: str) -> Any:
    lire(request.GET, [])
    certification = trouver(numero, Certification.objects.for_detail())
    if certification.numero != numero:
        return HttpResponsePermanentRedirect(adresse(certification.numero))
    return ecrire_en_entier(certification)


@router.get(
    "/certifications/{numero}/blocs",
    response={200: BLOCS.reponse, **REFUS_D_OBJET},
    operation_id="blocs",
    summary="Les blocs d'une certification",
    description="Les blocs de compétences d'une fiche, par code.",
    openapi_extra=BLOCS.openapi,
    url_name="blocs",
)
def blocs(request: HttpRequest, numero: str) -> Any:
    certification = trouver(numero, Certification.objects.all())
    if certification.numero != numero:
        return HttpResponsePermanentRedirect(reverse("api:blocs", args=[certification.numero]))
    return BLOCS.repondre(
        request,
        BlocDeCompetences.objects.filter(certification=certification, retire_le__isnull=True).select_related(
            "version__source", "certification__version__source"
        ),
    )


def trouver(numero: str, parmi: QuerySet) -> Certification:
    """The certification of that number, however it is written; `Refus` 404 or 410."""
    normal = numero_normalise(numero)
    trouvee = parmi.filter(pk=normal).first() if normal.isalnum() and normal.isascii() else None
    if trouvee is None:
        raise Refus(404, ("numero", f"Aucune certification ne porte le numéro « {numero[:15]} »."))
    if trouvee.est_retire:
        raise Refus(410, ("numero", f"La fiche {trouvee.numero} a été retirée de son répertoire."))
    certification: Certification = trouvee
    return certification


def adresse(numero: str) -> str:
    return reverse("api:certification", args=[numero])


def _promotion(statistique: StatistiquePromotion) -> dict[str, Any]:
    taux = ("taux_insertion_6_mois", "taux_metier_6_mois", "taux_metier_2_ans")
    return {
        "annee": statistique.annee,
        "certifies": statistique.certifies,
        "certifies_vae": statistique.certifies_vae,
    } | {nom: None if (v := getattr(statistique, nom)) is None else float(v) for nom in taux}
