"""The métiers that answers lead to: what was answered becomes envies and limites, what is known is read in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db.models import Exists, OuterRef

from metiers.models import ContexteDuMetier, InteretDuMetier, Metier
from metiers.models.metier import Riasec
from orientation.questionnaire.classement import (
    Candidat,
    EnvieDeContexte,
    EnvieDeType,
    EnvieDInteret,
    LimiteDeContexte,
    LimiteDeNiveau,
    Reponse,
)
from orientation.questionnaire.criteres import Critere
from orientation.questionnaire.etudes import atteignable
from orientation.questionnaire.reponses import Reponses

_SORTES: dict[Critere, Callable[[str, str, frozenset[str]], Reponse]] = {
    Critere.INTERET: EnvieDInteret,
    Critere.RECHERCHER: EnvieDeContexte,
    Critere.EVITER: LimiteDeContexte,
}


def envies(reponses: Reponses) -> list[Reponse]:
    """A RIASEC type counts once, however many of its statements were ticked."""
    types = dict.fromkeys(code for _, option in reponses.de(Critere.RIASEC) for code in option.codes)
    return [
        *(EnvieDeType(f"type:{lettre}", str(Riasec(lettre).label), frozenset(lettre)) for lettre in types),
        *_par_option(reponses, Critere.INTERET, Critere.RECHERCHER),
    ]


def limites(reponses: Reponses) -> list[Reponse]:
    trouvees = _par_option(reponses, Critere.EVITER)
    niveau, annees = reponses.valeur(Critere.NIVEAU), reponses.valeur(Critere.ETUDES)
    if niveau is not None:
        tenu = int(niveau)
        plafond = tenu if annees is None else atteignable(tenu, int(annees))
        libelle = "le niveau que vous avez" if annees is None else "les études que vous acceptez"
        trouvees.append(LimiteDeNiveau("niveau", libelle, frozenset(), tenu=tenu, atteignable=plafond))
    return trouvees


def niveau_accepte(reponses: Reponses) -> int | None:
    """The highest niveau a formation may lead to: what is reached in the years accepted; None when it is not said."""
    niveau, annees = reponses.valeur(Critere.NIVEAU), reponses.valeur(Critere.ETUDES)
    return None if niveau is None or annees is None else atteignable(int(niveau), int(annees))


def _par_option(reponses: Reponses, *criteres: Critere) -> list[Reponse]:
    return [
        _SORTES[Critere(question.critere)](
            f"{question.cle}:{option.cle}", option.libelle, frozenset(option.codes)
        )
        for question, option in reponses.de(*criteres)
    ]


def candidats(demandes: Sequence[Reponse]) -> list[Candidat]:
    """Every métier in force, with what the answers ask about; three queries at most."""
    contextes = _lies(ContexteDuMetier, "contexte", demandes, (EnvieDeContexte, LimiteDeContexte))
    interets = _lies(InteretDuMetier, "centre_interet", demandes, (EnvieDInteret,))
    metiers = (
        Metier.objects.publies()
        .annotate(
            a_des_contextes=Exists(ContexteDuMetier.objects.filter(metier=OuterRef("pk"))),
            a_des_interets=Exists(InteretDuMetier.objects.filter(metier=OuterRef("pk"))),
        )
        .order_by("pk")
        .values_list(
            "pk",
            "libelle",
            "riasec_majeur",
            "riasec_mineur",
            "niveau_acces",
            "a_des_contextes",
            "a_des_interets",
        )
    )
    return [
        Candidat(
            cle=pk,
            libelle=libelle,
            types=tuple(lettre for lettre in dict.fromkeys((majeur, mineur)) if lettre),
            contextes=frozenset(contextes[pk]) if des_contextes else None,
            interets=frozenset(interets[pk]) if des_interets else None,
            niveau=niveau,
        )
        for pk, libelle, majeur, mineur, niveau, des_contextes, des_interets in metiers
    ]


def _lies(
    modele: type[ContexteDuMetier] | type[InteretDuMetier],
    vers: str,
    demandes: Iterable[Reponse],
    sortes: tuple[type[Reponse], ...],
) -> dict[int, set[str]]:
    """For each métier, the codes it bears among those the answers speak of; no query when they speak of none."""
    codes = {code for demande in demandes if isinstance(demande, sortes) for code in demande.codes}
    lies: dict[int, set[str]] = defaultdict(set)
    if codes:
        for metier, code in modele.objects.filter(**{f"{vers}__in": codes}).values_list(
            "metier_id", f"{vers}_id"
        ):
            lies[metier].add(code)
    return lies
