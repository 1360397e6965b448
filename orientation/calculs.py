"""What imports refresh: the métiers near each other, and the blocs that seem to cover a skill.

Everything is computed again from the tables; only the rows that change are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from catalogue.sync import Absents, Bilan, synchroniser
from catalogue.texte import elements_de_liste
from certifications.etat import etat
from certifications.models import BlocDeCompetences, Certification, Debouche
from metiers.fiche import RANG_TERMINE
from metiers.models import AncienCode, Competence, LienOnisepRome, Metier, Mobilite, Savoir
from metiers.models.onisep import FicheOnisep
from orientation import items
from orientation.models import CouvertureDeBloc, PoidsDeMot, Proximite
from orientation.proximite import Lien, Profil, liens
from orientation.similarite import Cle, Crible, Poids, Repertoire, peser

EXEMPLES = 3
"""Shared skills named in a reason."""
LUS = ("certification", "libelle", "liste_competences")
"""Columns of a bloc that say what one learns: its long texts are left where they are."""
MILLIEME = Decimal("0.001")
LOT = 500
"""Certifications whose blocs are compared, and written, at a time."""
CLE_DE_COUVERTURE = ("bloc_id", "competence_id", "savoir_id")


def actualiser_proximites() -> Bilan:
    """Write again the nearest métiers of each métier in force."""
    return synchroniser(
        Proximite.objects.all(), _proximites(), cle=("metier_id", "proche_id"), absents=Absents.EFFACER
    )


def profils() -> tuple[list[Profil], dict[tuple[str, str], str]]:
    """What is known of every métier in force, by title; and the label of every item asked for."""
    metiers = list(Metier.objects.publies().order_by("libelle", "pk").values_list("pk", "parent_id"))
    requis = items.requis_par([pk for pk, _ in metiers])
    mobilites: dict[int, list[int]] = defaultdict(list)
    for metier, cible in Mobilite.objects.order_by("ordre", "pk").values_list("metier_id", "cible_id"):
        mobilites[metier].append(cible)
    associes = _associes()
    libelles = {item.cle: item.libelle for liste in requis.values() for item in liste}
    return [
        Profil(
            cle=pk,
            items=frozenset(item.cle for item in items.comptes(requis[pk])),
            famille=parent or pk,
            mobilites=mobilites[pk],
            associes=associes.get(pk, {}),
        )
        for pk, parent in metiers
    ], libelles


def _associes() -> dict[int, dict[int, list[str]]]:
    """For each métier, those of the fiches that Onisep associates with its own, with the titles of these fiches.

    Codes are looked up here, for this may run before the links of Onisep follow a new version of the ROME.
    """
    actuels = dict(Metier.objects.publies().values_list("code_rome", "pk"))
    anciens = dict(
        AncienCode.objects.filter(metier__retire_le__isnull=True)
        .order_by("pk")
        .values_list("code_rome", "metier")
    )
    metiers: dict[str, list[int]] = defaultdict(list)
    noms: dict[str, str] = {}
    rattaches = LienOnisepRome.objects.filter(fiche__retire_le__isnull=True).order_by("fiche__nom", "pk")
    for fiche, nom, code in rattaches.values_list("fiche_id", "fiche__nom", "code_rome"):
        noms[fiche] = nom
        if metier := actuels.get(code) or anciens.get(code):
            metiers[fiche].append(metier)
    associes: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    couples = FicheOnisep.metiers_associes.through.objects.order_by("to_ficheonisep__nom", "pk")
    for fiche, associee in couples.values_list("from_ficheonisep_id", "to_ficheonisep_id"):
        for metier in metiers.get(fiche, ()):
            for autre in metiers.get(associee, ()):
                if autre != metier and noms[associee] not in associes[metier][autre]:
                    associes[metier][autre].append(noms[associee])
    return associes


def _proximites() -> Iterator[dict[str, Any]]:
    connus, libelles = profils()
    metier, rang = None, 0
    for lien in liens(connus):
        rang = rang + 1 if lien.metier == metier else 1
        metier = lien.metier
        yield {
            "metier_id": lien.metier,
            "proche_id": lien.proche,
            "rang": rang,
            "score": Decimal(lien.score).quantize(MILLIEME),
            "communes": len(lien.partages),
            "raisons": _raisons(lien, libelles),
        }


def _raisons(lien: Lien, libelles: dict[tuple[str, str], str]) -> list[dict[str, str]]:
    """The words of each reason, the strongest first: the official ones, then what is shared."""
    raisons = []
    if lien.rang_mobilite:
        raisons.append({"genre": "mobilite", "phrase": "mobilité proposée par le ROME"})
    if lien.meme_famille:
        raisons.append({"genre": "famille", "phrase": "même famille du ROME"})
    if lien.selon_onisep:
        noms = ", ".join(f"« {nom} »" for nom in lien.selon_onisep[:EXEMPLES])
        raisons.append({"genre": "onisep", "phrase": f"métier associé selon l'Onisep ({noms})"})
    if nombre := len(lien.partages):
        exemples = ", ".join(f"« {libelles[cle]} »" for cle in lien.partages[:EXEMPLES])  # type: ignore[index]
        if nombre == 1:
            phrase = f"une compétence ou un savoir en commun ({exemples})"
        elif nombre <= EXEMPLES:
            phrase = f"{nombre} compétences et savoirs en commun ({exemples})"
        else:
            phrase = f"{nombre} compétences et savoirs en commun, dont {exemples}"
        raisons.append({"genre": "competences", "phrase": phrase})
    return raisons


def actualiser_couvertures() -> Bilan:
    """Write again the suggestions; what editors confirmed or refused is left as it is."""
    if not PoidsDeMot.objects.exists():
        actualiser_poids()
    vises = _metiers_vises()
    couvertures = _Couvertures(
        items.libelles_par({metier for metiers in vises.values() for metier in metiers})
    )
    suggerees = CouvertureDeBloc.objects.filter(statut=CouvertureDeBloc.Statut.SUGGERE)
    decidees = set(
        CouvertureDeBloc.objects.exclude(statut=CouvertureDeBloc.Statut.SUGGERE).values_list(
            *CLE_DE_COUVERTURE
        )
    )
    bilan = Bilan()
    numeros = sorted(vises)
    for debut in range(0, len(numeros), LOT):
        lot = numeros[debut : debut + LOT]
        rangees = couvertures.du_lot({numero: vises[numero] for numero in lot})
        bilan += synchroniser(
            suggerees.filter(bloc__certification__in=lot),
            (rangee for rangee in rangees if rangee[: len(CLE_DE_COUVERTURE)] not in decidees),
            cle=CLE_DE_COUVERTURE,
            champs=("score", "mots", "phrase"),
            absents=Absents.EFFACER,
        )
    bilan += _effacer_ailleurs(suggerees, vises)
    return bilan


def _effacer_ailleurs(suggerees: QuerySet[CouvertureDeBloc], vises: Mapping[str, Any]) -> Bilan:
    """Certifications that ended, or lead nowhere any more, have no suggestion."""
    portees = suggerees.order_by().values_list("bloc__certification", flat=True).distinct()
    perdues = sorted(set(portees) - set(vises))
    retires = 0
    for debut in range(0, len(perdues), LOT):
        retires += suggerees.filter(bloc__certification__in=perdues[debut : debut + LOT]).delete()[0]
    return Bilan(retires=retires)


def actualiser_poids() -> Bilan:
    """Write again the weights of words, which follow from the labels of the ROME alone."""
    competences = Competence.objects.publies().order_by("pk").values_list("libelle", flat=True)
    savoirs = Savoir.objects.publies().order_by("pk").values_list("libelle", flat=True)
    poids = peser([*competences, *savoirs])
    return synchroniser(
        PoidsDeMot.objects.all(),
        ((mot, valeur) for mot, valeur in poids.par_mot.items() if len(mot) <= 80),
        cle=("mot",),
        champs=("poids",),
        absents=Absents.EFFACER,
    )


def _poids_en_place() -> Poids:
    par_mot = dict(PoidsDeMot.objects.values_list("mot", "poids"))
    return Poids(par_mot, max(par_mot.values(), default=1.0))


def poids_des_mots(mots: set[str]) -> Poids:
    """The stored weights of these words: two queries, for a comparison made while a page is asked for."""
    lourd = PoidsDeMot.objects.order_by("-poids").values_list("poids", flat=True).first()
    connus = dict(PoidsDeMot.objects.filter(mot__in=mots).values_list("mot", "poids"))
    return Poids(connus, lourd or 1.0)


def phrases_du_bloc(bloc: BlocDeCompetences) -> list[str]:
    """What the bloc says one learns: its title, then its skills one by one."""
    return [bloc.libelle, *bloc.competences]


class _Couvertures:
    """What blocs seem to cover, among the skills (label by key) of the métiers that each certification leads to."""

    def __init__(self, comptes: Mapping[int, Mapping[Cle, str]]):
        self._repertoire = Repertoire(
            dict(chain.from_iterable(c.items() for c in comptes.values())), _poids_en_place()
        )
        self._crible = Crible(self._repertoire)
        self._par_metier = {metier: self._crible.colonnes(cles) for metier, cles in comptes.items()}

    def du_lot(self, vises: Mapping[str, Sequence[int]]) -> Iterator[tuple]:
        """Suggestions for the blocs of these certifications: rows of `CouvertureDeBloc`."""
        blocs = BlocDeCompetences.objects.publies().filter(certification__in=vises).order_by("pk")
        dernier, candidats = "", self._crible.colonnes(())
        for pk, numero, libelle, texte in blocs.values_list("pk", *LUS).iterator(chunk_size=LOT):
            if numero != dernier:
                dernier = numero
                candidats = self._crible.reunir([self._par_metier[metier] for metier in vises[numero]])
            # Few blocs hold the words of a skill at all: the others need not be cut into sentences.
            possibles = self._crible.possibles(f"{libelle} {texte}".replace("•", " "), candidats)
            if not possibles:
                continue
            phrases = self._crible.parlantes([libelle, *elements_de_liste(texte)], possibles)
            for suggestion in self._repertoire.couverts_par(phrases, possibles):
                nature, code = suggestion.item
                yield (
                    pk,
                    code if nature == "competence" else None,
                    code if nature == "savoir" else None,
                    Decimal(suggestion.score).quantize(MILLIEME),
                    list(suggestion.mots),
                    suggestion.phrase,
                )


def _metiers_vises() -> dict[str, list[int]]:
    """Certification → métiers it leads to, cited or inherited through their parent code, for those not ended.

    Links are attached first: certifications listen to the same signal, perhaps after this package.
    """
    Debouche.objects.rattacher()
    enfants: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Metier.objects.publies().order_by("pk").values_list("pk", "parent_id"):
        if parent:
            enfants[parent].append(pk)
    jour = timezone.localdate()
    connues = Certification.objects.publies().values_list(
        "numero", "date_fin_enregistrement", "active_selon_source"
    )
    ouvertes = {numero for numero, fin, active in connues if etat(fin, active, jour).rang < RANG_TERMINE}
    vises: dict[str, list[int]] = defaultdict(list)
    debouches = Debouche.objects.filter(metier__isnull=False, metier__retire_le__isnull=True)
    for numero, metier in debouches.order_by("certification_id", "pk").values_list(
        "certification_id", "metier_id"
    ):
        if numero not in ouvertes or metier is None:
            continue
        for vise in (metier, *enfants[metier]):
            if vise not in vises[numero]:
                vises[numero].append(vise)
    return vises
