"""Where a person starts from: a métier, skills ticked, or a certification held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.recherche.mots import mots
from certifications.models import BlocDeCompetences, Certification
from metiers.models import Competence, Metier, Mobilite, Savoir
from orientation.calculs import phrases_du_bloc, poids_des_mots
from orientation.items import Item, comptes
from orientation.models import CouvertureDeBloc
from orientation.similarite import Repertoire, confiance

Cle = tuple[str, str]
CODES_DITS = 12
"""Codes named one by one in a sentence."""


@dataclass
class Depart:
    """What is held, and how that is known."""

    libelle: str
    """« Conseiller clientèle à distance (D1408) », « vos 3 compétences cochées »."""
    etat: str
    """What the address says of it: « de=D1408 »."""
    tenus: set[Cle] = field(default_factory=set)
    raisons: dict[Cle, str] = field(default_factory=dict)
    """Why an item is said to be held, when it is not plain."""
    avertissements: list[str] = field(default_factory=list)


def depuis_metier(depart: Metier, cible: Metier, requis: Mapping[int, Sequence[Item]]) -> Depart:
    """What the first métier asks for; whether the ROME knows of the way is said, never assumed (T7)."""
    sens = {
        (mobilite.metier_id, mobilite.cible_id): mobilite.ordre
        for mobilite in Mobilite.objects.filter(metier__in=(depart, cible), cible__in=(depart, cible))
    }
    if (depart.pk, cible.pk) in sens:
        phrase = "Le ROME propose cette mobilité."
    else:
        phrase = (
            f"Le ROME ne propose pas de mobilité directe de « {depart.libelle} » vers « {cible.libelle} » : cet "
            "écart se mesure, mais ce n'est pas une passerelle officielle."
        )
        if (cible.pk, depart.pk) in sens:
            phrase += " Il propose la mobilité inverse."
    avertissements = [phrase]
    tenus = {item.cle for item in comptes(requis[depart.pk])}
    if not tenus:
        avertissements.append(
            f"Le ROME ne détaille pas les compétences de « {depart.libelle} » : rien ne peut être compté comme tenu."
        )
    return Depart(str(depart), f"de={depart.code_rome}", tenus, {}, avertissements)


def depuis_competences(codes: Sequence[str], demandes: Sequence[Item]) -> Depart:
    """Skills ticked, by OGR code; those that the métier does not ask for are said, unknown codes too."""
    illisibles = [code[:10] for code in codes if not code.isdecimal() or len(code) > 10]
    codes = [code for code in codes if code.isdecimal() and len(code) <= 10]
    demandees = {item.code: item.cle for item in demandes}
    tenus = {demandees[code] for code in codes if code in demandees}
    autres = [code for code in codes if code not in demandees]
    avertissements = []
    inconnus = list(illisibles)
    if autres:
        connues = dict(Competence.objects.filter(pk__in=autres).values_list("pk", "libelle"))
        connues |= dict(Savoir.objects.filter(pk__in=autres).values_list("pk", "libelle"))
        if hors := [f"« {libelle} »" for libelle in sorted(connues.values())]:
            avertissements.append(f"Ce métier ne demande pas : {', '.join(hors)}.")
        inconnus += [code for code in autres if code not in connues]
    if inconnus:
        fin = "…" if len(inconnus) > CODES_DITS else "."
        avertissements.append(
            f"Nous ne connaissons pas ces codes de compétences : {', '.join(inconnus[:CODES_DITS])}{fin}"
        )
    nombre = len(codes) - (len(autres) - len(connues) if autres else 0)
    libelle = "une compétence cochée" if nombre == 1 else f"{nombre} compétences cochées"
    return Depart(
        libelle if nombre else "aucune compétence cochée",
        f"competences={','.join(codes)}",
        tenus,
        {},
        avertissements,
    )


def depuis_certification(certification: Certification, demandes: Sequence[Item]) -> Depart:
    """What the blocs of a certification seem to cover: likenesses of words, as the editors corrected them."""
    blocs = list(BlocDeCompetences.objects.publies().filter(certification=certification).order_by("code"))
    candidats = {item.cle: item.libelle for item in comptes(demandes)}
    phrases = {bloc.pk: phrases_du_bloc(bloc) for bloc in blocs}
    utiles = {mot for libelle in candidats.values() for mot in mots(libelle)}
    repertoire = Repertoire(candidats, poids_des_mots(utiles))
    decisions = {
        (couverture.bloc_id, couverture.cle): couverture
        for couverture in CouvertureDeBloc.objects.filter(bloc__in=blocs).exclude(
            statut=CouvertureDeBloc.Statut.SUGGERE
        )
    }
    depart = Depart(str(certification), f"certification={certification.numero}")
    for bloc in blocs:
        for suggestion in repertoire.couverts_par(phrases[bloc.pk]):
            cle = suggestion.item
            if (bloc.pk, cle) not in decisions and cle not in depart.raisons:
                depart.raisons[cle] = (
                    f"suggestion : {bloc.code}, mots en commun : {', '.join(suggestion.mots)} "
                    f"(confiance {confiance(suggestion.score)})"
                )
    for (bloc_id, cle), couverture in decisions.items():
        if couverture.est_confirmee and cle in candidats:
            code = next(bloc.code for bloc in blocs if bloc.pk == bloc_id)
            depart.raisons[cle] = f"{code}, confirmé par la rédaction"
    depart.tenus = set(depart.raisons)
    depart.avertissements.append(
        "Ce que couvre une certification est une suggestion, tirée des mots de ses blocs : elle ne vaut pas équivalence."
        if blocs
        else "Les blocs de cette certification ne sont pas renseignés : rien ne peut être compté comme tenu."
    )
    return depart
