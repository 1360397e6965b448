"""A list of the API: the filters of the page, a cursor, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from ninja import Schema
from pydantic import Field, create_model

from catalogue.api import curseur, parametres, tableau
from catalogue.api.parametres import FORMAT, LIMITE, Parametre
from catalogue.facettes import NON_RENSEIGNE, Choix, FacettesFilterSet, Option

LOT = 500
"""Objects read at once when a whole list is written."""


class OptionDeFacette(Schema):
    valeur: str = Field(description="La valeur à donner au paramètre.", examples=["D14"])
    libelle: str = Field(examples=["Force de vente"])
    nombre: int = Field(description="Ce que donnerait cette option, les autres filtres restant posés.")
    choisie: bool
    options: list[OptionDeFacette] = Field(description="Les options plus fines, au-dessous de celle-ci.")


class FacetteComptee(Schema):
    nom: str = Field(description="Le nom du paramètre.", examples=["domaine"])
    libelle: str = Field(examples=["Domaine"])
    options: list[OptionDeFacette]


class Liste:
    """`nom` is that of the file and of the cursor; `cles` is the neutral order; `ecrire` writes one object.

    The base queryset is given at each request and holds the keys of the order; each answer costs a number of queries
    that depends on the filters alone.
    """

    def __init__(
        self,
        nom: str,
        schema: type[Schema],
        cles: Sequence[curseur.Cle],
        ecrire: Callable[[Any], dict[str, Any]],
        filterset: type[FacettesFilterSet] | None = None,
    ) -> None:
        self.nom = nom
        self.schema = schema
        self.cles = cles
        self.ecrire = ecrire
        self.filterset = filterset

    @cached_property
    def reponse(self) -> type[Schema]:
        """The schema of a page."""
        champs: dict[str, Any] = {
            "total": (int, Field(description="Nombre d'objets de toute la liste, filtres appliqués.")),
            "suivant": (
                str | None,
                Field(description="L'adresse de la suite, depuis la racine du site ; null à la fin."),
            ),
            "resultats": (list[self.schema], Field(description="Les objets, dans l'ordre de la liste.")),  # type: ignore[name-defined]
        }
        if self.filterset:
            champs["facettes"] = (
                list[FacetteComptee] | None,
                Field(description="Les comptes par option, si « facettes=1 » ; sinon null."),
            )
        modele: type[Schema] = create_model(f"Liste{self.schema.__name__}", __base__=Schema, **champs)
        return modele

    @cached_property
    def parametres(self) -> list[Parametre]:
        """Those that are the API's own; the filters come from the filter set."""
        propres = [
            LIMITE,
            Parametre(
                "curseur",
                "Où reprendre la liste : il se trouve dans l'adresse « suivant » de la réponse précédente.",
                {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
                lambda texte: curseur.lire(self.nom, self.cles, texte),
            ),
            FORMAT,
        ]
        if self.filterset:
            propres.append(
                parametres.choix(
                    "facettes", "« 1 » pour joindre ce que chaque option donnerait.", ["0", "1"], defaut="0"
                )
            )
        return propres

    @property
    def openapi(self) -> dict[str, Any]:
        """What django-ninja adds to the operation: parameters, and the CSV form of the answer."""
        filtres = [filtre_decrit(self.filterset, nom).openapi for nom in noms_des_filtres(self.filterset)]
        return {
            "parameters": [*filtres, *(p.openapi for p in self.parametres)],
            "responses": {
                200: {
                    "description": "La liste.",
                    "content": {"text/csv": {"schema": {"type": "string"}}},
                },
                422: {"description": "Un paramètre ne va pas."},
            },
        }

    def repondre(self, request: HttpRequest, base: QuerySet) -> HttpResponseBase | dict[str, Any]:
        """`Refus` 422 naming each parameter that is wrong."""
        filtre = self.filterset(request.GET, base, chemin=request.path) if self.filterset else None
        lus = parametres.lire(
            request.GET, self.parametres, noms_des_filtres(self.filterset), _fautes(filtre) if filtre else []
        )
        retenus = self.retenir(filtre, base)
        suite = self.apres(retenus, lus["curseur"]) if lus["curseur"] else retenus
        if parametres.veut_du_csv(request):
            if "limite" in request.GET:
                suite = suite[: lus["limite"]]
            return tableau.repondre(self.nom, self.schema, self._objets(suite))
        limite = lus["limite"]
        page = list(suite[: limite + 1])
        contenu = {
            "total": retenus.count(),
            "suivant": self._suivant(request, page[limite - 1]) if len(page) > limite else None,
            "resultats": [self.ecrire(objet) for objet in page[:limite]],
        }
        if self.filterset:
            contenu["facettes"] = (
                [
                    {"nom": f.nom, "libelle": f.libelle, "options": [_option(o) for o in f.options]}
                    for f in filtre.facettes
                ]
                if filtre and lus["facettes"] == "1"
                else None
            )
        return contenu

    def retenir(self, filtre: FacettesFilterSet | None, base: Any) -> Any:
        """The objects of the list, in its order: a queryset, or anything that can be counted, sliced and read."""
        return (filtre.qs if filtre else base).order_by(*(cle.champ for cle in self.cles))

    def apres(self, retenus: Any, valeurs: Sequence[Any]) -> Any:
        """Those that come after these keys."""
        return curseur.apres(retenus, self.cles, valeurs)

    def _suivant(self, request: HttpRequest, dernier: Any) -> str:
        adresse = request.GET.copy()
        adresse["curseur"] = curseur.ecrire(self.nom, self.cles, dernier)
        return f"{request.path}?{adresse.urlencode()}"

    def _objets(self, retenus: Any) -> Iterator[dict[str, Any]]:
        """Each as JSON would write it."""
        for objet in retenus.iterator(chunk_size=LOT) if isinstance(retenus, QuerySet) else retenus:
            yield self.schema.model_validate(self.ecrire(objet)).model_dump(mode="json")


def noms_des_filtres(filterset: type[FacettesFilterSet] | None) -> list[str]:
    return list(filterset.base_filters) if filterset else []


def filtre_decrit(filterset: type[FacettesFilterSet] | None, nom: str) -> Parametre:
    """A filter as a parameter; the values that are in the database are not listed here."""
    assert filterset is not None  # noqa: S101 -- there are no names without a filter set
    filtre = filterset.base_filters[nom]
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    declares = getattr(filtre, "choix_declares", None)
    if isinstance(declares, (list, tuple)):
        schema = {"type": "string", "enum": valeurs_possibles(filtre, declares)}
    elif motif := getattr(filtre, "motif", ""):
        schema = {"type": "string", "pattern": f"^{motif}$"}
    elif choix := filtre.extra.get("choices"):
        schema = {"type": "string", "enum": [valeur for valeur, _ in choix]}
    elif longueur := filtre.extra.get("max_length"):
        # Django refuses the null character in any text.
        schema |= {"maxLength": longueur, "pattern": r"^[^\u0000]*$"}
    description = " ".join(filter(None, (f"{filtre.label}.", getattr(filtre, "aide", ""))))
    return Parametre(nom, description, schema, plusieurs=declares is not None)


def valeurs_possibles(facette: Any, choix: Sequence[Choix]) -> list[str]:
    valeurs = [valeur for c in choix for valeur in (c.valeur, *valeurs_possibles(None, c.enfants))]
    if facette is not None and facette.avec_non_renseigne:
        valeurs.append(NON_RENSEIGNE)
    return valeurs


def _fautes(filtre: FacettesFilterSet) -> list[tuple[str | None, str]]:
    """What pages overlook and the API refuses: unknown values, empty ones."""
    noms = {declare.label: nom for nom, declare in filtre.filters.items()}
    fautes: list[tuple[str | None, str]] = [
        (noms[libelle], f"Valeur inconnue : « {valeur} ».") for libelle, valeur in filtre.valeurs_ignorees
    ]
    fautes += [
        (nom, "Donnez une valeur, ou retirez ce paramètre.")
        for nom in filtre.filters
        if "" in filtre.data.getlist(nom)
    ]
    return fautes + [(nom, " ".join(messages)) for nom, messages in filtre.form.errors.items()]


def _option(option: Option) -> dict[str, Any]:
    return {
        "valeur": option.valeur,
        "libelle": option.libelle,
        "nombre": option.nombre,
        "choisie": option.choisie,
        "options": [_option(enfant) for enfant in option.enfants],
    }
