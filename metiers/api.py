"""The métiers in the API: the list, with the filters of the page, and one métier with all that the ROME says of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from catalogue.api.curseur import Cle
from catalogue.api.liste import Liste
from catalogue.api.objets import ChiffreSource, Libelle, Provenance, chiffre, niveau, provenance
from catalogue.api.parametres import lire
from catalogue.api.refus import REFUS_D_OBJET, REFUS_DE_LISTE, Refus
from metiers.fiche import FicheMetier, presenter
from metiers.filters import MetierFilterSet
from metiers.models import AncienCode, Metier
from metiers.models.metier import OrigineDuNiveau, Riasec

router = Router(tags=["Métiers"])


class ObjetMetier(Schema):
    code_rome: str = Field(description="Le code ROME.", examples=["D1415"])
    libelle: str = Field(description="L'intitulé officiel.", examples=["Chargé / Chargée de relation client"])
    url: str = Field(description="La page du métier, depuis la racine du site.")
    api: str = Field(
        description="Le métier complet dans l'API, depuis la racine du site.",
        examples=["/api/v1/metiers/D1415"],
    )
    grand_domaine: Libelle
    domaine: Libelle
    niveau_acces: Libelle | None = Field(description="Le diplôme le plus court qui ouvre le métier.")
    niveau_acces_origine: str | None = Field(description="Qui donne ce niveau.")
    facilite_acces: float | None = Field(
        description="De 0 à 10 ; 10 = le plus facile d'accès. Calculé par ce site ; sans rapport avec le handicap."
    )
    riasec_majeur: Libelle | None = Field(description="L'intérêt dominant selon le ROME.")
    riasec_mineur: Libelle | None
    transition_ecologique: str | None = Field(description="Le classement du ROME, dans ses mots.")
    transition_numerique: bool | None
    transition_demographique: bool | None
    emploi_reglemente: bool | None
    emploi_cadre: bool | None
    provenance: Provenance | None


class ObjetAppellation(Schema):
    code: str = Field(description="Le code OGR de l'appellation.", examples=["11987"])
    libelle: str
    principale: bool


class ItemRequis(Schema):
    code: str = Field(description="Le code OGR.")
    libelle: str
    categorie: str | None
    coeur_metier: str | None = Field(description="« Cœur de métier » ou « Émergente » ; null sinon.")


class Contexte(Schema):
    type: str
    code: str
    libelle: str


class MetierCite(Schema):
    code_rome: str
    libelle: str
    api: str


class CertificationCitee(Schema):
    numero: str
    intitule: str
    etat: str = Field(description="active, expiree, inactive ou inconnu, calculé aujourd'hui.")
    herite_de: str | None = Field(
        description="Le code ROME parent par lequel passe le lien ; null si la fiche cite ce code."
    )


class ObjetMetierDetail(ObjetMetier):
    definition: str | None
    acces_metier: str | None = Field(description="Le texte « accès au métier » du ROME.")
    appellations: list[ObjetAppellation]
    competences: list[ItemRequis]
    savoirs: list[ItemRequis]
    contextes: list[Contexte]
    mobilites: list[MetierCite] = Field(description="Les métiers vers lesquels le ROME voit une mobilité.")
    certifications: list[CertificationCitee]
    indicateurs: list[ChiffreSource] = Field(
        description="Marché, salaires : chaque chiffre avec sa propre source."
    )


def ecrire(metier: Metier) -> dict[str, Any]:
    return {
        "code_rome": metier.code_rome,
        "libelle": metier.libelle,
        "url": metier.get_absolute_url(),
        "api": adresse(metier.code_rome),
        "grand_domaine": {
            "code": metier.domaine.grand_domaine_id,
            "libelle": metier.domaine.grand_domaine.libelle,
        },
        "domaine": {"code": metier.domaine_id, "libelle": metier.domaine.libelle},
        "niveau_acces": niveau(metier.niveau_acces),
        "niveau_acces_origine": (
            OrigineDuNiveau(metier.niveau_acces_origine).label if metier.niveau_acces_origine else None
        ),
        "facilite_acces": None if metier.score_acces is None else float(metier.score_acces),
        "riasec_majeur": _riasec(metier.riasec_majeur),
        "riasec_mineur": _riasec(metier.riasec_mineur),
        "transition_ecologique": metier.transition_ecologique or None,
        "transition_numerique": metier.transition_numerique,
        "transition_demographique": metier.transition_demographique,
        "emploi_reglemente": metier.emploi_reglemente,
        "emploi_cadre": metier.emploi_cadre,
        "provenance": provenance(metier.version),
    }


def ecrire_en_entier(fiche: FicheMetier) -> dict[str, Any]:
    """A fiche built on a métier fetched with `for_detail()`."""
    metier = fiche.metier
    indicateurs = [i for _, groupe in fiche.indicateurs for i in groupe]
    return ecrire(metier) | {
        "definition": metier.definition or None,
        "acces_metier": metier.acces_metier or None,
        "appellations": [
            {"code": a.code_ogr, "libelle": a.libelle, "principale": a.principale}
            for a in metier.appellations.all()
            if a.retire_le is None
        ],
        "competences": [_item(r, r.competence) for r in metier.competences_requises.all()],
        "savoirs": [_item(r, r.savoir) for r in metier.savoirs_requis.all()],
        "contextes": [
            {"type": lien.contexte.type, "code": lien.contexte.code_ogr, "libelle": lien.contexte.libelle}
            for lien in metier.contextes_du_metier.all()
        ],
        "mobilites": [
            {"code_rome": m.code_rome, "libelle": m.libelle, "api": adresse(m.code_rome)}
            for m in fiche.mobilites
        ],
        "certifications": [
            {
                "numero": lien.certification_id,
                "intitule": lien.certification.intitule,
                "etat": lien.certification.etat().value,
                "herite_de": lien.herite.code_rome if lien.herite else None,
            }
            for lien in fiche.certifications
        ],
        "indicateurs": [
            chiffre(i, {"code": i.nature.code, "libelle": i.nature.libelle}) for i in indicateurs
        ],
    }


METIERS = Liste("metiers", ObjetMetier, [Cle("libelle"), Cle("code_rome")], ecrire, filterset=MetierFilterSet)


def base() -> QuerySet:
    """The métiers in force, by official title."""
    return Metier.objects.publies().for_list().select_related("version__source")


@router.get(
    "/metiers",
    response={200: METIERS.reponse, **REFUS_DE_LISTE},
    operation_id="metiers",
    summary="Les métiers",
    description="Les métiers du ROME en vigueur, par intitulé ; les mêmes filtres que la page « Métiers ».",
    openapi_extra=METIERS.openapi,
    url_name="metiers",
)
def lister(request: HttpRequest) -> Any:
    return METIERS.repondre(request, base())


@router.get(
    "/metiers/{code_rome}",
    response={200: ObjetMetierDetail, **REFUS_D_OBJET},
    operation_id="metier",
    summary="Un métier",
    description="Tout ce que le ROME dit d'un métier, ses certifications et ses chiffres. Un code déplacé "
    "mène (301) à sa nouvelle adresse ; une fiche retirée répond 410.",
    url_name="metier",
)
def detail(request: HttpRequest, code_rome: str) -> Any:
    lire(request.GET, [])
    code = code_rome.upper()
    if not (len(code) == 5 and code.isascii() and code.isalnum()):
        raise _inconnu(code_rome)
    metier = Metier.objects.publies().filter(code_rome=code).for_detail().first()
    if metier is None:
        return _absent(code)
    if code != code_rome:
        return HttpResponsePermanentRedirect(adresse(code))
    return ecrire_en_entier(presenter(metier))


def adresse(code_rome: str) -> str:
    return reverse("api:metier", args=[code_rome])


def _absent(code: str) -> HttpResponseBase:
    """No fiche in force has this code: the one that left it, or its successor; else `Refus` 404 or 410."""
    ancien = (
        AncienCode.objects.filter(code_rome=code, metier__retire_le__isnull=True)
        .select_related("metier")
        .order_by("-pk")
        .first()
    )
    if ancien is not None:
        return HttpResponsePermanentRedirect(adresse(ancien.metier.code_rome))
    retire = (
        Metier.objects.retires()
        .filter(Q(code_rome=code) | Q(anciens_codes__code_rome=code))
        .select_related("successeur")
        .order_by("-retire_le", "-pk")
        .first()
    )
    if retire is None:
        raise _inconnu(code)
    if retire.successeur and not retire.successeur.est_retire:
        return HttpResponsePermanentRedirect(adresse(retire.successeur.code_rome))
    raise Refus(410, ("code_rome", f"Le métier « {retire.libelle} » ({code}) a été retiré du ROME."))


def _inconnu(code: str) -> Refus:
    return Refus(404, ("code_rome", f"Aucun métier ne porte le code « {code[:10]} »."))


def _riasec(code: str) -> dict[str, str] | None:
    return {"code": code, "libelle": Riasec(code).label} if code else None


def _item(requis: Any, item: Any) -> dict[str, Any]:
    return {
        "code": item.code_ogr,
        "libelle": item.libelle,
        "categorie": item.categorie or None,
        "coeur_metier": requis.get_coeur_metier_display() or None,
    }
