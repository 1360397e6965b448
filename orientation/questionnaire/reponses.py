"""What was answered: the address, read against the questions asked today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from formations.communes import Place, trouver
from orientation.models import OptionDeQuestion, Question
from orientation.questionnaire.criteres import SEPARATEURS, Critere

DISTANCE = "distance"
VALEURS_LUES = 60
PROPRES_A_LA_PAGE = frozenset({"page"})
_NOM_DE_QUESTION = re.compile(r"[a-z][a-z0-9-]{0,19}")


@dataclass
class Reponses:
    """Options chosen, by the name of their question; the place, once looked up; what could not be followed."""

    questions: list[Question]
    choix: dict[str, list[OptionDeQuestion]] = field(default_factory=dict)
    place: Place | None = None
    remarques: list[str] = field(default_factory=list)

    @property
    def est_vide(self) -> bool:
        return not self.choix and self.place is None

    def de(self, *criteres: Critere) -> list[tuple[Question, OptionDeQuestion]]:
        """Answers to the questions about these criteria, in the order of the questions."""
        return [
            (question, option)
            for question in self.questions
            if question.critere in criteres
            for option in self.choix.get(question.cle, [])
        ]

    def valeur(self, critere: Critere) -> str | None:
        """The single code of a criterion that has one answer; None when it was not answered."""
        reponses = self.de(critere)
        return reponses[0][1].codes[0] if reponses and reponses[0][1].codes else None

    @cached_property
    def parametres(self) -> list[tuple[str, str]]:
        """The address, in the order of the questions: the same answers always give the same one."""
        parametres = []
        for question in self.questions:
            options = self.choix.get(question.cle, [])
            if question.est_de_lieu:
                if self.place is not None:
                    parametres.append((question.cle, self.place.etat))
                    parametres += [(DISTANCE, option.cle) for option in options]
            elif options:
                parametres.append((question.cle, ",".join(option.cle for option in options)))
        return parametres

    def parametres_sans(self, *noms: str) -> list[tuple[str, str]]:
        return [(nom, valeur) for nom, valeur in self.parametres if nom not in noms]

    def parametres_hors(self, question: Question) -> list[tuple[str, str]]:
        """The other answers, which the page of a question carries along."""
        return self.parametres_sans(question.cle, *([DISTANCE] if question.est_de_lieu else []))

    def sans_reponse(self, question: Question, option: OptionDeQuestion) -> list[tuple[str, str]]:
        """The address with this answer taken back."""
        autres = [o.cle for o in self.choix.get(question.cle, []) if o != option]
        if question.est_de_lieu or not autres:
            return self.parametres_hors(question)
        return [(nom, ",".join(autres) if nom == question.cle else valeur) for nom, valeur in self.parametres]

    def resume(self) -> list[tuple[Question, str]]:
        """Each question with what was answered, in words; empty where nothing was."""
        lignes = []
        for question in self.questions:
            mots = [option.libelle for option in self.choix.get(question.cle, [])]
            if question.est_de_lieu and self.place is not None:
                nom = str(self.place.commune) if self.place.commune else self.place.saisie
                mots = [nom, *mots]
            lignes.append((question, " ; ".join(mots)))
        return lignes


def adresse(nom: str, parametres: Iterable[tuple[str, str]], *arguments: str) -> str:
    """The address of a page of the questionnaire, commas left readable."""
    requete = urlencode(list(parametres), safe=",")
    return reverse(f"orientation:{nom}", args=arguments) + (f"?{requete}" if requete else "")


def lire(parametres: QueryDict) -> Reponses:
    """Two queries for the questions, two or three for a place. Never raises: what means nothing is said."""
    reponses = Reponses(list(Question.objects.publiees()))
    noms = {question.cle for question in reponses.questions} | {DISTANCE} | PROPRES_A_LA_PAGE
    for nom in parametres:
        if nom not in noms and _NOM_DE_QUESTION.fullmatch(nom):
            reponses.remarques.append(
                f"L'adresse répond à une question que nous ne posons pas, « {nom} » : nous l'avons laissée de côté."
            )
    for question in reponses.questions:
        if question.est_de_lieu:
            _lire_le_lieu(reponses, question, parametres)
        else:
            _choisir(reponses, question, _valeurs(parametres, question.cle))
    return reponses


def _valeurs(parametres: QueryDict, nom: str) -> list[str]:
    brutes = (v for texte in parametres.getlist(nom) for v in SEPARATEURS.split(texte.replace("\0", "")))
    return list(dict.fromkeys(v for v in brutes if v))[:VALEURS_LUES]


def _choisir(reponses: Reponses, question: Question, valeurs: list[str]) -> None:
    options = {option.cle: option for option in question.options.all()}
    for valeur in valeurs:
        if valeur not in options:
            reponses.remarques.append(
                f"Nous ne connaissons pas la réponse « {valeur[:40]} » à la question « {question.intitule} » : nous "
                "l'avons laissée de côté."
            )
    # In the order in which they are shown, not in that of the address.
    choisies = [option for cle, option in options.items() if cle in valeurs]
    if len(choisies) > 1 and not question.a_plusieurs_reponses:
        reponses.remarques.append(
            f"La question « {question.intitule} » n'attend qu'une réponse : nous gardons « {choisies[0]} »."
        )
        choisies = choisies[:1]
    if choisies:
        reponses.choix[question.cle] = choisies


def _lire_le_lieu(reponses: Reponses, question: Question, parametres: QueryDict) -> None:
    place = trouver(parametres.get(question.cle, ""))
    distances = _valeurs(parametres, DISTANCE)
    if not place.saisie:
        return
    reponses.place = place
    _choisir(reponses, question, distances)
    if place.homonymes:
        reponses.remarques.append(
            f"Plusieurs communes répondent à « {place.saisie} » : choisissez la vôtre à la question "
            f"« {question.intitule} »."
        )
    elif place.commune is None:
        reponses.remarques.append(
            f"Nous ne trouvons pas de commune « {place.saisie} » : le lieu n'est pas pris en compte."
        )
    elif question.cle not in reponses.choix and question.options.all():
        # A place without a distance would mean nothing: the shortest one that editors offer.
        reponses.choix[question.cle] = [next(iter(question.options.all()))]
        reponses.remarques.append(
            f"Vous n'avez pas choisi de distance : nous prenons « {reponses.choix[question.cle][0]} »."
        )
