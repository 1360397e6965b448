"""The API `/api/v1/`: what each app publishes, the search over all of them, and the nomenclatures."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest
from ninja import NinjaAPI, Router, Schema
from ninja.renderers import JSONRenderer
from pydantic import Field

from catalogue.api import parametres, tableau
from catalogue.api.objets import Libelle
from catalogue.api.parametres import FORMAT, Parametre, lire, veut_du_csv
from catalogue.api.refus import REFUS_DE_LISTE, Refus, repondre_refus
from catalogue.models import Source
from catalogue.niveaux import Niveau
from catalogue.recherche.moteur import Trouvaille, chercher, suggerer
from certifications.api import router as certifications
from formations.api import router as formations
from metiers.api import router as metiers
from metiers.models import GrandDomaine
from metiers.models.metier import Riasec

VERSION = "1.0.0"
GENRES = ["metier", "certification", "formation", "organisme", "guide", "terme", "domaine"]
LONGUEUR_MAX = 200

router = Router(tags=["Recherche et nomenclatures"])


class Resultat(Schema):
    genre: str = Field(description="Ce que c'est.", examples=["metier"])
    code: str = Field(description="Le code, dans la nomenclature de son genre.", examples=["D1415"])
    titre: str = Field(description="L'intitulé officiel.", examples=["Chargé / Chargée de relation client"])
    appellation: str | None = Field(
        description="L'autre nom qui correspond à la recherche ; null si c'est l'intitulé.",
        examples=["Téléconseiller / Téléconseillère"],
    )
    url: str = Field(description="La page, depuis la racine du site.")


class Resultats(Schema):
    total: int = Field(description="Nombre de résultats en tout.")
    resultats: list[Resultat] = Field(description="Les meilleurs d'abord.")


class ReferentielDomaine(Libelle):
    domaines: list[Libelle]


class EditionChargee(Schema):
    libelle: str = Field(examples=["version 60 du 18/09/2025"])
    version: str | None = Field(examples=["60"])
    publiee_le: date | None


class SourceDecrite(Schema):
    code: str = Field(examples=["rome"])
    nom: str
    producteur: str | None
    licence: str | None
    url_licence: str | None
    url: str | None
    editions: list[EditionChargee] = Field(description="La plus récemment chargée d'abord.")


class Referentiels(Schema):
    domaines: list[ReferentielDomaine] = Field(description="Les grands domaines du ROME et leurs domaines.")
    niveaux: list[Libelle] = Field(description="Les niveaux de qualification.")
    riasec: list[Libelle] = Field(description="Les six types d'intérêts.")
    sources: list[SourceDecrite] = Field(description="D'où viennent les données, sous quelle licence.")


UN_CARACTERE = r"[^\u0000-\u0020\u007f-\u00a0]"
"""One that is neither a control nor a blank. Spelt out: languages do not agree on what `\\S` is."""


def lire_question(texte: str) -> str:
    if len(texte) > LONGUEUR_MAX:
        raise ValueError(f"Donnez au plus {LONGUEUR_MAX} caractères.")
    if not re.search(UN_CARACTERE, texte):
        raise ValueError("Donnez au moins un mot.")
    return texte.replace("\0", " ")


QUESTION = Parametre(
    "q",
    "Ce que l'on cherche, dans les mots de tous les jours, ou un code.",
    {"type": "string", "minLength": 1, "maxLength": LONGUEUR_MAX, "pattern": UN_CARACTERE},
    lire_question,
    obligatoire=True,
    exemple="serveuse",
)
GENRE = parametres.choix(
    "genre", "Se limiter à ces genres ; tous, sans ce paramètre.", GENRES, plusieurs=True
)
LIMITE_RECHERCHE = parametres.entier("limite", "Nombre de résultats par réponse.", 1, 100, 10)
DEPUIS = parametres.entier("depuis", "Nombre de résultats à passer.", 0, 10_000, 0)
RECHERCHE = [QUESTION, GENRE, LIMITE_RECHERCHE, DEPUIS, FORMAT]


@router.get(
    "/recherche",
    response={200: Resultats, **REFUS_DE_LISTE},
    operation_id="recherche",
    summary="Chercher",
    description="La recherche du site : métiers et leurs appellations, certifications, formations, organismes, "
    "dossiers, mots du glossaire, domaines.",
    openapi_extra={
        "parameters": [p.openapi for p in RECHERCHE],
        "responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    },
    url_name="recherche",
)
def recherche(request: HttpRequest) -> Any:
    lus = lire(request.GET, RECHERCHE)
    trouves = chercher(lus["q"], lus["genre"], limite=lus["limite"], depuis=lus["depuis"])
    resultats = [_resultat(t) for t in trouves.trouvailles]
    if veut_du_csv(request):
        return tableau.repondre("recherche", Resultat, resultats)
    return {"total": trouves.total, "resultats": resultats}


@router.get(
    "/suggestions",
    response={200: Resultats, **REFUS_DE_LISTE},
    operation_id="suggestions",
    summary="Suggérer pendant la frappe",
    description="Les meilleurs de chaque genre, pour qui tape encore.",
    openapi_extra={"parameters": [QUESTION.openapi]},
    url_name="suggestions",
)
def suggestions(request: HttpRequest) -> Any:
    trouves = suggerer(lire(request.GET, [QUESTION])["q"])
    return {"total": trouves.total, "resultats": [_resultat(t) for t in trouves.trouvailles]}


@router.get(
    "/referentiels",
    response={200: Referentiels, **REFUS_DE_LISTE},
    operation_id="referentiels",
    summary="Les nomenclatures et les sources",
    description="Les codes que les filtres attendent, et chaque source avec ses éditions et sa licence.",
    url_name="referentiels",
)
def referentiels(request: HttpRequest) -> Any:
    lire(request.GET, [])
    return {
        "domaines": [
            {
                "code": grand.code,
                "libelle": grand.libelle,
                "domaines": [
                    {"code": d.code, "libelle": d.libelle} for d in grand.domaines.all() if not d.est_retire
                ],
            }
            for grand in GrandDomaine.objects.publies().prefetch_related("domaines")
        ],
        "niveaux": [{"code": str(n.value), "libelle": n.libelle} for n in Niveau],
        "riasec": [{"code": t.value, "libelle": t.label} for t in Riasec],
        "sources": [_source(s) for s in Source.objects.prefetch_related("versions").order_by("nom", "code")],
    }


def _resultat(trouvaille: Trouvaille) -> dict[str, Any]:
    return {
        "genre": trouvaille.genre,
        "code": trouvaille.cle,
        "titre": trouvaille.titre,
        "appellation": trouvaille.appellation or None,
        "url": trouvaille.url,
    }


def _source(source: Source) -> dict[str, Any]:
    champs = ("producteur", "licence", "url_licence", "url")
    return (
        {"code": source.code, "nom": source.nom}
        | {champ: getattr(source, champ) or None for champ in champs}
        | {
            "editions": [
                {"libelle": v.libelle, "version": v.version or None, "publiee_le": v.publiee_le}
                for v in source.versions.all()
            ]
        }
    )


class RenduLisible(JSONRenderer):
    """Accents as they are: French takes a third less room so."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}  # type: ignore[misc]


api = NinjaAPI(
    title="API des métiers, des certifications et des formations",
    version=VERSION,
    description="En lecture seule, sans clé. Chaque objet dit sa source, son édition et sa licence ; ce qui n'est "
    "pas connu vaut null, jamais 0. Les dates sont au format ISO 8601, les codes sont des textes.",
    urls_namespace="api",
    renderer=RenduLisible(),
    # The document is published by `portail.api_docs`, with the values that are in the database.
    openapi_url=None,
    docs_url=None,
)
api.add_exception_handler(Refus, repondre_refus)
for publie in (metiers, certifications, formations, router):
    api.add_router("", publie)
