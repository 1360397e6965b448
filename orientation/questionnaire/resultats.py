"""The page of results: métiers and formations with the reasons of each, and what was left out, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator

from formations.communes import distances
from metiers.models import Metier
from orientation.questionnaire import formations
from orientation.questionnaire.classement import Classement, LimiteDeContexte, Retenu, ranger
from orientation.questionnaire.criteres import Critere
from orientation.questionnaire.formations import Demande, FormationsRetenues
from orientation.questionnaire.metiers import candidats, envies, limites, niveau_accepte
from orientation.questionnaire.reponses import Reponses, adresse

METIERS_PAR_PAGE = 12
CONTEXTES_NOMMES = 2
"""Contexts to avoid that a reason names one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class MetierRetenu:
    metier: Metier
    raisons: tuple[str, ...]
    manques: str
    """Envies it does not answer."""
    inconnues: str
    """What its source does not say."""


@dataclass(frozen=True, slots=True)
class Groupe:
    titre: str
    metiers: tuple[MetierRetenu, ...]


@dataclass(frozen=True, slots=True)
class Assouplissement:
    """What taking one answer back would give."""

    libelle: str
    nombre: int
    url: str


class Resultats:
    """Everything the page shows; its cost does not depend on the number of answers or of results."""

    def __init__(self, reponses: Reponses, page: str = "1") -> None:
        self.reponses = reponses
        self.envies = envies(reponses)
        self.limites = limites(reponses)
        self.classement: Classement = ranger(
            candidats([*self.envies, *self.limites]), self.envies, self.limites
        )
        self.page: Page = Paginator(self.classement.retenus, METIERS_PAR_PAGE).get_page(page)

    @cached_property
    def groupes(self) -> list[Groupe]:
        """The métiers of this page, those that answer as many envies together."""
        retenus: Sequence[Retenu] = list(self.page.object_list)
        metiers = {
            m.pk: m for m in Metier.objects.for_list().filter(pk__in=[r.candidat.cle for r in retenus])
        }
        return [
            Groupe(
                self._titre(nombre), tuple(_montre(retenu, metiers[retenu.candidat.cle]) for retenu in groupe)
            )
            for nombre, groupe in groupby(retenus, key=lambda retenu: len(retenu.repondues))
        ]

    def _titre(self, nombre: int) -> str:
        total = len(self.envies)
        ex_aequo = sum(len(retenu.repondues) == nombre for retenu in self.classement.retenus)
        compte = f"{ex_aequo} métier{'s' if ex_aequo > 1 else ''}"
        if not total:
            return f"{compte}, par ordre alphabétique"
        if total == 1:
            return f"{compte} {'répondent' if ex_aequo > 1 else 'répond'} à votre envie"
        verbe = "répondent" if ex_aequo > 1 else "répond"
        part = "l'une de vos" if nombre == 1 else f"{nombre} de vos"
        quoi = f"vos {total} envies" if nombre == total else f"{part} {total} envies"
        return f"{compte} {verbe} à {quoi}"

    @property
    def assouplissements(self) -> list[Assouplissement]:
        """What each limite that sets métiers aside leaves out, the most costly first."""
        nombre_actuel = len(self.classement.retenus)
        trouves = [
            Assouplissement(limite.libelle, self.classement.sans[limite.cle], self._url_sans(limite.cle))
            for limite in self.limites
            if self.classement.sans[limite.cle] > nombre_actuel
        ]
        return sorted(trouves, key=lambda a: -a.nombre)

    @property
    def url_sans_limites(self) -> str:
        noms = [
            q.cle
            for q in self.reponses.questions
            if q.critere in (Critere.EVITER, Critere.NIVEAU, Critere.ETUDES)
        ]
        return adresse("questionnaire_resultats", self.reponses.parametres_sans(*noms))

    def _url_sans(self, cle: str) -> str:
        """`cle` is « question:option », or « niveau », which stands for the niveau and the years of study."""
        if cle == "niveau":
            noms = [q.cle for q in self.reponses.questions if q.critere in (Critere.NIVEAU, Critere.ETUDES)]
            return adresse("questionnaire_resultats", self.reponses.parametres_sans(*noms))
        for question, option in self.reponses.de(Critere.EVITER):
            if f"{question.cle}:{option.cle}" == cle:
                return adresse("questionnaire_resultats", self.reponses.sans_reponse(question, option))
        raise KeyError(cle)

    @cached_property
    def demande(self) -> Demande:
        place, rayon = self.reponses.place, self.reponses.valeur(Critere.LIEU)
        budget, alternance = self.reponses.valeur(Critere.BUDGET), self.reponses.valeur(Critere.ALTERNANCE)
        centre = place.commune if place and rayon else None
        return Demande(
            communes=distances(centre, int(rayon)) if centre and rayon else None,
            centre=centre,
            rayon=int(rayon) if centre and rayon else None,
            budget=None if budget is None else int(budget),
            alternance=None if alternance is None else alternance == "oui",
            niveau=niveau_accepte(self.reponses),
        )

    @cached_property
    def formations(self) -> FormationsRetenues:
        """Those that lead to the métiers of this page."""
        return formations.chercher([retenu.candidat.cle for retenu in self.page.object_list], self.demande)

    @property
    def formations_sans(self) -> list[Assouplissement]:
        criteres = {
            "lieu": (Critere.LIEU,),
            "budget": (Critere.BUDGET,),
            "alternance": (Critere.ALTERNANCE,),
            "niveau": (Critere.ETUDES,),
        }
        trouves = []
        for cle, (libelle, nombre) in self.formations.sans.items():
            noms = [q.cle for q in self.reponses.questions if q.critere in criteres[cle]]
            noms += ["distance"] if cle == "lieu" else []
            url = adresse("questionnaire_resultats", self.reponses.parametres_sans(*noms))
            trouves.append(Assouplissement(libelle, nombre, f"{url}#formations"))
        return trouves

    @property
    def non_pris_en_compte(self) -> list[str]:
        """What was answered and could not be used."""
        phrases = []
        if self.reponses.valeur(Critere.ETUDES) is not None and self.reponses.valeur(Critere.NIVEAU) is None:
            phrases.append(
                "La durée d'études que vous acceptez : sans votre niveau actuel, elle ne dit pas jusqu'où aller."
            )
        if self.reponses.place is not None and self.demande.communes is None:
            phrases.append("Le lieu : la commune ou la distance manque.")
        centre = self.demande.centre
        if centre is not None and centre.latitude is None:
            phrases.append(
                f"La distance autour de {centre.nom} : les coordonnées de la commune ne sont pas renseignées."
            )
        return phrases

    def url_de_page(self, numero: int) -> str:
        return adresse(
            "questionnaire_resultats",
            [*self.reponses.parametres, *([("page", str(numero))] if numero > 1 else [])],
        )

    @property
    def url_precedente(self) -> str:
        return self.url_de_page(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def url_suivante(self) -> str:
        return self.url_de_page(self.page.next_page_number()) if self.page.has_next() else ""


def _montre(retenu: Retenu, metier: Metier) -> MetierRetenu:
    candidat = retenu.candidat
    raisons = [reponse.raison(candidat) for reponse in retenu.repondues]
    evites = [reponse for reponse in retenu.respectees if isinstance(reponse, LimiteDeContexte)]
    if len(evites) > CONTEXTES_NOMMES:
        raisons.append(f"sans aucune des {len(evites)} conditions que vous voulez éviter")
    else:
        raisons += [reponse.raison(candidat) for reponse in evites]
    raisons += [r.raison(candidat) for r in retenu.respectees if not isinstance(r, LimiteDeContexte)]
    return MetierRetenu(
        metier=metier,
        raisons=tuple(raisons),
        manques=", ".join(f"« {reponse.libelle} »" for reponse in retenu.autres),
        inconnues=", ".join(f"« {reponse.libelle} »" for reponse in retenu.inconnues),
    )
